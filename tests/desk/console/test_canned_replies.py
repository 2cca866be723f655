"""What stands beside a talk in words: ready sentences, the English of what the computer said, the case card."""

from typing import Any

from bot.conversation.record import Record
from bot.handoff.case_card import Case
from bot.messaging.transcript import Line
from bot.phrases.phrases import Phrasebook
from bot.understanding.indicators import catalogue
from desk.console.canned_replies import gloss, groups, opening
from desk.console.case_card_view import Card
from desk.localization.desk_formats import country, language
from tests.every import every
from tests.hotline import ROOT

BOOK = Phrasebook.load(ROOT)


@every("channel", ["sms", "telegram", "web"])
@every("locale", BOOK.locales)
def test_every_ready_sentence_is_whole_in_every_language(locale: str, channel: str) -> None:
    ready = [each for group in groups(BOOK, locale, channel) for each in group.ready]

    assert all(each.text and "{" not in each.text for each in ready)
    assert {each.name for each in ready} >= {f"utter_plan_{number}" for number in range(1, 11)}


def test_every_phrase_that_was_written_to_be_ready_is_offered() -> None:
    written = {name.partition("|")[0] for name in BOOK.texts["en"] if name.startswith("utter_canned_")}

    assert written == {
        each.name
        for group in groups(BOOK, "en", "web")
        for each in group.ready
        if each.name.startswith("utter_canned_")
    }


def test_the_english_stands_beside_what_is_not_english() -> None:
    spanish, english = (BOOK.render("utter_canned_your_choice", {}, locale) for locale in ("es", "en"))

    assert gloss(BOOK, Line("us", "otra cosa", "utter_canned_your_choice"), "web") == english
    assert gloss(BOOK, Line("us", english, "utter_canned_your_choice"), "web") == ""
    assert gloss(BOOK, Line("us", "palabras de una persona"), "web") == ""
    assert spanish


def test_what_was_filled_into_a_phrase_is_not_made_up_in_its_english() -> None:
    assert "{" not in gloss(BOOK, Line("us", "…", "utter_person_asked"), "sms")
    assert "about … min" in gloss(BOOK, Line("us", "…", "utter_person_asked"), "sms")


def test_phrases_in_a_phrase_stand_in_english_beside_the_line_and_nothing_stands_beside_english() -> None:
    spanish = Line(
        "us", "Gracias. Los papeles son tuyos.", "utter_both", locale="es", english="Thank you. Your papers are yours."
    )
    assert gloss(BOOK, spanish, "web") == "Thank you. Your papers are yours."
    assert (
        gloss(BOOK, Line("us", "Gracias. Son tuyos.", "utter_both", locale="es"), "web") == ""
    )  # of before: only gaps
    assert gloss(BOOK, Line("us", "You can call: 116 006", "utter_lines", locale="en"), "web") == ""


@every("locale", BOOK.locales)
def test_who_comes_in_says_what_was_asked_for_so_that_nobody_tells_it_again(locale: str) -> None:
    wants = ("find_shelter", "find_legal_aid", "talk_to_human")
    said = opening(BOOK, "Sam", wants, (locale, "web"))

    assert "Sam" in said and BOOK.render("choice_lawyer", {}, locale) in said
    assert opening(BOOK, "Sam", ("talk_to_human",), (locale, "web")) != said


def card(**record: Any) -> Card:
    case = Case.of(Record(**record), id="a", channel="sms", locale="es", started="", last_heard="")
    return Card.of(case)


def test_the_card_says_titles_for_signs_and_words_for_labels() -> None:
    mark = {"indicator": "doc_confiscation", "when": "now", "how": "said", "quote": "mis papeles", "who": "self"}
    shown = card(marks=[mark], answered={"find_shelter": 1, "talk_to_human": 1}, declined=["police"], country="MX")

    assert [(sign.title, sign.quote) for sign in shown.signs] == [
        (catalogue()["doc_confiscation"].title, "mis papeles")
    ]
    assert (list(shown.wants), list(shown.said_no), shown.country) == (["shelter", "a person"], ["police"], "Mexico")


def test_what_the_computer_keeps_for_itself_is_not_on_the_card() -> None:
    noted = [
        "intro",
        "told",
        "level strong",
        "answer find_shelter",
        "utter_rights_pay",
        "lines AE",
        "near 12",
        "how to call",
    ]
    assert list(card(told=noted).told) == [
        "who answers and what is kept",
        "numbers for United Arab Emirates",
        "how to call safely",
    ]


@every("tag", BOOK.locales)
def test_every_language_has_an_english_name(tag: str) -> None:
    assert language(tag).isalpha() and language(tag) != tag
    assert country(None) == ""
