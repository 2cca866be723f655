"""The result of one `quietline doctor` check: a sentence, and what to do next."""

from dataclasses import dataclass
from typing import Literal

CheckState = Literal["ok", "warn", "bad"]


@dataclass(frozen=True)
class CheckResult:
    """One finding. Its text never contains a token, a password or anything a person wrote."""

    name: str
    state: CheckState
    says: str
    do: str = ""


def ok(name: str, says: str) -> CheckResult:
    """Return a result that needs no action."""
    return CheckResult(name, "ok", says)


def warn(name: str, says: str, do: str) -> CheckResult:
    """Return a result for what works but could be better."""
    return CheckResult(name, "warn", says, do)


def bad(name: str, says: str, do: str) -> CheckResult:
    """Return a result for what does not work, or must not stay as it is."""
    return CheckResult(name, "bad", says, do)
