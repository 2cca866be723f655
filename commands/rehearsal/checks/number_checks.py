"""Checks on numbers to call: none from a foreign country, and one whenever the country is known and help is asked for."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from commands.rehearsal.checks.breach import Breach
from commands.rehearsal.played_talk import Bubble, Played, PlayedTurn
from resources_directory.model.directory import Directory, EmergencyNumbers

_ANYWHERE = "112"  # works on most mobile phones, whatever the country
_NUMBER = re.compile(r"\+?\d(?:(?:[ ()-]{0,2}|\.)\d)+")  # the whole number: 0800 999 111 is not 999
_GIVES = ("crisis", "number")
# Replies that ask the direct question before giving any number (docs/rules.md, Safety 5).
_ASKS_FIRST = ("utter_self_harm",)


@dataclass(frozen=True)
class KnownNumbers:
    """The numbers of each country: its emergency numbers and its national lines."""

    emergency: Mapping[str, frozenset[str]]
    lines: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, directory: Directory) -> "KnownNumbers":
        """Collect the numbers from the directory."""
        emergency = {country: _dialled(numbers) for country, numbers in directory.numbers.items()}
        lines = {country: frozenset(line.number for line in found) for country, found in directory.national.items()}
        return cls(emergency, lines)

    def foreign(self, said: set[str], countries: list[str]) -> set[str]:
        """Return the emergency numbers in `said` that belong to none of these countries."""
        at_home = {_ANYWHERE}.union(*(self.emergency.get(country, ()) for country in countries))
        at_home = at_home.union(*(self.lines.get(country, ()) for country in countries))
        return (said & frozenset().union(*self.emergency.values())) - at_home


def elsewhere(played: Played, known: KnownNumbers) -> Iterator[Breach]:
    """Find emergency numbers from another country than the person's, or from any while theirs is unknown."""
    for turn in played.turns:
        said = {number for reply in _giving(turn) for number in _NUMBER.findall(reply.text)} if turn.why else set()
        for number in sorted(known.foreign(said, turn.countries)):
            yield Breach(
                turn.turn, f"{number} is no emergency number of {' or '.join(turn.countries) or 'a known country'}."
            )


def missing(played: Played) -> Iterator[Breach]:
    """Find a crisis or a need answered without any number although the country is known."""
    for turn in played.answered:
        given = any(_NUMBER.search(reply.text) for reply in _giving(turn))
        if turn.countries and _needs_number(turn) and not given:
            yield Breach(turn.turn, f"no number, although {turn.countries[0]} is known.")


def not_first(played: Played) -> Iterator[Breach]:
    """Find an answer to a crisis whose first bubble has no number."""
    for turn in played.answered:
        if _answers_crisis(turn) and not _NUMBER.search(turn.replies[0].text):
            yield Breach(turn.turn, f"the number does not come first, but {turn.replies[0].say}.")


def _giving(turn: PlayedTurn) -> list[Bubble]:
    return [reply for reply in turn.replies if reply.kind in _GIVES]


def _needs_number(turn: PlayedTurn) -> bool:
    about_safety = {"opening", "check", "neutral", "rest"} & set(turn.kinds)
    return _answers_crisis(turn) or (turn.label.startswith("find_") and not about_safety)


def _answers_crisis(turn: PlayedTurn) -> bool:
    """Whether this message was read as a crisis and the answer is more than the direct question."""
    return bool(turn.why.get("crisis")) and "crisis" in turn.kinds and not _asks_first(turn)


def _asks_first(turn: PlayedTurn) -> bool:
    return turn.replies[0].say in _ASKS_FIRST


def _dialled(numbers: EmergencyNumbers) -> frozenset[str]:
    found = (numbers.any, numbers.police, numbers.ambulance, numbers.fire, numbers.text)
    return frozenset(number for number in found if number)
