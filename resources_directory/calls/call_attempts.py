"""Calls that found nothing out: who tried when, and when it is worth trying again. They stand in the history of each entry."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from resources_directory.files import change_log
from resources_directory.files.change_log import Change
from resources_directory.files.entries_folder import ENTRIES, file_of, read_file
from resources_directory.files.folder_lock import locked
from resources_directory.stewards.editing import Edit, UnknownService, find

AttemptOutcome = Literal["no_answer", "left_message"]
# An office that does not answer now may do so after lunch; one that never does is tried once a day.
_SOON, _TOMORROW, _AFTER_A_MESSAGE = timedelta(hours=2), timedelta(hours=20), timedelta(days=2)
_PATIENCE = 3  # tries without an answer


@dataclass(frozen=True)
class Attempts:
    """The calls to a service since somebody last found something out."""

    outcome: AttemptOutcome  # of the last
    who: str
    when: datetime  # UTC
    count: int

    @property
    def again(self) -> datetime:
        """When it comes back on the list."""
        if self.outcome == "left_message":
            return self.when + _AFTER_A_MESSAGE
        return self.when + (_SOON if self.count < _PATIENCE else _TOMORROW)


def attempts_of(changes: Iterable[Change]) -> Mapping[str, Attempts]:
    """Return the attempts by service. `changes`: oldest first."""
    found: dict[str, Attempts] = {}
    for change in changes:
        if change.what == "no_answer" or change.what == "left_message":  # noqa: PLR1714 - this is what narrows its type
            count = found[change.id].count + 1 if change.id in found else 1
            when = datetime.strptime(change.when, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
            found[change.id] = Attempts(change.what, change.who, when, count)
        elif change.what not in change_log.NOTES:
            found.pop(change.id, None)
    return found


def note_attempt(services: Sequence[str], attempt: Edit, folder: Path = ENTRIES, now: datetime | None = None) -> None:
    """Note one call in the history of each service that it was for. Raise BadEntry, in which case nothing is noted."""
    when = f"{(now or datetime.now(UTC)).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    with locked(folder):
        for id in services:
            path = folder / file_of(id[:2])
            if not path.is_file() or find(read_file(path), id) is None:
                raise UnknownService(f"There is no service with the id {id!r}.")
        for id in services:
            noted = Change(id=id, what=attempt.what, who=attempt.who, when=when, reason=attempt.reason)
            change_log.append(noted, folder)
