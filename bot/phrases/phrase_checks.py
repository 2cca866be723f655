"""Checks for translations: missing or stale phrases, lost placeholders, too long for a text message, forbidden words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.phrases.phrases import SOURCE, Phrasebook
from bot.phrases.po_file import translations
from bot.text.text_messages import fits

TOO_LONG = "too long for a text message"
_UNSAID = (
    "page_",
    "word_",
    "utter_canned_",
)  # a shared phrasebook has what is said in a conversation, and nothing else
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_DANDA = re.compile(r"(?:\{number\}|[0-9])।")  # "112।" is read as 1121


@dataclass(frozen=True)
class Fault:
    """One fault in one phrase."""

    locale: str
    phrase: str
    what: str


def placeholders(text: str) -> set[str]:
    """Return the names of a text's placeholders."""
    return set(_PLACEHOLDER.findall(text))


def sms_text(book: Phrasebook, locale: str, name: str) -> str:
    """Return what is sent by SMS for a phrase, without its placeholders."""
    texts = _texts(book, locale)
    return _PLACEHOLDER.sub("", texts.get(f"{name}|sms", texts[name]))


def faults(root: Path, book: Phrasebook, locale: str) -> Iterator[Fault]:
    """Yield every fault in a language's phrases."""
    english, texts = book.texts[SOURCE], _texts(book, locale)
    unsaid = _UNSAID if locale in book.shared else ()
    for name in english:
        if "|" not in name and name not in texts and not name.startswith(unsaid):
            yield Fault(locale, name, "missing")
    forbidden = _forbidden(root, locale)
    for name, text in texts.items():
        source = english.get(name) or english.get(name.partition("|")[0])
        if source is None:
            yield Fault(locale, name, "has no English text any more")
        elif placeholders(text) != placeholders(source):
            yield Fault(locale, name, "placeholders differ from the English text")
        if name.startswith("utter_") and "|" not in name and not fits(sms_text(book, locale, name)):
            yield Fault(locale, name, TOO_LONG)
        if _DANDA.search(text):
            yield Fault(locale, name, "has a danda right after a number, which reads as another 1")
        for part in forbidden:
            if part in text.casefold():
                yield Fault(locale, name, f"says {part!r}")
    yield from (Fault(locale, name, "English has changed since") for name in _stale(root, english, locale))


def _texts(book: Phrasebook, locale: str) -> Mapping[str, str]:
    return book.texts[locale] if locale in book.texts else book.shared[locale]


def _forbidden(root: Path, locale: str) -> list[str]:
    path = root / "data" / "forbidden" / f"{locale}.yml"
    return (
        [str(part).casefold() for part in yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)]
        if path.exists()
        else []
    )


def _stale(root: Path, english: Mapping[str, str], locale: str) -> list[str]:
    books = root / "bot" / "phrases" / "phrasebook"
    path = next((path for path in (books / f"{locale}.po", books / "shared" / f"{locale}.po") if path.exists()), None)
    if path is None:
        return []
    return [
        entry.name
        for entry in translations(path)
        if entry.english != (english.get(entry.name) or english.get(entry.name.partition("|")[0]))
    ]
