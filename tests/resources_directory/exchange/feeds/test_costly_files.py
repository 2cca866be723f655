"""Files that cost whoever imports them their memory or their evening: refused, or read at the price of what they hold."""

import io
import os
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from commands.directory.exchange import Choices, import_file
from resources_directory.exchange.feeds import csv_feed, spreadsheet
from resources_directory.exchange.feeds.mapping import Mapping
from resources_directory.exchange.feeds.refusal import FeedRefused
from tests.resources_directory.exchange.feed_files import TODAY, read

SHEET = Mapping(columns={"service": ("Who",), "phones": ("Call",)})
AFFORDABLE = 60_000_000  # bytes
ROW = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>Casa {0}</t></is></c>{1}</row>'
FAR = '<c r="XFD{}" t="inlineStr"><is><t>x</t></is></c>'


def sheet(rows: str, dimension: str = "") -> bytes:
    """An XLSX file with this sheet, as somebody made it by hand."""
    content = io.BytesIO()
    book = Workbook()
    book.save(content)
    made = io.BytesIO()
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    size = f'<dimension ref="{dimension}"/>' if dimension else ""
    heading = '<row r="1"><c r="A1" t="inlineStr"><is><t>Who</t></is></c><c r="B1" t="inlineStr"><is><t>Call</t></is></c></row>'
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            plain = f"{head}{size}<sheetData>{heading}{rows}</sheetData></worksheet>".encode()
            new.writestr(name, plain if name.endswith("sheet1.xml") else old.read(name))
    return made.getvalue()


def cost(act: Callable[[], object]) -> tuple[bool, str]:
    """Whether something took little memory, and the sentence with which it was refused."""
    refused = ""
    tracemalloc.start()
    try:
        act()
    except FeedRefused as error:
        refused = str(error)
    finally:
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return most < AFFORDABLE, refused


def test_a_few_kilobytes_with_cells_far_to_the_right_cost_no_memory() -> None:
    rows = "".join(ROW.format(number, FAR.format(number)) for number in range(2, 400))
    hidden = sheet(rows)
    assert len(hidden) < 20_000
    assert cost(lambda: spreadsheet.read_xlsx(hidden, SHEET)) == (True, "")


def test_one_cell_at_the_end_of_the_sheet_costs_neither_memory_nor_time() -> None:
    far = ROW.format(1_048_576, FAR.format(1_048_576))
    with pytest.raises(FeedRefused, match="goes beyond row 200,001 or column 256"):
        read(sheet(far, "A1:XFD1048576"), SHEET)


def test_nor_where_the_sheet_lies_about_its_size() -> None:
    far = sheet(ROW.format(2, "") + ROW.format(1_048_576, FAR.format(1_048_576)), "A1:B2")
    assert cost(lambda: spreadsheet.read_xlsx(far, SHEET)) == (True, "The file holds more than 200,000 rows.")


def test_a_sheet_that_is_formatted_to_the_right_of_its_headings_is_read() -> None:
    rows = ROW.format(2, '<c r="ZZ2" s="0"/>')
    assert [row["name"] for row in spreadsheet.read_xlsx(sheet(rows), SHEET)] == ["Casa 2"]


def test_a_line_of_nothing_but_commas_is_refused_before_it_is_taken_apart() -> None:
    commas = "Who,Call\n" + "," * 5_000_000
    assert cost(lambda: csv_feed.rows_of(commas.encode())) == (
        True,
        "A line of the file is longer than 1,000,000 letters.",
    )


def test_a_file_of_nothing_but_ends_of_lines_costs_no_list_of_them() -> None:
    empty = "Who,Call\n" + "\n" * 3_000_000
    assert cost(lambda: csv_feed.rows_of(empty.encode())) == (True, "The file holds more than 200,000 rows.")


@pytest.mark.parametrize("text", ["a,b,\n1,2,x\n", "a,b,\n1\n"])
def test_what_stands_under_no_heading_and_rows_that_end_early_are_read_as_before(text: str) -> None:
    (row,) = csv_feed.rows_of(text.encode())
    assert (row["a"], row["b"]) in (("1", "2"), ("1", ""))


# What is no file


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A pipe into which nobody writes."""
    os.mkfifo(tmp_path / "feed")
    return tmp_path / "feed"


@pytest.mark.parametrize("path", [Path("/dev/zero"), Path("/dev"), Path("/nowhere/feed")])
def test_what_is_no_file_is_refused_and_not_read_forever(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert import_file(path, Choices(), tmp_path, TODAY) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_pipe_is_not_waited_for_as_a_feed_or_as_a_mapping(
    pipe: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert import_file(pipe, Choices(), tmp_path, TODAY) == 1
    assert import_file(tmp_path / "none", Choices(mapping=pipe), tmp_path, TODAY) == 1
    assert capsys.readouterr().err.count("feed is no file: save the feed to one first.") == 2
