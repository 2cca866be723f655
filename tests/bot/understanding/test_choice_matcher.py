"""Which choice a message means."""

from typing import Any

import pytest

from bot.phrases.phrases import Phrasebook
from bot.understanding.choice_matcher import chosen
from tests.every import every

WORDS = {f"word_{number}": f"word{number}" for number in range(1, 10)}
BOOK = Phrasebook({
    "en": {**WORDS, "word_1": "one|first|the first", "word_2": "two|second", "choice_yes": "Yes, I am.", "choice_no": "No",
           "choice_place": "In {place}", "choice_work": "work, pay and papers", "choice_permits": "visa and permits",
           "choice_unsure": "not sure", "choice_doctor": "a doctor", "choice_me": "what happens to me",
           "choice_me|sms": "about me"},
    "es": {"word_1": "uno|primero", "word_2": "dos|segundo|segunda", "choice_yes": "Sí", "choice_no": "No"},
    "ar": {"word_2": "اثنان|الثاني", "choice_yes": "نعم"},
})  # fmt: skip
CHOICES: list[dict[str, Any]] = [{"say": "choice_yes", "value": "affirm"}, {"say": "choice_no", "value": "deny"}]


@every(
    ("text", "locale", "value"),
    [
        ("1", "en", "affirm"), ("2", "en", "deny"), (" 2. ", "en", "deny"), ("2)", "en", "deny"), ("#2", "en", "deny"),
        ("２", "en", "deny"), ("٢", "ar", "deny"), ("۲", "en", "deny"), ("२", "en", "deny"), ("2️⃣", "en", "deny"),
        ("02", "en", "deny"), ("two", "en", "deny"), ("SECOND", "en", "deny"), ("the first!", "en", "affirm"),
        ("dos", "es", "deny"), ("Primero", "es", "affirm"), ("الثاني", "ar", "deny"),
        ("yes i am", "en", "affirm"), ("sí", "es", "affirm"), ("SI", "es", "affirm"), ("no", "es", "deny"),
        ("نعم", "ar", "affirm"), ("number two", "en", "deny"), ("option 2", "en", "deny"), ("The 2.", "en", "deny"),
        ("option number two", "en", "deny"), ("second option", "en", "deny"), ("número dos", "es", "deny"),
        ("la 2", "es", "deny"), ("el dos", "es", "deny"), ("la opción 2", "es", "deny"), ("segunda opción", "es", "deny"),
        ("رقم ٢", "ar", "deny"), ("الخيار الثاني", "ar", "deny"), ("الخيار رقم ٢", "ar", "deny"),
    ],
)  # fmt: skip
def test_a_choice_is_known_by_its_number_its_number_word_or_its_words(text: str, locale: str, value: str) -> None:
    found = chosen(text, CHOICES, locale, BOOK)
    assert found
    assert found["value"] == value


@every(
    "text",
    ["", " ", "0", "3", "99", "222", "1 2", "-", "👍", "I have two children", "yes", "½", "number", "option", "the", "am",
     "number 3", "option two please help"],
)  # fmt: skip
def test_other_messages_are_no_choice(text: str) -> None:
    assert chosen(text, CHOICES, "en", BOOK) is None


def test_without_choices_a_number_is_just_a_number() -> None:
    assert chosen("1", [], "en", BOOK) is None


def test_a_choice_with_an_argument_is_known_by_what_was_shown() -> None:
    choices = [{"say": "choice_place", "value": "provide_location country=MX", "arguments": {"place": "Mexico"}}]
    found = chosen("in mexico", choices, "en", BOOK)
    assert found == choices[0]


def _menu(*names: str) -> list[dict[str, Any]]:
    return [{"say": f"choice_{name}", "value": name} for name in names]


def test_a_word_that_only_one_choice_has_is_that_choice() -> None:
    found = chosen("Papers!", _menu("work", "doctor"), "en", BOOK)
    assert found
    assert found["value"] == "work"


@every(
    "text",
    ["pay please", "sure", "and", "visas"],
)
def test_a_word_that_does_not_tell_is_no_choice(text: str) -> None:
    assert chosen(text, _menu("work", "permits", "unsure", "doctor"), "en", BOOK) is None


@pytest.mark.parametrize("text", ["about me", "what happens to me"])
def test_the_words_that_a_text_message_showed_count_as_well_as_those_of_the_page(text: str) -> None:
    found = chosen(text, _menu("me", "doctor"), "en", BOOK, "sms")
    assert found
    assert found["value"] == "me"


def test_a_button_in_the_second_of_two_languages_is_understood() -> None:
    choices = [{"say": "choice_yes", "value": "affirm"}, {"say": "choice_no", "value": "deny"}]
    assert chosen("sí", choices, "en", BOOK, "telegram") is None
    assert chosen("sí", choices, "en", BOOK, "telegram", ["en", "es"]) == choices[0]
