"""Dates, numbers and names of countries and languages, as they are written in the language of the page.

Digits are 0 to 9 in every language: numbers are read aloud, dialled and compared across languages.
"""

from collections.abc import Iterable
from datetime import date, datetime

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from bot.language.language_names import cldr, cldr_locale
from desk.localization.desk_catalogues import pgettext
from desk.localization.desk_languages import SOURCE, current
from resources_directory.places.country_names import country_name
from resources_directory.places.spelling import folded

_NAMED = {"tl": "Tagalog", "zh-Hans": "Chinese"}  # shorter than in CLDR, and the names used elsewhere here


def country(code: str | None) -> str:
    """Return the name of a country; empty for none."""
    return country_name(code, current()) if code else ""


def language(tag: str) -> str:
    """Return the name of a language."""
    short = _NAMED.get(tag) if current() == SOURCE else None
    found = cldr_locale(current()).languages
    return short or str(found.get(cldr(tag), found.get(cldr(tag).partition("_")[0], tag)))


def by_name(codes: Iterable[str]) -> list[str]:
    """Return codes of countries in the order of their names."""
    return sorted(codes, key=lambda code: folded(country(code)))


def languages_by_name(tags: Iterable[str]) -> list[str]:
    """Return languages in the order of their names; árabe stands before bengalí."""
    return sorted(tags, key=lambda tag: folded(language(tag)))


def counted(value: int) -> str:
    """Return a whole number with its thousands apart."""
    return format_decimal(value, locale=_locale())


def month_name(month: str) -> str:
    """Return a month as a title: "2026-03" is March 2026."""
    return format_date(date.fromisoformat(f"{month}-01"), "LLLL y", locale=_locale())


def weekday(when: date) -> str:
    """Return the name of a day of the week."""
    return format_date(when, "EEEE", locale=_locale())


def short_weekday(when: date) -> str:
    """Return the short name of a day of the week."""
    return format_date(when, "EEE", locale=_locale())


def short_day(when: date) -> str:
    """Return a day with its weekday and month, both short: Mon 2 Mar."""
    return format_date(when, "EEE d MMM", locale=_locale())


def day_and_time(when: datetime) -> str:
    """Return a day of a month with the time: 02 Mar 14:05."""
    pattern = "dd MMM" if current() == SOURCE else "d MMM"
    return f"{format_date(when, pattern, locale=_locale())} {when:%H:%M}"


def comma() -> str:
    """Return what stands between the parts of a list."""
    return pgettext("between the parts of a list", ", ")


def semicolon() -> str:
    """Return what stands between the parts of a list that may have commas in them."""
    return pgettext("between the parts of a list", "; ")


def _locale() -> Locale:
    return Locale.parse(current())
