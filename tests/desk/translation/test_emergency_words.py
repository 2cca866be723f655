"""What no machine translates is told in every language we serve: our own reviewed replies to danger, and numbers."""

from pathlib import Path

import pytest

from bot.phrases.phrases import Phrasebook
from bot.served_languages import SERVED
from desk.translation.emergency_words import has_emergency, has_number

BOOK = Phrasebook.load(Path(__file__).parents[3])
REVIEWED = ("utter_canned_call_emergency", "utter_canned_i_can_not_send_police")


@pytest.mark.parametrize("locale", SERVED)
def test_our_own_replies_to_danger_are_left_to_no_machine(locale: str) -> None:
    said = [BOOK.render(name, {}, locale) for name in REVIEWED]
    assert [text for text in said if not has_emergency(text)] == []


@pytest.mark.parametrize("text", ["112", "Call 1 800 373", "(020) 7278", "०१२", "Ring +44-20", "٩٩٩"])
def test_a_number_is_told_in_any_script_and_grouping(text: str) -> None:
    assert has_number(text)


@pytest.mark.parametrize("text", ["It is free, for 24 hours.", "At 8:30 or 9, as you like.", "Take your time."])
def test_a_time_is_no_number_to_call(text: str) -> None:
    assert not has_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "Have you eaten today?",
        "You can skip any question.",
        "Your skills are yours.",
        "Shall I look for a lawyer?",
        "¿Estás a solas?",
    ],
)
def test_everyday_words_are_no_emergency(text: str) -> None:
    assert not has_emergency(text)
