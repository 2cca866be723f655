"""The audit log of the desk: who did what in which hour, on which conversation or entry, and never a word of its content.

The log outlives every conversation by more than a year. To the second, it would say which of the calls on a phone bill was which
conversation, and how it went. An auditor needs who, what, in which order and in which shift: the order is exact, the time is
the hour's. It is the hour's for every line: one with its minute would tell those of its neighbours.

A line once written stays: each is sealed with a key from the vault together with the line before, so a changed, moved or
removed line shows. Redis writes a line and the new end of the log in one step, so a crash leaves both or neither.
Whoever can restore all of Redis to an earlier state could still cut off the end: `quietline operators audit` prints the
end to note down elsewhere, and compares the log with an end noted earlier.
"""

import json
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal, get_args

from bot.crypto.vault import Seal, SealBroken, keyed_by
from bot.storage.store import Store
from desk.admin.former_keys import FormerAuditKeys, former_keys
from desk.auth.people import KEPT, Clock
from desk.auth.roles import ConversationAction, DeskAction
from desk.web.refusals import Refused

CONSOLE = "console"  # stands for the command line, where nobody signs in
AccountEvent = Literal[
    "invited", "accepted", "disabled", "signed_in", "signed_in_by_recovery_code", "sign_in_refused", "signed_out",
    "password_changed", "recovery_codes_renewed", "roles_changed", "roles_asked", "roles_confirmed",
    "languages_changed", "alias_changed", "push_begun", "push_ended",
]  # fmt: skip
ShiftEvent = Literal[
    "shift_ended", "break_lifted", "measure_lifted", "alarm_taken_on", "alarm_ended", "shift_planned", "shift_taken_out",
    "handover_written", "handover_removed", "places_opened", "shift_taken", "shift_asked", "shift_offered",
    "shift_confirmed", "shift_refused", "shift_kept", "shift_withdrawn", "holiday_set", "holiday_removed", "handover_read",
    "feed_made", "feed_ended", "supervisor_called", "swap_asked", "swap_agreed", "swap_ended", "swap_refused", "shifts_swapped",
]  # fmt: skip
OrganisationEvent = Literal[
    "set_name", "set_home_country", "set_own_numbers", "set_privacy_contact", "set_text_contact", "set_time_zone",
    "set_most_talks", "set_most_severe",
]  # fmt: skip
DirectoryEvent = Literal[
    "call_taken", "calls_given_to", "call_given", "call_given_back", "compile_directory",
]  # fmt: skip
AuditEvent = AccountEvent | ShiftEvent | OrganisationEvent | DirectoryEvent | ConversationAction | DeskAction
_EVENTS = {word for kind in get_args(AuditEvent) for word in get_args(kind)}
# The id of a conversation, account or service, or nothing: no name, no number and no sentence has this form.
_ID = re.compile(r"[0-9a-f]{32}|[a-z]{2}(-[a-z0-9]+){1,12}|")
_PLACE = re.compile(r"[0-9]{1,15}-[0-9]{1,15}")  # position of a line: when it was written, and its number
_HOUR = 3_600_000  # milliseconds
_NOTED = 16  # hex digits of a seal to note down: 64 bits
_END = re.compile(r"(?:([0-9]{1,15})-)?([0-9]{1,15}) ([0-9a-f]{16,64})")  # end of the log; noted down without its time


@dataclass(frozen=True)
class AuditLine:
    """One line of the log."""

    number: int
    when: datetime  # the hour
    who: str
    what: str
    which: str


@dataclass(frozen=True)
class Verdict:
    """The result of verifying the log."""

    lines: int
    end: str  # to note down: number and seal of the last line
    broken: int | None = None  # the number of the first line that was changed or is missing


@dataclass(frozen=True)
class _Kept:
    number: int
    when: int  # milliseconds, of the beginning of an hour; lines of an earlier version have the exact time
    before: str  # the end of the log before this line
    sealed: bytes
    mac: str

    @property
    def end(self) -> str:
        return f"{self.when}-{self.number} {self.mac}"


