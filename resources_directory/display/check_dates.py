"""When something was checked, as people say it: a month and a year, in the reader's language and digits."""

import re
from datetime import date

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton

_PARTS = 2  # year and month
_DIGITS = {"arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹", "beng": "০১২৩৪৫৬৭৮৯", "deva": "०१२३४५६७८९"}
_YEAR_WORD = re.compile(r"\s[гр]\.$")  # "2025 г.": the phrase around it ends with a full stop of its own


def month_named(day: str, locale: str) -> str:
    """Return "December 2025" for 2025-12 or 2025-12-19, and 2025 for a year alone. `locale`: BCP 47; English if unknown."""
    return month_of(day, names_of(locale))


def month_of(day: str | date, names: Locale) -> str:
    """Return the same for a language as CLDR knows it."""
    parts = [int(part) for part in str(day).split("-")[:_PARTS]]
    text = str(parts[0])
    if len(parts) == _PARTS:
        text = str(format_skeleton("yMMMM", date(parts[0], parts[1], 1), locale=names))
    digits = _DIGITS.get(names.default_numbering_system or "", "0123456789")
    return _YEAR_WORD.sub("", text).translate(str.maketrans("0123456789", digits))


def names_of(locale: str) -> Locale:
    """Return a language in CLDR; English if it has none."""
    try:
        return Locale.parse({"tl": "fil"}.get(locale, locale), sep="-" if "-" in locale else "_")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
