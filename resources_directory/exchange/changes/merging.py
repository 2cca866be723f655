"""The comparison of an entry with what a feed now says, field by field; what a feed leaves empty stays as it is."""

from typing import Any

from resources_directory.model.hsds import Location, Service

# What a feed can state. Who checked it and what is in doubt belong to the stewards.
FIELDS = (
    "name", "kinds", "description", "phones", "schedules", "languages", "service_area", "locations", "cost",
    "eligibility", "people", "nationals", "before_you_call", "before_you_call_note", "url", "chat", "email",
)  # fmt: skip
_PROOF = ("last_seen", "sources")


def differences(old: Service, new: Service) -> dict[str, Any]:
    """Return the fields in which the feed differs, with the feed's values."""
    found = {name: _told(name, old, new) for name in FIELDS}
    return {name: value for name, value in found.items() if value != getattr(old, name)}


def proof(old: Service, new: Service) -> dict[str, Any]:
    """Return the sources and the date of this sighting; on their own they are not a change."""
    sources = tuple(dict.fromkeys((*old.sources, *new.sources)))
    told = {"last_seen": max(filter(None, (old.last_seen, new.last_seen)), default=None), "sources": sources}
    return {name: told[name] for name in _PROOF if told[name] != getattr(old, name)}


def is_untouched(service: Service) -> bool:
    """Whether no steward has done anything with it yet: only then may a feed change it."""
    return service.status == "proposed" and not service.verified and service.checked_on is None


def _told(name: str, old: Service, new: Service) -> Any:
    before, after = getattr(old, name), getattr(new, name)
    if name == "locations" and any(place.confidential for place in before) > any(place.confidential for place in after):
        # A place that was hidden once stays hidden until a steward says otherwise.
        return before
    if name == "locations" and after:
        return tuple(_place(place, old.locations) for place in after)
    if name == "eligibility":
        told = {key: value for key, value in after.model_dump().items() if value not in (None, ())}
        return before.model_copy(update=told)
    return after if after not in (None, ()) else before


def _place(place: Location, known: tuple[Location, ...]) -> Location:
    """Return the place with the city's coordinates, which importing a hidden place has dropped."""
    same = next(
        (other for other in known if other.city == place.city and other.confidential == place.confidential), None
    )
    if same is None or place.latitude is not None:
        return place
    return place.model_copy(update={"latitude": same.latitude, "longitude": same.longitude})
