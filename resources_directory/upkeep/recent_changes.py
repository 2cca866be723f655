"""What changed lately in the directory, newest first; an import of many rows is one line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from resources_directory.files.change_log import Change

_MANY = 5  # changes of one import that are told as one


@dataclass(frozen=True)
class ChangeGroup:
    """One change, or an import that changed much at once."""

    last: Change
    count: int

    @property
    def day(self) -> str:
        """The day in UTC, 2026-03-01."""
        return self.last.when[:10]


def recent(changes: Iterable[Change], now: datetime, days: int, country: str = "") -> list[ChangeGroup]:
    """Return the changes of the last days. `now`: aware; `country`: two letters, empty for all."""
    since = f"{(now.astimezone(UTC) - timedelta(days=days)):%Y-%m-%dT%H:%M:%SZ}"
    fitting = [one for one in changes if one.when >= since and one.id[:2].upper() == (country or one.id[:2].upper())]
    groups: dict[tuple[str, ...], list[Change]] = {}
    for number, one in enumerate(fitting):
        # An import writes within minutes, so all it did to a country has one hour and one source.
        at_once = one.what in ("imported", "unlisted", "listed")
        key = (one.what, one.when[:13], one.reason, one.id[:2]) if at_once else (str(number),)
        groups.setdefault(key, []).append(one)
    found = [
        ChangeGroup(one, count)
        for group in groups.values()
        for one, count in ([(group[-1], len(group))] if len(group) > _MANY else [(one, 1) for one in group])
    ]
    return sorted(found, key=lambda one: one.last.when, reverse=True)
