"""The check that a number can be dialed in its country: one wrong digit, and somebody in danger reaches nobody.

The numbering plans come from the phonenumbers library. It knows few short codes of helplines, so those that a
source states are listed in short_codes.yml: whoever adds a code types it a second time.
"""

import re
from functools import cache
from pathlib import Path

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, shortnumberinfo

from resources_directory.files.entries_folder import read_yaml
from resources_directory.model.discontinued import digits
from resources_directory.model.hsds import WORLD, Phone

SHORT_CODES = Path(__file__).parent / "short_codes.yml"


def mistake_in(phone: Phone, country: str) -> str | None:
    """Return what is wrong with a number, in a sentence without file or entry; None if it can be dialed."""
    if country == WORLD:
        return _mistake_abroad(phone)
    full = _full(phone.number, country)
    if full is None and not _is_short(phone.number, country):
        return f"number: {phone.number} is no number of {country}, and not in short_codes.yml."
    if phone.e164 is None:
        return None
    if full is None:
        return f"e164: {phone.number} is a short code, it has no international form."
    right = phonenumbers.format_number(full, PhoneNumberFormat.E164)
    return None if phone.e164 == right else f"e164: {phone.e164} is not {phone.number}, which is {right}."


def same_line(phone: Phone, country: str) -> str:
    """Return what tells one line from another: its international form, or what is dialed where it has none."""
    full = None if phone.e164 else _full(phone.number, country)
    return phone.e164 or (phonenumbers.format_number(full, PhoneNumberFormat.E164) if full else digits(phone.number))


def _mistake_abroad(phone: Phone) -> str | None:
    """Return what is wrong with a number that is called from anywhere."""
    read = _read(phone.number, WORLD) if phone.number.startswith("+") else None
    if read is None or not phonenumbers.is_valid_number(read):
        return f"number: {phone.number} is no number with its country code in front."
    right = phonenumbers.format_number(read, PhoneNumberFormat.E164)
    return None if phone.e164 in (None, right) else f"e164: {phone.e164} is not {phone.number}, which is {right}."


@cache
def short_codes() -> dict[str, dict[str, str]]:
    """Return the short codes that phonenumbers does not know, by country, each with its service."""
    listed: dict[str, dict[str, str]] = read_yaml(SHORT_CODES)
    return listed


def _full(number: str, country: str) -> PhoneNumber | None:
    """Parse a number of the country's plan, as dialed in the country or with its country code in front."""
    read = _read(number, country)
    return read if read and phonenumbers.is_valid_number_for_region(read, country) else None


def _is_short(number: str, country: str) -> bool:
    if digits(number) in {digits(code) for code in short_codes().get(country, {})}:
        return True
    # The library reads *212 as 212, which may be a different line.
    if not re.fullmatch(r"[0-9 \-]{2,9}", number):
        return False
    read = _read(number, country)
    return read is not None and shortnumberinfo.is_valid_short_number_for_region(read, country)


def _read(number: str, country: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return None
