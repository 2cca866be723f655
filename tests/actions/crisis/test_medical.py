"""After an emergency of the body: its number, and no line about anything else until the person asks for it."""

import pytest

from tests.actions.stage import Stage


@pytest.fixture
async def ill(talk: Stage) -> Stage:
    await talk.hears("medical_emergency", country="AE")
    return talk


@pytest.mark.parametrize("label", ["find_hotline", "find_medical_care", "provide_location", "ask_worker_rights"])
async def test_asking_for_a_number_repeats_the_ambulance(ill: Stage, label: str) -> None:
    said = await ill.hears(label)
    assert any(phrase.startswith("utter_medical") for phrase in said)
    assert "utter_lines" not in said
    assert "998" in ill.shows()


async def test_a_country_that_comes_second_brings_the_ambulance_and_no_list(talk: Stage) -> None:
    await talk.hears("find_shelter")
    await talk.hears("medical_emergency")
    assert await talk.hears("provide_location", country="AE") == ["utter_number_there"]
    assert "998" in talk.shows()


async def test_without_a_country_it_is_112(talk: Stage) -> None:
    await talk.hears("medical_emergency")
    assert await talk.hears("find_hotline") == ["utter_medical_112"]


@pytest.mark.parametrize("label", ["disclose_threats", "find_shelter", "report_concern"])
async def test_something_else_asked_for_clearly_is_answered(ill: Stage, label: str) -> None:
    assert "utter_medical" not in await ill.hears(label, country="GB")


async def test_a_place_without_a_country_is_not_asked_about_where_it_is_known(talk: Stage) -> None:
    await talk.hears("find_hotline", country="GB")
    assert "utter_which_country_again" not in await talk.hears("provide_location")
