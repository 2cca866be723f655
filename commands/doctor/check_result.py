"""What a look at one part of an installation has found: a sentence, and what to do next."""

from dataclasses import dataclass
from typing import Literal

CheckState = Literal["ok", "warn", "bad"]


@dataclass(frozen=True)
class CheckResult:
    """One thing, in words that never hold a token, a password or what a person wrote."""

    name: str
    state: CheckState
    says: str
    do: str = ""


def ok(name: str, says: str) -> CheckResult:
    """Nothing has to be done."""
    return CheckResult(name, "ok", says)


def warn(name: str, says: str, do: str) -> CheckResult:
    """It works, and could be better."""
    return CheckResult(name, "warn", says, do)


def bad(name: str, says: str, do: str) -> CheckResult:
    """It does not work, or must not be left so."""
    return CheckResult(name, "bad", says, do)
