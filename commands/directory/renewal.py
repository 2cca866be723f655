"""Brings a steward's change to the running hotline; if that fails, says what was changed and what was not.

One broken country file keeps the whole directory from compiling. Even so, a service that was taken out must not be
offered: until the directory compiles, the hotline holds it back as if someone had complained.
"""

import sys
from pathlib import Path

from bot.reporting.complaints import DAYS
from bot.settings import Settings
from bot.storage.store import StoreAway
from commands.directory import hotline_state
from commands.runtime.preparation import directory_renewed
from resources_directory.files.entries_folder import BadEntry
from resources_directory.model.hsds import Service
from resources_directory.search.directory_build import BuildFailed

AWAY = "The complaints of the hotline could not be reached: is it running, or REDIS_URL right?"


_AGAIN = "Mend that, then say this again."
_GIVEN = "A running hotline STILL GIVES it as it was"
_UNREACHED = f"{_GIVEN}: it could not be reached (is REDIS_URL right?)."


class NotRenewed(Exception):
    """A steward's change took effect only in part; the text says what holds now."""


def renew(settings: Settings, folder: Path, service: Service, dangerous: bool) -> None:
    """Make a running hotline use the changed entry. Raises NotRenewed. `dangerous`: the old entry must not be offered."""
    try:
        directory_renewed(settings, folder)
    except (BadEntry, BuildFailed, OSError) as error:
        what = "checked" if service.status == "active" else service.status
        old = f"{service.id} is {what} in its file, but the compiled directory is old: {error}"
        raise NotRenewed(f"{old}\n{_until_then(settings, service, dangerous)}") from None
    try:
        hotline_state.looked_at(settings, service.id)
    except StoreAway:
        print(
            f"{AWAY} If somebody complained about {service.id}, it is held back until this is said again.",
            file=sys.stderr,
        )


def hold_unwritten(settings: Settings, service: str, error: BadEntry) -> NotRenewed:
    """Hold back a service that could not be taken out in its file, and return the error that says so."""
    held = _held(settings, service)
    now = f"A running hotline holds it back, for {DAYS} days, unless it is a national line." if held else _UNREACHED
    return NotRenewed(f"{error}\n{service} was not changed in its file. {now} {_AGAIN}")


def _until_then(settings: Settings, service: Service, dangerous: bool) -> str:
    """Return a sentence on what a running hotline does until the directory compiles."""
    if not dangerous:
        return f"A running hotline still answers by what stood there before, and no complaint was answered. {_AGAIN}"
    if service.national:  # national lines are offered whatever the complaints
        return f"{_GIVEN}: a national line can not be held back. {_AGAIN}"
    held = _held(settings, service.id)
    return f"{f'A running hotline holds it back, for {DAYS} days.' if held else _UNREACHED} {_AGAIN}"


def _held(settings: Settings, service: str) -> bool:
    try:
        hotline_state.hold(settings, service)
    except StoreAway:
        return False
    return True
