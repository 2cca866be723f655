"""The languages of an entry as a steward reads and writes them: names separated by commas. The files have ISO 639 codes.

Codes are read as well, so what is pasted from a file or typed on the command line is understood.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from babel import Locale


class UnknownLanguage(ValueError):
    """A word that names no language; the message is the word."""


def language_list(codes: Iterable[str]) -> str:
    """Return the English names of languages; a code without a name stays a code."""
    return ", ".join(_names().get(code, code) for code in codes)


def read_language_list(text: str) -> list[str]:
    """Return the codes of languages, each once; raise UnknownLanguage, also if there are none."""
    words = [word.strip() for word in text.split(",") if word.strip()]
    if not words:
        raise UnknownLanguage(text)
    return list(dict.fromkeys(_code(word) for word in words))


def _code(word: str) -> str:
    if word in _names():
        return word
    if word.casefold() not in _codes():
        raise UnknownLanguage(word)
    return _codes()[word.casefold()]


@cache
def _names() -> Mapping[str, str]:
    # `mul` is among them: interpreters, or many more languages.
    return {str(code).replace("_", "-"): str(name) for code, name in Locale("en").languages.items()}


@cache
def _codes() -> Mapping[str, str]:
    return {name.casefold(): code for code, name in _names().items()}
