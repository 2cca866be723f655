"""The breach of an invariant by a played conversation."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from commands.rehearsal.played_talk import Played


class Breach(NamedTuple):
    """One breach: the person's line at which it occurs, and a sentence that says what is wrong."""

    turn: int
    sentence: str


TalkCheck = Callable[[Played], Iterable[Breach]]
