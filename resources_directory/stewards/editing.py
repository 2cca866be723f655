"""Edits to one service in its country file: one steward at a time, atomic, and never without a line in the change log."""

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from resources_directory.files import change_log, durable_writes
from resources_directory.files.change_log import Change, What
from resources_directory.files.country_text import CountryText
from resources_directory.files.entries_folder import ENTRIES, BadEntry, file_of, read_file, read_yaml
from resources_directory.files.folder_lock import locked
from resources_directory.model.hsds import WORLD, CountryEntries, EmergencyNumber, Evidence, Service, emergency_id

_Row = TypeVar("_Row", bound=Evidence)


class UnknownService(BadEntry):
    """No service has this id."""


@dataclass(frozen=True)
class Edit:
    """A change that somebody wants to make to one service."""

    what: What
    who: str
    reason: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)  # as in the file; None removes a field


def change(
    service: str,
    decide: Callable[[Service], Edit],  # gets the service as it is under the lock
    folder: Path = ENTRIES,
    now: datetime | None = None,
) -> tuple[Service, Change]:
    """Change a service; return its new state and the logged change. Raise BadEntry, in which case nothing has changed."""
    return _change(service, _service, decide, folder, now or datetime.now(UTC))


def change_together(
    decisions: Mapping[str, Callable[[Service], Edit]], folder: Path = ENTRIES, now: datetime | None = None
) -> list[tuple[Service, Change]]:
    """Change several services of one country as `change` does, all or none. Raise BadEntry."""
    if len({id[:2] for id in decisions}) != 1:
        raise BadEntry("Services of one country are changed together, and at least one.")
    return _change_all(decisions, _service, folder, now or datetime.now(UTC))


def change_emergency(
    id: str, decide: Callable[[EmergencyNumber], Edit], folder: Path = ENTRIES, now: datetime | None = None
) -> tuple[EmergencyNumber, Change]:
    """Change an emergency number as `change` does a service; `id` as `emergency_id` makes it."""
    return _change(id, _emergency, decide, folder, now or datetime.now(UTC))


def _change(
    id: str, read: Callable[[CountryEntries, str], _Row], decide: Callable[[_Row], Edit], folder: Path, now: datetime
) -> tuple[_Row, Change]:
    (changed,) = _change_all({id: decide}, read, folder, now)
    return changed


def _change_all(
    decisions: Mapping[str, Callable[[_Row], Edit]],
    read: Callable[[CountryEntries, str], _Row],
    folder: Path,
    now: datetime,
) -> list[tuple[_Row, Change]]:
    with locked(folder):
        path = folder / file_of(next(iter(decisions))[:2])
        there = read_file(path) if path.is_file() else CountryEntries(country=WORLD)  # empty
        before = {id: read(there, id) for id in decisions}
        edits = {id: decide(before[id]) for id, decide in decisions.items()}
        with TemporaryDirectory(prefix=".draft-", dir=folder) as drafts:
            draft = _draft(path, Path(drafts), {id: edit.fields for id, edit in edits.items()})
            drafted = read_file(draft)
            after = {id: read(drafted, id) for id in decisions}
            noted = {id: _noted(id, (before[id], after[id]), edit, now) for id, edit in edits.items()}
            for line in noted.values():
                change_log.append(line, folder)
            draft.replace(path)
        durable_writes.sync_folder(folder)
    return [(after[id], noted[id]) for id in decisions]


def find(entries: CountryEntries, service: str) -> Service | None:
    """Return one service of a country, or None."""
    return next((found for org in entries.organizations for found in org.services if found.id == service), None)


def _service(entries: CountryEntries, service: str) -> Service:
    found = find(entries, service)
    if found is None:
        raise UnknownService(f"There is no service with the id {service!r}.")
    return found


def emergency_number(countries: Iterable[CountryEntries], id: str) -> EmergencyNumber:
    """Return an emergency number; raises UnknownService."""
    entries = next((one for one in countries if one.country == id[:2].upper()), None)
    return _emergency(entries or CountryEntries(country=WORLD), id)


def _emergency(entries: CountryEntries, id: str) -> EmergencyNumber:
    found = next((row for row in entries.emergency if emergency_id(id[:2], row.number, row.reaches) == id), None)
    if found is None:
        raise UnknownService(f"There is no emergency number with the id {id!r}.")
    return found


def _draft(path: Path, folder: Path, fields: Mapping[str, Mapping[str, Any]]) -> Path:
    """Write the changed file beside the old one, and verify that nothing else in it has changed. `fields`: by id."""
    draft = folder / path.name
    text, expected = CountryText(path.read_bytes().decode()), read_yaml(path)
    for id, changed in fields.items():
        text.change(id, changed)
        expected = _with(expected, id, changed)
    durable_writes.write(draft, text.text())
    shutil.copymode(path, draft)
    if read_yaml(draft) != expected:
        ids = ", ".join(fields)
        raise BadEntry(f"{path.name}: {ids} can not be changed by a command as it is written; change the file by hand.")
    return draft


def _with(plain: Any, id: str, fields: Mapping[str, Any]) -> Any:
    services = (one for organization in plain.get("organizations", ()) for one in organization["services"])
    found = [one for one in services if one["id"] == id]
    rows = plain.get("emergency", ())
    found += [row for row in rows if emergency_id(plain["country"], row["number"], row["reaches"]) == id]
    for one in found:
        one.update(fields)
        for name in [name for name, value in fields.items() if value is None]:
            del one[name]
    return plain


def _noted(id: str, states: tuple[Evidence, Evidence], edit: Edit, now: datetime) -> Change:
    """Return the line for the log; `states`: before and after."""
    old, new = (row.model_dump(mode="json") for row in states)
    names = [name for name in edit.fields if old[name] != new[name]]
    return Change(
        id=id,
        what=edit.what,
        who=edit.who,
        when=f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        reason=edit.reason,
        before={name: old[name] for name in names},
        after={name: new[name] for name in names},
    )
