"""What a steward does to the directory, from the desk: noted, written, compiled, and only then are the complaints answered.

What could hurt somebody is held back first, before a file changes: wherever a crash comes, it is not given. A hold that
was left so shows on the pages, and the same click again finishes what it was for.
"""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from bot.reporting import complaints
from bot.storage.store import Store
from desk.accounts import Accounts
from desk.admin.audit_log import Audit
from desk.auth.people import Account
from resources_directory.files.entries_folder import BadEntry
from resources_directory.files.entry_cache import Entry, Shelf
from resources_directory.model.freshness import lacks_second_steward
from resources_directory.model.hsds import Service
from resources_directory.search.directory_build import BuildFailed, build, is_current
from resources_directory.stewards.editing import Edit, UnknownService, change
from resources_directory.stewards.new_service import NewService, add
from resources_directory.stewards.verification import Check, CheckRefused, checked

Decide = Callable[[Service], Edit]


class Overtaken(Exception):
    """Somebody else has changed the entry since it was shown."""


class Unwritten(Exception):
    """Its file can not be changed by a program, or not now; the text says why. `held`: it is not given all the same."""

    def __init__(self, why: str, held: bool) -> None:
        super().__init__(why)
        self.held = held


@dataclass(frozen=True)
class Wanted:
    """What is wanted of one entry."""

    service: str
    decide: Decide
    seen: str = ""  # the mark of the entry as it was shown; empty: however it stands
    dangerous: bool = False  # as it was, nobody may get it
    answers: bool = True  # somebody looked: the complaints are answered with it


@dataclass(frozen=True)
class ChangeOutcome:
    """What has come of it."""

    service: Service
    why_not_compiled: str = ""  # a sentence; empty: persons are answered by it
    held: bool = False  # it is not given until that is mended


@dataclass(frozen=True)
class Stewarding:
    """The directory as a steward changes it."""

    store: Store
    desk: Accounts
    file: Path  # compiled
    shelf: Shelf = field(default_factory=Shelf)
    clock: Callable[[], float] = lambda: datetime.now(UTC).timestamp()

    @property
    def folder(self) -> Path:
        """Give where the country files lie."""
        return self.shelf.folder

    @property
    def now(self) -> datetime:
        """Give the time."""
        return datetime.fromtimestamp(self.clock(), UTC)

    @property
    def today(self) -> date:
        """Give the day."""
        return self.now.date()

    async def look(self, who: Account, service: str, seen: str, on: str = "", note: str = "") -> ChangeOutcome:
        """Say that an entry is still true; raises Refused, Overtaken, Unwritten."""
        alone = await self.is_alone(who, service)
        check = Check(who.name, self.today, on=on, note=note)
        return await self.change(who, Wanted(service, lambda before: checked(before, check, alone), seen))

    async def change(self, who: Account, wanted: Wanted) -> ChangeOutcome:
        """Change an entry; raises Refused, Overtaken, Unwritten."""
        entry = await self.entry(wanted.service)
        _decided(wanted, entry.service)  # what is refused leaves no line and holds nothing back
        await self._audit.note(who.id, "check_directory", wanted.service)
        was_held = wanted.service in await complaints.suspended(self.store, self.clock())
        if wanted.dangerous:
            await complaints.hold(self.store, wanted.service, self.clock())
        try:
            after = await asyncio.to_thread(self._changed, wanted)
        except (CheckRefused, Overtaken, UnknownService):
            if wanted.dangerous and not was_held:
                await complaints.let_go(self.store, wanted.service)
            raise
        except (BadEntry, OSError) as error:
            raise Unwritten(str(error), _is_held(entry.service, wanted, was_held)) from None
        failed = await self.compile()
        if not failed:
            await self._settled(wanted, was_held)
        return ChangeOutcome(after, failed, bool(failed) and _is_held(after, wanted, was_held))

    async def add(self, who: Account, new: NewService) -> ChangeOutcome:
        """Add an entry; raises Refused, Unwritten."""
        await self._audit.note(who.id, "check_directory")
        try:
            service = await asyncio.to_thread(add, new, self.folder, self.now)
        except (BadEntry, OSError) as error:
            raise Unwritten(str(error), held=False) from None
        await self._audit.note(who.id, "check_directory", service.id)
        return ChangeOutcome(service, await self.compile())

    async def entry(self, service: str) -> Entry:
        """Give an entry; raises UnknownService."""
        found = await asyncio.to_thread(self.shelf.find, service)
        if found is None:
            raise UnknownService(f"There is no service with the id {service!r}.")
        return found

    async def compile(self) -> str:
        """Let persons be answered by what the files say; gives a sentence where that failed."""
        if not self.file.exists():
            return ""  # nothing is answered from it; the next start makes it
        try:
            await asyncio.to_thread(build, self.file, self.folder)
        except (BadEntry, BuildFailed, OSError) as error:
            return str(error)
        return ""

    async def is_current(self) -> bool:
        """Tell whether persons are answered by what the files say."""
        return not self.file.exists() or await asyncio.to_thread(is_current, self.file, self.folder)

    @property
    def _audit(self) -> Audit:
        return self.desk.audit

    def _changed(self, wanted: Wanted) -> Service:
        after, _ = change(wanted.service, lambda before: _decided(wanted, before), self.folder, self.now)
        return after

    async def _settled(self, wanted: Wanted, was_held: bool) -> None:
        if wanted.answers:
            await complaints.looked_at(self.store, wanted.service)
        elif wanted.dangerous and not was_held:
            await complaints.let_go(self.store, wanted.service)

    async def is_alone(self, who: Account, service: str) -> bool:
        """Tell whether the look of another name is no look of another person.

        A name can have moved on with its account, and a shelter that one person saw twice was seen by one.
        """
        found = (await self.entry(service)).service
        if not lacks_second_steward(found) or found.checked_by is None:
            return False
        first = await self.desk.people.named(found.checked_by)
        return first is None or first.id == who.id


def mark(service: Service) -> str:
    """Name what an entry says, so that a form can tell that it was filled in over this and nothing else."""
    return hashlib.sha256(service.model_dump_json().encode()).hexdigest()[:16]


def _decided(wanted: Wanted, before: Service) -> Edit:
    if wanted.seen and mark(before) != wanted.seen:
        raise Overtaken
    return wanted.decide(before)


def _is_held(service: Service, wanted: Wanted, was_held: bool) -> bool:
    # The lines of a country are given whatever is held back.
    return (wanted.dangerous or was_held) and not service.national
