"""What a look at one part of an installation has found: a sentence, and what to do next."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warn", "bad"]


@dataclass(frozen=True)
class Finding:
    """One thing, in words that never hold a token, a password or what a person wrote."""

    name: str
    state: State
    says: str
    do: str = ""


def ok(name: str, says: str) -> Finding:
    """Nothing has to be done."""
    return Finding(name, "ok", says)


def warn(name: str, says: str, do: str) -> Finding:
    """It works, and could be better."""
    return Finding(name, "warn", says, do)


def bad(name: str, says: str, do: str) -> Finding:
    """It does not work, or must not be left so."""
    return Finding(name, "bad", says, do)
