"""A reply as pieces: each line to call is a card, and nothing else is."""

from typing import Any

from bot.messaging.message import Reply
from channels.delivery.cards import pieces
from channels.delivery.rendering import Renderer
from tests.hotline import ABILITIES, phrasebook

BOOK = phrasebook()
HAVEN = {
    "say": "line_national",
    "arguments": {"name": "Haven", "number": "1-800 (555) 01", "call": "1-800 (555) 01", "seen": "", "open": ""},
}


def of(say: str, **arguments: Any) -> list[dict[str, Any]]:
    return pieces(BOOK, say, arguments, "en", "web")


def test_lines_are_cards_between_the_sentences_around_them() -> None:
    found = of("utter_lines", lines=[HAVEN, HAVEN])
    assert [[*piece] for piece in found] == [["text"], ["card"], ["card"], ["text"]]
    assert found[1]["card"] == {
        "name": "Haven",
        "number": "1-800 (555) 01",
        "call": "180055501",
        "facts": [],
        "locale": "en",
    }


def test_a_line_inside_a_sentence_stays_there() -> None:
    assert of("utter_follow_service", details=[HAVEN, "It is free."]) == []


def test_a_reply_without_a_line_to_call_has_no_pieces() -> None:
    assert of("utter_emergency", emergency={"say": "line_emergency", "arguments": {"number": "112"}}) == []


def test_marks_in_what_somebody_wrote_make_no_card() -> None:
    assert of("utter_echo", text="\ue0000\ue001 \ue00099\ue001") == []
    assert len(of("utter_line", line=["\ue0007\ue001", HAVEN])) == 1


def test_in_two_languages_each_has_its_cards_and_other_channels_have_none() -> None:
    reply = Reply("utter_lines", {"lines": [HAVEN]})
    renderer = Renderer(BOOK, ABILITIES)
    shown = renderer.line(reply, ["en", "ar"], "web").pieces
    assert [piece["card"]["locale"] for piece in shown if "card" in piece] == ["en", "ar"]
    assert renderer.line(reply, ["en"], "telegram").pieces == []
    assert renderer.line(reply, ["en"], "sms").pieces == []


def test_what_the_cards_say_the_text_says_too() -> None:
    line = Renderer(BOOK, ABILITIES).line(Reply("utter_lines", {"lines": [HAVEN]}), ["en"], "web")
    assert "Haven: 1-800 (555) 01" in line.text
