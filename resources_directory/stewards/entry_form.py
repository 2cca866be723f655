"""A directory entry as a form: what its fields show, and which facts somebody has changed in them.

A field that comes back as it was shown changes nothing, so what the form cannot show (a second row of hours, the
languages of one number) stays as a steward wrote it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, get_args

from resources_directory.files.plain_entry import plain
from resources_directory.model.discontinued import digits
from resources_directory.model.hsds import Gender, Kind, Notice, OperatedBy, Phone, ServedGroup, Service
from resources_directory.stewards.language_list import language_list
from resources_directory.stewards.verification import CheckRefused, kept_of, read_hours, read_languages, read_number

Given = Mapping[str, Sequence[str]]  # every value that was sent, by field

_WORDS = ("name", "description", "before_you_call_note", "url", "chat", "email", "doubt", "evidence", "last_seen")
_TICKED: Mapping[str, tuple[str, ...]] = {
    "kinds": get_args(Kind),
    "for": get_args(ServedGroup),
    "before_you_call": get_args(Notice),
}
_PHONES = ("phone_type", "phone_number", "phone_word")
_WHO = ("genders", "minimum_age", "maximum_age", "with_children", "without_papers", "who")
_YES_OR_NO = {"yes": True, "no": False}
COSTS: tuple[str, ...] = ("free", "local_call", "paid")
PHONE_TYPES: tuple[str, ...] = ("voice", "text", "whatsapp", "tty")
# The options that the form offers.
CHOICES: Mapping[str, Sequence[str]] = {
    "all_kinds": get_args(Kind),
    "all_people": get_args(ServedGroup),
    "all_notices": get_args(Notice),
    "all_genders": get_args(Gender),
    "costs": COSTS,
    "phone_types": PHONE_TYPES,
    "operators": get_args(OperatedBy),
}
_OLDEST = 3  # digits in an age
_ROWS = 2  # digits in a row number


def shown(service: Service | None) -> dict[str, list[str]]:
    """Return what each field shows; empty fields for an entry that does not exist yet."""
    if service is None:
        names = (*_WORDS, *_TICKED, *_WHO, "hours", "hours_note", "languages", "sources", "cost")
        return {name: [] for name in names} | _phones(())
    fields = {name: [str(getattr(service, name) or "")] for name in (*_WORDS, "cost")}
    fields |= {"kinds": [*service.kinds], "for": [*service.people], "before_you_call": [*service.before_you_call]}
    fields |= _who(service) | _hours(service)
    fields |= {"languages": [language_list(service.languages)], "sources": ["\n".join(service.sources)]}
    return {name: _said(values) for name, values in fields.items()} | _phones(service.phones)


def gathered(form: Mapping[str, str]) -> Given:
    """Parse a form whose names are all different: "kinds.shelter" is a checkbox, "phone_number.0" is in the first row.

    This way a page that keeps one value per name can resend the form without losing anything.
    """
    found: dict[str, list[str]] = {}
    for name, value in form.items():
        field, _, which = name.partition(".")
        if field in _PHONES and which.isdecimal() and len(which) <= _ROWS:
            row = found.setdefault(field, [])
            row += [""] * (int(which) + 1 - len(row))
            row[int(which)] = value
        elif which:
            found.setdefault(field, []).append(which)
        else:
            found[name] = [value]
    return found


def rows(fields: Given) -> list[tuple[str, str, str]]:
    """Return the rows of numbers (kind, number, word), and an empty row to write in."""
    return [*(row for row in _rows(fields) if row[1]), ("voice", "", "")]


def facts(given: Given, before: Service | None, country: str) -> dict[str, Any]:
    """Return the facts that differ now, as in a file, with None for each that was removed; raise CheckRefused."""
    were = shown(before)
    now = {name: _said(values) for name, values in given.items() if name not in _PHONES}
    differs = {name for name in were if name not in _PHONES and sorted(now.get(name, [])) != sorted(were[name])}
    found: dict[str, Any] = {name: _first(now, name) or None for name in _WORDS if name in differs}
    found |= {
        name: _ticked(now.get(name, ()), were[name], _TICKED[name]) or None for name in _TICKED if name in differs
    }
    if "cost" in differs:
        found["cost"] = _one_of(_first(now, "cost"), COSTS)
    if "languages" in differs:
        found["languages"] = read_languages(_first(now, "languages")) if _first(now, "languages") else None
    if "sources" in differs:
        found["sources"] = _first(now, "sources").split() or None
    if {"hours", "hours_note"} & differs:
        found["schedules"] = list(_schedules(now)) or None
    if set(_WHO) & differs:
        found["eligibility"] = _eligibility(now, before) or None
    if (phones := list(_read_phones(given, before, country))) != _plain_phones(before):
        found["phones"] = phones or None
    return found


def _said(values: Iterable[str]) -> list[str]:
    """Drop empty values, and normalize line ends, which browsers send as two characters."""
    return [tidy for value in values if (tidy := value.replace("\r\n", "\n").strip())]


def _first(now: Given, name: str) -> str:
    return next(iter(now.get(name, ())), "")


def _ticked(now: Sequence[str], were: Sequence[str], allowed: Sequence[str]) -> list[str]:
    """Return the choices in their existing order, because the first kind counts most."""
    for value in now:
        _one_of(value, allowed)
    return sorted(now, key=lambda value: (were.index(value) if value in were else len(were), allowed.index(value)))


def _one_of(value: str, allowed: Sequence[str]) -> str | None:
    if value and value not in allowed:
        raise CheckRefused("%(value)s can not be chosen here.", value=repr(value))
    return value or None


def _phones(phones: Sequence[Phone]) -> dict[str, list[str]]:
    return {
        "phone_type": [phone.type for phone in phones],
        "phone_number": [phone.number for phone in phones],
        "phone_word": [phone.word or "" for phone in phones],
    }


def _who(service: Service) -> dict[str, list[str]]:
    who = service.eligibility
    ages = {name: getattr(who, name) for name in ("minimum_age", "maximum_age")}
    told = {name: getattr(who, name) for name in ("with_children", "without_papers")}
    return {
        "genders": list(who.genders),
        **{name: [] if age is None else [str(age)] for name, age in ages.items()},
        **{name: [] if value is None else ["yes" if value else "no"] for name, value in told.items()},
        "who": [who.description or ""],
    }


def _hours(service: Service) -> dict[str, list[str]]:
    told = ["24/7" if one.always else one.opening_hours or "" for one in service.schedules]
    notes = [one.hours_note or "" for one in service.schedules]
    return {"hours": ["; ".join(filter(None, told))], "hours_note": [" ".join(filter(None, notes))]}


def _schedules(now: Given) -> Iterator[dict[str, Any]]:
    if hours := _first(now, "hours"):
        yield from read_hours(hours)
    if note := _first(now, "hours_note"):
        yield {"hours_note": note}


def _eligibility(now: Given, before: Service | None) -> dict[str, Any]:
    old = plain(before.eligibility) if before else {}
    new = {
        "genders": _ticked(now.get("genders", ()), old.get("genders", ()), get_args(Gender)) or None,
        "minimum_age": _age(_first(now, "minimum_age")),
        "maximum_age": _age(_first(now, "maximum_age")),
        "with_children": _YES_OR_NO.get(_first(now, "with_children")),
        "without_papers": _YES_OR_NO.get(_first(now, "without_papers")),
        "description": _first(now, "who") or None,
    }
    return {name: value for name, value in (old | new).items() if value is not None}


def _age(typed: str) -> int | None:
    if typed and not (typed.isascii() and typed.isdecimal() and len(typed) <= _OLDEST):
        raise CheckRefused("%(typed)s is no age in years.", typed=repr(typed))
    return int(typed) if typed else None


def _rows(fields: Given) -> list[tuple[str, str, str]]:
    kinds, numbers, words = (fields.get(name, ()) for name in _PHONES)
    return list(zip_longest(kinds, numbers, words, fillvalue=""))


def _plain_phones(before: Service | None) -> list[dict[str, Any]]:
    return [plain(phone) for phone in before.phones] if before else []


def _read_phones(given: Given, before: Service | None, country: str) -> Iterator[dict[str, Any]]:
    """Yield the numbers in the rows. What is known about a number stays with it, whichever row it is in now."""
    known: dict[tuple[str, str], Phone] = {
        (phone.type, digits(phone.number)): phone for phone in (before.phones if before else ())
    }
    for kind, number, word in _rows(given):
        if number.strip():
            typed = {"type": _one_of(kind, PHONE_TYPES) or "voice", "number": number.strip(), "word": word.strip()}
            yield _phone(typed, known.get((typed["type"], digits(number))), country)


def _phone(typed: Mapping[str, str], old: Phone | None, country: str) -> dict[str, Any]:
    word = {"word": typed["word"]} if typed["word"] else {}
    if old and old.number == typed["number"]:
        return {name: value for name, value in plain(old).items() if name != "word"} | word
    # Text numbers are short codes that no numbering plan knows.
    spoken = typed["type"] in ("voice", "whatsapp")
    new = read_number(country, typed["number"]) if spoken else {"number": typed["number"]}
    kind = {} if typed["type"] == "voice" else {"type": typed["type"]}
    return new | kind | (kept_of(old, new) if old else {}) | word
