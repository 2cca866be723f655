"""What the directory pages share: the directory to work on, and the page of one entry."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

from aiohttp import web

from bot.reporting import change_requests, complaints
from desk.auth.roles import may
from desk.directory.directory_changes import StewardedDirectory, mark
from desk.web.handler_tools import page, services, session
from resources_directory.files import change_log
from resources_directory.files.change_log import Change
from resources_directory.files.entries_folder import BadEntry
from resources_directory.files.entry_cache import Entry, EntryCache
from resources_directory.model.freshness import NO_END, is_served, lacks_second_steward, served_until
from resources_directory.model.hsds import Service
from resources_directory.stewards.due import Due
from resources_directory.stewards.editing import UnknownService
from resources_directory.stewards.language_list import language_list
from resources_directory.upkeep.entry_merge import merged_ids
from resources_directory.upkeep.source_looks import LookedAt, file_beside, read_looks

# Whether a person is given an entry today, and why not.
EntryStanding = Literal[
    "always", "until", "unchecked", "never_checked", "second_steward", "expired", "suspended", "closed", "proposed"
]  # fmt: skip


@dataclass(frozen=True)
class EntryView:
    """The standing of an entry today."""

    standing: EntryStanding
    until: date | None = None
    held: bool = False  # not given out, whatever it says
    complaints: int = 0


def stewarding(request: web.Request) -> StewardedDirectory:
    """Return the directory to work on."""
    given = services(request)
    return StewardedDirectory(
        given.store, given.accounts, given.directory_file, _entry_cache(given.entries), given.clock
    )


async def entry_page(request: web.Request, id: str, status: int = 200, **more: Any) -> web.Response:
    """Render the page of one entry; `more`: what was wrong, and what was typed."""
    work = stewarding(request)
    try:
        entry = await work.entry(id)
    except UnknownService:
        raise web.HTTPNotFound from None
    counts = await complaints.counts(work.store, work.clock())
    stands = _stands(entry.service, work.today, services(request).settings.directory_unchecked)
    log = await asyncio.to_thread(change_log.read, work.folder)
    merged = merged_ids(log)
    held = id in await complaints.suspended(work.store, work.clock())
    given, link = services(request).settings, await change_requests.link_of(work.store, id)
    frame = {
        "entry": entry,
        "service": entry.service,
        "stands": EntryView(*stands, held, counts.get(id, 0)),
        "script": script_of(entry),
        "language_list": language_list,
        "history": [(change, _fields(change)) for change in reversed(log) if change.id == id],
        "merged_into": merged.get(id, ""),
        "merged_from": came if merged.get(came := request.query.get("merged", "")) == id else "",
        "mark": mark(entry.service),
        "checks": may(session(request).account.roles, "check_directory"),
        "alone": await work.is_alone(session(request).account, id),
        "current": await work.is_current(),
        "problem": "",
        "held_instead": False,
        "typed": {},
        "looks": {look.url: look for (of, _), look in looks_of(request).items() if of == id},
        "links_on": given.organisation_links and bool(given.public_url),
        "link_until": datetime.fromtimestamp(link.until, UTC).date() if link else None,
        "today": str(work.today),
    }
    return page(request, "directory_entry.html", status, **frame | more)


async def staying(request: web.Request, id: str) -> str:
    """Return the id of the entry that an entry was merged into; empty if it was not."""
    return merged_ids(await asyncio.to_thread(change_log.read, stewarding(request).folder)).get(id, "")


def looks_of(request: web.Request) -> LookedAt:
    """Return what source pages said when they were last looked at; nothing if the file is broken: the command says so."""
    try:
        return read_looks(file_beside(services(request).directory_file))
    except (BadEntry, OSError):
        return {}


def told(value: Any) -> str:
    """Format a value of an entry as one line, without what is not there."""
    if isinstance(value, list | tuple):
        return "; ".join(filter(None, map(told, value)))
    if isinstance(value, dict):
        parts = ((name.replace("_", " "), told(one)) for name, one in value.items())
        return ", ".join(f"{name} {words}" for name, words in parts if words)
    return "" if value is None or value is False else "yes" if value is True else str(value)


def _stands(service: Service, today: date, unchecked: bool) -> tuple[EntryStanding, date | None]:
    if service.status in ("suspended", "closed", "proposed"):
        # Such a status is a standing in itself.
        return service.status, None
    until = served_until(service)
    if until == NO_END:
        return "always", None
    if lacks_second_steward(service):
        return "second_steward", None
    if service.checked_on is None:
        return ("unchecked" if is_served(service, today, unchecked) else "never_checked"), None
    return ("until" if is_served(service, today) else "expired"), until


def script_of(entry: Entry) -> str:
    """Return the words for the call."""
    whole = Due(entry.country, entry.organization, entry.service, "again", 0, None).script()
    # The file is wrapped for a terminal; a page wraps lines itself.
    return re.sub(r"\n {4}|(?<=\w)\n(?=[a-z])", " ", whole)


def _fields(change: Change) -> Mapping[str, tuple[str, str]]:
    """Return each field before and after."""
    return {name: (told(change.before.get(name)), told(value)) for name, value in change.after.items()}


@cache
def _entry_cache(folder: Path) -> EntryCache:
    return EntryCache(folder)
