"""Checks by a steward: which facts they update, and when one pair of eyes is not enough."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import phonenumbers
from opening_hours import validate
from phonenumbers import NumberParseException, PhoneNumberFormat
from pydantic import ValidationError

from resources_directory.files.change_log import What
from resources_directory.files.entries_folder import file_of
from resources_directory.model.discontinued import Discontinued, digits
from resources_directory.model.freshness import freshness, is_shelter
from resources_directory.model.hsds import Evidence, Phone, Service
from resources_directory.model.phone_numbers import mistake_in
from resources_directory.stewards.editing import Edit
from resources_directory.stewards.language_list import UnknownLanguage, read_language_list


class CheckRefused(ValueError):
    """Input from a steward that cannot be accepted; the message says why, in a sentence with its values apart, to be translated."""

    def __init__(self, english: str, **values: object) -> None:
        super().__init__(english % values if values else english)
        self.english = english  # with %(name)s, if it has values
        self.values = values


@dataclass(frozen=True)
class Check:
    """What a steward found out."""

    by: str
    today: date
    on: str = ""  # 2026-03-01; empty: today
    second: str = ""  # another steward who checked too
    number: str = ""  # this and the next two are empty if they were found correct
    hours: str = ""
    languages: str = ""  # names or codes separated by commas
    note: str = ""


def checked(service: Service, check: Check, alone: bool = False) -> Edit:
    """Return the edit for a check; raise CheckRefused. `alone`: earlier checks by others do not cover what is there now."""
    if service.status == "closed":
        raise CheckRefused(
            "%(id)s is closed. If it has really opened again, write status: suspended into %(file)s, then say this again.",
            id=service.id,
            file=file_of(service.id[:2]),
        )
    day = day_of(check, service, service.id)
    if check.second and _same(check.by, check.second):
        raise CheckRefused("The second steward must be somebody else than the first.")
    facts = _facts(service, check)
    who = {
        "checked_on": str(day),
        "checked_by": check.by,
        "confirmed_by": None if alone else _confirmed_by(service, check, day),
    }
    what: What = "checked" if service.status in ("active", "stale") else "activated"
    return Edit(what, check.by, check.note, {"status": "active", "verified": True, **who, **facts, "doubt": None})


def suspended(service: Service, by: str, reason: str) -> Edit:
    """Return the edit that withdraws a service until somebody has checked it."""
    if service.status == "closed":
        raise CheckRefused("%(id)s is closed already. Where it is still given, close it again.", id=service.id)
    return Edit("suspended", by, reason, {"status": "suspended", "doubt": reason})


def reopened(service: Service, by: str, reason: str) -> Edit:
    """Return the edit that puts a closed service up for a check; until then nobody is given it."""
    if service.status != "closed":
        raise CheckRefused("%(id)s is not closed.", id=service.id)
    return Edit("suspended", by, reason, {"status": "suspended", "doubt": reason})


def closed(service: Service, by: str, reason: str) -> Edit:
    """Return the edit that withdraws a service for good. Closing again removes it from the answers if that failed before."""
    return Edit("closed", by, reason, {"status": "closed"})


def _facts(service: Service, check: Check) -> dict[str, Any]:
    """Return the fields that differ now."""
    facts: dict[str, Any] = {}
    if check.number:
        facts["phones"] = _phones(service, check.number)
        service = service.model_copy(update={"phones": tuple(map(Phone.model_validate, facts["phones"]))})
    refuse_dead(service)
    if check.hours:
        facts["schedules"] = read_hours(check.hours)
    if check.languages:
        facts["languages"] = read_languages(check.languages)
    return facts


def refuse_dead(service: Service) -> None:
    """Raise CheckRefused for a missing or dead number: the directory would drop the service without telling anybody."""
    if not service.phones:
        raise CheckRefused("%(id)s has no number yet: give the one that you rang.", id=service.id)
    dead = Discontinued.load().of(service.id[:2].upper()).first_of(service)
    if dead:
        raise CheckRefused(
            "%(id)s still has %(dead)s, a dead number: give the one that you rang with --number, or take it out of %(file)s.",
            id=service.id,
            dead=dead,
            file=file_of(service.id[:2]),
        )


def day_of(check: Check, row: Evidence, name: str) -> date:
    """Return the day of a check; raise CheckRefused if it is none, or lies before the last check of `row`."""
    try:
        day = date.fromisoformat(check.on) if check.on else check.today
    except ValueError:
        raise CheckRefused("%(day)s is no day; write it like 2026-03-01.", day=repr(check.on)) from None
    if day > check.today:
        raise CheckRefused("%(day)s lies in the future: give the day on which you looked.", day=day)
    if row.checked_on and row.checked_on > str(day):
        raise CheckRefused("%(name)s was checked later than that already, on %(date)s.", name=name, date=row.checked_on)
    return day


def _confirmed_by(service: Service, check: Check, day: date) -> str | None:
    """Return the second pair of eyes: named now, or from a shelter's last check while that still counts."""
    if check.second or not is_shelter(service):
        return check.second or None
    counts = (
        ("fresh", "due") if service.confirmed_by else ("fresh",)
    )  # a new shelter's two checks must be close together
    lasting = service.status in ("active", "stale") and freshness(service, day) in counts
    # A new number is a new claim: whoever checked before has not rung it.
    if not lasting or check.number:
        return None
    others = (name for name in (service.checked_by, service.confirmed_by) if name and not _same(name, check.by))
    return next(others, None)


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def _phones(service: Service, number: str) -> list[dict[str, Any]]:
    """Return the phones with the first voice number replaced."""
    phones = [phone.model_dump(mode="json", exclude_defaults=True) for phone in service.phones]
    voices = [n for n, phone in enumerate(service.phones) if phone.type == "voice" and not phone.from_abroad]
    at = voices[0] if voices else len(phones)
    new = read_number(service.id[:2].upper(), number)
    kept = kept_of(service.phones[at], new) if voices else {}
    return [*phones[:at], new | kept, *phones[at + 1 :]]


