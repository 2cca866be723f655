"""Stable ids: ours from country, place and name, and the UUID for an export from ours."""

import re
import unicodedata
import uuid
from collections.abc import Container

from resources_directory.model.hsds import Service

_SPACE = uuid.UUID("2f6d2a57-6c8e-5d1f-9b43-7d0c1e5a9b21")
_ID = re.compile(r"[a-z]{2}(-[a-z0-9]+)+")
LONGEST = 90


def new_id(country: str, service: Service, wished: str | None, taken: Container[str]) -> str:
    """Return an id for a new service. If it is taken, the feed's UUID tells the two apart, whatever the order of the rows."""
    if (
        wished
        and _ID.fullmatch(wished)
        and len(wished) <= LONGEST
        and wished[:2] == country.lower()
        and wished not in taken
    ):
        return wished
    city = service.locations[0].city if service.locations else ""
    slug = slugged(f"{city} {service.name}")[: LONGEST - 12].strip("-")
    mark = (service.hsds_id or "")[:8]
    plain = f"{country.lower()}-{slug or mark}"
    return plain if plain not in taken else f"{plain}-{mark}"


def slugged(text: str) -> str:
    """Return a text in lowercase Latin letters, digits and hyphens; empty for other scripts."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^a-z0-9]+", "-", letters.encode("ascii", "ignore").decode()).strip("-")


def exported_id(service: Service) -> str:
    """Return the UUID under which a service is exported: its feed's, else a UUID made from our id."""
    return service.hsds_id or made_id("service", service.id)


def made_id(kind: str, name: str) -> str:
    """Return a UUID that is the same in every export."""
    return str(uuid.uuid5(_SPACE, f"{kind}:{name}"))
