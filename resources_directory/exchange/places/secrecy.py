"""Secrecy of hidden places: nothing that leads to the door of a shelter, or names a contact person, is imported.

A feed that publishes such an address does enough harm; we do not repeat it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import regex

from resources_directory.exchange import attributes
from resources_directory.exchange.feeds.feed_row import AddressRow, LocationRow, ServiceRow
from resources_directory.exchange.feeds.plain_text import shortened
from resources_directory.exchange.fields.kinds import FeedWords
from resources_directory.exchange.places import door_hints
from resources_directory.exchange.places.coordinates import position
from resources_directory.exchange.places.hidden_words import hidden_words
from resources_directory.model.hsds import Kind, Location

_EMAIL = re.compile(r"\S+@\S+\.\w+")
# No sentence ends after "Hauptstr." or before a number: cut apart, an address would no longer be recognized.
_SENTENCE_END = regex.compile(
    r"(?<=[.!?;؟۔।])(?<!\b(?:st|\w*str|rd|ave?|bd|blvd|dr|ln|sq|ul|al|pl|nr|no|núm|apt?|c|jl|sok|sk|cad|mah|просп?|ул|вул|бул|пер|пл|д)\.)"
    r"\s+(?=\D)|(?<=[。！？；])\s*|\n+",
    regex.IGNORECASE,
)
_TYPES = frozenset({"physical", "postal", "virtual"})
_NOTHING = frozenset({"", "-", "n/a", "none", "unknown"})


@dataclass(frozen=True)
class FeedPlaces:
    """The places of one service, and what a feed told of them that was not taken."""

    locations: tuple[Location, ...]
    faults: tuple[str, ...] = ()  # of coordinates
    hidden_door: bool = False  # an address or coordinates of a hidden place were left out


@dataclass(frozen=True)
class ShareableFields:
    """What may be repeated about one service."""

    hidden: bool
    country: str
    withheld: frozenset[str]  # address lines, and names and emails of contacts, as the feed writes them

    def cleaned(self, text: str | None, longest: int = 1_000) -> str | None:
        """Return a text without the sentences that give away a door or a person."""
        if not text:
            return None
        kept = " ".join(part for part in _SENTENCE_END.split(text) if part and not self._sentence_tells(part))
        return shortened(kept, longest) if kept else None

    def name(self, text: str | None) -> str | None:
        """Return a name whole or not at all."""
        tells = text and (self._tells(text) or (self.hidden and door_hints.name_reveals_address(text, self.country)))
        return text if text and not tells else None

    def url(self, text: str | None) -> str | None:
        """Return a URL, unless it leads to a map that shows a hidden place."""
        return None if text and self.hidden and door_hints.is_map_link(text) else text

    def email(self, text: str | None) -> str | None:
        """Return the email address of a service; a contact person's is not ours to keep (P01)."""
        plain = (text or "").casefold()
        return text if text and _EMAIL.fullmatch(text) and plain not in self.withheld else None

    def _sentence_tells(self, text: str) -> bool:
        return self._tells(text) or (self.hidden and door_hints.reveals_address(text, self.country))

    def _tells(self, text: str) -> bool:
        plain = " ".join(text.casefold().split())
        return any(word in plain for word in self.withheld) or bool(_EMAIL.search(text))


def shareable_fields(
    row: ServiceRow, raw: dict[str, Any], kinds: tuple[Kind, ...], words: FeedWords, country: str
) -> ShareableFields:
    """Return what may be repeated; if in doubt, a place is hidden."""
    named = words.kinds_of((), " ".join(filter(None, (row.name, row.alternate_name))), {})
    hidden = (
        "shelter" in {*kinds, *named}
        or hidden_words().say_hidden(_said(row))
        or any(map(_is_marked, row.all_locations))
    )
    return ShareableFields(hidden, country, frozenset(_withheld(raw)))


