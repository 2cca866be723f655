"""What a reader of a language saved on the review page: read, counted, and taken into the phrasebook."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from babel.messages.pofile import normalize

from bot.phrases.po_file import translations
from commands.languages.review_page import book_of

GOOD, SMALL, SERIOUS, DANGEROUS = "good", "small", "serious", "dangerous"
_GRAVEST_FIRST = (DANGEROUS, SERIOUS, SMALL, GOOD)
_HEAD = "# marks"
_BREAK = r"\n"  # a line break of a better text, in the file
_PLACEHOLDER = re.compile(r"\{\w+\}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_LARGEST = 1_000_000  # letters; a thousand phrases with a better text each are a fifth of it


class BadMarks(ValueError):
    """A file of marks that cannot be read, in a sentence with the line."""


@dataclass(frozen=True)
class PhraseMark:
    """What a reader says of one phrase."""

    phrase: str
    verdict: str
    better: str
    why: str


@dataclass(frozen=True)
class ReaderMarks:
    """What one reader says of a language."""

    locale: str
    reader: str
    on: str  # ISO 8601
    marks: tuple[PhraseMark, ...]


def read(text: str) -> ReaderMarks:
    """Return the marks of a saved file. Raises BadMarks."""
    if len(text) > _LARGEST:
        raise BadMarks("this is too large for a file of marks.")
    # By line feeds alone: a text pasted from a word processor may hold other breaks.
    head, *lines = _CONTROL.sub("", text.removeprefix("\ufeff")).split("\n")
    parts = head.split("\t")
    if len(parts) != 4 or parts[0] != _HEAD:
        raise BadMarks("line 1: this was not saved by a review page.")
    _, locale, reader, on = parts
    if not book_of(locale).exists():
        raise BadMarks(f"line 1: no language {locale!r} has phrases of its own.")
    english = {entry.name: entry.english for entry in translations(book_of(locale))}
    marks = tuple(_mark(number, line, english) for number, line in enumerate(lines, start=2) if line.strip())
    twice = [name for name, count in Counter(mark.phrase for mark in marks).items() if count > 1]
    if twice:
        raise BadMarks(f"{twice[0]} is marked twice.")
    return ReaderMarks(locale, reader, on, marks)


def _mark(number: int, line: str, english: dict[str, str]) -> PhraseMark:
    parts = line.split("\t")
    if len(parts) != 4:
        raise BadMarks(f"line {number}: a phrase, a mark, a better text and a reason are expected, parted by tabs.")
    phrase, verdict, better, why = (part.strip() for part in parts)
    better = better.replace(_BREAK, "\n")
    if phrase not in english:
        raise BadMarks(f"line {number}: there is no phrase {phrase!r}.")
    if verdict not in ("", *_GRAVEST_FIRST):
        raise BadMarks(f"line {number}: {verdict!r} is no mark.")
    if better and sorted(_PLACEHOLDER.findall(better)) != sorted(_PLACEHOLDER.findall(english[phrase])):
        raise BadMarks(f"line {number}: the better text for {phrase} must keep {_placeholders(english[phrase])}.")
    return PhraseMark(phrase, verdict, better, why)


def _placeholders(text: str) -> str:
    return ", ".join(_PLACEHOLDER.findall(text)) or "no placeholder"


def shown(marks: ReaderMarks) -> str:
    """Return the counts in a line, and each phrase that is not good, the gravest first."""
    counts = Counter(mark.verdict for mark in marks.marks if mark.verdict)
    total = counts.total()
    share = f", {counts[GOOD] / total:.1%} good as they are" if total else ""
    grave = "".join(f", {counts[verdict]} {verdict}" for verdict in _GRAVEST_FIRST[:-1])
    head = f"{marks.locale}, read by {marks.reader or 'somebody'} on {marks.on}: {total} marked{share}{grave}."
    return "\n".join([head, *_faults(marks)])


def _faults(marks: ReaderMarks) -> Iterator[str]:
    for verdict in (*_GRAVEST_FIRST, ""):
        for mark in marks.marks:
            if mark.verdict == verdict and (mark.better or verdict not in ("", GOOD)):
                better = f" → {mark.better}" if mark.better else ""
                yield f"{verdict or 'not marked'}: {mark.phrase}: {mark.why or '-'}{better}"


def taken(marks: ReaderMarks) -> str:
    """Put the better texts into the phrasebook as drafts, and return how many there were."""
    better = {mark.phrase: mark.better for mark in marks.marks if mark.better}
    path = book_of(marks.locale)
    entries = path.read_text("utf-8").split("\n\n")
    path.write_text("\n\n".join(_rewritten(entry, better) for entry in entries), "utf-8")
    return f"{len(better)} better texts are in {path.name} as drafts. Run: quietline languages check"


def _rewritten(entry: str, better: dict[str, str]) -> str:
    name = re.search(r'^msgctxt "([^"]+)"$', entry, re.MULTILINE)
    text = better.get(name.group(1)) if name else None
    if text is None:
        return entry
    end = "\n" if entry.endswith("\n") else ""
    before = entry[: entry.index("\nmsgstr ")]
    drafted = re.sub(r"^#\. review: .*$", "#. review: drafted", before, flags=re.MULTILINE)
    return f"{drafted}\nmsgstr {normalize(text)}{end}"
