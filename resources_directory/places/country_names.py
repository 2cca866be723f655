"""Countries by name, in any language that we serve, or by ISO 3166-1 code. Cities are the gazetteer's job.

The names come from Unicode CLDR; nothing goes over the network.
"""

import unicodedata
from functools import cache

from babel import Locale, UnknownLocaleError

# The languages that we serve, by their CLDR codes.
LANGUAGES = (
    *("en", "es", "fr", "pt", "ro", "uk", "ru", "ar", "fa", "hi", "ur", "bn", "zh_Hans", "vi", "th", "fil"),
    *("de", "it", "nl", "pl", "hu", "bg", "sq", "el", "tr", "zh_Hant", "id", "km", "my", "ko", "ja", "ne"),
    *("pa", "am", "so", "sw"),
)
NO_COUNTRY = frozenset({"ZZ", "EU", "UN", "EZ", "QO", "XA", "XB"})  # CLDR lists unions and test codes too
# Uninhabited, or part of a country that has a code of its own.
_NO_HOME = NO_COUNTRY | {"AC", "AQ", "BV", "CP", "CQ", "DG", "EA", "GS", "HM", "IC", "TA", "TF", "UM"}
# What people write and CLDR does not list.
SPOKEN = {"uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "britain": "GB", "great britain": "GB"} | {
    "usa": "US", "america": "US", "uae": "AE", "emirates": "AE", "holland": "NL", "czech republic": "CZ",
    "السعودية": "SA", "الامارات": "AE",
}  # fmt: skip


def country_of(text: str) -> str | None:
    """Return the code of the country that the text names, or None."""
    plain = _plain(text)
    if plain in SPOKEN:
        return SPOKEN[plain]
    code = plain.upper()
    if code in _names("en").values():
        return code
    return next((_names(language)[plain] for language in LANGUAGES if plain in _names(language)), None)


def country_name(code: str, locale: str) -> str:
    """Return the name of a country for a reader, in English if the language is unknown."""
    try:
        territories = Locale.parse(locale, sep="-" if "-" in locale else "_").territories
    except (UnknownLocaleError, ValueError):
        territories = Locale("en").territories
    return str(territories.get(code, code))


@cache
def country_names() -> dict[str, str]:
    """Return the English name of each country by its code, sorted by name."""
    territories = Locale("en").territories
    named = ((code, str(name)) for code, name in territories.items() if code.isalpha() and code not in _NO_HOME)
    return dict(sorted(named, key=lambda country: _plain(country[1])))


@cache
def _names(language: str) -> dict[str, str]:
    territories = Locale.parse(language).territories
    return {_plain(name): code for code, name in territories.items() if len(code) == 2 and code not in NO_COUNTRY}


def _plain(text: str) -> str:
    """Return the text without accents, periods or case, for comparison: Mexico is México."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(kept.replace(".", "").split())
