"""The plan of an import: what it would do, row by row, before anything is written."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from resources_directory.exchange.changes.merging import differences, is_untouched, proof
from resources_directory.exchange.feeds.feed import Feed
from resources_directory.exchange.feeds.refusal import Remark
from resources_directory.exchange.fields.entry_draft import EntryDraft
from resources_directory.exchange.ids import exported_id, new_id
from resources_directory.model.discontinued import digits
from resources_directory.model.hsds import CountryEntries, Service


@dataclass(frozen=True)
class New:
    """A service that the directory does not have yet."""

    draft: EntryDraft
    service: Service  # with its id


@dataclass(frozen=True)
class Changed:
    """A service that the directory has, and the fields in which the feed differs."""

    country: str
    old: Service
    fields: dict[str, Any]  # with the feed's values
    proof: dict[str, Any] = field(default_factory=dict)  # when and where it was seen


@dataclass(frozen=True)
class Plan:
    """What an import would do."""

    new: tuple[New, ...]
    changed: tuple[Changed, ...]
    kept: tuple[Changed, ...]  # differs, but a steward has worked on it, so it stays
    unchanged: tuple[str, ...]
    refused: tuple[Remark, ...]
    left_out: tuple[Remark, ...]

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries whose files would change."""
        return tuple(sorted({*(new.draft.country for new in self.new), *(change.country for change in self.changed)}))


def plan(feed: Feed, entries: Sequence[CountryEntries], touched: Container[str] = ()) -> Plan:
    """Compare a feed with the directory. `touched`: ids that a steward has changed by hand."""
    known = _KnownEntries(entries)
    new: list[New] = []
    changed: list[Changed] = []
    kept: list[Changed] = []
    unchanged: list[str] = []
    for draft in feed.drafts:
        found = known.of(draft)
        if found is None:
            new.append(known.added(draft))
            continue
        country, old = found
        fields = differences(old, draft.service)
        free = is_untouched(old) and old.id not in touched
        if not fields:
            unchanged.append(old.id)
        elif free and country == draft.country:
            changed.append(Changed(country, old, fields, proof(old, draft.service)))
        else:
            kept.append(Changed(country, old, fields))
    return Plan(
        tuple(new), tuple(changed), tuple(kept), tuple(unchanged), known.still_held(feed.refused), feed.left_out
    )


class _KnownEntries:
    """An index of the directory, by UUID and by number."""

    def __init__(self, entries: Sequence[CountryEntries]) -> None:
        rows = list(_services(entries))
        self._by_uuid = {exported_id(service): (country, service) for country, service in rows}
        self._by_number = {number: service.id for country, service in rows for number in _numbers(country, service)}
        self._ids = {service.id for _, service in rows}

    def of(self, draft: EntryDraft) -> tuple[str, Service] | None:
        return self._by_uuid.get(draft.service.hsds_id or "")

    def still_held(self, refused: tuple[Remark, ...]) -> tuple[Remark, ...]:
        """Return the remarks, each naming the entry that the directory holds for a refused row: it may have closed."""
        held = {remark: self._by_uuid.get(remark.hsds_id or "") for remark in refused}
        return tuple(
            replace(remark, reason=f"{remark.reason}; the directory holds {found[1].id}") if found else remark
            for remark, found in held.items()
        )

    def added(self, draft: EntryDraft) -> New:
        """Return a new service with its id, and a doubt if its number is already known: it may be the same service twice."""
        name = new_id(draft.country, draft.service, draft.wished_id, self._ids)
        twin = next(
            (self._by_number[key] for key in _numbers(draft.country, draft.service) if key in self._by_number), None
        )
        doubt = f"{draft.service.doubt or ''} Has the number of {twin}: the same service?"[-1_000:].strip()
        self._ids.add(name)
        return New(draft, draft.service.model_copy(update={"id": name, **({"doubt": doubt} if twin else {})}))


def _services(entries: Sequence[CountryEntries]) -> Iterator[tuple[str, Service]]:
    for country in entries:
        for organization in country.organizations:
            for service in organization.services:
                yield country.country, service


def _numbers(country: str, service: Service) -> Iterator[tuple[str, str]]:
    for phone in service.phones:
        yield country, phone.e164 or digits(phone.number)
