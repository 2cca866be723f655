"""Changes to the directory from the desk: noted, written and compiled, and only then are the complaints answered.

An entry that could hurt somebody is held back before its file changes: wherever a crash happens, it is not given out. A
hold left behind by a crash shows on the pages, and the same click again finishes what it was for.
"""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from bot.reporting import complaints
from bot.storage.store import Store
from desk.accounts import Accounts
from desk.admin.audit_log import Audit
from desk.auth.people import Account
from desk.localization.desk_catalogues import gettext
from resources_directory.files.entries_folder import BadEntry
from resources_directory.files.entry_cache import Entry, EntryCache
from resources_directory.model.freshness import lacks_second_steward
from resources_directory.model.hsds import EmergencyNumber, Service
from resources_directory.search.directory_build import BuildFailed, build, is_current
from resources_directory.stewards.editing import (
    Edit,
    UnknownService,
    change_emergency,
    change_together,
    emergency_number,
)
from resources_directory.stewards.emergency_checks import confirmed
from resources_directory.stewards.new_service import NewService, add
from resources_directory.stewards.verification import Check, CheckRefused, checked

EditDecision = Callable[[Service], Edit]


class EditConflict(Exception):
    """Somebody else changed the entry after it was shown."""


class NotWritable(Exception):
    """The entry's file cannot be changed by a program, or not now; the text says why. `held`: the entry is withheld anyway."""

    def __init__(self, why: str, held: bool) -> None:
        super().__init__(why)
        self.held = held


# Why a change was refused: each is said on the page where the form was filled in.
REFUSALS = (CheckRefused, EditConflict, NotWritable)


def refusal(error: Exception) -> str:
    """Return a sentence, or a word of directory_words.html."""
    if isinstance(error, EditConflict):
        return "overtaken"
    return gettext(error.english, **error.values) if isinstance(error, CheckRefused) else str(error)


@dataclass(frozen=True)
class EntryChange:
    """A change that somebody wants to make to an entry."""

    service: str
    decide: EditDecision
    seen: str = ""  # the mark of the entry as it was shown; empty: whatever it says now
    dangerous: bool = False  # nobody may be given the entry as it was
    answers: bool = True  # somebody checked the entry, which answers the complaints


@dataclass(frozen=True)
class ChangeOutcome:
    """What came of a change."""

    service: Service
    why_not_compiled: str = ""  # a sentence; empty: people are answered from the new version
    held: bool = False  # not given out until that is mended


