"""Lines of one country, and for any country, for tests of which are given."""

from typing import Any

from resources_directory.model.directory import Directory
from resources_directory.model.hsds import CountryEntries
from resources_directory.model.line import PhoneLine
from tests.resources_directory.small import entries

ROWS = {"status": "active", "verified": True}
EMERGENCY = [
    {"number": "911", "reaches": ["all"]} | ROWS,
    {"number": "912", "reaches": ["ambulance"]} | ROWS,
    {"number": "913", "reaches": ["police"]} | ROWS,
]


def line(name: str, *kinds: str, world: bool = False, **fields: Any) -> dict[str, Any]:
    """Return a line that somebody vouches for; `fields` are those of the model."""
    code = f"{sum(map(ord, name)):04}"
    number = {"number": f"+44 7909 47{code}"} if world else {"number": f"1800 555 {code}"}
    plain = {"id": f"{'zz' if world else 'us'}-{name.lower()}", "name": name, "kinds": list(kinds or ("trafficking",))}
    return plain | {"phones": [number]} | ROWS | fields


def of(*lines: dict[str, Any]) -> Directory:
    """Return a directory of these lines, of the USA or for any country, with the numbers for an emergency."""
    here = [one for one in lines if one["id"].startswith("us-")]
    world = [one for one in lines if one["id"].startswith("zz-")]
    country = entries(*here).model_dump() if here else {"country": "US"}
    return Directory.of(
        [CountryEntries.model_validate(country | {"emergency": EMERGENCY})]
        + ([entries(*world, country="ZZ")] if world else [])
    )


def names(found: list[PhoneLine]) -> list[str]:
    """Return the names, of those for something else in brackets."""
    return [one.name if one.fits else f"({one.name})" for one in found]
