"""The mapping file: what the columns of a spreadsheet and the words of a feed mean here (docs/exchange.md)."""

from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from resources_directory.exchange.feeds.refusal import FeedRefused
from resources_directory.files.entries_folder import PlainLoader
from resources_directory.model.hsds import Country, Kind

# What a spreadsheet can state about a service. A person's name or email has no place here.
Field_ = Literal[
    "id", "organization", "organization_description", "operated_by", "service", "description", "kinds", "phones",
    "text", "whatsapp", "email", "url", "hours", "languages", "address", "city", "region", "postal_code", "country",
    "latitude", "longitude", "area", "eligibility", "minimum_age", "maximum_age", "cost", "confidential", "seen_on",
    "status", "note",
]  # fmt: skip


def _listed(value: Any) -> Any:
    """Put a single heading into a list."""
    return [value] if isinstance(value, str) else value


def _plural(value: Any) -> Any:
    """Take the word `kind` for `kinds`."""
    return (
        {"kinds" if name == "kind" else name: one for name, one in value.items()} if isinstance(value, dict) else value
    )


Headings = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Kinds = Annotated[tuple[Kind, ...], BeforeValidator(_listed)]


class Mapping(BaseModel):
    """Columns by our field names, and what the feed's words mean."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: Annotated[dict[Field_, Headings], BeforeValidator(_plural)] = Field(
        default_factory=dict
    )  # several headings: their cells are joined
    constants: Annotated[dict[Field_, str], BeforeValidator(_plural)] = Field(
        default_factory=dict
    )  # values for every row
    kinds: dict[str, Kinds] = Field(
        default_factory=dict
    )  # their word -> our kinds; takes precedence over our own table
    separator: Annotated[str, Field(min_length=1, max_length=3)] = ";"  # between several values in one cell
    skip_lines: Annotated[int, Field(ge=0, le=100)] = 0  # above the headings
    sheet: str | None = None  # None: the first
    encoding: str | None = None  # of a CSV file that is neither UTF-8 nor Western
    country: Country | None = None


def read_mapping(content: bytes) -> Mapping:
    """Read a mapping file; raise FeedRefused with the field that is wrong."""
    try:
        plain = yaml.load(content, PlainLoader)  # noqa: S506 - a safe loader with fewer guesses
        return Mapping.model_validate(plain if plain is not None else {})
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise FeedRefused(f"The mapping file is not readable: {_slip(error)}.") from None


def _slip(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        return f"{' '.join(map(str, first['loc'])) or 'the file'}: {first['msg']}"
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1} is no YAML" if mark else "it is no YAML"
