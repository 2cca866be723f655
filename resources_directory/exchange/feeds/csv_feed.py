"""The CSV reader: any common encoding and delimiter, rows keyed by heading; garbage is refused, never guessed at."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain, islice, zip_longest

from resources_directory.exchange.csv_cells import original
from resources_directory.exchange.feeds.refusal import FeedRefused

MOST_ROWS, MOST_COLUMNS = 200_000, 256
_MOST_CELLS = 1_500_000
_MOST_LETTERS = 60_000_000
_MOST_IN_LINE = 1_000_000  # letters
_PIECE = 1_000_000  # bytes
_LONGEST_LINE = 10_000  # delimiters, those in texts included
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = ",;\t|"


def text_of(content: bytes, encoding: str | None = None) -> str:
    """Return the text of a file: UTF-8, UTF-16 with a byte order mark, Western, or as stated; raise FeedRefused."""
    return content.decode(encoding_of(content, encoding))


def rows_of(content: bytes, encoding: str | None = None, skip_lines: int = 0) -> list[dict[str, str]]:
    """Return the rows of a table, keyed by heading; raise FeedRefused."""
    lines = _lines(content, encoding_of(content, encoding))
    head = next((line for line in islice(lines, skip_lines, None) if line.strip()), "")
    if not head:
        raise FeedRefused("The file holds no headings.")
    delimiter = max(_DELIMITERS, key=head.count)
    try:
        return by_heading(filled(_read(chain([head], lines), delimiter)))
    except csv.Error as error:
        raise FeedRefused(f"The file is not readable as CSV ({error}).") from None


def encoding_of(content: bytes, stated: str | None = None) -> str:
    """Return the encoding in which a file can be read; raise FeedRefused."""
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    told = stated or marked
    try:
        return told or "utf-8" if _is_text(content, told or "utf-8") else _western(content, told)
    except LookupError:
        raise FeedRefused(f"There is no encoding named {stated!r}.") from None


def _is_text(content: bytes, encoding: str) -> bool:
    """Whether bytes can be read; a piece at a time, since a text may take four times the memory of its file."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(content), _PIECE):
            decoder.decode(content[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _lines(content: bytes, encoding: str) -> Iterator[str]:
    """Yield the lines of a file, with their ends; raise FeedRefused for one that nobody wrote."""
    with io.TextIOWrapper(io.BytesIO(content), encoding, newline="") as text:
        while line := text.readline(_MOST_IN_LINE + 1):
            if "\x00" in line:
                raise FeedRefused("The file holds zero bytes, so it is no CSV.")
            if len(line) > _MOST_IN_LINE:
                raise FeedRefused(f"A line of the file is longer than {_MOST_IN_LINE:,} letters.")
            yield line


def _read(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    counted = _Short(lines, delimiter)
    for row in csv.reader(counted, delimiter=delimiter, strict=True):
        counted.found = 0
        yield [original(cell) for cell in row]


class _Short:
    """Lines, as long as no row has so many cells that reading it alone would take the memory; a row may have many lines."""

    def __init__(self, lines: Iterable[str], delimiter: str) -> None:
        self._lines, self._delimiter = iter(lines), delimiter
        self.found = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.found += line.count(self._delimiter)
        if self.found > _LONGEST_LINE:
            raise FeedRefused(f"The file holds more than {MOST_COLUMNS} columns.")
        return line


def filled(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """Yield the rows that are not empty, all as long as the first at least; raise FeedRefused for more than anybody can mean."""
    width = cells = letters = 0
    for number, row in enumerate(rows, 1):
        letters += sum(map(len, row))
        cells += max(width, len(row))
        _bound(number, len(row), cells, letters)
        if any(cell.strip() for cell in row):
            width = width or len(row)
            yield row + [""] * (width - len(row))


def _bound(rows: int, columns: int, cells: int, letters: int) -> None:
    if rows > MOST_ROWS:
        raise FeedRefused(f"The file holds more than {MOST_ROWS:,} rows.")
    if columns > MOST_COLUMNS:
        raise FeedRefused(f"The file holds more than {MOST_COLUMNS} columns.")
    if cells > _MOST_CELLS:
        raise FeedRefused(f"The file holds more than {_MOST_CELLS:,} cells: import it in parts.")
    if letters > _MOST_LETTERS:
        raise FeedRefused(f"The file holds more than {_MOST_LETTERS // 1_000_000} million letters.")


def by_heading(table: Iterable[list[str]]) -> list[dict[str, str]]:
    """Return rows keyed by the first row, a short one filled up.

    Raise FeedRefused if a row has more cells than headings: it cannot be trusted.
    """
    rows = iter(table)
    headings = [heading.strip() for heading in next(rows, ())]
    if not headings:
        raise FeedRefused("The file holds no headings.")
    doubled = next((heading for heading in headings if heading and headings.count(heading) > 1), None)
    if doubled:
        raise FeedRefused(f"The heading {doubled!r} stands twice.")
    return [_keyed(headings, row) for row in rows]


def _keyed(headings: list[str], row: list[str]) -> dict[str, str]:
    if len(row) > len(headings):
        raise FeedRefused("A row holds more cells than there are headings: a comma is not quoted.")
    return dict(zip_longest(headings, row, fillvalue=""))


def _western(content: bytes, told: str | None) -> str:
    """Return the encoding of Western Europe for what is written in it; raise FeedRefused."""
    if told:
        raise FeedRefused(f"The file is not readable as {told}.")
    foreign = letters = 0
    readable = _is_text(content, "cp1252")
    for start in range(0, len(content) if readable else 0, _PIECE):
        piece = content[start : start + _PIECE].decode("cp1252")
        foreign += sum(sign > "\x7f" for sign in piece)
        letters += sum(sign.isalpha() for sign in piece)
    # A few accents are French; mostly accents is Russian or Japanese in the wrong encoding.
    if not readable or foreign * 4 > letters:
        raise FeedRefused("The encoding is not known: say `encoding:` in a mapping file, or save as UTF-8.")
    return "cp1252"
