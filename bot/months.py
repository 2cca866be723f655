"""The months, in UTC, by which counts are kept, and how long they are kept."""

import time

KEPT = 400 * 86_400  # seconds that the counts of a month are kept


def month(now: float | None = None) -> str:
    """Return the month of a time, as "2026-11"."""
    return time.strftime("%Y-%m", time.gmtime(now))


def months_kept(now: float | None = None) -> list[str]:
    """Return the months that can still have counts, this one included, latest first."""
    end = time.time() if now is None else now
    return list(dict.fromkeys(month(end - 86_400 * ago) for ago in range(KEPT // 86_400 + 62)))
