"""`quietline directory due`, `checked` and the rest: a steward's daily work. Each refusal is one sentence."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.settings import Settings
from bot.storage.store import StoreAway
from commands.directory import hotline_state
from commands.directory.renewal import AWAY, hold_unwritten, renew
from commands.directory.steward_input import given_reason, refused_or, steward_name
from commands.runtime.preparation import directory_renewed
from resources_directory.calls.wanted_calls import wanted_calls
from resources_directory.files import change_log
from resources_directory.files.entries_folder import ENTRIES, BadEntry, file_of, read_folder
from resources_directory.model.freshness import NO_END, lacks_second_steward, served_until
from resources_directory.model.hsds import Service
from resources_directory.stewards import due, emergency_checks, verification
from resources_directory.stewards.due import Due, DueReason
from resources_directory.stewards.editing import Edit, UnknownService, change, change_emergency, find
from resources_directory.stewards.emergency_checks import EmergencyDue
from resources_directory.stewards.verification import Check, CheckRefused

_ABOUT_EMERGENCY = "\nEmergency numbers: read a page of the state; never dial one to see whether it works."
_WHY: dict[DueReason, str] = {
    "complaint": "somebody wrote that it does not work",
    "suspended": "a steward took it out",
    "second_steward": "a second steward has to look before it is given",
    "asked": "a steward wants it called",
    "soon_gone": "will soon not be given any more",
    "gone": "is not given any more, the last check is too old",
    "never_checked": "was never checked",
    "national": "a national line without a check in the last 30 days",
    "again": "the check is due again",
    "proposed": "no page states it: look for one first",
}


@dataclass(frozen=True)
class StewardSession:
    """What a steward works with: the entries, the time, and the running hotline."""

    settings: Settings
    folder: Path = ENTRIES
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def today(self) -> date:
        """Return today's date."""
        return self.now.date()

    def complaints(self) -> dict[str, int]:
        """Return the complaints by service; if no hotline answers, print a sentence and return none."""
        try:
            return hotline_state.waiting(self.settings)
        except StoreAway:
            print(AWAY, file=sys.stderr)
            return {}


def list_due(desk: StewardSession, country: str | None, limit: int, as_json: bool = False) -> int:
    """Print what to check next, with a script for each call."""
    return refused_or(lambda: _list_due(desk, country, limit, as_json))


def checked(desk: StewardSession, service: str, check: Check) -> int:
    """Record a check, which also answers the complaints."""

    def body() -> None:
        for name in filter(None, (check.by, check.second)):
            steward_name(name)
        if emergency_checks.is_emergency(service):
            _confirm(desk, service, check)
            return
        after, noted = change(service, lambda before: verification.checked(before, check), desk.folder, desk.now)
        renew(desk.settings, desk.folder, after, dangerous="phones" in noted.after)
        print(_standing(after))

    return refused_or(body)


def suspend(desk: StewardSession, service: str, by: str, reason: str) -> int:
    """Take a service out until a steward has looked at it."""
    return _take_out(
        desk, service, lambda before: verification.suspended(before, steward_name(by), given_reason(reason))
    )


def close(desk: StewardSession, service: str, by: str, reason: str) -> int:
    """Take a service out for good."""
    return _take_out(desk, service, lambda before: verification.closed(before, steward_name(by), given_reason(reason)))


def history(desk: StewardSession, service: str) -> int:
    """Print who changed what about a service, oldest first."""

    def body() -> None:
        found = change_log.history(service, desk.folder)
        if not found and not any(find(entries, service) for entries in read_folder(desk.folder)):
            raise CheckRefused(f"There is no service with the id {service!r}.")
        for one in found:
            print(f"{one.when}  {one.what} by {one.who}" + (f": {one.reason}" if one.reason else ""))
            for name, value in one.after.items():
                print(f"    {name}: {_shown(one.before.get(name))} -> {_shown(value)}")
        if not found:
            print(f"Nobody has changed {service} yet.")

    return refused_or(body)


