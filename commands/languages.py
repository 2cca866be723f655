"""`quietline languages`: what each language has and who has read it; `quietline languages check` finds what is wrong."""

import sys
from pathlib import Path

import polib
import yaml
from rich.console import Console
from rich.table import Table

from bot.phrase_checks import faults
from bot.phrases import Phrasebook
from bot.served import NAMES
from commands.parts import ROOT

_CRISIS = ("utter_danger", "utter_medical", "utter_self_harm", "utter_cannot", "utter_number", "utter_minor_limits")


def languages() -> None:
    """Print a table by language."""
    book = Phrasebook.load(ROOT)
    table = Table("language", "", "phrases", "reviewed", "crisis phrases unread", "examples", "faults")
    for locale in book.locales:
        read = _reviewed(locale)
        crisis = [name for name in book.texts[locale] if name.startswith(_CRISIS)]
        unread = sum(name not in read for name in crisis) if locale != "en" else 0
        wrong = sum(1 for _ in faults(ROOT, book, locale)) if locale != "en" else 0
        row = (len(book.texts[locale]), "source" if locale == "en" else len(read), unread, _examples(locale), wrong)
        table.add_row(locale, NAMES.get(locale, ""), *map(str, row))
    Console().print(table)


def check() -> None:
    """Print every fault, one a line; ends with 1 when there is one."""
    book = Phrasebook.load(ROOT)
    found = [fault for locale in book.locales if locale != "en" for fault in faults(ROOT, book, locale)]
    for fault in found:
        sys.stdout.write(f"{fault.locale}: {fault.phrase}: {fault.what}\n")
    sys.exit(1 if found else 0)


def _reviewed(locale: str) -> set[str]:
    path = ROOT / "bot" / "phrasebook" / f"{locale}.po"
    if not path.exists():
        return set()
    return {entry.msgctxt for entry in polib.pofile(str(path)) if entry.comment.startswith("review: reviewed")}


def _examples(locale: str) -> int:
    folder: Path = ROOT / "data" / "nlu" / locale
    parts = (
        part for file in folder.glob("*.yml") for part in yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)["nlu"]
    )
    return sum(len(part["examples"].splitlines()) for part in parts)
