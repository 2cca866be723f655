"""What a steward's check does to a service: which facts it takes in, and when one pair of eyes is not enough."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import phonenumbers
from babel import Locale
from opening_hours import validate

from resources_directory.changes import What
from resources_directory.discontinued import Discontinued
from resources_directory.editing import Edit
from resources_directory.freshness import freshness, is_shelter
from resources_directory.resource import Service

_SHORT = 6  # digits: 116 016 and its like have no form for abroad


class Refused(ValueError):
    """A steward's word that can not be taken; the text says why, in a sentence."""


@dataclass(frozen=True)
class Check:
    """What a steward found out."""

    by: str
    today: date
    on: date | None = None  # None: today
    second: str | None = None  # another steward, who looked too
    number: str | None = None  # the facts are None where they were found as they stand
    hours: str | None = None
    languages: str | None = None  # codes with commas
    note: str = ""


def checked(service: Service, check: Check) -> Edit:
    """Take a check in; raises Refused."""
    day = _day(service, check)
    if check.second and _same(check.by, check.second):
        raise Refused("The second steward must be somebody else than the first.")
    facts: dict[str, Any] = {}
    if check.number:
        facts["phones"] = _phones(service, check.number)
    if check.hours:
        facts["schedules"] = _schedules(check.hours)
    if check.languages:
        facts["languages"] = _languages(check.languages)
    who = {"checked_on": str(day), "checked_by": check.by, "confirmed_by": _confirmed_by(service, check, day)}
    what: What = "checked" if service.status in ("active", "stale") else "activated"
    return Edit(what, check.by, check.note, {"status": "active", "verified": True, **who, **facts, "doubt": None})


def suspended(service: Service, by: str, reason: str) -> Edit:
    """Take a service out until somebody has looked."""
    if service.status == "closed":
        raise Refused(f"{service.id} is closed already.")
    return Edit("suspended", by, reason, {"status": "suspended", "doubt": reason})


def closed(service: Service, by: str, reason: str) -> Edit:
    """Take a service out for good."""
    if service.status == "closed":
        raise Refused(f"{service.id} is closed already.")
    return Edit("closed", by, reason, {"status": "closed"})


def _day(service: Service, check: Check) -> date:
    day = check.on or check.today
    if day > check.today:
        raise Refused(f"{day} lies in the future: give the day on which you looked.")
    if service.checked_on and service.checked_on > str(day):
        raise Refused(f"{service.id} was checked later than that already, on {service.checked_on}.")
    return day


def _confirmed_by(service: Service, check: Check, day: date) -> str | None:
    """Find the second pair of eyes: named now, or of the last check of a shelter while that one still counts."""
    if check.second or not is_shelter(service):
        return check.second
    lasting = service.status in ("active", "stale") and freshness(service, day) in ("fresh", "due")
    # A new number is a new claim: whoever looked before has not rung it.
    if not lasting or check.number:
        return None
    others = (name for name in (service.checked_by, service.confirmed_by) if name and not _same(name, check.by))
    return next(others, None)


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def _phones(service: Service, number: str) -> list[dict[str, Any]]:
    """Put a number in place of the first one that people speak on."""
    phones = [phone.model_dump(mode="json", exclude_defaults=True) for phone in service.phones]
    voices = [n for n, phone in enumerate(service.phones) if phone.type == "voice" and not phone.from_abroad]
    at = voices[0] if voices else len(phones)
    old = phones[at] if voices else {}
    new = _number(service.id[:2].upper(), number)
    return [*phones[:at], {**new, **{k: v for k, v in old.items() if k not in ("number", "e164")}}, *phones[at + 1 :]]


def _number(country: str, number: str) -> dict[str, str]:
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        raise Refused(f"{number!r} is no phone number.") from None
    if number in Discontinued.load().of(country):
        raise Refused(f"{number} is on the list of dead numbers of {country}.")
    if phonenumbers.is_valid_number_for_region(parsed, country):
        national = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
        abroad = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
        return {"number": national if number.startswith("+") else number, "e164": abroad}
    if len(phonenumbers.normalize_digits_only(number)) > _SHORT or number.startswith("+"):
        raise Refused(f"{number} is no number of {country}: look at each digit once more.")
    return {"number": number}


def _schedules(hours: str) -> list[dict[str, Any]]:
    if hours == "24/7":
        return [{"always": True}]
    if not validate(hours):
        raise Refused(f"{hours!r} can not be read as opening hours; write them like Mo-Fr 09:00-17:00, or 24/7.")
    return [{"opening_hours": hours}]


def _languages(codes: str) -> list[str]:
    found = [code.strip() for code in codes.split(",") if code.strip()]
    unknown = [code for code in found if code not in _known()]
    if unknown or not found:
        raise Refused(f"{(unknown or [codes])[0]!r} is no code of a language; give codes like en,es, or mul for many.")
    return list(dict.fromkeys(found))


@cache
def _known() -> frozenset[str]:
    return frozenset(str(code).replace("_", "-") for code in Locale("en").languages) | {"mul"}
