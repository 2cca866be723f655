"""Entries as plain data for a country file: in the order of the files, and without values that say nothing."""

from collections.abc import Mapping
from typing import Any

from resources_directory.model.hsds import HsdsPart, Service

# Facts first, proof last.
ORDER = (
    "id", "hsds_id", "name", "kinds", "description", "phones", "schedules", "languages", "service_area", "locations",
    "cost", "eligibility", "for", "nationals", "before_you_call", "before_you_call_note", "url", "chat", "email", "status",
    "verified", "last_seen", "checked_on", "checked_by", "confirmed_by", "doubt", "evidence", "sources",
)  # fmt: skip
_PARAGRAPHS = ("sources",)


class Paragraphs(list[Any]):
    """A list that is written one item per line, however short."""


def plain(part: HsdsPart) -> dict[str, Any]:
    """Return a part as it stands in a file."""
    said = {name: getattr(part, name) for name in type(part).model_fields if _says(part, name)}
    kept = plain_fields(said, type(part))
    if isinstance(part, Service):
        return {name: kept[name] for name in ORDER if name in kept}
    return kept


def plain_fields(fields: Mapping[str, Any], part: type[HsdsPart]) -> dict[str, Any]:
    """Return fields of a part with the names and values that stand in a file: `people` is written as `for`."""
    return {part.model_fields[name].alias or name: _plain_value(name, value) for name, value in fields.items()}


def _plain_value(name: str, value: Any) -> Any:
    if isinstance(value, HsdsPart):
        return plain(value)
    if isinstance(value, tuple):
        entries = [plain(one) if isinstance(one, HsdsPart) else one for one in value]
        return Paragraphs(entries) if name in _PARAGRAPHS else entries
    return value


def _says(part: HsdsPart, name: str) -> bool:
    field, value = type(part).model_fields[name], getattr(part, name)
    # `verified` is always written: it says whether somebody has seen a page that states the facts.
    return field.is_required() or name == "verified" or value != field.default
