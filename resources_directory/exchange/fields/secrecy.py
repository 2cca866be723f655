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
from resources_directory.exchange.fields import door_hints
from resources_directory.exchange.fields.kinds import FeedWords
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
    hidden = "shelter" in kinds or words.say_hidden(_said(row)) or any(map(_is_marked, row.all_locations))
    return ShareableFields(hidden, country, frozenset(_withheld(raw)))


def locations_of(row: ServiceRow, shareable: ShareableFields, keep_addresses: bool) -> tuple[Location, ...]:
    """Return the places: a hidden place is only its city, any other is no finer than a kilometer."""
    found = [_location(location, shareable, keep_addresses) for location in row.all_locations]
    return tuple(dict.fromkeys(location for location in found if location))


def _location(row: LocationRow, shareable: ShareableFields, keep_addresses: bool) -> Location | None:
    addresses = (*row.addresses, *row.postal)
    address = addresses[0] if addresses else AddressRow()
    city = _plain(attributes.first(row.attributes, "city") or address.city)
    region = _plain(attributes.first(row.attributes, "region") or address.state_province or address.region)
    if city is None or shareable.name(city) is None:
        return None
    if shareable.hidden:
        # The coordinates in a feed are those of the building.
        return Location(location_type="virtual", city=city, region=shareable.name(region), confidential=True)
    latitude, longitude = _coordinates(row)
    kind: Any = row.location_type if row.location_type in _TYPES else "physical"
    street = ", ".join(filter(None, map(_plain, (address.address_1, address.address_2, address.postal_code))))
    return Location(
        location_type=kind,
        city=city,
        region=region,
        latitude=latitude,
        longitude=longitude,
        address=street[:1_000] or None if keep_addresses else None,
    )


def _coordinates(row: LocationRow) -> tuple[float | None, float | None]:
    latitude, longitude = row.latitude, row.longitude
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None, None
    # Zero and zero is in the Gulf of Guinea: a program's way of saying nothing.
    return (None, None) if latitude == longitude == 0 else (round(latitude, 2), round(longitude, 2))


def _plain(text: str | None) -> str | None:
    return text[:300] if text and text.casefold() not in _NOTHING else None


def _is_marked(location: LocationRow) -> bool:
    return attributes.first(location.attributes, "confidential") == "yes"


def _said(row: ServiceRow) -> Iterator[str | None]:
    yield from (row.name, row.alternate_name, row.description, row.alert, row.application_process)
    yield from (row.eligibility_description, row.organization.description if row.organization else None)
    for location in row.all_locations:
        yield from (location.name, location.description)
    for attribute in (*row.attributes, *row.terms):
        yield attribute.term.name if attribute.term else None


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
