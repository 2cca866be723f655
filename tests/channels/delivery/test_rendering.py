"""From a reply to what a person reads."""

import pytest

from bot.messaging.message import Choice, Reply
from bot.phrases.phrases import Phrasebook
from channels.delivery.rendering import Renderer
from tests.hotline import ABILITIES

BOOK = Phrasebook({
    "en": {
        "utter_safe": "Are you safe?",
        "utter_call": "Call 1 800 273 2255 or 988. Do you want more?",
        "choice_yes": "Yes", "choice_no": "No", "choice_ok": "OK",
    },
    "es": {"utter_safe": "¿Está a salvo?", "choice_yes": "Sí", "choice_no": "No", "choice_ok": "OK"},
})  # fmt: skip
YES_NO = (Choice("choice_yes", "affirm"), Choice("choice_no", "deny"))


@pytest.fixture
def renderer() -> Renderer:
    return Renderer(BOOK, ABILITIES)


def text(renderer: Renderer, say: str, channel: str, *locales: str, choices: tuple[Choice, ...] = YES_NO) -> str:
    [message] = renderer.outgoing(Reply(say, choices=choices), locales or ("en",), channel, "turn")
    return message.text


def test_a_channel_without_buttons_gets_the_choices_as_numbered_lines(renderer: Renderer) -> None:
    assert text(renderer, "utter_safe", "sms").endswith("\n1 Yes\n2 No")


def test_a_channel_with_buttons_gets_the_bare_text_and_the_choices_beside_it(renderer: Renderer) -> None:
    [outgoing] = renderer.outgoing(Reply("utter_safe", choices=YES_NO), ["en"], "telegram", "turn")
    assert outgoing.text == "Are you safe?"
    assert outgoing.choices == [{"number": 1, "text": "Yes"}, {"number": 2, "text": "No"}]


def test_a_reply_without_choices_is_only_its_text(renderer: Renderer) -> None:
    assert text(renderer, "utter_call", "sms", choices=()) == BOOK.texts["en"]["utter_call"]


def test_in_two_languages_the_text_stands_twice_and_each_choice_once(renderer: Renderer) -> None:
    reply = Reply("utter_safe", choices=(*YES_NO, Choice("choice_ok", "unsure")))
    line = renderer.line(reply, ["en", "es"], "web")
    assert line.text == "Are you safe?\n\n¿Está a salvo?"
    assert [choice["text"] for choice in line.choices] == ["Yes / Sí", "No", "OK"]


def test_a_line_remembers_the_phrase_behind_it(renderer: Renderer) -> None:
    assert renderer.line(Reply("utter_safe"), ["en"], "web").say == "utter_safe"


def test_of_phrases_in_a_phrase_the_desk_gets_the_whole_in_english(renderer: Renderer) -> None:
    book = Phrasebook({locale: {**texts, "utter_two": "{first} {second}"} for locale, texts in BOOK.texts.items()})
    two = Reply("utter_two", {"first": {"say": "utter_safe"}, "second": {"say": "choice_ok"}})
    line = Renderer(book, ABILITIES).line(two, ["es"], "web")
    assert (line.text, line.english) == ("¿Está a salvo? OK", "Are you safe? OK")
    assert Renderer(book, ABILITIES).line(two, ["en"], "web").english == ""  # it is what was said
    assert renderer.line(Reply("utter_safe"), ["es"], "web").english == ""  # it is found by the name of the phrase


def test_a_phrase_that_both_languages_have_in_english_only_is_said_once(renderer: Renderer) -> None:
    assert renderer.line(Reply("utter_call"), ["en", "es"], "web").text == BOOK.texts["en"]["utter_call"]


def test_what_is_too_long_for_a_text_message_is_sent_in_several_and_nothing_is_cut(renderer: Renderer) -> None:
    words = {"utter_long": "я" * 150, "choice_yes": "да" * 10, "choice_no": "нет" * 10}
    long = Renderer(Phrasebook({"en": {**BOOK.texts["en"], **words}}), ABILITIES)
    messages = long.outgoing(
        Reply("utter_long", choices=(*YES_NO, Choice("choice_ok", "unsure"))), ["en"], "sms", "turn"
    )
    assert [message.text for message in messages] == [f"{'я' * 150}\n1 {'да' * 10}", f"2 {'нет' * 10}\n3 OK"]
    assert [len(message.choices) for message in messages] == [0, 3]
    assert len(long.outgoing(Reply("utter_long", choices=YES_NO), ["en"], "telegram", "turn")) == 1


def test_two_long_languages_are_two_text_messages() -> None:
    book = Phrasebook({"en": {"utter_long": "e" * 290}, "ru": {"utter_long": "я" * 190}})
    messages = Renderer(book, ABILITIES).outgoing(Reply("utter_long"), ["en", "ru"], "sms", "turn")
    assert [message.text for message in messages] == ["e" * 290, "я" * 190]


def test_what_is_one_language_in_latin_letters_is_said_once_in_these() -> None:
    shared = {"hi-Latn": {"utter_safe": "Kya aap safe hain?", "choice_yes": "haan"}}
    book = Phrasebook({**BOOK.texts, "hi": {"utter_safe": "सुरक्षित?"}, "ur": {"utter_safe": "محفوظ؟"}}, {}, shared)
    line = Renderer(book, ABILITIES).line(Reply("utter_safe", choices=YES_NO), ["hi", "ur"], "telegram")
    assert (line.text, line.locale) == ("Kya aap safe hain?", "hi-Latn")
    assert [choice["text"] for choice in line.choices] == ["haan", "No"]  # what it lacks is English, as everywhere
    assert "सुरक्षित" in Renderer(book, ABILITIES).line(Reply("utter_safe"), ["hi", "en"], "telegram").text
