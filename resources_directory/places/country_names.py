"""Countries by name, in any language that we serve, or by ISO 3166-1 code. Cities are the gazetteer's job.

The names come from Unicode CLDR and from a list that conversations share; nothing goes over the network.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale, UnknownLocaleError

from resources_directory.places.spelling import folded

LISTED = Path(__file__).parents[2] / "data" / "country_names.yml"


def country_of(text: str) -> str | None:
    """Return the code of the country that the text names, or None."""
    plain = _plain(text)
    if plain in spoken_names():
        return spoken_names()[plain]
    code = plain.upper()
    if code in _names("en").values():
        return code
    return next((_names(language)[plain] for language in _listed()["languages"] if plain in _names(language)), None)


def country_name(code: str, locale: str) -> str:
    """Return the name of a country for a reader, in English if the language is unknown."""
    try:
        territories = Locale.parse(locale, sep="-" if "-" in locale else "_").territories
    except (UnknownLocaleError, ValueError):
        territories = Locale("en").territories
    return str(territories.get(code, code))


@cache
def country_names() -> dict[str, str]:
    """Return the English name of each country where people live by its code, sorted by name."""
    lived_in = (country for country in _named("en") if country[0] not in _listed()["no_home"])
    return dict(sorted(lived_in, key=lambda country: _plain(country[1])))


@cache
def spoken_names() -> dict[str, str]:
    """Return what people write and CLDR does not list, folded, with the codes of the countries."""
    names = (*_listed()["spoken"].items(), *_listed()["looked_up"].items())
    return {_plain(name): code for code, written in names for name in written}


def names_in_all_languages() -> set[tuple[str, str]]:
    """Return every folded name in CLDR, each with the code of its country."""
    return {(folded(name), code) for language in _listed()["languages"] for code, name in _named(language)}


def said_names() -> set[tuple[str, str, str]]:
    """Return (folded name, code, language) of all that people call a country in a sentence; no language: in any."""
    tags = {language: language.partition("_")[0].replace("fil", "tl") for language in _listed()["languages"]}
    said = {(folded(name), code, tag) for language, tag in tags.items() for code, name in _named(language)}
    listed = (*_listed()["spoken"].items(), *_listed()["in_sentences"].items(), *_listed()["told"].items())
    everywhere = {(folded(name), code, "") for code, names in listed for name in names}
    return {one for one in said | everywhere if one[0] and one[1] not in _listed()["no_home"]}


@cache
def _names(language: str) -> dict[str, str]:
    return {_plain(name): code for code, name in _named(language)}


def _named(language: str) -> Iterator[tuple[str, str]]:
    """Yield the code and the name of each country in one language."""
    # bot/understanding/countries.py goes through the same names for talks, by rules of its own; no import leads there or back.
    for code, name in Locale.parse(language).territories.items():
        if len(code) == 2 and code.isalpha() and code not in _listed()["no_country"]:
            yield code, str(name)


@cache
def _listed() -> Mapping[str, Any]:
    listed: Mapping[str, Any] = yaml.load(LISTED.read_bytes(), Loader=yaml.CSafeLoader)
    return listed


def _plain(text: str) -> str:
    """Return the text as names are compared, and without periods: U.K. is UK."""
    return folded(text.replace(".", ""))
