"""What a call costs by the kind of number."""

import pytest

from resources_directory.display.call_cost import CallCost, call_cost
from resources_directory.model.directory import Directory


@pytest.mark.parametrize(
    ("number", "country", "cost"),
    [
        ("0800 555 111", "GB", "free"),
        ("1800 737 732", "AU", "free"),
        ("8 800 7000 600", "RU", "free"),
        ("+48 800 088 544", "PL", "free"),
        ("116 006", "HU", "free"),  # free in all of the EU, though the plan does not say so
        ("116 006", "GE", None),  # the same digits elsewhere
        ("0300 123 1100", "GB", "charged"),
        ("020 7243 2942", "GB", "charged"),
        ("0850 218 48 30", "TR", "charged"),
        ("13 13 94", "AU", "more"),
        ("3919", "FR", None),  # the plan calls it costly; it is free
        ("999999999999", "GB", None),
        ("stopncii.org", "GB", None),
        ("", "GB", None),
    ],
)
def test_a_kind_of_number_has_its_cost(number: str, country: str, cost: CallCost | None) -> None:
    assert call_cost(number, country) == cost


def test_no_line_whose_help_must_be_paid_for_has_a_number_that_is_free_by_mistake() -> None:
    lines = [line for lines in Directory.load().national.values() for line in lines if not line.is_a_page]
    assert sum(call_cost(line.number, line.country) == "free" for line in lines) > 150
    assert [line.id for line in lines if line.cost == "paid" and call_cost(line.number, line.country) == "free"] == []
