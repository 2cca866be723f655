"""How much of a country complaints may take out."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from resources_directory.search.complaint_limit import ComplaintLimit
from tests.resources_directory.small import entries, rebuilt, service

TODAY = str(datetime.now(UTC).date())


def directory(path: Path, services: int, **fields: Any) -> Path:
    """A directory with so many services in the United States that were checked today."""
    plain = {"checked_on": TODAY} | fields
    rebuilt(path, entries(*(service(f"Number {number}", **plain) for number in range(services))))
    return path


@pytest.mark.parametrize(("services", "out"), [(0, 1), (1, 1), (2, 1), (3, 1), (5, 1), (6, 2), (10, 3)])
def test_a_third_of_a_country_may_be_out_and_always_one(tmp_path: Path, services: int, out: int) -> None:
    ceiling = ComplaintLimit(directory(tmp_path / "directory.sqlite", services), (), unchecked=False)

    assert ceiling("us-number-0") == out
    assert ceiling("fr-number-0") == 1


def test_a_national_line_is_never_out(tmp_path: Path) -> None:
    assert ComplaintLimit(directory(tmp_path / "directory.sqlite", 3), {"us-line"}, unchecked=False)("us-line") == 0


def test_what_is_given_to_nobody_does_not_count(tmp_path: Path) -> None:
    expired = directory(tmp_path / "expired.sqlite", 9, checked_on="2020-01-01")
    unchecked = directory(tmp_path / "unchecked.sqlite", 9, checked_on=None, checked_by=None)

    assert ComplaintLimit(expired, (), unchecked=True)("us-a") == 1
    assert ComplaintLimit(unchecked, (), unchecked=False)("us-a") == 1
    assert ComplaintLimit(unchecked, (), unchecked=True)("us-a") == 3


def test_a_service_at_several_places_counts_once(tmp_path: Path) -> None:
    places = [*service("A")["locations"], *service("B", "Dallas")["locations"]]

    assert (
        ComplaintLimit(directory(tmp_path / "directory.sqlite", 3, locations=places), (), unchecked=False)("us-a") == 1
    )


def test_a_new_directory_counts_at_once(tmp_path: Path) -> None:
    path = tmp_path / "directory.sqlite"
    ceiling = ComplaintLimit(path, (), unchecked=False)
    assert ceiling("us-a") == 1

    directory(path, 9)
    assert ceiling("us-a") == 3
