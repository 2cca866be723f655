"""Checks on length: three bubbles and 500 characters per turn, two and 250 in a crisis; text messages have their own limits."""

from collections.abc import Iterator

from bot.text.text_messages import fits, letters, sparing
from commands.rehearsal.checks.breach import Breach
from commands.rehearsal.played_talk import Played

_BUBBLES, _LETTERS = 3, 500
_CRISIS_BUBBLES, _CRISIS_LETTERS = 2, 250
_PAIR_LETTERS = 300  # of each language, while it is not known which is read
_TEXT_MESSAGES = 3


def too_many(played: Played) -> Iterator[Breach]:
    """Find turns with more messages than a person in need can take in."""
    for turn in played.turns:
        most = _CRISIS_BUBBLES if "crisis" in turn.kinds else _BUBBLES
        most = _TEXT_MESSAGES if played.scenario.channel == "sms" else most
        if len(turn.replies) > most:
            yield Breach(turn.turn, f"{len(turn.replies)} replies, and {most} are the most.")


def too_long(played: Played) -> Iterator[Breach]:
    """Find turns with too many characters, on the page or a messenger."""
    if played.scenario.channel == "sms":
        return
    for turn in played.turns:
        most = _CRISIS_LETTERS if "crisis" in turn.kinds else _LETTERS
        if len(turn.locales) > 1:  # each is read by somebody who skips the other
            most = 2 * min(most, _PAIR_LETTERS)
        count = sum(len(reply.text) for reply in turn.replies)
        if count > most:
            yield Breach(turn.turn, f"{count} letters, and {most} are the most.")


def too_long_for_a_text_message(played: Played) -> Iterator[Breach]:
    """Find text messages over 306 characters in GSM-7, or 201 in UCS-2."""
    if played.scenario.channel != "sms":
        return
    for turn in played.turns:
        for reply in turn.replies:
            if not fits(reply.text):
                count, gsm7 = letters(sparing(reply.text))
                yield Breach(turn.turn, f"a text message of {count} letters in {'GSM-7' if gsm7 else 'UCS-2'}.")