def kept_of(old: Phone, new: dict[str, str]) -> dict[str, Any]:
    """Return what still holds: "ask for Ana, extension 5" was said of the old number and misleads on another."""
    same = digits(old.number) == digits(new["number"])
    of_the_line = {"number", "e164"} if same else {"number", "e164", "word", "description", "from_abroad"}
    return old.model_dump(mode="json", exclude_defaults=True, exclude=of_the_line)


def read_number(country: str, number: str) -> dict[str, str]:
    """Parse a number as typed; raise CheckRefused."""
    if number in Discontinued.load().of(country):
        raise CheckRefused("%(number)s is on the list of dead numbers of %(country)s.", number=number, country=country)
    found = {"number": number}
    try:
        parsed = phonenumbers.parse(number, country)
        if phonenumbers.is_valid_number_for_region(parsed, country):
            found["e164"] = phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
        if number.startswith("+"):
            found["number"] = phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL)
        mistake = mistake_in(Phone.model_validate(found), country)
    except (NumberParseException, ValidationError):
        raise CheckRefused("%(number)s is no phone number.", number=repr(number)) from None
    if mistake:
        raise CheckRefused("%(mistake)s Look at each digit once more.", mistake=mistake)
    return found


def read_hours(hours: str) -> list[dict[str, Any]]:
    """Parse when somebody answers; raise CheckRefused."""
    if hours == "24/7":
        return [{"always": True}]
    if not validate(hours):
        raise CheckRefused(
            "%(hours)s can not be read as opening hours; write them like Mo-Fr 09:00-17:00, or 24/7.", hours=repr(hours)
        )
    return [{"opening_hours": hours}]


def read_languages(text: str) -> list[str]:
    """Parse languages separated by commas; raise CheckRefused."""
    try:
        return read_language_list(text)
    except UnknownLanguage as unknown:
        raise CheckRefused(
            "%(unknown)s is no language; give names or codes like Spanish, en, or mul for many.",
            unknown=repr(str(unknown)),
        ) from None
