"""What a person in danger is told to dial."""

import pytest

from resources_directory.directory import Directory, EmergencyNumbers
from resources_directory.resource import CountryEntries


@pytest.fixture(scope="module")
def directory() -> Directory:
    return Directory.load()


def numbers(*rows: tuple[str, str, str | None]) -> EmergencyNumbers:
    """Return what is dialled where these numbers are verified: each with what it reaches, and its doubt."""
    written = [
        {"number": number, "reaches": [reach], "doubt": doubt, "status": "active", "verified": True}
        for number, reach, doubt in rows
    ]
    return Directory.of([CountryEntries.model_validate({"country": "TR", "emergency": written})]).numbers["TR"]


@pytest.mark.parametrize(
    ("country", "number"), [("ES", "112"), ("US", "911"), ("AU", "000"), ("GB", "999"), ("NZ", "111"), ("th", "191")]
)
def test_one_number_is_given_for_any_danger(directory: Directory, country: str, number: str) -> None:
    emergency = directory.emergency(country)

    assert emergency is not None
    assert emergency.any == number


def test_a_number_that_starts_with_a_zero_keeps_it(directory: Directory) -> None:
    emergency = directory.emergency("AU")

    assert emergency is not None
    assert emergency.ambulance == "000"


def test_where_each_service_has_its_own_number_each_is_given(directory: Directory) -> None:
    emergency = directory.emergency("VN")

    assert emergency is not None
    assert (emergency.police, emergency.ambulance, emergency.fire) == ("113", "115", "114")


def test_a_number_that_was_merged_into_the_one_for_all_gives_way_to_it() -> None:
    found = numbers(("155", "police", "Merged into 112; may still forward."), ("112", "all", None))

    assert (found.police, found.any) == ("112", "112")


def test_a_number_of_its_own_is_not_lost_to_one_for_all_that_is_in_doubt() -> None:
    found = numbers(("112", "all", "Answered in some states only."), ("140", "ambulance", None))

    assert (found.ambulance, found.police) == ("140", "112")


def test_a_number_in_doubt_is_still_given_where_there_is_no_other() -> None:
    assert numbers(("155", "police", "Merged into 112; may still forward.")).police == "155"


@pytest.mark.parametrize(
    ("country", "not_urgent"), [("GB", "101"), ("NL", "0900 8844"), ("SE", "114 14"), ("JP", "#9110"), ("CL", "134")]
)
def test_the_police_line_for_what_can_wait_is_not_given_in_danger(
    directory: Directory, country: str, not_urgent: str
) -> None:
    emergency = directory.emergency(country)

    assert emergency is not None
    assert not_urgent not in (emergency.any, emergency.police)


def test_an_unverified_number_is_not_given_even_where_it_is_the_only_one(directory: Directory) -> None:
    assert directory.emergency("LY") is None


def test_an_unknown_country_has_no_number(directory: Directory) -> None:
    assert directory.emergency("AQ") is None


def test_france_takes_texts_from_anybody_at_its_own_number(directory: Directory) -> None:
    emergency = directory.emergency("FR")

    assert emergency is not None
    assert (emergency.any, emergency.text, emergency.text_some_places) == ("112", "114", False)


def test_texts_in_the_states_arrive_only_in_some_places(directory: Directory) -> None:
    emergency = directory.emergency("US")

    assert emergency is not None
    assert (emergency.text, emergency.text_some_places) == ("911", True)


@pytest.mark.parametrize("country", ["GB", "IE", "NZ", "SE", "AU"])
def test_texting_is_not_offered_where_a_phone_must_sign_up_first(directory: Directory, country: str) -> None:
    emergency = directory.emergency(country)

    assert emergency is not None
    assert emergency.text is None


def test_a_caller_who_can_not_speak_is_told_what_to_press(directory: Directory) -> None:
    emergency = directory.emergency("GB")

    assert emergency is not None
    assert emergency.silent_code == "55"
