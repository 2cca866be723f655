"""In danger and unable to speak: the ways without speaking come before the short text, also when the country is late."""

import pytest

from tests.actions.stage import Stage


@pytest.mark.parametrize("label", ["immediate_danger", "medical_emergency"])
async def test_who_can_not_call_gets_the_ways_without_speaking_first(stage: Stage, label: str) -> None:
    await stage.hears(label, country="GB")
    said = await stage.hears("cannot_talk_safely")
    assert said[-1] == "utter_pause"
    assert "utter_danger_silent" in said


@pytest.mark.parametrize("label", ["immediate_danger", "medical_emergency"])
async def test_the_country_stays_open_and_brings_the_ways_as_well(stage: Stage, label: str) -> None:
    await stage.hears(label)
    assert await stage.hears("cannot_talk_safely") == ["utter_pause"]
    said = await stage.hears("provide_location", country="GB")
    assert said[0] == "utter_number_there"
    assert "utter_danger_silent" in said


async def test_a_country_that_comes_second_brings_the_ways_without_speaking(stage: Stage) -> None:
    await stage.hears("immediate_danger")
    said = await stage.hears("provide_location", country="GB")
    assert said[0] == "utter_number_there"
    assert "utter_danger_silent" in said


async def test_who_was_in_no_danger_gets_the_short_text_alone(talk: Stage) -> None:
    await talk.hears("disclose_threats", country="GB")
    assert await talk.hears("cannot_talk_safely") == ["utter_pause"]


async def test_after_thoughts_of_dying_the_short_text_comes_alone(stage: Stage) -> None:
    await stage.hears("immediate_danger", country="GB")
    await stage.hears("self_harm")
    assert await stage.hears("cannot_talk_safely") == ["utter_pause"]
