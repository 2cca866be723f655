"""The constants of a mapping file in a feed that is no spreadsheet: they fill what a row leaves empty."""

from resources_directory.exchange import attributes
from resources_directory.exchange.feeds.mapping import Mapping
from resources_directory.exchange.feeds.refusal import FeedRefused
from resources_directory.exchange.rows.raw_row import RawRow

# `kinds` counts for every row, and the country is read beside --country (fields/entry_draft.py, places/area.py).
_ELSEWHERE = frozenset({"kinds", "country"})
_PLAIN = {"cost": "fees", "eligibility": "eligibility_description", "note": "alert", "status": "status", "url": "url",
          "email": "email", "seen_on": "assured_date", "description": "description"}  # fmt: skip
_LISTS = {"area": "service_areas", "languages": "languages"}
_KNOWN = _ELSEWHERE | set(_PLAIN) | set(_LISTS) | {"operated_by"}


def completed(row: RawRow, mapping: Mapping) -> RawRow:
    """Return a service of an HSDS feed with the constants where it says nothing; raise FeedRefused for one that has no place."""
    constants: dict[str, str] = {str(name): value for name, value in mapping.constants.items()}
    strange = sorted(set(constants) - _KNOWN)
    if strange:
        raise FeedRefused(f"The constant {strange[0]!r} of the mapping file is only for spreadsheets.")
    filled = dict(row)
    for name, field in _PLAIN.items():
        if name in constants and not filled.get(field):
            filled[field] = constants[name]
    if "area" in constants and not filled.get("service_areas"):
        filled["service_areas"] = [{"name": constants["area"]}]
    if "languages" in constants and not filled.get("languages"):
        filled["languages"] = [{"name": word.strip()} for word in constants["languages"].split(mapping.separator)]
    runs = filled.get("organization")
    if "operated_by" in constants:
        own = attributes.rows("constant", "organization", [("operated_by", constants["operated_by"])])
        filled["organization"] = (runs if isinstance(runs, dict) else {"name": row.get("name")}) | {"attributes": own}
    return filled
