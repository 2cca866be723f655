"""A named sentence, in a locale, for a channel."""

from pathlib import Path

import pytest

from bot.phrases.phrases import Phrasebook, direction
from tests.every import every

BOOK = Phrasebook({
    "en": {
        "utter_hello": "Hello.", "utter_hello|sms": "Hi.", "utter_only_english": "Only here.",
        "utter_call": "Call {number}, {hours} any day.", "utter_lines": "Lines:\n{lines}\nEnd.", "line_one": "- {name}",
    },
    "es": {"utter_hello": "Hola."},
    "ar": {"utter_call": "اتصل {number}"},
})  # fmt: skip


@every(
    ("locale", "channel", "text"),
    [
        ("en", "web", "Hello."),
        ("en", "sms", "Hi."),
        ("es", "web", "Hola."),
        ("es", "sms", "Hola."),
        ("xx", "sms", "Hi."),
    ],
)
def test_the_channels_variant_comes_before_the_general_one_and_the_locale_before_both(
    locale: str, channel: str, text: str
) -> None:
    assert BOOK.render("utter_hello", {}, locale, channel) == text


def test_a_phrase_that_a_language_lacks_is_said_in_english() -> None:
    assert BOOK.render("utter_only_english", {}, "es") == "Only here."


def test_a_phrase_that_no_language_has_is_an_error() -> None:
    with pytest.raises(KeyError):
        BOOK.render("utter_nothing", {}, "en")


def test_an_argument_that_is_not_known_leaves_no_hole() -> None:
    assert BOOK.render("utter_call", {"number": 112}, "en") == "Call 112, any day."


def test_an_argument_may_be_a_list_of_phrases() -> None:
    lines = [{"say": "line_one", "arguments": {"name": name}} for name in ("A", "B")]
    assert BOOK.render("utter_lines", {"lines": lines}, "en") == "Lines:\n- A\n- B\nEnd."


def test_braces_in_an_argument_are_only_text() -> None:
    lines = [{"say": "line_one", "arguments": {"name": "{lines} \\1"}}]
    assert BOOK.render("utter_lines", {"lines": lines}, "en") == "Lines:\n- {lines} \\1\nEnd."


def test_a_number_in_arabic_text_keeps_its_direction_on_a_screen_but_costs_no_letters_in_an_sms() -> None:
    assert BOOK.render("utter_call", {"number": "+1 800"}, "ar", "web") == "اتصل \u2068+1 800\u2069"
    assert BOOK.render("utter_call", {"number": "+1 800"}, "ar", "sms") == "اتصل +1 800"


def test_languages_are_read_from_the_project(tmp_path: Path) -> None:
    (tmp_path / "bot" / "phrases" / "phrasebook").mkdir(parents=True)
    (tmp_path / "domain.yml").write_text(
        "responses:\n  utter_a:\n    - text: 'A {x}'\n    - text: a\n      channel: sms\n", "utf-8"
    )
    (tmp_path / "bot" / "phrases" / "phrasebook" / "es.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgctxt "utter_a"\nmsgid "A {x}"\nmsgstr "Á {x}"\n\n'
        'msgctxt "utter_a|sms"\nmsgid "a"\nmsgstr ""\n\n'
        '#~ msgctxt "utter_a"\n#~ msgid "old"\n#~ msgstr "viejo"\n',
        "utf-8",
    )
    book = Phrasebook.load(tmp_path)
    assert book.locales == ("en", "es")
    assert book.render("utter_a", {"x": 1}, "es") == "Á 1"
    assert book.render("utter_a", {"x": 1}, "es", "sms") == "Á 1"
    assert book.render("utter_a", {}, "en", "sms") == "a"


def test_what_is_said_outside_of_a_turn_has_the_choices_of_its_phrase() -> None:
    reply = Phrasebook.load(Path(__file__).parents[3]).reply("utter_person_place", place=2)
    assert (reply.say, reply.arguments, reply.always) == ("utter_person_place", {"place": 2}, False)
    assert [choice.value for choice in reply.choices] == [
        "step to=keep_waiting",
        "find_hotline",
        "step to=stop_waiting",
    ]


def test_directions() -> None:
    assert [direction(locale) for locale in ("en", "ar", "fa", "ur", "es")] == ["ltr", "rtl", "rtl", "rtl", "ltr"]
