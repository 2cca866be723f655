"""A new entry from a form: a country's line, or a service in a town. A place is stored no finer than its town."""

from collections.abc import Mapping
from datetime import date
from typing import Any, get_args

from resources_directory.files.checks import DECIMALS_OF_A_CITY
from resources_directory.model.hsds import OperatedBy
from resources_directory.model.place import Place
from resources_directory.search.finder import Finder
from resources_directory.stewards.entry_form import Given, facts
from resources_directory.stewards.new_service import NewService, read_country
from resources_directory.stewards.verification import CheckRefused


def new_service(typed: Mapping[str, str], given: Given, finder: Finder | None, who: tuple[str, date]) -> NewService:
    """Parse the form; raise CheckRefused. A steward who has not rung it only proposes it, and nobody is given it."""
    name, today = who
    country = read_country(typed.get("country", ""))
    operated_by = typed.get("operated_by", "")
    if operated_by not in get_args(OperatedBy):
        raise CheckRefused("Say who runs it.")
    if not typed.get("organization", "").strip():
        raise CheckRefused("Name the organization.")
    where = {} if typed.get("area") == "country" else _in_town(typed, country, finder)
    looked = "looked" in typed
    proof: dict[str, Any] = {"status": "proposed", "verified": False}
    if looked:
        proof = {"status": "active", "verified": True, "checked_on": str(today), "checked_by": name}
    fields = {**facts(given, None, country), **where, **proof}
    if looked and not fields.get("phones"):
        raise CheckRefused("Give the number that you rang.")
    organization = " ".join(typed["organization"].split())
    return NewService(country, organization, operated_by, fields, name, typed.get("reason", "").strip())  # type: ignore[arg-type]  # an OperatedBy, see above


def _in_town(typed: Mapping[str, str], country: str, finder: Finder | None) -> dict[str, Any]:
    place = _town(typed.get("city", "").strip(), country, finder)
    secret = "confidential" in typed
    location = {
        "location_type": "virtual" if secret else "physical",
        "city": place.name,
        "region": place.region_name or None,
        "latitude": round(place.latitude, DECIMALS_OF_A_CITY),
        "longitude": round(place.longitude, DECIMALS_OF_A_CITY),
        "confidential": secret or None,
    }
    kept = {name: value for name, value in location.items() if value is not None}
    return {"service_area": {"extent_type": "city", "name": place.name}, "locations": [kept]}


def _town(name: str, country: str, finder: Finder | None) -> Place:
    if finder is None:
        raise CheckRefused("The directory is not compiled yet, so no town can be looked up. Start the hotline once.")
    if not name:
        raise CheckRefused("Name the town, or say that it is for the whole country.")
    gazetteer = finder.gazetteer()
    found = [one for one in gazetteer.find(name, country) if isinstance(one, Place) and one.country == country]
    if not found:
        raise CheckRefused(
            "No town of %(country)s is known by the name %(name)s: try a bigger one near it.",
            country=country or "that country",
            name=repr(name),
        )
    several = gazetteer.ambiguous(found)
    if several:
        names = "; ".join(gazetteer.label(one, "en") for one in several)
        raise CheckRefused("Several towns have that name: write which one is meant (%(names)s).", names=names)
    return found[0]