def _confirm(desk: StewardSession, id: str, check: Check) -> None:
    after, _ = change_emergency(id, lambda before: emergency_checks.confirmed(before, check), desk.folder, desk.now)
    directory_renewed(desk.settings, desk.folder)
    print(f"{id} was checked on {after.checked_on} by {after.checked_by}.")


def _list_due(desk: StewardSession, country: str | None, limit: int, as_json: bool) -> None:
    if country and not (desk.folder / file_of(country)).is_file():
        raise CheckRefused(f"The directory has no country {country!r}; give its two-letter code.")
    countries = [one for one in read_folder(desk.folder) if not country or one.country == country.upper()]
    wanted = wanted_calls(change_log.read(desk.folder))
    found = due.due_of(countries, desk.today, desk.complaints(), wanted)
    numbers = emergency_checks.emergency_due(countries, desk.today)
    if as_json:
        rows = [*map(_plain, found[:limit]), *map(_plain_emergency, numbers[:limit])]
        print(json.dumps(rows, ensure_ascii=False))
        return
    for number, row in enumerate(found[:limit], 1):
        print(_told(number, row))
    print(f"{min(limit, len(found))} of {len(found)} services to check.")
    if numbers:
        print(_ABOUT_EMERGENCY)
    for one in numbers[:limit]:
        print(f"- {one.id}: {one.row.number} reaches {', '.join(one.row.reaches)}. {_told_why(one)}")
    print(f"{min(limit, len(numbers))} of {len(numbers)} emergency numbers to check.")


def _told_why(one: EmergencyDue) -> str:
    checked = one.row.checked_on
    return f"Doubt: {one.row.doubt}" if one.row.doubt else f"Checked: {checked or 'never'}. {one.row.evidence or ''}"


def _plain_emergency(one: EmergencyDue) -> dict[str, Any]:
    row = one.row
    return {
        "id": one.id,
        "why": f"emergency_{one.why}",
        "country": one.country,
        "name": row.name,
        "numbers": [row.number],
        "reaches": row.reaches,
        "doubt": row.doubt,
        "checked_on": row.checked_on,
    }


def _plain(row: Due) -> dict[str, Any]:
    service = row.service
    return {
        "id": service.id,
        "why": row.why,
        "complaints": row.complaints,
        "note": row.note,
        "country": row.country,
        "organization": row.organization,
        "name": service.name,
        "numbers": [phone.number for phone in service.phones],
        "doubt": service.doubt,
        "checked_on": service.checked_on,
        "served_until": str(row.until) if row.until and row.until != NO_END else None,
        "script": row.script(),
    }


def _told(number: int, row: Due) -> str:
    service = row.service
    numbers = ", ".join(phone.number for phone in service.phones) or "no number yet"
    complaints = f" ({row.complaints} times)" if row.complaints else ""
    script = "".join(f"    {line}\n" for line in row.script().splitlines())
    return (
        f"{number}. {service.id}\n"
        f"   {service.name} - {row.organization}, {row.country}\n"
        f"   Why:    {_WHY[row.why]}{complaints}{f': {row.note}' if row.note else ''}\n"
        f"   Number: {numbers}\n"
        f"   Doubt:  {service.doubt or 'none noted'}\n\n{script}"
    )


def _take_out(desk: StewardSession, service: str, decide: Callable[[Service], Edit]) -> int:
    def body() -> None:
        try:
            after, _ = change(service, decide, desk.folder, desk.now)
        except UnknownService:
            raise
        except BadEntry as error:
            raise hold_unwritten(desk.settings, service, error) from None
        renew(desk.settings, desk.folder, after, dangerous=True)
        print(f"{service} is {after.status}: it is not given to anybody.")

    return refused_or(body)


def _standing(service: Service) -> str:
    """Return a sentence on the effect of a check."""
    until = served_until(service)
    if lacks_second_steward(service):
        return f"{service.id} is checked, and not given yet: a second steward has to look too."
    last = "" if until is None or until == NO_END else f" It is given until {until}."
    return f"{service.id} was checked on {service.checked_on} by {service.checked_by}.{last}"


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list | tuple) else str(value)
