"""Rasa names phrases and says none: arguments, choices and `always` come along."""

from typing import Any

import pytest
from rasa.shared.core.trackers import DialogueStateTracker

from bot.rasa.adjustments.phrase_names import PhraseNames

TRACKER = DialogueStateTracker("c", [])
CHOICE = {"say": "choice_yes", "value": "affirm", "arguments": {}}


@pytest.fixture
def names() -> PhraseNames:
    names = PhraseNames()
    names.responses = {
        "utter_plain": [{"text": "Hello {name}"}],
        "utter_safe": [{"text": "Safe?", "metadata": {"choices": [{"say": "choice_yes", "value": "affirm"}]}}],
        "utter_danger": [{"text": "Call", "metadata": {"always": True}}],
    }
    return names


async def test_a_rules_response_is_named(names: PhraseNames) -> None:
    reply = await names.generate("utter_plain", TRACKER, "quietline", domain_responses={"utter_plain": []})
    assert reply == {"custom": {"say": "utter_plain", "arguments": {}, "choices": (), "always": False}}


async def test_what_an_action_adds_comes_along_and_what_the_sdk_adds_does_not(names: PhraseNames) -> None:
    sdk: dict[str, Any] = {
        "text": None,
        "buttons": [],
        "elements": [],
        "custom": {},
        "template": None,
        "image": None,
        "attachment": None,
    }
    reply = await names.generate("utter_plain", TRACKER, "quietline", **sdk, name="x", choices=[CHOICE])
    assert reply["custom"] == {"say": "utter_plain", "arguments": {"name": "x"}, "choices": (CHOICE,), "always": False}


async def test_the_domain_gives_choices_where_the_action_gives_none(names: PhraseNames) -> None:
    assert (await names.generate("utter_safe", TRACKER, "quietline"))["custom"]["choices"] == (CHOICE,)
    assert (await names.generate("utter_safe", TRACKER, "quietline", choices=[]))["custom"]["choices"] == ()


async def test_always_comes_from_the_domain(names: PhraseNames) -> None:
    assert (await names.generate("utter_danger", TRACKER, "quietline"))["custom"]["always"] is True


async def test_a_phrase_that_nobody_wrote_is_an_error(names: PhraseNames) -> None:
    with pytest.raises(KeyError):
        await names.generate("utter_nothing", TRACKER, "quietline")
