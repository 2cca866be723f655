"""The draft of an entry from one row of a feed: proposed, unchecked, and without anything that could endanger somebody."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, get_args

from pydantic import ValidationError

from resources_directory.exchange import attributes
from resources_directory.exchange.feeds.feed_row import OrganizationRow, PhoneRow, ServiceRow
from resources_directory.exchange.feeds.options import Options
from resources_directory.exchange.feeds.plain_text import shortened
from resources_directory.exchange.feeds.refusal import FeedRefused, Remark, RowRefused
from resources_directory.exchange.fields import evidence, hours
from resources_directory.exchange.fields.eligibility import cost_of, eligibility_of, nationals_of, people_of
from resources_directory.exchange.fields.kinds import KINDS, FeedWords
from resources_directory.exchange.fields.language_codes import codes_of
from resources_directory.exchange.fields.number_cells import apart
from resources_directory.exchange.fields.phone_cells import doubt_about, phone_of
from resources_directory.exchange.places import area, secrecy
from resources_directory.exchange.places.secrecy import FeedPlaces, ShareableFields
from resources_directory.exchange.rows.shared_ids import SHARED
from resources_directory.model.discontinued import Discontinued
from resources_directory.model.hsds import Kind, Notice, OperatedBy, Phone, Schedule, Service

_ENDED = frozenset({"inactive", "defunct", "closed", "expired"})
LONGEST_NAME = 70
# A placeholder that the plan replaces: the model requires an id.
UNNAMED = "xx-unnamed"


@dataclass(frozen=True)
class EntryDraft:
    """A row as it would stand in the directory; the plan assigns its id."""

    row: str  # as the feed names it
    country: str
    organization: str
    operated_by: OperatedBy
    description: str | None  # of the organization
    service: Service
    wished_id: str | None = None  # from one of our exports
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Drafter:
    """The drafter of one feed, with what all its rows share."""

    options: Options
    words: FeedWords
    discontinued: Discontinued

    def draft(self, raw: dict[str, Any], label: str) -> EntryDraft:
        """Return the draft from one row; raise RowRefused."""
        try:
            row = ServiceRow.model_validate(raw)
            if not row.name or not row.id:
                raise RowRefused(f"it has no {'name' if row.id else 'id'}")
            if (row.status or "").casefold() in _ENDED:
                raise RowRefused(f"the feed says that it is {row.status}")
            country, kinds = area.country(row, self.options), self._kinds(row)
            shareable = secrecy.shareable_fields(row, raw, kinds, self.words, country)
            return _Reading(self, row, label, country, kinds, shareable, raw.get(SHARED)).draft()
        except ValidationError as error:
            problem = error.errors(include_url=False)[0]
            place = next((step for step in problem["loc"] if isinstance(step, str)), "row")
            raise RowRefused(f"{place}: {problem['msg']}") from None

    @cached_property
    def _constant(self) -> tuple[Kind, ...]:
        """The kinds that a mapping file states for every row; raise FeedRefused for a word that means none."""
        mapping = self.options.mapping
        told = [word.strip() for word in mapping.constants.get("kinds", "").split(mapping.separator) if word.strip()]
        found = {word: self.words.kinds_of([word], "", dict(mapping.kinds)) for word in told}
        strange = next((word for word, kinds in found.items() if not kinds), None)
        if strange is not None:
            raise FeedRefused(
                f"The constant kind {strange!r} of the mapping file means none of ours: {', '.join(KINDS)}."
            )
        return tuple(dict.fromkeys(kind for kinds in found.values() for kind in kinds))

    def _kinds(self, row: ServiceRow) -> tuple[Kind, ...]:
        own: Any = [kind for kind in attributes.ours(row.attributes, "kind") if kind in KINDS]
        if own:
            return tuple(dict.fromkeys(own))
        named = [
            (one.term.name or one.term.code)
            for one in (*row.attributes, *row.terms)
            if one.term and one.term.taxonomy != attributes.TAXONOMY
        ]
        terms = [name for name in named if name]
        read = self.words.kinds_of(terms, row.name or "", dict(self.options.mapping.kinds))
        kinds = tuple(dict.fromkeys((*self._constant, *read)))
        if not kinds:
            told = ", ".join(terms[:5]) or row.name
            raise RowRefused(
                f"no kind of help is known for {shortened(str(told), 120)!r}: add it under kinds in a mapping file"
            )
        return kinds


@dataclass(frozen=True)
class _Reading:
    """One row while it is being read."""

    drafter: Drafter
    row: ServiceRow
    label: str
    country: str
    kinds: tuple[Kind, ...]
    shareable: ShareableFields
    shared: int | None = None  # rows of the feed with its id
    remarks: list[Remark] = field(default_factory=list)

    @property
    def runs(self) -> OrganizationRow:
        return self.row.organization or OrganizationRow(name=self.row.name)

    def draft(self) -> EntryDraft:
        runs, shareable = self.runs, self.shareable
        if any(text and shareable.name(text) is None for text in (self.row.name, runs.name)):
            raise RowRefused("its name tells an address or a person")
        told = attributes.first(runs.attributes, "operated_by")
        operated_by: Any = told if told in get_args(OperatedBy) else None
        operated_by = operated_by or self.drafter.words.operator_of(runs.name, runs.legal_status)
        service = self._service(operated_by)
        return EntryDraft(
            row=self.label,
            country=self.country,
            organization=(runs.name or self.row.name or "")[:1_000],
            operated_by=operated_by or "ngo",
            description=shareable.cleaned(runs.description) if runs.description != runs.name else None,
            service=service,
            wished_id=attributes.first(self.row.attributes, "directory_id"),
            remarks=tuple(self.remarks),
        )

    def _service(self, operated_by: OperatedBy | None) -> Service:
        row, shareable, options = self.row, self.shareable, self.drafter.options
        places = secrecy.places_of(row, shareable, options.keep_addresses)
        locations, phones = places.locations, tuple(dict.fromkeys(self._phones()))
        facts: dict[str, Any] = {
            "id": UNNAMED,
            "hsds_id": evidence.hsds_id(row.id or "", self.runs.name),
            "name": shortened(row.name or "", LONGEST_NAME),
            "kinds": self.kinds,
            "description": shareable.cleaned(" ".join(filter(None, [row.description, row.application_process]))),
            "phones": phones,
            "schedules": tuple(self._schedules()),
            "languages": codes_of([*row.languages, *(one for place in row.all_locations for one in place.languages)]),
            "service_area": self._area(locations),
            "locations": locations,
            "cost": cost_of(row),
            "eligibility": eligibility_of(row, shareable),
            "for": people_of(row),
            "nationals": nationals_of(row),
            "before_you_call": tuple(self._notices(operated_by)),
            "before_you_call_note": shareable.cleaned(attributes.first(row.attributes, "before_you_call_note")),
            "url": evidence.url(shareable.url(row.url)) or evidence.url(shareable.url(self.runs.url)),
            "chat": evidence.url(shareable.url(attributes.first(row.attributes, "chat"))),
            "email": shareable.email(row.email),
        }
        doubts = ["Imported: not checked yet.", *self._doubts(operated_by, phones), *self._left_out(places)]
        return Service.model_validate(facts | evidence.of(row, shareable, options, doubts))

    def _doubts(self, operated_by: OperatedBy | None, phones: tuple[Phone, ...]) -> Iterator[str]:
        if operated_by is None:
            yield "The feed does not say who runs it."
        if self.shared:
            yield f"Its id stands on {self.shared} rows of the feed: told apart by its name."
        yield from filter(None, map(doubt_about, phones))

    def _left_out(self, places: FeedPlaces) -> Iterator[str]:
        """Note what was told of its place and not taken; yield what a steward has to know of it."""
        if places.hidden_door:
            self.remarks.append(
                Remark(self.label, "taken for a hidden place: its address and coordinates are left out")
            )
        for fault in places.faults:
            self.remarks.append(Remark(self.label, f"{fault}: left out"))
            yield f"{fault[:1].upper()}{fault[1:]}: left out."

    def _area(self, locations: tuple[Any, ...]) -> Any:
        found = area.area(self.row, self.country, locations)
        if found.name and self.shareable.name(found.name) is None:
            raise RowRefused("its service area tells an address or a person")
        return found

    def _phones(self) -> Iterator[Phone]:
        """Yield the numbers that can be dialed; dead or wrong numbers are left out. Raise RowRefused if none is left."""
        wrong: list[str] = []
        good = 0
        for row, cut in (number for told in self._told_phones() for number in apart(told)):
            if cut:
                self.remarks.append(Remark(self.label, "words beside a number are left out: they may be a name"))
            try:
                phone = phone_of(row, self.country, self.drafter.discontinued)
            except RowRefused as refused:
                wrong.append(str(refused))
                continue
            if phone:
                good += 1
                yield phone.model_copy(update={"description": self.shareable.cleaned(phone.description)})
        if wrong and not good:
            raise RowRefused("; ".join(dict.fromkeys(wrong)))
        self.remarks.extend(Remark(self.label, reason) for reason in dict.fromkeys(wrong))

    def _told_phones(self) -> tuple[PhoneRow, ...]:
        """Return the numbers closest to the service; those of the whole organization only if it has no others."""
        row = self.row
        nearest = [*row.phones, *(phone for contact in row.contacts for phone in contact.phones)]
        for place in row.places:
            nearest += [*place.phones, *(phone for contact in place.contacts for phone in contact.phones)]
        at_places = [phone for place in row.all_locations for phone in place.phones]
        at_places += [one for place in row.all_locations for contact in place.contacts for one in contact.phones]
        found = nearest or at_places or list(self.runs.phones)
        # The same number is often listed at the service and at its place.
        return tuple({(phone.number, phone.type): phone for phone in reversed(found)}.values())[::-1]

    def _schedules(self) -> Iterator[Schedule]:
        row = self.row
        found = row.schedules or next((place.schedules for place in row.places if place.schedules), ())
        found = found or next((place.schedules for place in row.all_locations if place.schedules), ())
        for schedule in hours.schedules_of(found, self.drafter.options.today):
            note = self.shareable.cleaned(schedule.hours_note)
            if schedule.hours_note is None or note:
                yield schedule.model_copy(update={"hours_note": note})

    def _notices(self, operated_by: OperatedBy | None) -> Iterator[Notice]:
        told: Any = [notice for notice in attributes.ours(self.row.attributes, "notice") if notice in get_args(Notice)]
        yield from dict.fromkeys(told)
        needed: dict[OperatedBy, Notice] = {"police": "line_warn_police", "state": "line_warn_state"}
        if (
            operated_by in needed
            and needed[operated_by] not in told
            and not attributes.ours(self.runs.attributes, "operated_by")
        ):
            yield needed[operated_by]
