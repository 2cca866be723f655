"""The form of an entry: what comes back as it was shown changes nothing, whatever the entry holds."""

import pytest

from resources_directory.model.hsds import Service
from resources_directory.stewards.entry_form import facts, gathered
from resources_directory.stewards.verification import CheckRefused
from tests.desk.directory_folder import filled
from tests.every import every
from tests.resources_directory.every_row import ROWS


def test_each_entry_that_there_is_comes_back_from_its_form_as_it_stood() -> None:
    changed = {row.id: facts(gathered(filled(row.service)), row.service, row.country) for row in ROWS}

    assert changed
    assert {id: found for id, found in changed.items() if found} == {}


def service(**more: object) -> Service:
    plain = {
        "id": "es-a",
        "name": "Aa",
        "kinds": ["labour", "crisis"],
        "phones": [{"number": "016"}],
        "status": "active",
    }
    return Service.model_validate(plain | more)


def test_the_kind_that_counts_most_stays_in_front_when_one_is_added() -> None:
    one = service()
    assert facts(gathered(filled(one, **{"kinds.trafficking": "yes"})), one, "ES") == {
        "kinds": ["labour", "crisis", "trafficking"]
    }


def test_what_is_known_of_a_number_stays_with_it_in_another_row_and_goes_with_it() -> None:
    one = service(phones=[{"number": "016", "description": "Press 2."}, {"number": "024", "from_abroad": True}])
    swapped = {"phone_number.0": "024", "phone_number.1": "016"}
    assert facts(gathered(filled(one, **swapped)), one, "ES")["phones"] == [
        {"number": "024", "from_abroad": True},
        {"number": "016", "description": "Press 2."},
    ]
    assert facts(gathered(filled(one, **{"phone_number.0": ""})), one, "ES")["phones"] == [
        {"number": "024", "from_abroad": True}
    ]


def test_what_is_emptied_is_taken_out() -> None:
    one = service(schedules=[{"always": True}], eligibility={"minimum_age": 18}, doubt="Old.", languages=["es"])
    emptied = filled(one, hours="", minimum_age="", doubt="", languages="")
    assert facts(gathered(emptied), one, "ES") == {
        "schedules": None, "eligibility": None, "doubt": None, "languages": None,
    }  # fmt: skip


@every("typed", [{"phone_type.0": "fax"}, {"cost": "a lot"}, {"genders.x": "yes"}, {"hours": "25:00"}])
def test_what_can_not_be_chosen_is_refused(typed: dict[str, str]) -> None:
    with pytest.raises(CheckRefused):
        facts(gathered(filled(service(), **typed)), service(), "ES")
