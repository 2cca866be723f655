"""The form of the organisation's settings: what it shows, what was typed, what is wrong with it, and what it changes.

A form sends back the values it was shown with, so two people who save at once are told, and each keeps what they typed.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.handoff.handoff import MOST, SEVERE, USUAL
from bot.organisation import MOST_NUMBERS, Organisation, OrganisationField, OwnNumber
from resources_directory.exchange.fields.hours import is_exact
from resources_directory.model import own_line
from resources_directory.model.opening_hours import ALWAYS
from resources_directory.places.country_names import country_names

ROWS = range(MOST_NUMBERS)
_SINGLE: tuple[OrganisationField, ...] = (
    "name", "home_country", "privacy_contact", "text_contact", "time_zone", "most_talks", "most_severe",
)  # fmt: skip
FIELDS = (*_SINGLE, *(f"{part}_{row}" for row in ROWS for part in ("number", "hours")))
# Letters. The contact in text messages fits into one message with the answer to HELP, in every language (a test checks).
LONGEST = {"name": 40, "privacy_contact": 120, "text_contact": 60}
_LONGEST_HOURS = 200
# Nothing that opens at a touch may reach a phone before "safe to write?" (docs/rules.md, Safety 11).
_LINK = re.compile(r"://|\bwww\.|\b[\w-]+\.[a-z]{2,}/", re.IGNORECASE)
_JOINERS = "\u200c\u200d"  # Persian, Urdu and Hindi cannot be written without them
Fields = Mapping[str, str]


@dataclass
class ParsedForm:
    """The values of a form, and what is wrong by field, as a word of organisation/words.html."""

    values: dict[OrganisationField, Any] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)


def shown(saved: Organisation) -> dict[str, str]:
    """Return what the fields show."""
    found: dict[str, str] = {name: str(getattr(saved, name) or "") for name in _SINGLE}
    numbers = [*saved.own_numbers, *(OwnNumber(number="") for _ in ROWS)]
    for row in ROWS:
        number = numbers[row].number
        found |= {f"number_{row}": own_line.written(number) if number else "", f"hours_{row}": numbers[row].hours}
    return found


def setting_of(field_name: str) -> str:
    """Return the setting that a field belongs to."""
    return "own_numbers" if field_name.startswith(("number_", "hours_")) else field_name


def typed(fields: Fields) -> dict[str, str]:
    """Return what was typed, without surplus blanks."""
    return {name: " ".join(fields.get(name, "").split()) for name in FIELDS}


def stamp(values: Fields) -> str:
    """Serialize the values a form is shown with, for it to send back."""
    return json.dumps([values[name] for name in FIELDS], ensure_ascii=False)


def seen(stamped: str) -> dict[str, str] | None:
    """Parse the values a form was shown with; None if it does not have them."""
    try:
        found = json.loads(stamped)
    except ValueError:
        return None
    whole = isinstance(found, list) and len(found) == len(FIELDS) and all(isinstance(one, str) for one in found)
    return dict(zip(FIELDS, found, strict=True)) if whole else None


def merged(own: Fields, before: Fields | None, now: Fields) -> dict[str, str]:
    """Keep what somebody typed; where they typed nothing, take what somebody else has changed meanwhile."""
    return {name: now[name] if before and own[name] == before[name] else own[name] for name in FIELDS}


def read(own: Fields) -> ParsedForm:
    """Parse what was typed."""
    found = ParsedForm()
    for name, reads in _READS.items():
        try:
            found.values[name] = reads(own[name])
        except ValueError as error:
            found.wrong[name] = str(error)
    _read_numbers(own, found)
    return found


def _read_numbers(own: Fields, found: ParsedForm) -> None:
    """Parse the numbers, which are only given out with a name and a country."""
    numbers: list[OwnNumber] = []
    for row in ROWS:
        number, hours = own[f"number_{row}"], own[f"hours_{row}"]
        try:
            read_ = own_line.read(number) if number else ""
            if read_ in [one.number for one in numbers]:
                raise ValueError("twice")
            numbers += [OwnNumber(number=read_, hours=hours)] if read_ else []
        except ValueError as error:
            found.wrong[f"number_{row}"] = str(error)
        if hours and not number:
            found.wrong[f"hours_{row}"] = "no_number_for_hours"
        elif hours and not (len(hours) <= _LONGEST_HOURS and (hours == ALWAYS or is_exact(hours))):
            found.wrong[f"hours_{row}"] = "bad_hours"
    found.values["own_numbers"] = tuple(numbers)
    for name in ("name", "home_country"):
        if any(own[f"number_{row}"] for row in ROWS) and not own[name]:
            found.wrong[name] = f"no_{name}"


def _text(name: str) -> Callable[[str], str]:
    def read_(text: str) -> str:
        if len(text) > LONGEST[name]:
            raise ValueError("too_long")
        # Invisible characters can turn a line around, or hide what it says.
        if any(unicodedata.category(sign).startswith("C") and sign not in _JOINERS for sign in text):
            raise ValueError("hidden_signs")
        return text

    return read_


def _contact(text: str) -> str:
    found = _text("text_contact")(text)
    if _LINK.search(found):
        raise ValueError("a_link")
    return found


def _country(code: str) -> str:
    if code and code not in country_names():
        raise ValueError("no_country")
    return code


def _zone(name: str) -> str:
    if name and name != "UTC":
        try:
            ZoneInfo(name)
        except (ValueError, OSError, ZoneInfoNotFoundError):
            raise ValueError("no_zone") from None
    return name


def _limit(word: str, least: int, most: int) -> Callable[[str], int | None]:
    def read_(text: str) -> int | None:
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise ValueError(word)
        return int(text)

    return read_


_READS: Mapping[OrganisationField, Callable[[str], Any]] = {
    "name": _text("name"),
    "home_country": _country,
    "privacy_contact": _text("privacy_contact"),
    "text_contact": _contact,
    "time_zone": _zone,
    "most_talks": _limit("bad_talks", USUAL, MOST),
    "most_severe": _limit("bad_severe", 1, SEVERE),
}
