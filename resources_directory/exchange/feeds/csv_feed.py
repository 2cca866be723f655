"""The CSV reader: any common encoding and delimiter, rows keyed by heading; garbage is refused, never guessed at."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain, islice, zip_longest

from resources_directory.exchange.csv_cells import original
from resources_directory.exchange.feeds.refusal import FeedRefused

MOST_ROWS, MOST_COLUMNS = 200_000, 256
_MOST_LETTERS = 100_000_000
_LONGEST_LINE = 10_000  # delimiters, those in texts included
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = ",;\t|"


def text_of(content: bytes, encoding: str | None = None) -> str:
    """Return the text of a file: UTF-8, UTF-16 with a byte order mark, Western, or as stated; raise FeedRefused."""
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    try:
        if encoding or marked:
            return content.decode(encoding or marked or "utf-8")
        return content.decode("utf-8")
    except LookupError:
        raise FeedRefused(f"There is no encoding named {encoding!r}.") from None
    except UnicodeDecodeError:
        if encoding or marked:
            raise FeedRefused(f"The file is not readable as {encoding or marked}.") from None
    return _western(content)


def rows_of(text: str, skip_lines: int = 0) -> list[dict[str, str]]:
    """Return the rows of a table, keyed by heading; raise FeedRefused."""
    if "\x00" in text:
        raise FeedRefused("The file holds zero bytes, so it is no CSV.")
    lines = io.StringIO(text, newline="")  # one line at a time: a list of all costs twenty times the file
    head = next((line for line in islice(lines, skip_lines, None) if line.strip()), "")
    if not head:
        raise FeedRefused("The file holds no headings.")
    delimiter = max(_DELIMITERS, key=head.count)
    try:
        return by_heading(filled(_read(chain([head], lines), delimiter)))
    except csv.Error as error:
        raise FeedRefused(f"The file is not readable as CSV ({error}).") from None


def _read(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    for row in csv.reader(_short(lines, delimiter), delimiter=delimiter, strict=True):
        yield [original(cell) for cell in row]


def filled(rows: Iterable[list[str]]) -> list[list[str]]:
    """Return the rows that are not empty, all as long as the first at least; raise FeedRefused for more than anybody can mean."""
    table: list[list[str]] = []
    letters = 0
    for number, row in enumerate(rows, 1):
        if any(cell.strip() for cell in row):
            table.append(row)
        letters += sum(map(len, row))
        _bound(number, len(row), letters)
    width = len(table[0]) if table else 0
    return [row + [""] * (width - len(row)) for row in table]


def _bound(rows: int, columns: int, letters: int) -> None:
    if rows > MOST_ROWS:
        raise FeedRefused(f"The file holds more than {MOST_ROWS:,} rows.")
    if columns > MOST_COLUMNS:
        raise FeedRefused(f"The file holds more than {MOST_COLUMNS} columns.")
    if letters > _MOST_LETTERS:
        raise FeedRefused(f"The file holds more than {_MOST_LETTERS // 1_000_000} million letters.")


def _short(lines: Iterable[str], delimiter: str) -> Iterator[str]:
    """Yield lines as long as none has so many cells that reading it alone would take the memory."""
    for line in lines:
        if line.count(delimiter) > _LONGEST_LINE:
            raise FeedRefused(f"The file holds more than {MOST_COLUMNS} columns.")
        yield line


def by_heading(table: list[list[str]]) -> list[dict[str, str]]:
    """Return rows keyed by the first row, a short one filled up.

    Raise FeedRefused if a row has more cells than headings: it cannot be trusted.
    """
    if not table:
        raise FeedRefused("The file holds no headings.")
    headings = [heading.strip() for heading in table[0]]
    doubled = next((heading for heading in headings if heading and headings.count(heading) > 1), None)
    if doubled:
        raise FeedRefused(f"The heading {doubled!r} stands twice.")
    longest = max(len(row) for row in table)
    if longest > len(headings):
        raise FeedRefused("A row holds more cells than there are headings: a comma is not quoted.")
    return [dict(zip_longest(headings, row, fillvalue="")) for row in table[1:]]


def _western(content: bytes) -> str:
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        raise FeedRefused("The encoding is not known: say `encoding:` in a mapping file, or save as UTF-8.") from None
    foreign = sum(sign > "\x7f" for sign in text)
    # A few accents are French; mostly accents is Russian or Japanese in the wrong encoding.
    if foreign * 4 > sum(sign.isalpha() for sign in text):
        raise FeedRefused("The encoding is not known: say `encoding:` in a mapping file, or save as UTF-8.")
    return text
