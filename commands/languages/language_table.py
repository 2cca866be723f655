"""`quietline languages` shows what each language has and how much is reviewed; `quietline languages check` finds faults."""

import json
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.table import Table

from bot.phrases.phrase_checks import TOO_LONG, faults
from bot.phrases.phrases import Phrasebook
from bot.phrases.po_file import translations
from bot.served_languages import NAMES
from commands.runtime.composition import ROOT

_CRISIS = ("utter_danger", "utter_medical", "utter_self_harm", "utter_cannot", "utter_number", "utter_minor_limits")

_COLUMNS = (
    *("language", "", "phrases", "reviewed", "crisis phrases unread", "examples"),
    *("right", "crises", "mistaken", "too long for SMS", "other faults"),
)
BOOKS = ROOT / "bot" / "phrases" / "phrasebook"
_MEASURED = ROOT / "data" / "evaluation.json"  # written by `quietline evaluate`


def languages() -> None:
    """Print the table of languages."""
    Console().print(table())


def table() -> Table:
    """Return the table: phrases and their reviews, examples, faults, and how well messages are understood."""
    book, measured = Phrasebook.load(ROOT), _measured()
    understood = "understood: labels right, crises found, by mistake"
    caption = f"{understood}; messages of others, {measured['measured']}" if measured else None
    found = Table(*_COLUMNS, caption=caption)
    for locale in book.locales:
        wrong = list(faults(ROOT, book, locale)) if locale != "en" else []
        long = sum(fault.what == TOO_LONG for fault in wrong)
        shares = measured.get("languages", {}).get(locale, {})
        cells = (*_phrases(book, locale), _examples(locale), *_understood(shares), long, len(wrong) - long)
        found.add_row(locale, NAMES.get(locale, ""), *map(str, cells))
    return found


def _phrases(book: Phrasebook, locale: str) -> tuple[int, int | str, int]:
    read = _reviewed(locale)
    crisis = [name for name in book.texts[locale] if name.startswith(_CRISIS)]
    unread = sum(name not in read for name in crisis) if locale != "en" else 0
    return len(book.texts[locale]), "source" if locale == "en" else len(read), unread


def _understood(shares: Mapping[str, float]) -> Iterator[str]:
    for name in ("right", "crisis_found", "crisis_by_mistake"):
        yield f"{shares[name]:.2f}" if shares.get(name) is not None else ""


def _measured() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_MEASURED.read_text("utf-8")) if _MEASURED.exists() else {}
    return found


def check() -> None:
    """Print every fault, one per line, and exit with 1 if there are any."""
    book = Phrasebook.load(ROOT)
    written = [*book.locales, *book.shared]
    found = [fault for locale in written if locale != "en" for fault in faults(ROOT, book, locale)]
    for fault in found:
        sys.stdout.write(f"{fault.locale}: {fault.phrase}: {fault.what}\n")
    sys.exit(1 if found else 0)


@cache
def drafted(folder: Path = BOOKS) -> tuple[str, ...]:
    """Return the languages in which people from the field have not yet read every crisis phrase."""
    return tuple(path.stem for path in sorted(folder.glob("*.po")) if _has_unread_crisis(path))


def _has_unread_crisis(path: Path) -> bool:
    return not all(entry.reviewed for entry in translations(path) if entry.name.startswith(_CRISIS))


def _reviewed(locale: str) -> set[str]:
    path = BOOKS / f"{locale}.po"
    return {entry.name for entry in translations(path) if entry.reviewed} if path.exists() else set()


def _examples(locale: str) -> int:
    folder: Path = ROOT / "data" / "nlu" / locale
    parts = (
        part for file in folder.glob("*.yml") for part in yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)["nlu"]
    )
    whole = (ROOT / "data" / "examples" / locale).glob("*.tsv")
    return sum(len(part["examples"].splitlines()) for part in parts) + sum(
        file.read_text("utf-8").count("\n") for file in whole
    )
