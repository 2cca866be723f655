"""Checks on the language of replies: the person's language once their lines show it, two languages until then."""

from collections.abc import Iterator
from itertools import pairwise

from bot.language.locale import WORDS_TO_CHANGE, detect, served
from bot.language.scripts_of_text import count_words
from commands.rehearsal.checks.breach import Breach
from commands.rehearsal.played_talk import Played, PlayedTurn


def other_language(played: Played) -> Iterator[Breach]:
    """Find replies that are not in the person's language; a language they asked for stays theirs."""
    written: list[str] = []
    wanted = None
    whole = _language(played, [turn.what for turn in played.turns if turn.act == "person"])
    for turn in played.turns:
        written += [turn.what] if turn.act == "person" else []
        wanted = turn.why.get("asked_for") or wanted
        # A language that only the whole conversation reveals could not be known at its start.
        expected = wanted or (whole if whole and whole == _language(played, written) else None)
        right = {expected, None if wanted else _plainly(turn)}
        if expected and turn.replies and turn.locales and right.isdisjoint(turn.locales):
            yield Breach(turn.turn, f"answered in {' and '.join(turn.locales)}, and the person writes {expected}.")


def changing_pair(played: Played) -> Iterator[Breach]:
    """Find an unasked change of the fallback languages for someone whose language we do not serve."""
    if _language(played, [turn.what for turn in played.turns if turn.act == "person"]):
        return
    settled = [turn for turn in played.answered if turn.locales][1:]
    for before, turn in pairwise(settled):
        if set(turn.locales) - set(before.locales) and not _chosen(turn):
            languages = [" and ".join(each.locales) for each in (before, turn)]
            yield Breach(turn.turn, f"goes from {languages[0]} to {languages[1]} unasked.")


def _language(played: Played, lines: list[str]) -> str | None:
    return served(detect("\n".join(lines), played.hints))


def _plainly(turn: PlayedTurn) -> str | None:
    """Return the language of this line alone, if it is long enough: a person who mixes two may be answered in either."""
    enough = turn.act == "person" and count_words(turn.what) >= WORDS_TO_CHANGE
    return served(detect(turn.what)) if enough else None


def _chosen(turn: PlayedTurn) -> bool:
    return bool(turn.why.get("asked_for"))
