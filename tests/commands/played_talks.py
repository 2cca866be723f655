"""Talks for the invariants, put together in a line or two."""

from typing import Any

from bot.messaging.message import Hints
from bot.phrases.reply_kinds import kind_of
from commands.rehearsal.played_talk import Bubble, Played, PlayedTurn
from commands.rehearsal.scenario import Act, Scenario


def bubble(say: str, text: str = "Some words.") -> Bubble:
    return Bubble(say, kind_of(say), text)


OPENING = bubble("utter_opening", "Hi. Is it safe to write now?")


def turn(
    number: int, *replies: Bubble, what: str = "my words", state: str = "talk", act: Act = "person", **why: Any
) -> PlayedTurn:
    """A line of the person, and what was said back."""
    return PlayedTurn(number, act, what, state, replies, {"locales": ["en"], **why})


def talk(*turns: PlayedTurn, channel: str = "web", on_duty: bool = False, **hints: str) -> Played:
    return Played(Scenario("some-talk", channel, Hints.of(hints), on_duty, ()), turns)