class Audit:
    """The log in the store; whoever acts writes the line first, so nothing is done without one."""

    def __init__(self, store: Store, clock: Clock, batch: int = 500) -> None:
        self._store = store
        self._clock = clock
        self._batch = batch  # lines read at a time

    async def note(self, who: str, what: AuditEvent, which: str = "") -> None:
        """Add a line; raises StoreAway, and ValueError for anything that must not be in it."""
        if what not in _EVENTS or not _ID.fullmatch(which) or not (who == CONSOLE or _ID.fullmatch(who)):
            raise ValueError("A line of the audit log holds ids and fixed words only.")
        words = json.dumps([who, what, which]).encode()
        while not await self._added(words):
            pass  # another line came first; each time somebody's line gets in

    async def lines(self) -> AsyncIterator[AuditLine]:
        """Yield all lines; a line that cannot be opened comes without words."""
        former = await former_keys(self._store)
        async for kept in self._kept():
            yield self._opened(kept, former)

    async def latest(self, before: str = "", most: int = 100) -> tuple[list[AuditLine], str]:
        """Return the last lines, newest first, and the `before` of the lines that precede them; empty at the first line."""
        end = f"({before}" if _PLACE.fullmatch(before) else "+"
        found = await self._store.call("XREVRANGE", "audit", end, "-", "COUNT", most)
        former = await former_keys(self._store)
        lines = [self._opened(_read(id_.decode(), fields), former) for id_, fields in found]
        return lines, found[-1][0].decode() if len(found) == most else ""

    def _opened(self, kept: _Kept, former: Sequence[FormerAuditKeys]) -> AuditLine:
        seals = (self._seal, *(keys.seal for keys in former))
        who, what, which = next((found for seal in seals if (found := _words(kept, seal))), ("", "", ""))
        return AuditLine(kept.number, datetime.fromtimestamp(_hour(kept.when) / 1000, UTC), who, what, which)

    async def verify(self, noted: str = "") -> Verdict:
        """Check every line against its seal and the line before; `noted`: an end that was noted earlier.

        Raises Refused if `noted` is no end of a log.
        """
        if noted and not _END.fullmatch(noted):
            raise Refused("bad_end")
        # Read first: lines added while we go through the log can only make it longer than this.
        head = (await self._store.call("GET", "audit_head") or b"").decode()
        count, end, seen, former = 0, "", not noted, await former_keys(self._store)
        async for kept in self._kept():
            if not count:
                if self._gone_too_early(kept.before):
                    return Verdict(0, "", _number(kept.before))
                end, seen = kept.before, seen or _number(noted) < kept.number
            if kept.before != end or kept.mac not in self._macs(kept, former):
                return Verdict(count, _short(end), _number(end) + 1)
            count, end = count + 1, kept.end
            seen = seen or _short(end) == noted
        if _number(head) > _number(end) or bool(head) != bool(count):
            return Verdict(count, _short(end), _number(end) + 1)
        return Verdict(count, _short(end), None if seen else _number(noted))

    @property
    def _seal(self) -> Seal:
        return self._store.vault.desk

    async def _added(self, words: bytes) -> bool:
        before = (await self._store.call("GET", "audit_head") or b"").decode()
        number = _number(before) + 1
        # Never earlier than the line before, even if a clock was set back or that line has an exact time.
        when = max(_hour(int(self._clock() * 1000)), _when(before) or await self._after_all())
        kept = _Kept(number, when, before, self._seal.seal(words, _purpose(number)), "")
        kept = replace(kept, mac=self._mac(kept))
        oldest = max(when - KEPT * 1000, 0)
        added = await self._store.run(
            "append_audit",
            ["audit", "audit_head"],
            head_before=before,
            head_after=kept.end,
            id=f"{when}-{number}",
            oldest_id=f"{oldest}-0",
            seconds=KEPT,
            sealed=kept.sealed,
            mac=kept.mac,
        )
        return bool(added)

    async def _after_all(self) -> int:
        """Return when a line can be added to a log whose end is missing: nobody who removed it stops the desk, and it shows."""
        last = await self._store.call("XREVRANGE", "audit", "+", "-", "COUNT", 1)
        return int(last[0][0].partition(b"-")[0]) + 1 if last else 0

    async def _kept(self) -> AsyncIterator[_Kept]:
        after = "-"
        while batch := await self._store.call("XRANGE", "audit", after, "+", "COUNT", self._batch):
            for id_, fields in batch:
                yield _read(id_.decode(), fields)
            after = f"({batch[-1][0].decode()}"

    async def head(self) -> int:
        """Return the number of the last line."""
        return _number((await self._store.call("GET", "audit_head") or b"").decode())

    def _mac(self, kept: _Kept) -> str:
        return self._store.vault.keyed("audit", _bound(kept))

    def _macs(self, kept: _Kept, former: Sequence[FormerAuditKeys]) -> set[str]:
        # Whoever has got hold of a former key can write no line with it that is younger than that key.
        return {self._mac(kept), *(keyed_by(keys.mac, _bound(kept)) for keys in former if kept.number <= keys.upto)}

    def _gone_too_early(self, before: str) -> bool:
        """Whether lines are missing at the start that are too young to have expired."""
        return bool(before) and _when(before) > (self._clock() - KEPT) * 1000


def _hour(moment: int) -> int:
    return moment - moment % _HOUR


def _bound(kept: _Kept) -> str:
    return f"{kept.when}-{kept.number} {kept.sealed.hex()} {kept.before}"


def _words(kept: _Kept, seal: Seal) -> tuple[str, str, str] | None:
    try:
        who, what, which = json.loads(seal.open(kept.sealed, _purpose(kept.number)))
    except SealBroken:
        return None
    return who, what, which


def _read(id_: str, fields: dict[bytes, bytes]) -> _Kept:
    when, _, number = id_.partition("-")
    before, mac = (fields.get(name, b"").decode("ascii", "replace") for name in (b"before", b"mac"))
    return _Kept(int(number), int(when), before, fields.get(b"sealed", b""), mac)


def _purpose(number: int) -> str:
    return f"audit {number}"


def _parts(end: str) -> tuple[int, int, str]:
    """Split an end of the log into milliseconds, number and seal; zeros if it is not an end."""
    found = _END.fullmatch(end)
    return (int(found[1] or 0), int(found[2]), found[3]) if found else (0, 0, "")


def _when(end: str) -> int:
    return _parts(end)[0]


def _number(end: str) -> int:
    return _parts(end)[1]


def _short(end: str) -> str:
    _, number, mac = _parts(end)
    return f"{number} {mac[:_NOTED]}" if mac else ""
