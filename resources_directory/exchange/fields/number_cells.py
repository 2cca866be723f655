"""A cell with several phone numbers, as people type them: "tdd: 305-555-0100, main: 305-555-0101" is two phones."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Self

from resources_directory.exchange.feeds.feed_row import PhoneRow
from resources_directory.files.entries_folder import read_yaml

_FEWEST, _FEWEST_OF_A_KIND = 5, 3  # digits of a number in a list; "TTY 711" is one too
_MOST_NUMBERS = 20
_TABLE = Path(__file__).parent / "number_words.yml"
# A comma or a bar always parts; "/" and a word only where both sides are numbers: 089/123456 is one.
_BETWEEN = re.compile(
    r"\s*(?:[,;|\n•·、，；]|\s/\s|/(?=\s*[+(])|\s(?:or|and|oder|ou|und|et|o|y|e|или|or|ή|veya|lub)\s)\s*", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?P<label>[^\W\d_][^\d:+(]{0,38}?)\s*[:.\-–—]?\s+(?=[+(\d])|(?P<marked>[^\d:+(]{1,40}?)\s*[:：]\s*"
)
_ASIDE = re.compile(r"(?P<number>.*\d[\w-]*)\s*[(\[](?P<note>[^()\[\]]*)[)\]]\s*")
_BEHIND = re.compile(r"(?P<number>.*\d)\s+(?:[-–—]\s*)?(?P<note>[^\W\d_][^\d]*)")
_EXTENSION = re.compile(r"(?:ext\.?|extension|x|#|anexo|poste|durchwahl)\s*\.?\s*\d{1,6}\s*$", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class _NumberWords:
    """The table of number_words.yml."""

    nothing: frozenset[str]
    no_news: frozenset[str]
    kept: frozenset[str]
    kinds: dict[str, tuple[str, ...]]

    @classmethod
    def load(cls) -> Self:
        table: dict[str, Any] = read_yaml(_TABLE)
        kinds = {kind: tuple(words) for kind, words in table["kinds"].items()}
        return cls(frozenset(table["nothing"]), frozenset(table["no_news"]), frozenset(table["kept"]), kinds)


@cache
def _words() -> _NumberWords:
    return _NumberWords.load()


class NumberCell(NamedTuple):
    """A phone of a cell, and whether words beside it were left out."""

    row: PhoneRow
    cut: bool = False


def apart(row: PhoneRow) -> Iterator[NumberCell]:
    """Yield a phone for each number in a cell, with what stands beside it as its description; none for "no phone"."""
    told = (row.number or "").strip()
    if told.casefold().strip(" .") in _words().nothing:
        return
    parts = list(_parts(told))
    if len(parts) < 2 and not _LETTERS.search(told):
        yield NumberCell(row)
        return
    for part in parts[:_MOST_NUMBERS]:
        yield _one(row, part)


def _parts(told: str) -> Iterator[str]:
    """Yield the parts of a cell that hold a number each; a part without one belongs to the part before it."""
    waiting = ""
    for part in filter(None, _BETWEEN.split(told)):
        if not waiting:
            waiting = part
        elif _is_number(part) and _is_number(waiting):
            yield waiting
            waiting = part
        else:
            waiting = f"{waiting}, {part}"
    if waiting:
        yield waiting


def _is_number(part: str) -> bool:
    label = _LABEL.match(part)
    fewest = _FEWEST_OF_A_KIND if label and _type(label[0]) else _FEWEST
    return sum(sign.isdigit() for sign in part) >= fewest and not _EXTENSION.fullmatch(part.strip())


def _one(row: PhoneRow, part: str) -> NumberCell:
    label = _LABEL.match(part)
    number = part[label.end() :] if label else part
    before = (label["label"] or label["marked"]).strip(" .:-–—") if label else ""
    number, behind = _without_note(number.strip())
    notes = [one for one in (before, behind) if one and one.casefold() not in _words().no_news]
    told = " ".join(note for note in notes if _may_stay(note))
    kind = _type(f"{before} {behind}") if (row.type or "voice").casefold() == "voice" else None
    said = ". ".join(filter(None, [told, row.description]))
    plain = {"number": number.strip(" ,;"), "type": kind or row.type, "description": said or None}
    return NumberCell(row.model_copy(update=plain), cut=not all(map(_may_stay, notes)))


def _may_stay(note: str) -> bool:
    return set(re.findall(r"\w+", note.casefold())) <= _words().kept


def _without_note(number: str) -> tuple[str, str]:
    """Split what stands behind a number off it."""
    found = None if _EXTENSION.search(number) else _ASIDE.fullmatch(number) or _BEHIND.fullmatch(number)
    if found is None:
        return number, ""
    plain, note = found["number"].strip(), found["note"].strip(" .,")
    if _LETTERS.search(plain) and not _LETTERS.search(note):
        # "847-RIGHTS-9 (847-744-4879)": the digits are what is dialed. "1-800-799-SAFE (7233)" says only its end twice.
        return (note, "") if _is_number(note) else (plain, "")
    return (plain, note) if _LETTERS.search(note) or not note else (number, "")


def _type(told: str) -> str | None:
    words = re.split(r"[^\w]+", told.casefold())
    both = f" {' '.join(words)} "
    return next((kind for kind, named in _words().kinds.items() if any(f" {word} " in both for word in named)), None)
