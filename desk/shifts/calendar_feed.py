"""A person's own shifts for the calendar on their phone: times and the word "Shift", and nothing of who or where.

The path is the secret: a token of its own for each person, of which the store has the keyed hash. It ends after half a year,
when its owner withdraws it or makes another, and with the account.
"""

import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.crypto.vault import SealBroken, Vault
from bot.storage.store import Store, key
from desk.auth.people import Account, People
from desk.auth.roles import answers_people
from desk.duty.duty_calendar import ShiftOccurrence
from desk.localization.desk_catalogues import gettext

KEPT = 180 * 86_400  # seconds
PAST, AHEAD = 7 * 86_400, 60 * 86_400  # seconds of the calendar that is handed out
HOUR, MOST, MOST_WRONG = 3600, 30, 60  # requests an hour of one token; of one source with wrong ones
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


class TooOften(Exception):
    """Asked more often than a calendar has to."""


@dataclass(frozen=True)
class CalendarFeeds:
    """The tokens in the store."""

    store: Store
    people: People

    async def make(self, account: str) -> str:
        """Make the token of an account; the one before ends."""
        await self.revoke(account)
        token = secrets.token_urlsafe(32)
        name = self._name(token)
        sealed = self.store.vault.desk.seal(json.dumps(account).encode(), name)
        await self.store.call("SET", name, sealed, "EX", KEPT)
        await self.store.call("SET", key("calendar_of", account), name, "EX", KEPT)
        return token

    async def revoke(self, account: str) -> None:
        """End the token of an account, if it has one."""
        name = await self.store.call("GET", key("calendar_of", account))
        if name:
            await self.store.call("DEL", name.decode(), key("calendar_of", account))

    async def ends(self, account: str) -> int:
        """Return the seconds that the token of an account is still good for; 0 if there is none."""
        return max(int(await self.store.call("TTL", key("calendar_of", account))), 0)

    async def owner(self, token: str, source: str) -> Account | None:
        """Return whose shifts a token shows; None for a token that is none, or no longer. Raises TooOften.

        source: where a request comes from; wrong tokens are counted by it.
        """
        name = self._name(token)
        sealed = await self.store.call("GET", name) if _TOKEN.fullmatch(token) else None
        if not sealed:
            await self._count("calendar_misses", source, MOST_WRONG)
            return None
        await self._count("calendar_pace", token, MOST)
        try:
            id_ = json.loads(self.store.vault.desk.open(sealed, name))
            account = await self.people.get(id_)
        except SealBroken:
            return None
        current = await self.store.call("GET", key("calendar_of", id_))
        good = account and account.state == "active" and answers_people(account.roles) and current == name.encode()
        return account if good else None

    async def _count(self, kind: str, of: str, most: int) -> None:
        name = f"{kind}:{self.store.vault.keyed(kind, of)}"
        if int(await self.store.run("count_in_window", [name], seconds=HOUR)) > most:
            raise TooOften

    def _name(self, token: str) -> str:
        return f"calendar:{self.store.vault.keyed('calendar', token)}"


def written(turns: Iterable[ShiftOccurrence], vault: Vault, now: float) -> str:
    """Return shifts as iCalendar (RFC 5545). A keyed hash names each, the same whenever it is asked for."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Shifts//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for turn in turns:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{vault.keyed('calendar event', f'{turn.shift.id} {turn.begins}')[:32]}",
            f"DTSTAMP:{_moment(now)}",
            f"DTSTART:{_moment(turn.begins)}",
            f"DTEND:{_moment(turn.ends)}",
            f"SUMMARY:{gettext('Shift')}",
            "CLASS:PRIVATE",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def _moment(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y%m%dT%H%M%SZ")
