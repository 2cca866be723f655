"""The calls as a steward at the desk sees them: a country's list, the filter, and whose turn it is."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.organisation import in_force
from bot.reporting import complaints
from desk.console.directory_search import finder_of
from desk.directory.calls import call_assignments
from desk.directory.directory_changes import StewardedDirectory
from desk.directory.entry_pages import stewarding
from desk.web.handler_tools import services, session
from resources_directory.calls.call_attempts import attempts_of
from resources_directory.calls.call_list import CallFacts, CallProgress, StewardCall, call_about, calls_of
from resources_directory.calls.wanted_calls import wanted_calls
from resources_directory.files import change_log
from resources_directory.model.hsds import CountryEntries
from resources_directory.stewards.editing import find
from resources_directory.upkeep.entry_merge import merged_ids


@dataclass(frozen=True)
class CallFilter:
    """What of a list is shown."""

    country: str  # empty: there is no country file
    language: str = ""  # that is spoken there; empty: any
    now: bool = False  # only those that can be made now
    whose: str = ""  # "mine", "free", or empty for all


@dataclass(frozen=True)
class CallDesk:
    """One steward before the calls."""

    work: StewardedDirectory
    countries: Sequence[CountryEntries]
    facts: CallFacts
    who: str  # desk name
    home: str  # the country that is served first; empty: none is set
    merged: Mapping[str, str]  # ids that were merged away, each with the one that stays

    @classmethod
    async def of(cls, request: web.Request) -> "CallDesk":
        """Return the calls as they stand now; raises StoreAway or BadEntry."""
        work = stewarding(request)
        finder = finder_of(services(request).directory_file)
        counts = await complaints.counts(work.store, work.clock())
        log = await asyncio.to_thread(change_log.read, work.folder)
        names = await call_assignments.assigned(work.store)
        facts = CallFacts(work.now, finder, counts, attempts_of(log), names, wanted_calls(log))
        countries = await asyncio.to_thread(work.entry_cache.countries)
        home = (await in_force(work.store, services(request).settings)).home_country
        return cls(work, countries, facts, session(request).account.name, home, merged_ids(log))

    def country(self, code: str) -> CountryEntries | None:
        """Return the entries of a country."""
        return next((one for one in self.countries if one.country == code), None)

    async def calls(self, country: str) -> tuple[list[StewardCall], CallProgress]:
        """Return the calls of a country."""
        entries = self.country(country)
        return calls_of(entries, self.facts) if entries else ([], CallProgress(0, 0, 0))

    async def about(self, service: str) -> StewardCall:
        """Return the call that an entry is checked by, or the entry that it was merged into; raises HTTPNotFound."""
        service = self.merged.get(service, service)
        for entries in self.countries:
            if find(entries, service):
                call = call_about(entries, service, self.facts)
                if call:
                    return call
        raise web.HTTPNotFound

    def shown(self, calls: Sequence[StewardCall], wanted: CallFilter) -> list[StewardCall]:
        """Return the calls that a filter leaves; what another steward has to do comes last."""
        whose = {"mine": (self.who,), "free": ("",)}.get(wanted.whose)
        left = [
            call
            for call in calls
            if (not wanted.language or wanted.language in call.languages)
            and (not whose or call.assigned in whose)
            and (not wanted.now or call.is_for(self.who, self.facts.now))
        ]
        return sorted(left, key=lambda call: call.needs_other_than(self.who))

    def next(self, calls: Sequence[StewardCall], language: str = "") -> list[StewardCall]:
        """Return what this steward can ring now, the best first: what was given to them, then what nobody has."""
        able = [call for call in calls if call.is_for(self.who, self.facts.now)]
        speaking = [call for call in able if not language or language in call.languages]
        return sorted(speaking, key=lambda call: call.assigned != self.who)


def filter_of(request: web.Request, desk: CallDesk) -> CallFilter:
    """Read the filter of an address; a country without a file falls back to the one that is served first."""
    given = request.query
    codes = [one.country for one in desk.countries]
    wished = (given.get("country", "").upper(), desk.home, *codes)
    country = next((code for code in wished if code in codes), "")
    whose = given.get("whose", "") if given.get("whose", "") in ("mine", "free") else ""
    return CallFilter(country, given.get("language", "").lower()[:12], "now" in given, whose)
