"""The invariants: what must hold in every conversation and needs no judge. Each is a pure function of a played one."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from commands.rehearsal.checks import language_checks, length_checks, number_checks, safety_checks, talk_checks
from commands.rehearsal.checks.breach import TalkCheck
from commands.rehearsal.checks.number_checks import KnownNumbers
from commands.rehearsal.played_talk import Played


@dataclass(frozen=True)
class BrokenInvariant:
    """An invariant that a conversation breaks."""

    id: str  # of the scenario
    turn: int
    invariant: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.id} T{self.turn}: {self.sentence}"

    def plain(self) -> dict[str, Any]:
        """Return the JSON form."""
        return asdict(self)


def invariants(known: KnownNumbers) -> Mapping[str, TalkCheck]:
    """Return all checks by name; docs/rehearsal.md describes each."""
    return {
        "silence": talk_checks.silence,
        "unasked": talk_checks.unasked,
        "breakdown": talk_checks.breakdown,
        "opening": safety_checks.opening,
        "asked_again": safety_checks.asked_again,
        "neutral": safety_checks.neutral,
        "language": language_checks.other_language,
        "pair": language_checks.changing_pair,
        "bubbles": length_checks.too_many,
        "letters": length_checks.too_long,
        "text_message": length_checks.too_long_for_a_text_message,
        "third_time": talk_checks.third_time,
        "third_question": talk_checks.third_question,
        "questions": talk_checks.several_questions,
        "screening": talk_checks.screening,
        "plain_text": talk_checks.shouting,
        "no_person": talk_checks.no_person,
        "foreign_number": partial(number_checks.elsewhere, known=known),
        "no_number": number_checks.missing,
        "number_first": number_checks.not_first,
    }


def broken(played: Sequence[Played], known: KnownNumbers) -> list[BrokenInvariant]:
    """Return what the conversations break, in the order of conversations and their lines."""
    found = []
    for talk in played:
        here = [
            BrokenInvariant(talk.scenario.id, finding.turn, name, finding.sentence)
            for name, check in invariants(known).items()
            for finding in check(talk)
        ]
        found += sorted(here, key=lambda one: one.turn)
    return found
