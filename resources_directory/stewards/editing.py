"""Edits to one service in its country file: one steward at a time, atomic, and never without a line in the change log."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from resources_directory.files import change_log, durable_writes
from resources_directory.files.change_log import Change, What
from resources_directory.files.country_text import CountryText
from resources_directory.files.entries_folder import ENTRIES, BadEntry, file_of, read_file, read_yaml
from resources_directory.files.folder_lock import locked
from resources_directory.model.hsds import CountryEntries, Service


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
    with locked(folder):
        path = folder / file_of(service[:2])
        before = _service(path, service)
        edit = decide(before)
        with TemporaryDirectory(prefix=".draft-", dir=folder) as drafts:
            draft = _draft(path, Path(drafts), service, edit.fields)
            after = _service(draft, service)
            noted = _noted(before, after, edit, now or datetime.now(UTC))
            change_log.append(noted, folder)
            draft.replace(path)
        durable_writes.sync_folder(folder)
    return after, noted


def find(entries: CountryEntries, service: str) -> Service | None:
    """Return one service of a country, or None."""
    return next((found for org in entries.organizations for found in org.services if found.id == service), None)


def _service(path: Path, service: str) -> Service:
    found = find(read_file(path), service) if path.is_file() else None
    if found is None:
        raise UnknownService(f"There is no service with the id {service!r}.")
    return found


def _draft(path: Path, folder: Path, service: str, fields: Mapping[str, Any]) -> Path:
    """Write the changed file beside the old one, and verify that nothing else in it has changed."""
    draft = folder / path.name
    text = CountryText(path.read_bytes().decode())
    text.change(service, fields)
    durable_writes.write(draft, text.text())
    shutil.copymode(path, draft)
    if read_yaml(draft) != _with(read_yaml(path), service, fields):
        raise BadEntry(
            f"{path.name}: {service} can not be changed by a command as it is written; change the file by hand."
        )
    return draft


def _with(plain: Any, service: str, fields: Mapping[str, Any]) -> Any:
    for organization in plain["organizations"]:
        for found in organization["services"]:
            if found["id"] == service:
                found.update(fields)
                for name in [name for name, value in fields.items() if value is None]:
                    del found[name]
    return plain


def _noted(before: Service, after: Service, edit: Edit, now: datetime) -> Change:
    old, new = (service.model_dump(mode="json") for service in (before, after))
    names = [name for name in edit.fields if old[name] != new[name]]
    return Change(
        id=before.id,
        what=edit.what,
        who=edit.who,
        when=f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        reason=edit.reason,
        before={name: old[name] for name in names},
        after={name: new[name] for name in names},
    )
