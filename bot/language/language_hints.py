"""The prior, before a word is read: the channel's hints, turned into a factor for each language."""

import re
from functools import lru_cache

from babel.languages import get_territory_language_info

from bot.messaging.message import Hints

# Measured: a client's language is right for about six in ten, and phones are often left in English.
CLIENT, CLIENT_ENGLISH = 20.0, 4.0
HOME, HOST = 8.0, 3.0  # the languages of the country behind a phone's prefix, and others spoken there
SETTLED, SETTLED_ENGLISH = 30.0, 8.0

_RANKS = 4  # languages of an Accept-Language header that are read
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_RENAMED = {"fil": "tl", "in": "id", "iw": "he", "yue": "zh-Hant", "zh-yue": "zh-Hant", "prs": "fa", "arz": "ar"}
_TRADITIONAL = ("hant", "tw", "hk", "mo")


def language_of(tag: str) -> str | None:
    """Return the code that the detector uses for a BCP 47 tag: "es-MX" is es, "zh-TW" is zh-Hant."""
    if not _TAG.fullmatch(tag.strip()):
        return None
    first, *rest = tag.strip().lower().replace("_", "-").split("-")
    if first == "zh":
        return "zh-Hant" if any(part in (*_TRADITIONAL, "yue") for part in rest) else "zh-Hans"
    return _RENAMED.get(first, first)


def accepted(header: str) -> list[str]:
    """Return the languages of an Accept-Language header, best first, each once."""
    weighted: list[tuple[float, str]] = []
    for part in header[:500].split(","):
        tag, _, weight = part.partition(";")
        language, quality = language_of(tag), _quality(weight)
        if language and quality > 0:
            weighted.append((quality, language))
    ordered = sorted(weighted, key=lambda pair: -pair[0])
    return list(dict.fromkeys(language for _, language in ordered))[:_RANKS]


def _quality(weight: str) -> float:
    found = re.fullmatch(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", weight)
    return float(found[1]) if found else 1.0


@lru_cache(maxsize=512)
def spoken_in(country: str) -> dict[str, float]:
    """Return the factors of a country's languages (Unicode CLDR): its own, and others spoken there.

    English is official in many countries where few write it first, so it is a country's own
    only where nearly all speak it, and does not count where it is merely learned at school.
    """
    factors: dict[str, float] = {}
    for tag, about in get_territory_language_info(country.strip().upper()).items():
        language, share = language_of(tag), float(about["population_percent"] or 0)
        official = about["official_status"] in ("official", "de_facto_official")
        if language is None or share < 1 or (language == "en" and not official):
            continue
        own = official and (share >= 90 or language != "en")
        factors[language] = max(factors.get(language, 1.0), HOME if own else HOST)
    return factors


def prior(hints: Hints, settled: str | None) -> dict[str, float]:
    """Return the product of all hints by language; a language that no hint names has the factor 1 and is left out."""
    factors: dict[str, float] = {}
    for source in (_client(hints), spoken_in(hints.country) if hints.country else {}):
        for language, factor in source.items():
            factors[language] = factors.get(language, 1.0) * factor
    if settled:
        factors[settled] = factors.get(settled, 1.0) * (SETTLED_ENGLISH if settled == "en" else SETTLED)
    return factors


def client_region(hints: Hints) -> str | None:
    """Return the country that the app's or browser's first language names, in ISO 3166-1 alpha-2: PT of "pt-PT".

    English of the United States is what a device is sold with, whoever has it, and names none.
    """
    first = (hints.telegram or (hints.accept or "").partition(",")[0].partition(";")[0]).strip()
    language, *rest = re.split("[-_]", first)
    region = next((part.upper() for part in rest if re.fullmatch("[A-Za-z]{2}", part)), None)
    return None if (language.lower(), region) == ("en", "US") else region


def client_language(hints: Hints) -> str | None:
    """Return the first language of the app or browser."""
    return next(iter(_languages(hints)), None)


def _languages(hints: Hints) -> list[str]:
    languages = accepted(hints.accept) if hints.accept else []
    if hints.telegram and (app := language_of(hints.telegram)):
        languages = list(dict.fromkeys([app, *languages]))
    return languages


def _client(hints: Hints) -> dict[str, float]:
    languages = _languages(hints)
    return {
        language: max((CLIENT_ENGLISH if language == "en" else CLIENT) / (rank + 1), 1.0)
        for rank, language in enumerate(languages)
    }