@dataclass(frozen=True)
class StewardedDirectory:
    """The directory, with the changes a steward can make."""

    store: Store
    accounts: Accounts
    file: Path  # compiled
    entry_cache: EntryCache = field(default_factory=EntryCache)
    clock: Callable[[], float] = lambda: datetime.now(UTC).timestamp()

    @property
    def folder(self) -> Path:
        """The folder of the country files."""
        return self.entry_cache.folder

    @property
    def now(self) -> datetime:
        """The time, in UTC."""
        return datetime.fromtimestamp(self.clock(), UTC)

    @property
    def today(self) -> date:
        """The date, in UTC."""
        return self.now.date()

    async def look(self, who: Account, service: str, seen: str, on: str = "", note: str = "") -> ChangeOutcome:
        """Confirm that an entry is still true; raises CheckRefused, UnknownService, EditConflict or NotWritable."""
        alone = await self.is_alone(who, service)
        check = Check(who.name, self.today, on=on, note=note)
        return await self.change(who, EntryChange(service, lambda before: checked(before, check, alone), seen))

    async def change(self, who: Account, wanted: EntryChange) -> ChangeOutcome:
        """Change an entry; raises CheckRefused, UnknownService, EditConflict or NotWritable."""
        (outcome,) = await self.change_together(who, (wanted,))
        return outcome

    async def change_together(self, who: Account, changes: Sequence[EntryChange]) -> list[ChangeOutcome]:
        """Change entries of one country, all or none; raises as `change` does."""
        before = [(await self.entry(wanted.service)).service for wanted in changes]
        for wanted, service in zip(changes, before, strict=True):
            _decided(wanted, service)  # a refused change leaves no audit line and holds nothing back
        held = await complaints.suspended(self.store, self.clock())
        for wanted in changes:
            await self._audit.note(who.id, "check_directory", wanted.service)
            if wanted.dangerous:
                await complaints.suspend(self.store, wanted.service, self.clock())
        try:
            after = await asyncio.to_thread(self._changed, changes)
        except (CheckRefused, EditConflict, UnknownService):
            for wanted in changes:
                if wanted.dangerous and wanted.service not in held:
                    await complaints.lift(self.store, wanted.service)
            raise
        except (BadEntry, OSError) as error:
            kept_back = [_is_held(one, wanted, one.id in held) for one, wanted in zip(before, changes, strict=True)]
            raise NotWritable(str(error), all(kept_back)) from None
        failed = await self.compile()
        if not failed:
            for wanted in changes:
                await self._settled(wanted, wanted.service in held)
        told = zip(after, changes, strict=True)
        return [ChangeOutcome(one, failed, bool(failed) and _is_held(one, by, one.id in held)) for one, by in told]

    async def confirm_emergency(self, who: Account, id: str) -> str:
        """Note that an emergency number is still true; returns a sentence if that could not be compiled.

        Raises CheckRefused, UnknownService, BadEntry or OSError.
        """
        check = Check(who.name, self.today)

        def decide(before: EmergencyNumber) -> Edit:
            return confirmed(before, check)

        decide(
            emergency_number(await asyncio.to_thread(self.entry_cache.countries), id)
        )  # as above: refused before it is noted
        await self._audit.note(who.id, "check_directory", id)
        await asyncio.to_thread(change_emergency, id, decide, self.folder, self.now)
        return await self.compile()

    async def add(self, who: Account, new: NewService) -> ChangeOutcome:
        """Add an entry; raises CheckRefused or NotWritable."""
        await self._audit.note(who.id, "check_directory")
        try:
            service = await asyncio.to_thread(add, new, self.folder, self.now)
        except (BadEntry, OSError) as error:
            raise NotWritable(str(error), held=False) from None
        await self._audit.note(who.id, "check_directory", service.id)
        return ChangeOutcome(service, await self.compile())

    async def entry(self, service: str) -> Entry:
        """Return an entry; raises UnknownService."""
        found = await asyncio.to_thread(self.entry_cache.find, service)
        if found is None:
            raise UnknownService(f"There is no service with the id {service!r}.")
        return found

    async def compile(self) -> str:
        """Compile what the files say, so people are answered from it; returns a sentence if that failed."""
        if not self.file.exists():
            return ""  # nothing is answered from it; the next start builds it
        try:
            await asyncio.to_thread(build, self.file, self.folder)
        except (BadEntry, BuildFailed, OSError) as error:
            return str(error)
        return ""

    async def is_current(self) -> bool:
        """Whether people are answered from what the files say."""
        return not self.file.exists() or await asyncio.to_thread(is_current, self.file, self.folder)

    @property
    def _audit(self) -> Audit:
        return self.accounts.audit

    def _changed(self, changes: Sequence[EntryChange]) -> list[Service]:
        decisions = {wanted.service: partial(_decided, wanted) for wanted in changes}
        return [after for after, _ in change_together(decisions, self.folder, self.now)]

    async def _settled(self, wanted: EntryChange, was_held: bool) -> None:
        if wanted.answers:
            await complaints.clear(self.store, wanted.service)
        elif wanted.dangerous and not was_held:
            await complaints.lift(self.store, wanted.service)

    async def is_alone(self, who: Account, service: str) -> bool:
        """Whether a check by this account would not count as a second person's, whatever name the first is under.

        An account can have been renamed, and a shelter that one person checked twice was checked by one person.
        """
        found = (await self.entry(service)).service
        if not lacks_second_steward(found) or found.checked_by is None:
            return False
        first = await self.accounts.people.named(found.checked_by)
        return first is None or first.id == who.id

    async def was_first(self, who: Account, service: str) -> bool:
        """Whether this account made the first check of a shelter that waits for the second."""
        found = (await self.entry(service)).service
        first = await self.accounts.people.named(found.checked_by) if found.checked_by else None
        return lacks_second_steward(found) and first is not None and first.id == who.id


def mark(service: Service) -> str:
    """Return a hash of what an entry says, so a form can prove which version it was filled in over."""
    return hashlib.sha256(service.model_dump_json().encode()).hexdigest()[:16]


def _decided(wanted: EntryChange, before: Service) -> Edit:
    if wanted.seen and mark(before) != wanted.seen:
        raise EditConflict
    return wanted.decide(before)


def _is_held(service: Service, wanted: EntryChange, was_held: bool) -> bool:
    # National lines are given out whatever is held back.
    return (wanted.dangerous or was_held) and not service.national
