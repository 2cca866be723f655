"""What a person in danger is told to dial."""

from typing import Any

from resources_directory.model.directory import Directory, EmergencyNumbers
from resources_directory.model.hsds import CountryEntries
from tests.every import every

MERGED = "Merged into 112; may still forward."


def row(number: str, *reaches: str, **fields: Any) -> dict[str, Any]:
    """Return a number that somebody vouches for; `fields` are those of the model."""
    return {"number": number, "reaches": list(reaches or ("all",)), "status": "active", "verified": True} | fields


def told(*rows: dict[str, Any]) -> EmergencyNumbers | None:
    return Directory.of([CountryEntries.model_validate({"country": "TR", "emergency": rows})]).emergency("tr")


def numbers(*rows: dict[str, Any]) -> EmergencyNumbers:
    found = told(*rows)
    assert found is not None
    return found


def test_one_number_is_given_for_any_danger_and_keeps_its_zeros() -> None:
    found = numbers(row("000"))

    assert (found.any, found.police, found.ambulance, found.fire) == ("000", "000", "000", "000")


def test_where_each_service_has_its_own_number_each_is_given() -> None:
    found = numbers(row("115", "ambulance"), row("114", "fire"), row("113", "police"))

    assert (found.police, found.ambulance, found.fire) == ("113", "115", "114")


def test_the_police_are_given_for_any_danger_where_nobody_takes_all_calls() -> None:
    assert numbers(row("115", "ambulance"), row("113", "police")).any == "113"


def test_the_first_number_of_a_service_is_the_one_given() -> None:
    assert numbers(row("1990", "ambulance"), row("110", "ambulance", "fire")).ambulance == "1990"


def test_a_number_that_was_merged_into_the_one_for_all_gives_way_to_it() -> None:
    found = numbers(row("155", "police", doubt=MERGED), row("112"))

    assert (found.police, found.any) == ("112", "112")


def test_a_number_of_its_own_is_not_lost_to_one_for_all_that_is_in_doubt() -> None:
    found = numbers(row("112", doubt="Answered in some states only."), row("140", "ambulance"))

    assert (found.ambulance, found.police) == ("140", "112")


def test_the_general_number_is_the_police_where_the_one_for_all_is_in_doubt() -> None:
    found = numbers(row("112", doubt="One list names it."), row("119", "police"), row("110", "ambulance"))

    assert (found.any, found.ambulance) == ("119", "110")


def test_a_general_number_in_doubt_does_not_give_way_to_an_ambulance() -> None:
    assert numbers(row("112", doubt="One list names it."), row("140", "ambulance")).any == "112"


def test_a_number_in_doubt_is_still_given_where_there_is_no_other() -> None:
    assert numbers(row("155", "police", doubt=MERGED)).police == "155"


def test_the_police_line_for_what_can_wait_is_not_given_in_danger() -> None:
    found = numbers(row("101", "police", urgent=False), row("999"))

    assert (found.any, found.police) == ("999", "999")


def test_an_unverified_number_is_not_given_even_where_it_is_the_only_one() -> None:
    assert told(row("191", verified=False)) is None


def test_an_unknown_country_has_no_number() -> None:
    assert Directory.load().emergency("AQ") is None


@every(
    ("works", "text", "some_places"),
    [("everywhere", "114", False), ("some_places", "114", True), ("registered", None, False)],
)
def test_texting_is_offered_where_anybody_can_and_not_where_a_phone_must_sign_up_first(
    works: str, text: str | None, some_places: bool
) -> None:
    found = numbers(row("112", text={"number": "114", "works": works}))

    assert (found.any, found.text, found.text_some_places) == ("112", text, some_places)


def test_a_caller_who_can_not_speak_is_told_what_to_press() -> None:
    assert numbers(row("999", silent_code="55")).silent_code == "55"


def test_without_a_country_or_a_certain_number_112_is_said() -> None:
    directory = Directory.load()
    assert directory.emergency_line("us") == {"say": "line_emergency", "arguments": {"number": "911"}}
    assert directory.emergency_line("AQ") == directory.emergency_line(None)
    assert directory.emergency_line(None) == {"say": "line_emergency_unknown", "arguments": {}}


def test_of_two_numbers_for_one_service_the_checked_one_is_given() -> None:
    checked = {"checked_on": "2026-11-01", "checked_by": "Grey Otter"}

    assert numbers(row("110", "ambulance"), row("1990", "ambulance", **checked)).ambulance == "1990"
