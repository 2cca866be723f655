"""The language of an organisation's page: its sentences, and names of languages as they are called in it."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import yaml
from babel import Locale
from babel.dates import get_day_names

from bot.language.language_hints import accepted, language_of
from bot.phrases.phrases import direction
from bot.served_languages import NAMES, SERVED

_FOLDER = Path(__file__).parent / "sentences"
_ENGLISH_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")  # as opening hours are written in every language
_COMMAS = {"ar": "\u060c ", "fa": "\u060c ", "ur": "\u060c ", "zh-Hans": "\u3001"}
_MANY = "interpreters"  # stands among languages in English, and is none


class PageLanguage:
    """One language of the page, by its BCP 47 tag."""

    def __init__(self, tag: str) -> None:
        self.tag, self.direction = tag, direction(tag)
        self.sentences: Mapping[str, str] = yaml.safe_load((_FOLDER / f"{tag}.yml").read_text("utf-8"))
        self._names, english = _names(tag), _names("en")
        many = self.sentences[_MANY]
        self._shown = {english[code].casefold(): name for code, name in self._names.items() if code in english}
        self._shown[_MANY] = many
        self._meant = {name.casefold(): english[code] for code, name in self._names.items() if code in english}
        self._meant[many.casefold()] = _MANY

    @property
    def days(self) -> list[tuple[str, str]]:
        """What each English abbreviation of a day means; empty in English."""
        if self.tag == "en":
            return []
        names = get_day_names("wide", locale=_locale(self.tag))
        return [(short, str(names[number])) for number, short in enumerate(_ENGLISH_DAYS)]

    def shown(self, languages: str) -> str:
        """Return a list of languages in English as it is written in this language."""
        return _COMMAS.get(self.tag, ", ").join(self._shown.get(name.casefold(), name) for name in _listed(languages))

    def meant(self, languages: str) -> str:
        """Return a list as it was typed, in English; a name that is not known stays as it is, for a steward to read."""
        return ", ".join(self._meant.get(name.casefold(), name) for name in _listed(languages))


def page_language(picked: str, accept: str, spoken: str) -> PageLanguage:
    """Return the language to show the page in.

    `picked`: a tag from the menu; `accept`: the Accept-Language header; `spoken`: what the organisation speaks, in English.
    """
    names = {name.casefold(): code for code, name in _names("en").items()}
    codes = (names.get(name.casefold(), "") for name in _listed(spoken))
    wanted: Iterable[str | None] = (picked, *accepted(accept), *map(language_of, codes), "en")
    return _of(next(tag for tag in wanted if tag and tag in SERVED))


@cache
def _of(tag: str) -> PageLanguage:
    return PageLanguage(tag)


def menu() -> list[tuple[str, str]]:
    """Return the tag and the own name of each language."""
    return [(tag, NAMES[tag]) for tag in SERVED]


def _listed(languages: str) -> list[str]:
    # An Arabic comma, a Chinese one or a semicolon separates as well.
    for sign in "\u060c\u061b\u3001\uff0c\uff1b;\n":
        languages = languages.replace(sign, ",")
    return [" ".join(name.split()) for name in languages.split(",") if name.strip()]


def _locale(tag: str) -> Locale:
    return Locale.parse({"tl": "fil"}.get(tag, tag), sep="-")


def _names(tag: str) -> Mapping[str, str]:
    return {str(code): str(name) for code, name in _locale(tag).languages.items()}