def places_of(row: ServiceRow, shareable: ShareableFields, keep_addresses: bool) -> FeedPlaces:
    """Return the places: a hidden place is only its city, any other is no finer than a kilometer."""
    if shareable.hidden:
        found = [_hidden(location, shareable) for location in row.all_locations]
        door = any(map(_has_door, row.all_locations))
        return FeedPlaces(tuple(dict.fromkeys(location for location in found if location)), hidden_door=door)
    faults: list[str] = []
    open_ = [_location(location, shareable, keep_addresses, faults) for location in row.all_locations]
    return FeedPlaces(tuple(dict.fromkeys(location for location in open_ if location)), tuple(dict.fromkeys(faults)))


def _hidden(row: LocationRow, shareable: ShareableFields) -> Location | None:
    """Return only the city: the coordinates in a feed are those of the building."""
    city, region = _city(row, shareable)
    if city is None or hidden_words().say_hidden([city]):
        return None
    return Location(location_type="virtual", city=city, region=shareable.name(region), confidential=True)


def _has_door(row: LocationRow) -> bool:
    streets = (line for one in (*row.addresses, *row.postal) for line in (one.address_1, one.address_2) if line)
    told = any(_plain(line) and not hidden_words().say_hidden([line]) for line in streets)
    return told or row.latitude is not None or row.longitude is not None


def _location(row: LocationRow, shareable: ShareableFields, keep_addresses: bool, faults: list[str]) -> Location | None:
    city, region = _city(row, shareable)
    if city is None:
        return None
    found = position(row.latitude, row.longitude, city, shareable.country)
    if found.fault:
        faults.append(found.fault)
    latitude, longitude = found.point or (None, None)
    kind: Any = row.location_type if row.location_type in _TYPES else "physical"
    address = _address(row)
    street = ", ".join(filter(None, map(_plain, (address.address_1, address.address_2, address.postal_code))))
    return Location(
        location_type=kind,
        city=city,
        region=region,
        latitude=latitude,
        longitude=longitude,
        address=street[:1_000] or None if keep_addresses else None,
    )


def _address(row: LocationRow) -> AddressRow:
    return next(iter((*row.addresses, *row.postal)), AddressRow())


def _city(row: LocationRow, shareable: ShareableFields) -> tuple[str | None, str | None]:
    """Return city and region; no city if its name would lead to a door."""
    address = _address(row)
    city = _plain(attributes.first(row.attributes, "city") or address.city)
    region = _plain(attributes.first(row.attributes, "region") or address.state_province or address.region)
    return (None, None) if city is None or shareable.name(city) is None else (city, region)


def _plain(text: str | None) -> str | None:
    return text[:300] if text and text.casefold() not in _NOTHING else None


def _is_marked(location: LocationRow) -> bool:
    return attributes.first(location.attributes, "confidential") == "yes"


def _said(row: ServiceRow) -> Iterator[str | None]:
    yield from (row.name, row.alternate_name, row.description, row.alert, row.application_process)
    yield from (row.eligibility_description, row.organization.description if row.organization else None)
    yield from (place.description for place in row.places)
    for location in row.all_locations:
        yield from (location.name, location.description, location.transportation)
        # "Address is confidential" often stands where the address would.
        yield from (
            line for one in (*location.addresses, *location.postal) for line in (one.address_1, one.address_2, one.city)
        )
    for attribute in (*row.attributes, *row.terms):
        yield attribute.term.name if attribute.term else None
    yield from (schedule.description or schedule.notes for schedule in row.schedules)
    yield from (phone.description for phone in row.phones)


def _withheld(raw: Any, inside: str = "") -> Iterator[str]:
    """Yield what must not be repeated, from all of a row, including what we have no field for."""
    if isinstance(raw, dict):
        for name, value in raw.items():
            yield from _withheld(value, name if isinstance(value, dict | list) else f"{inside}.{name}")
    elif isinstance(raw, list):
        for value in raw:
            yield from _withheld(value, inside)
    elif isinstance(raw, str) and _names_a_door_or_a_person(inside):
        plain = " ".join(raw.casefold().split())
        if len(plain) > 3:
            yield plain


def _names_a_door_or_a_person(place: str) -> bool:
    field = place.rpartition(".")[2]
    person = place in ("contacts.name", "contacts.email", "contact.name", "contact.email")
    return person or field in (
        "address_1",
        "address_2",
        "attention",
        "postal_code",
        "assurer_email",
        "external_identifier",
    )
