"""In which language is answered: in that which all lines so far show, or in two while it is not known."""

from collections.abc import Iterator
from itertools import pairwise

from bot.language.locale import WORDS_TO_CHANGE, detect, served
from bot.language.scripts_of_text import count_words
from commands.rehearsal.checks.breach import Breach
from commands.rehearsal.played_talk import Played, PlayedTurn


def other_language(played: Played) -> Iterator[Breach]:
    """Find replies in another language than the person's; one that was asked for by hand stays theirs."""
    written: list[str] = []
    wanted = None
    whole = _language(played, [turn.what for turn in played.turns if turn.act == "person"])
    for turn in played.turns:
        written += [turn.what] if turn.act == "person" else []
        wanted = turn.why.get("asked_for") or wanted
        # What only the whole talk shows could not be known at its begin.
        expected = wanted or (whole if whole and whole == _language(played, written) else None)
        right = {expected, None if wanted else _plainly(turn)}
        if expected and turn.replies and turn.locales and right.isdisjoint(turn.locales):
            yield Breach(turn.turn, f"answered in {' and '.join(turn.locales)}, and the person writes {expected}.")


def changing_pair(played: Played) -> Iterator[Breach]:
    """Find a change of the languages that stand in for one that we do not serve, after they were settled."""
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
    """Return the language of this line alone, where it is long enough to tell: who mixes two is answered in either."""
    enough = turn.act == "person" and count_words(turn.what) >= WORDS_TO_CHANGE
    return served(detect(turn.what)) if enough else None


def _chosen(turn: PlayedTurn) -> bool:
    return bool(turn.why.get("asked_for"))
