"""The page on which a native speaker reads every phrase of a language beside its English, and marks it without tools.

It is one file that works offline and on paper: no script or picture is loaded, and marks stay on the reader's machine
until they save them (`review_marks` reads what they saved).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import jinja2

from bot.phrases.phrases import Phrasebook, direction
from bot.phrases.po_file import Translation, translations
from bot.served_languages import NAMES
from commands.languages.language_table import BOOKS
from commands.runtime.composition import ROOT

_SECTION = re.compile(r"  # ---- (.+) ----")
_PHRASE = re.compile(r"  (\w+):$")
_FIRST = "crisis"  # read first: sections of domain.yml that begin so


@dataclass(frozen=True)
class Row:
    """One phrase on the page."""

    entry: Translation
    channel: str  # empty: every channel that has no text of its own
    buttons: tuple[str, ...]  # what stands below it, in the language


@dataclass(frozen=True)
class Section:
    """Phrases that are said in the same situation."""

    about: str
    rows: tuple[Row, ...]


def book_of(locale: str) -> Path:
    """Return the phrasebook's file of a language, or of languages that share one in Latin letters."""
    shared = BOOKS / "shared" / f"{locale}.po"
    return shared if shared.exists() else BOOKS / f"{locale}.po"


def written(locale: str) -> str:
    """Return the page as HTML."""
    folder = Path(__file__).parent
    loader = jinja2.FileSystemLoader(folder)
    filled = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    sections = list(_sections(locale))
    facts = {
        "locale": locale,
        "name": NAMES.get(locale, locale),
        "direction": direction(locale),
        "sections": sections,
        "phrases": sum(len(each.rows) for each in sections),
        "today": date.today().isoformat(),
    }
    return filled.get_template("review_page.html").render(facts)


def _sections(locale: str) -> Iterator[Section]:
    entries = list(translations(book_of(locale)))
    texts = {entry.name: entry.text for entry in entries}
    situations = _situations()
    rows: dict[str, list[Row]] = {about: [] for about in sorted(set(situations.values()), key=_gravest_first)}
    for entry in entries:
        name, _, channel = entry.name.partition("|")
        buttons = tuple(texts.get(f"{say}|{channel}", texts.get(say, say)) for say in _choices().get(name, ()))
        rows[situations[name]].append(Row(entry, channel, buttons))
    yield from (Section(about, tuple(found)) for about, found in rows.items() if found)


def _gravest_first(about: str) -> tuple[bool, int]:
    order = list(dict.fromkeys(_situations().values()))
    return not about.startswith(_FIRST), order.index(about)


@cache
def _situations() -> dict[str, str]:
    """Return by phrase the section of domain.yml that it stands in: when it is said."""
    found: dict[str, str] = {}
    about = ""
    for line in (ROOT / "domain.yml").read_text("utf-8").splitlines():
        if heading := _SECTION.match(line):
            about = heading.group(1)
        elif (phrase := _PHRASE.match(line)) and about:
            found[phrase.group(1)] = about
    return found


@cache
def _choices() -> dict[str, tuple[str, ...]]:
    """Return by phrase the names of its buttons."""
    about = Phrasebook.load(ROOT).about
    return {
        name: tuple(yaml_choice["say"] for yaml_choice in facts.get("choices", ())) for name, facts in about.items()
    }
