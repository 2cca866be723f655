"""The catalogues of the desk's own languages: the sentences are collected from its templates, modules and scripts.

What was translated stays. What has a new English wording comes as a new entry without a translation, never as a guess.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from bot.understanding.indicators import catalogue as indicators
from desk.localization.desk_catalogues import catalogue, forms, path_of
from desk.localization.desk_languages import DESK_LANGUAGES, SOURCE, DeskLanguage

ROOT = Path(__file__).parents[2]
_PAGES = [("**.py", "python"), ("templates/**.html", "commands.languages.template_sentences:extracted")]
_CONTEXT = (1, "c")
_IN_PAGES = {
    "_": None,
    "gettext": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "pgettext": (_CONTEXT, 2),
    "npgettext": (_CONTEXT, 2, 3),
    "CheckRefused": None,  # why a steward's input is refused
}
_SCRIPTS = [("static/**.js", "javascript")]
_IN_DIRECTORY = {"CheckRefused": None}
_NO_SENTENCE = re.compile(r"[a-z]+_[a-z_]+| *")  # a word that the templates have a sentence for
_IN_SCRIPTS = {"text": None, "plural": (1, 2)}
_PRACTICE, _OF_PRACTICE = ROOT / "desk" / "practice", ("title", "practises", "well", "missed", "supervisor")
_COMMENTS = ["translators:"]
# Lines of the header that change with whoever writes the file, and when.
_CHANGES = tuple(
    b'"' + name for name in (b"Project-", b"Report-", b"POT-", b"PO-", b"Last-", b"Language-Team", b"Generated-")
)
# As in Unicode CLDR: zero, one, two, few, many, other. Babel's own rule takes the last two the other way round.
_ARABIC = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
TRANSLATED: tuple[DeskLanguage, ...] = tuple(each for each in DESK_LANGUAGES if each != SOURCE)


def template() -> Catalog:
    """Return a catalogue with every sentence of the desk, in the order of its files, without translations."""
    found = Catalog(project="Quietline", version="", charset="utf-8")
    for file, _, message, comments, context in _extracted():
        if isinstance(message, str) and _NO_SENTENCE.fullmatch(message):
            continue
        found.add(message, None, [(file, 0)], auto_comments=comments, context=context)
    return found


def updated(language: DeskLanguage) -> Catalog:
    """Return the catalogue of a language with exactly the sentences that the desk has now."""
    found = catalogue(language) if path_of(language).exists() else _begun(language)
    found.update(template(), no_fuzzy_matching=True, update_creation_date=False)
    found.obsolete.clear()
    return found


def write_all() -> dict[DeskLanguage, tuple[int, int]]:
    """Write the catalogues; return for each language how many entries it has, and how many lack a translation."""
    counts = {}
    for language in TRANSLATED:
        found = updated(language)
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        path_of(language).write_bytes(written(found))
        entries = [entry for entry in found if entry.id]
        counts[language] = len(entries), sum(not all(forms(entry.string)) for entry in entries)
    return counts


def written(found: Catalog) -> bytes:
    """Return the file of a catalogue: the same sentences make the same file, whoever writes it and when."""
    file = io.BytesIO()
    write_po(file, found, width=100, include_lineno=False)
    header, entries = file.getvalue().split(b"\n\n", 1)
    lines = [line for line in header.split(b"\n") if not line.startswith(_CHANGES)]
    return b"\n".join(lines) + b"\n\n" + entries


def _extracted() -> Iterator[tuple[str, int, str | tuple[str, ...], list[str], str | None]]:
    desk = str(ROOT / "desk")
    pages = extract_from_dir(desk, _PAGES, None, _IN_PAGES, _COMMENTS, strip_comment_tags=True)
    scripts = extract_from_dir(desk, _SCRIPTS, None, _IN_SCRIPTS, _COMMENTS, strip_comment_tags=True)
    found = sorted([*pages, *scripts], key=lambda each: each[:2])
    for file, line, message, comments, context in found:
        yield f"desk/{file}", line, message, comments, context
    directory = extract_from_dir(str(ROOT / "resources_directory"), [("**.py", "python")], None, _IN_DIRECTORY)
    for file, line, message, comments, context in sorted(directory, key=lambda each: each[:2]):
        yield f"resources_directory/{file}", line, message, comments, context
    yield from (("data/indicators.yml", 0, each.title, [], None) for each in indicators().indicators.values())
    for path in sorted(_PRACTICE.rglob("*.yml")):
        said = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        yield from ((str(path.relative_to(ROOT)), 0, text, [], None) for text in _texts(said))


def _texts(said: Any) -> Iterator[str]:
    """Yield what a practice says to whoever practises, wherever it stands in its file."""
    if isinstance(said, dict):
        yield from (said[name] for name in _OF_PRACTICE if isinstance(said.get(name), str))
    below = said.values() if isinstance(said, dict) else said if isinstance(said, list) else ()
    for each in below:
        yield from _texts(each)


def _begun(language: DeskLanguage) -> Catalog:
    found = Catalog(
        locale=language,
        project="Quietline",
        version="",
        charset="utf-8",
        fuzzy=False,
        last_translator="",
        language_team="",
    )
    found.header_comment = "# What the desk says to its staff; docs/translators.md says how to translate it."
    if language == "ar":
        found.mime_headers = [
            (name, _ARABIC if name == "Plural-Forms" else value) for name, value in found.mime_headers
        ]
    return found
