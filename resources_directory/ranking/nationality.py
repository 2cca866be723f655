"""Whether a reader may be a national of a country, as far as their language says it: nobody is asked for a passport."""

from collections.abc import Collection
from functools import cache

from babel.languages import get_official_languages

from resources_directory.ranking.spoken_languages import codes_of

# People of many countries write in these, also in their second language: they say little about a passport.
_SHARED = frozenset({"ar", "en", "es", "fr", "pt", "ru"})
_SECOND = frozenset({"ar", "en"})
# Where Russian is spoken by most, though not all of these states say so.
_SPOKEN_TOO = dict.fromkeys(("AM", "AZ", "BY", "EE", "GE", "KG", "KZ", "LT", "LV", "MD", "TJ", "TM", "UA", "UZ"), "ru")


def speaks_like(language: str, nationals: Collection[str]) -> bool:
    """Whether a language (BCP 47) is one of these countries (ISO 3166-1), or of a region of theirs."""
    return any(not languages_of(country).isdisjoint(codes_of(language)) for country in nationals)


def is_mainly(language: str, nationals: Collection[str]) -> bool:
    """Whether a language is that of one of these countries as a whole, and not of a region of it alone."""
    return any(not main_languages_of(country).isdisjoint(codes_of(language)) for country in nationals)


def is_shared(language: str) -> bool:
    """Whether people of any country may write in this language."""
    return codes_of(language)[0] in _SHARED


def is_second(language: str) -> bool:
    """Whether workers of any country write in this language because their employers speak it."""
    return codes_of(language)[0] in _SECOND


@cache
def main_languages_of(country: str) -> frozenset[str]:
    """Return the official languages of a country as a whole, without scripts."""
    official = get_official_languages(country, de_facto=True)
    return frozenset(tag.partition("_")[0] for tag in official)


@cache
def languages_of(country: str) -> frozenset[str]:
    """Return the official languages of a country and of its regions, without scripts."""
    official = get_official_languages(country, regional=True, de_facto=True)
    return frozenset({*(tag.partition("_")[0] for tag in official), *filter(None, [_SPOKEN_TOO.get(country)])})
