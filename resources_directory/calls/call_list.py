"""The calls by which a country's entries are checked: one for each number, whatever rows it stands in, the best one first.

What is left is worked out anew each time from the entries and their history, so nothing is lost with a list on paper.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import get_args

from resources_directory.calls.call_attempts import Attempts
from resources_directory.calls.call_hours import CallClock, CallTime, call_clock
from resources_directory.model.freshness import served_until
from resources_directory.model.hsds import CountryEntries, Phone, Service
from resources_directory.model.phone_numbers import same_line
from resources_directory.search.finder import Finder
from resources_directory.stewards.due import Due, due_of

_NO_CLOCK = CallClock("unknown")
_TIMES: tuple[CallTime, ...] = get_args(CallTime)


@dataclass(frozen=True)
class CallRow:
    """One service that a call is about."""

    due: Due  # where nothing is due, its reason is "again"
    is_due: bool

    @property
    def service(self) -> Service:
        """The service as its file has it."""
        return self.due.service

    def is_second_look_after(self, who: str) -> bool:
        """Whether it is a shelter that waits for a second steward, and this steward looked first."""
        return self.due.why == "second_steward" and self.service.checked_by == who


@dataclass(frozen=True)
class StewardCall:
    """One number to ring, and every service that it is the number of."""

    country: str
    phone: Phone
    rows: tuple[CallRow, ...]  # the most urgent first; not empty
    clock: CallClock = _NO_CLOCK
    attempts: Attempts | None = None
    assigned: str = ""  # a steward's desk name

    @property
    def key(self) -> str:
        """The number with its country: what a call is assigned by."""
        return _key(self.country, self.phone)

    @property
    def first(self) -> CallRow:
        """The row that is most urgent; the call is named by its id."""
        return self.rows[0]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that are spoken there, as far as any row says."""
        return tuple(dict.fromkeys(language for row in self.rows for language in row.service.languages))

    def needs_other_than(self, who: str) -> bool:
        """Whether all that is due is the second look at shelters that this steward has looked at first."""
        due = [row for row in self.rows if row.is_due]
        return bool(due) and all(row.is_second_look_after(who) for row in due)

    def waits(self, now: datetime) -> bool:
        """Whether somebody tried, and it is too soon to try again."""
        return self.attempts is not None and now < self.attempts.again

    def is_for(self, who: str, now: datetime) -> bool:
        """Whether this steward can ring it now: open, not tried just before, and nobody else's."""
        able = self.clock.time in ("open", "unknown") and not self.waits(now)
        return able and self.assigned in ("", who) and not self.needs_other_than(who)


@dataclass(frozen=True)
class CallProgress:
    """How far the calls of a country have come."""

    done: int  # numbers of which nothing is due
    total: int
    today: int  # that can still be rung today, by the clock of the place


@dataclass(frozen=True)
class CallFacts:
    """What calls are worked out from, beside the entries."""

    now: datetime  # aware
    finder: Finder | None = None  # over the compiled directory, which has the time zones
    complaints: Mapping[str, int] | None = None
    attempts: Mapping[str, Attempts] | None = None  # by service
    assigned: Mapping[str, str] | None = None  # names by the key of a call
    wanted: Mapping[str, str] | None = None  # why a steward wants it called, by service


def calls_of(entries: CountryEntries, facts: CallFacts) -> tuple[list[StewardCall], CallProgress]:
    """Return the calls to make in a country, those that can be made now first, and how far they have come."""
    grouped = _grouped(entries, facts)
    left = [_completed(call, facts) for call in grouped if call.first.is_due]
    left.sort(key=lambda call: (call.waits(facts.now), _TIMES.index(call.clock.time), call.first.due.rank))
    today = sum(_is_today(call, facts.now) for call in left)
    return left, CallProgress(len(grouped) - len(left), len(grouped), today)


def call_about(entries: CountryEntries, service: str, facts: CallFacts) -> StewardCall | None:
    """Return the call that a service is checked by, whether it is due or not; None if the service has no number or is closed."""
    found = (call for call in _grouped(entries, facts) if any(row.service.id == service for row in call.rows))
    call = next(found, None)
    return _completed(call, facts) if call else None


def _grouped(entries: CountryEntries, facts: CallFacts) -> list[StewardCall]:
    today, counts = facts.now.date(), facts.complaints or {}
    due = {row.service.id: row for row in due_of([entries], today, counts, facts.wanted)}
    rows: dict[str, list[CallRow]] = {}
    for organization, service in _services(entries):
        quiet = Due(entries.country, organization, service, "again", 0, served_until(service))
        row = CallRow(due.get(service.id, quiet), service.id in due)
        rows.setdefault(_key(entries.country, service.called), []).append(row)
    return [_call(entries.country, group) for group in rows.values()]


def _call(country: str, group: list[CallRow]) -> StewardCall:
    group.sort(key=lambda row: (not row.is_due, row.due.rank))
    return StewardCall(country, group[0].service.called, tuple(group))


def _services(entries: CountryEntries) -> Iterator[tuple[str, Service]]:
    for organization in entries.organizations:
        for service in organization.services:
            if service.phones and service.status != "closed":
                yield organization.name, service


def _completed(call: StewardCall, facts: CallFacts) -> StewardCall:
    tried = [found for row in call.rows if (found := (facts.attempts or {}).get(row.service.id))]
    return replace(
        call,
        clock=_best(call_clock(row.service, call.country, facts.now, facts.finder) for row in call.rows),
        attempts=max(tried, key=lambda found: found.when, default=None),
        assigned=(facts.assigned or {}).get(call.key, ""),
    )


def _best(clocks: Iterable[CallClock]) -> CallClock:
    return min(clocks, key=lambda clock: (clock.time == "unknown", _TIMES.index(clock.time)))


def _is_today(call: StewardCall, now: datetime) -> bool:
    if call.clock.time == "closed":
        return False
    there = call.clock.there or now
    again = call.attempts.again if call.attempts else now
    return again.astimezone(there.tzinfo).date() <= there.date()


def _key(country: str, phone: Phone) -> str:
    return f"{country} {same_line(phone, country)}"
