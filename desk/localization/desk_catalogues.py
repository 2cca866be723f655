"""The desk's sentences in the language of the page: read from desk/locales, English where a translation is missing or broken.

The functions have gettext's own names, so that every tool for translators knows them.
"""

import io
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from desk.localization.desk_languages import SOURCE, DeskLanguage, current

LOCALES = Path(__file__).parents[1] / "locales"
# What a translation has to keep as it is: values by their names, and the tags of a sentence that has some.
_KEPT = re.compile(r"%\((\w+)\)[sd]|</?[a-z][^<>]*>|%%")
_SCRIPTS = "desk/static/"
# What a script gets for an English text: its translation, or all forms of its plural.
ScriptTexts = dict[str, str | list[str]]


def gettext(english: str, **values: Any) -> str:
    """Return a sentence in the language of the page; values go into %(name)s."""
    text: str = _translations(current()).gettext(english)
    return text % values if values else text


def ngettext(one: str, many: str, number: int, **values: Any) -> str:
    """Return a sentence that depends on a number, which goes into %(num)s."""
    text: str = _translations(current()).ngettext(one, many, number)
    return text % {"num": number, **values}


def pgettext(context: str, english: str) -> str:
    """Return a word that means different things in different places."""
    return str(_translations(current()).pgettext(context, english))


def gettext_noop(english: str) -> str:
    """Mark a sentence to be translated where it is shown, not here."""
    return english


def plain_gettext(english: str) -> str:
    """Return a sentence with its %(name)s, for templates, which put the values in."""
    # To gettext, no words mean the header of the file.
    text: str = _translations(current()).gettext(english) if english else ""
    return text


def from_data(english: str) -> str:
    """Return a sentence that stands in a file of data, such as the title of a practice, in the language of the page."""
    return gettext(english) if english else ""


def plain_ngettext(one: str, many: str, number: int) -> str:
    """Return the form of a sentence for a number, for templates, which put the values in."""
    text: str = _translations(current()).ngettext(one, many, number)
    return text


def plain_npgettext(context: str, one: str, many: str, number: int) -> str:
    """Return the form of an ambiguous word for a number, for templates."""
    text: str = _translations(current()).npgettext(context, one, many, number)
    return text


def script_texts() -> ScriptTexts:
    """Return what the desk's scripts say, in the language of the page; empty in English, which stands in them."""
    return _script_texts(current())


def path_of(language: DeskLanguage) -> Path:
    """Return the catalogue of a language."""
    return LOCALES / language / "LC_MESSAGES" / "desk.po"


def catalogue(language: DeskLanguage) -> Catalog:
    """Read a catalogue. Raises PoFileError."""
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    """Return an entry's texts: one, or each form of its plural; empty where there is no translation yet."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def differs(entry: Message) -> str:
    """Return what a translation has lost or added of the placeholders and tags of its English; empty if nothing.

    A form for one or two may say the number in words, so a plural has to know no other names than its English.
    """
    english, texts = forms(entry.id), [text for text in forms(entry.string) if text]
    for text in texts:
        kept, found = Counter(_marks(english[-1])), Counter(_marks(text))
        lost = Counter() if len(english) > 1 else kept - found
        wrong = [*lost, *(found - kept), *_breaking(text, english)]
        if wrong:
            return ", ".join(wrong)
        if len(english) > 1 and _tags(text) != _tags(english[-1]):
            return "tags"
    return ""


def _marks(text: str) -> list[str]:
    return [found[0] for found in _KEPT.finditer(text)]


def _tags(text: str) -> Counter[str]:
    return Counter(mark for mark in _marks(text) if mark.startswith("<"))


def _breaking(text: str, english: Iterable[str]) -> list[str]:
    """Return what would break a page: a tag that is none of ours; straight quotes, which end an attribute, if new to the text."""
    bare = _KEPT.sub("", text)
    quoted = '"' in bare and not any('"' in _KEPT.sub("", each) for each in english)
    return [*(["<"] if "<" in bare else []), *(['"'] if quoted else [])]


@cache
def _translations(language: DeskLanguage) -> NullTranslations:
    found = _sound(language)
    if found is None:
        return NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, found)
    compiled.seek(0)
    return Translations(compiled)


@cache
def _script_texts(language: DeskLanguage) -> ScriptTexts:
    found: ScriptTexts = {}
    for entry in _sound(language) or ():
        texts = forms(entry.string)
        if entry.id and all(texts) and any(file.startswith(_SCRIPTS) for file, _ in entry.locations):
            found[forms(entry.id)[0]] = list(texts) if len(texts) > 1 else texts[0]
    return found


@cache
def _sound(language: DeskLanguage) -> Catalog | None:
    """Return a catalogue without entries that are unfinished or would break a page; None for English."""
    if language == SOURCE or not path_of(language).exists():
        return None
    found = catalogue(language)
    for entry in list(found):
        if entry.id and (entry.fuzzy or not all(forms(entry.string)) or differs(entry)):
            found.delete(entry.id, entry.context)
    return found
