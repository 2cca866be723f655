"""The phone numbers of a feed: valid in their country, not dead, and written as they are dialed."""

import re
from typing import Literal

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from resources_directory.exchange import attributes
from resources_directory.exchange.feeds.feed_row import PhoneRow
from resources_directory.exchange.feeds.refusal import RowRefused
from resources_directory.exchange.fields.language_codes import codes_of
from resources_directory.model.discontinued import Discontinued
from resources_directory.model.hsds import Phone
from resources_directory.model.phone_numbers import mistake_in

Type = Literal["voice", "text", "whatsapp", "tty"]
_TYPES: dict[str, Type] = {
    "voice": "voice", "cell": "voice", "mobile": "voice", "phone": "voice", "main": "voice", "hotline": "voice",
    "text": "text", "sms": "text", "whatsapp": "whatsapp", "tty": "tty", "tdd": "tty", "textphone": "tty",
}  # fmt: skip
_NOT_FOR_CALLERS = frozenset({"fax", "pager", "video"})
# Premium to the library, but cheap, and charities have them: Britain's 084 and 087, Vietnam's 1900.
_CHEAP = ("+4484", "+4487", "+841900")
_WRITTEN = re.compile(r"[+*#]?[0-9(][0-9 ()\-]*#?")
_EXTENSION = re.compile(r"\s*(?:;|,)?\s*(?:ext\.?|extension|x|#)\s*(\d{1,6})\s*$", re.IGNORECASE)


def phone_of(row: PhoneRow, country: str, discontinued: Discontinued) -> Phone | None:
    """Return one number, or None for a fax; raise RowRefused."""
    kind = _type(row)
    if kind is None or not row.number:
        return None
    number, inside = _apart(row.number)
    extension = row.extension or inside
    written = _written(number)
    e164 = international(number, country)
    if e164 is not None and _kind_of_number(e164) == PhoneNumberType.PREMIUM_RATE and not e164.startswith(_CHEAP):
        raise RowRefused(f"{row.number} is a premium number: a call costs far more than others")
    if _is_dead((number, written or number), e164, country, discontinued):
        raise RowRefused(f"{row.number} is on the list of dead numbers")
    if attributes.first(row.attributes, "e164") == "none":
        e164 = None
    if written is None:
        written = _in_country(number, country)
    mistake = mistake_in(Phone(number=written, e164=e164), country)
    if mistake:
        raise RowRefused(mistake.removeprefix("number: ").rstrip("."))
    said = [f"Extension {extension}." if extension else None, row.description]
    return Phone(
        number=written,
        e164=e164,
        type=kind,
        from_abroad=attributes.first(row.attributes, "from_abroad") == "yes",
        word=attributes.first(row.attributes, "word"),
        languages=codes_of(row.languages),
        description=" ".join(filter(None, said))[:1_000] or None,
    )


def doubt_about(phone: Phone) -> str | None:
    """Return what a steward has to ask about the price of a number, or None."""
    dearer = (PhoneNumberType.SHARED_COST, PhoneNumberType.PREMIUM_RATE)
    if phone.e164 is None or _kind_of_number(phone.e164) not in dearer:
        return None
    return f"A call to {phone.number} may cost more than an ordinary one: ask for another number."


def _kind_of_number(e164: str) -> int:
    return int(phonenumbers.number_type(phonenumbers.parse(e164)))


def _type(row: PhoneRow) -> Type | None:
    told = (row.type or "voice").casefold()
    if told in _NOT_FOR_CALLERS or re.search(r"\bfax\b", f"{told} {row.description or ''}", re.IGNORECASE):
        return None
    return _TYPES.get(told, "voice")


def _apart(number: str) -> tuple[str, str | None]:
    """Split an extension off the number."""
    found = _EXTENSION.search(number)
    return (number[: found.start()], found[1]) if found and len(number) > 8 else (number, None)


def _written(number: str) -> str | None:
    """Return the number as the feed writes it, or None if that does not fit an entry."""
    plain = number.replace(".", "-").replace("\u2011", "-").replace("\u2013", "-").replace("/", " ").strip()
    return plain if _WRITTEN.fullmatch(plain) and len(plain) <= 24 else None


def international(number: str, country: str) -> str | None:
    """Return the international form of a valid number; None for anything else."""
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return str(phonenumbers.format_number(parsed, PhoneNumberFormat.E164))


def _is_dead(told: tuple[str, str], e164: str | None, country: str, discontinued: Discontinued) -> bool:
    """Whether the number is dead in its country, or in any country that it rings in: 1-800 rings in twenty."""
    if any(number in discontinued.of(country) for number in told):
        return True
    if e164 is None:
        return False
    regions = phonenumbers.region_codes_for_country_code(phonenumbers.parse(e164).country_code or 0)
    return any(e164 in discontinued.of(region) for region in {country, *regions})


def _in_country(number: str, country: str) -> str:
    """Return a number with letters or odd characters as it is dialed: 1-800-799-SAFE; raise RowRefused."""
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        raise RowRefused(f"{number} is no phone number") from None
    written = _written(phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL))
    if written is None:
        raise RowRefused(f"{number} can not be written with digits")
    return written
