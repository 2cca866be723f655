"""What a person in danger is told to dial."""

import pytest

from resources_directory.directory import Directory


@pytest.fixture(scope="module")
def directory() -> Directory:
    return Directory.load()


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
