"""What an operator sees where a person answered by a number: the words of the choice, in both languages."""

from pathlib import Path

import pytest

from bot.messaging.message import Choice, Reply
from bot.messaging.transcript import Line
from bot.phrases.phrases import Phrasebook
from channels.delivery.rendering import Renderer
from desk.transcript.picked_choices import picked
from tests.hotline import ABILITIES

BOOK = Phrasebook.load(Path(__file__).parents[3])
YES_NO = (Choice("choice_yes", "affirm"), Choice("choice_no", "deny"))


def asked(locale: str, channel: str = "sms") -> Line:
    """A question with two choices, as the store keeps it."""
    return Renderer(BOOK, ABILITIES).line(Reply("utter_safe_again", choices=YES_NO), [locale], channel)


def picks(*lines: Line, locale: str = "es") -> list[tuple[str, str]]:
    numbered = [Line(**{**line.__dict__, "id": f"{number}-0"}) for number, line in enumerate(lines, 1)]
    return [(choice.label, choice.english) for choice in picked(numbered, locale, BOOK).values()]


@pytest.mark.parametrize("channel", ["web", "telegram", "sms"])
@pytest.mark.parametrize("number", ["1", "١", " 1. ", "uno", "la 1"])
def test_a_number_says_its_choice_on_every_channel(channel: str, number: str) -> None:
    question = asked("es", channel)
    yes = question.choices[0]["text"], BOOK.render("choice_yes", {}, "en", channel)
    assert picks(question, Line("you", number)) == [yes]


def test_english_needs_no_english_beside_it() -> None:
    ((label, english),) = picks(asked("en"), Line("you", "2"), locale="en")
    assert (label, english) == (BOOK.render("choice_no", {}, "en", "sms"), "")


def test_while_both_languages_are_shown_the_english_is_not_said_twice() -> None:
    both = Renderer(BOOK, ABILITIES).line(Reply("utter_safe_again", choices=YES_NO), ["es", "en"], "telegram")
    ((label, english),) = picks(both, Line("you", "1"))
    assert " / " in label and not english


@pytest.mark.parametrize("words", ["3", "0", "2 days", "12", "", "1234567890123456789", "si"])
def test_what_is_no_number_of_a_choice_stays_as_it_is(words: str) -> None:
    assert picks(asked("es"), Line("you", words)) == []


def test_a_number_before_any_question_is_a_number() -> None:
    assert picks(Line("you", "1"), asked("es")) == []


def test_a_number_typed_to_an_operator_answers_the_operator() -> None:
    assert picks(asked("es"), Line("us", "How many are you? 1, 2, 3?", by="Sam"), Line("you", "2")) == []


def test_a_button_pressed_under_an_operators_question_says_what_was_on_it() -> None:
    found = picks(asked("es"), Line("us", "¿Cuántas son?", by="Sam"), Line("you", "1", kind="choice"))
    assert found == [(BOOK.render("choice_yes", {}, "es", "sms"), BOOK.render("choice_yes", {}, "en", "sms"))]


def test_of_an_older_version_the_label_is_shown_without_english() -> None:
    old = Line(**{**asked("es").__dict__, "glosses": []})
    assert picks(old, Line("you", "1")) == [(BOOK.render("choice_yes", {}, "es", "sms"), "")]
