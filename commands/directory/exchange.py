"""`quietline directory import` and `export`: an import first shows a steward what a feed would change, and writes on --apply."""

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from resources_directory.exchange.changes import journal
from resources_directory.exchange.changes.applying import apply
from resources_directory.exchange.changes.departures import Departures, departures
from resources_directory.exchange.changes.journal import Imported
from resources_directory.exchange.changes.plan import Changed, New, Plan, plan
from resources_directory.exchange.export import export_services, export_tables
from resources_directory.exchange.feeds import feed
from resources_directory.exchange.feeds.feed_file import content_of
from resources_directory.exchange.feeds.mapping import Mapping, read_mapping
from resources_directory.exchange.feeds.options import Options
from resources_directory.exchange.feeds.refusal import FeedRefused, Remark
from resources_directory.files import change_log
from resources_directory.files.change_log import Change, What
from resources_directory.files.entries_folder import ENTRIES, BadEntry, read_folder
from resources_directory.files.folder_lock import locked
from resources_directory.places.country_names import country_of

FINE, REFUSED, WRONG_USE = 0, 1, 2
_LARGEST_MAPPING = 1_000_000  # bytes


@dataclass(frozen=True)
class Choices:
    """The options of an import."""

    mapping: Path | None = None
    country: str = ""
    source: str = ""
    keep_addresses: bool = False
    apply: bool = False


def import_file(file: Path, choices: Choices, folder: Path = ENTRIES, today: date | None = None) -> int:
    """Show what a feed would change; write it with --apply. Return 0 if fine, 1 if refused as a whole, 2 on wrong usage."""
    country = country_of(choices.country) if choices.country else None
    if choices.country and country is None:
        return _say(f"No country is known by the name {choices.country!r}.", WRONG_USE)
    if choices.source and not re.fullmatch(r"https?://\S+", choices.source):
        return _say(f"--source is the address of a page: https://…, not {choices.source!r}.", WRONG_USE)
    try:
        mapping = read_mapping(content_of(choices.mapping, _LARGEST_MAPPING)) if choices.mapping else Mapping()
        day = today or datetime.now(UTC).date()
        options = Options(day, country, choices.source or None, choices.keep_addresses, mapping)
        found = feed.read(content_of(file), options)
        with locked(folder):
            if journal.recover(folder, _recorder(folder)):
                print("An import that was broken off has been finished first.")
            entries, log = list(read_folder(folder)), change_log.read(folder)
            made, gone = plan(found, entries, _touched(log)), departures(found, entries, log, choices.source)
            if choices.apply:
                apply(made, folder, _recorder(folder, choices.source))
                _note(gone, folder, choices.source)
    except (FeedRefused, BadEntry) as error:
        return _say(f"Refused, nothing was changed. {error}", REFUSED)
    except OSError as error:
        return _say(f"The system refused: {error.strerror}.", REFUSED)
    _show(made, gone, Console(), choices.apply)
    return FINE


def export_file(out: Path, form: str = "json", everything: bool = False, folder: Path = ENTRIES) -> int:
    """Write the services that may be served, or all of them, as HSDS 3."""
    if form not in ("json", "csv"):
        return _say(f"There is no format named {form!r}: json or csv.", WRONG_USE)
    try:
        entries = export_services.chosen(read_folder(folder), datetime.now(UTC).date(), everything)
        services = [export_services.nested(entry) for entry in entries]
        _write(out, export_tables.package(services) if form == "csv" else export_services.as_json(services))
    except BadEntry as error:
        return _say(str(error), REFUSED)
    except OSError as error:
        return _say(f"The system refused: {error.strerror}.", REFUSED)
    print(f"{len(services)} services were written to {out.name}.")
    return FINE


def _write(out: Path, content: bytes) -> None:
    """Write the file atomically: half an export would look like a whole one."""
    draft = out.with_name(f".{out.name}.new")
    draft.write_bytes(content)
    draft.replace(out)


def _recorder(folder: Path, source: str = "") -> journal.RecordImport:
    """Return a function that records a change in the history of the directory."""

    def record(done: Imported) -> None:
        change_log.append(_line(done.id, "imported", source, before=done.before, after=done.after), folder)

    return record


def _note(gone: Departures, folder: Path, source: str) -> None:
    """Write into the history what the feed has no longer, and what it has again."""
    for id in gone.new:
        change_log.append(_line(id, "unlisted", source), folder)
    for id in gone.back:
        change_log.append(_line(id, "listed", source), folder)


def _line(id: str, what: What, source: str, **fields: dict[str, Any]) -> Change:
    when = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return Change(id=id, what=what, who="import", when=when, reason=source[:1_000], **fields)


def _touched(log: Iterable[Change]) -> frozenset[str]:
    """Return the ids of services that a steward has changed: a feed leaves them alone."""
    free = ("imported", "accepted", *change_log.NOTES)
    return frozenset(change.id for change in log if change.what not in free)


def _show(made: Plan, gone: Departures, console: Console, written: bool) -> None:
    _table(console, "New", ("id", "name", "kinds", "numbers", "doubt"), map(_new, made.new))
    _table(console, "Changed", ("id", "field", "now", "the feed says"), _fields(made.changed))
    _table(console, "Kept as a steward left it, differs", ("id", "field", "kept", "the feed says"), _fields(made.kept))
    _table(console, "Refused", ("row", "reason"), map(_remark, made.refused))
    _table(console, "Left out of rows that were taken", ("row", "reason"), map(_remark, made.left_out))
    left = ((one.id, one.name, "" if one.status == "proposed" else one.status) for one in gone.left)
    _table(console, "No longer in the file, and left as it is: ask by a call", ("id", "name", "status"), left)
    counts = {"new": made.new, "changed": made.changed, "kept": made.kept, "unchanged": made.unchanged}
    told = ", ".join(f"{len(rows)} {name}" for name, rows in counts.items())
    missing = f", {len(gone.left)} no longer in the file" if gone.left else ""
    console.print(f"{told}, {len(made.refused)} refused{missing}.", highlight=False)
    console.print("Written." if written else "Nothing was written: this shows what --apply would do.", highlight=False)


def _new(new: New) -> tuple[str, ...]:
    service = new.service
    numbers = ", ".join(phone.number for phone in service.phones)
    return service.id, service.name, ", ".join(service.kinds), numbers or "none", service.doubt or ""


def _fields(changes: Iterable[Changed]) -> Iterable[tuple[str, ...]]:
    for change in changes:
        for name, value in change.fields.items():
            yield change.old.id, name, _plain(getattr(change.old, name)), _plain(value)


def _remark(remark: Remark) -> tuple[str, ...]:
    return remark.row, remark.reason


def _plain(value: Any) -> str:
    """Format a field for people: only its values."""
    if isinstance(value, BaseModel):
        return ", ".join(f"{name} {_plain(one)}" for name, one in value.model_dump(exclude_defaults=True).items())
    if isinstance(value, tuple | list):
        return "; ".join(map(_plain, value))
    return "" if value is None else str(value)


def _table(console: Console, title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Print a table if it has rows. Text from a feed is escaped, never read as markup."""
    listed = list(rows)
    if not listed:
        return
    table = Table(title=f"{title} ({len(listed)})", title_justify="left")
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in listed:
        table.add_row(*(escape(cell) for cell in row))
    console.print(table)


def _say(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code
