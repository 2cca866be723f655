"""A feed that names a service like a formula runs nothing on the computer of whoever opens our export, and comes back as it was."""

import csv
import io
import zipfile

import pytest

from resources_directory.exchange.csv_cells import original, safe
from resources_directory.exchange.export import export_tables
from resources_directory.exchange.feeds.csv_feed import rows_of
from resources_directory.exchange.feeds.package import read_package

HARMFUL = [
    '=HYPERLINK("https://other.example","House")', "@SUM(1+1)*cmd|' /C calc'!A0", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0",
    "\t=1+1", "\r=1+1", "  =1+1", "＝1+1", "'=1+1", "+", "=",
]  # fmt: skip
HARMLESS = ["House", "+34 952 00 11 22", "+1 (713) 526-2100", "-3.7038", "'s-Hertogenbosch", "", "a=b", "(0)20 1234"]


def table(name: str, number: str) -> str:
    """The table of services in an export."""
    service = {"id": "a", "name": name, "description": number, "organization": {"id": "b", "name": name}}
    with zipfile.ZipFile(io.BytesIO(export_tables.package([service]))) as package:
        return package.read("services.csv").decode()


@pytest.mark.parametrize("text", HARMFUL)
def test_a_name_that_is_a_formula_is_written_as_text_and_read_back_as_it_was(text: str) -> None:
    written = table(text, "")
    (row,) = csv.DictReader(io.StringIO(written, newline=""))
    assert row["name"] == f"'{text}"
    assert [found["name"] for found in rows_of(written.encode())] == [text]


@pytest.mark.parametrize("text", HARMLESS)
def test_numbers_and_names_stay_as_they_are(text: str) -> None:
    assert (safe(text), original(text)) == (text, text)


def test_every_table_of_an_export_is_written_so() -> None:
    harm = HARMFUL[0]
    phone = {"id": "p", "number": harm, "description": harm}
    service = {"id": "a", "name": harm, "organization": {"id": "b", "name": harm}, "phones": [phone]}
    content = export_tables.package([service])
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        texts = [package.read(name).decode() for name in package.namelist() if name.endswith(".csv")]
    cells = [cell for text in texts for row in csv.reader(io.StringIO(text)) for cell in row]
    assert [cell for cell in cells if "HYPERLINK" in cell] == [f"'{harm}"] * 4
    tables = read_package(content)
    assert (tables["phone"][0]["number"], tables["organization"][0]["name"]) == (harm, harm)
