"""What every table of the evaluation counts: labels right, crises found and crises by mistake, with how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.understanding.crisis import LABELS

_Z = 1.96


@dataclass(frozen=True)
class Scores:
    """Counts over some messages, each with the label that was meant and the one that was understood."""

    messages: int
    right: int
    crises: int
    found: int
    mistaken: int

    @classmethod
    def of(cls, meant: Sequence[str], understood: Sequence[str | None]) -> "Scores":
        """Return the counts. A crisis taken for another one counts as found: it is answered at once; only the label is wrong."""
        pairs = list(zip(meant, understood, strict=True))
        crises = [got for label, got in pairs if label in LABELS]
        mistaken = sum(label not in LABELS and got in LABELS for label, got in pairs)
        right = sum(label == got for label, got in pairs)
        return cls(len(pairs), right, len(crises), sum(got in LABELS for got in crises), mistaken)

    def plain(self) -> dict[str, float | int | None]:
        """Return shares, for data/evaluation.json."""
        others = self.messages - self.crises
        return {
            "messages": self.messages,
            "right": _rounded(self.right, self.messages),
            "crisis_found": _rounded(self.found, self.crises),
            "crisis_by_mistake": _rounded(self.mistaken, others),
        }


def share(hits: int, of: int) -> str:
    """Return a share with two digits, or nothing where there is nothing to divide."""
    return f"{hits / of:.2f}" if of else ""


def with_interval(hits: int, of: int) -> str:
    """Return a share with its interval."""
    low, high = interval(hits, of)
    return f"{hits / of:.3f} ({low:.3f}–{high:.3f})" if of else ""


def interval(hits: int, of: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share."""
    if not of:
        return 0.0, 1.0
    part = hits / of
    middle = (part + _Z * _Z / (2 * of)) / (1 + _Z * _Z / of)
    reach = _Z * ((part * (1 - part) / of + _Z * _Z / (4 * of * of)) ** 0.5) / (1 + _Z * _Z / of)
    return max(middle - reach, 0.0), min(middle + reach, 1.0)  # rounding may go a hair beyond


def _rounded(hits: int, of: int) -> float | None:
    return round(hits / of, 4) if of else None
