"""What an invariant says of a talk that breaks it."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from commands.rehearsal.played_talk import Played


class Breach(NamedTuple):
    """One break: at which line of the person, and what is wrong, as a sentence."""

    turn: int
    sentence: str


Check = Callable[[Played], Iterable[Breach]]
