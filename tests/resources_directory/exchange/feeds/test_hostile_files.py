"""Files made to take the machine down: each is refused with one sentence, within seconds, in little memory, and changes nothing.

A process of its own reads each, since only the memory of a whole process tells what its libraries took.
"""

import io
import os
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.hotline import ROOT

MOST_MEMORY, MOST_SECONDS = 300, 30  # megabytes; processor time, though a quiet machine takes two seconds
STOPPED = 3 * 2**30  # bytes: a fault ends the child, not the machine
READ = """
import resource, sys
from datetime import date
from pathlib import Path
from commands.directory.exchange import Choices, import_file

file, mapping, folder = map(Path, sys.argv[1:])
choices = Choices(mapping=mapping, country="US", apply=True)
code = import_file(file, choices, folder, date(2026, 11, 28))
# Not ru_maxrss, which begins with the memory of the process that started this one.
(most,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
print(code, int(most.split()[1]) // 1024, int(resource.getrusage(resource.RUSAGE_SELF).ru_utime))
"""
MAPPING = "columns: {service: a, phones: b}\ncountry: US\nconstants: {kinds: legal_aid, area: Texas}\n"
ENTRIES = """country: US
organizations:
  - name: Haus
    operated_by: ngo
    services: [{id: us-haus, name: Haus, kinds: [crisis], phones: [{number: '988'}], status: active, verified: true}]
"""
HEADINGS = ",".join(f"h{number}" for number in range(256)).encode() + b"\n"
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
STRINGS = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
CELL = b'<c r="%s" t="inlineStr"><is><t>%s</t></is></c>'
FIRST = b'<row r="1">' + CELL % (b"A1", b"a") + CELL % (b"B1", b"b") + b"</row>"


def zipped(name: str, *pieces: bytes) -> bytes:
    content = io.BytesIO()
    with (
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open(name, "w") as file,
    ):
        for piece in pieces:
            file.write(piece)
    return content.getvalue()


def book(*sheet: bytes, strings: tuple[bytes, ...] = ()) -> bytes:
    """An XLSX file with a sheet and shared texts as somebody made them by hand."""
    plain, made = io.BytesIO(), io.BytesIO()
    Workbook().save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        parts: dict[str, tuple[bytes, ...]] = {name: (old.read(name),) for name in old.namelist()}
        parts |= {"xl/worksheets/sheet1.xml": sheet} if sheet else {}
        parts |= {"xl/sharedStrings.xml": strings} if strings else {}
        for name, pieces in parts.items():
            with new.open(name, "w") as file:
                for piece in pieces:
                    file.write(piece)
    return made.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "a cell at the end of a sheet": lambda: book(
        SHEET, FIRST, b'<row r="1048576">' + CELL % (b"XFD1048576", b"x") + b"</row></sheetData></worksheet>"
    ),
    "a row of millions of cells": lambda: book(SHEET, FIRST, b'<row r="2">', *[b'<c r="A2"><v>1</v></c>' * 500_000] * 6),
    "a million rows": lambda: book(SHEET, FIRST, *[b'<row r="2"><c r="A2"><v>1</v></c></row>' * 100_000] * 10),
    "a sheet of nested tags": lambda: book(SHEET, *[b"<a>" * 1_000_000] * 20),
    "millions of shared texts": lambda: book(strings=(STRINGS, *[b"<si><t>x</t></si>" * 500_000] * 8)),
    "a text that unfolds": lambda: book(
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">', *(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8)),
        b"]>", SHEET, FIRST, b'<row r="2">' + CELL % (b"A2", b"&i;") + b"</row></sheetData></worksheet>",
    ),
    "a zip of one endless line": lambda: zipped("services.csv", *[b"0" * 1_000_000] * 99),
    "a zip of too much": lambda: zipped("services.csv", *[b"0" * 1_000_000] * 101),
    "a zip of millions of cells": lambda: zipped("services.csv", HEADINGS, *[(b"1," * 255 + b"1\n") * 1_000] * 150),
    "a zip of millions of rows": lambda: zipped("services.csv", b"id,name\n", *[b"1,a\n" * 1_000_000] * 20),
    "a million columns": lambda: b",".join([b"c"] * 1_000_000) + b"\n",
    "a row of millions of lines": lambda: b"a,b\n" + b'"\n",x,' * 6_000_000,
    "millions of cells": lambda: HEADINGS + (b"1," * 255 + b"1\n") * 95_000,
    "millions of rows": lambda: b"a,b\n" + b"Legal Aid,713-526-2100\n" * 2_000_000,
    "a quotation without an end": lambda: b'a,b\n"' + b"x" * 49_000_000,
    "JSON that is nested": lambda: b"[" * 49_000_000,
    "JSON that is nested by names": lambda: b'{"a":' * 9_000_000,
    "JSON nested as deep as may be counted": lambda: b"[" * 390_000,
    "JSON of empty objects": lambda: b"[" + b"{}," * 16_000_000 + b"{}]",
    "JSON of figures": lambda: b"[" + b"1," * 24_000_000 + b"1]",
    "JSON of letters with an emoji": lambda: b'{"a":"' + b"x" * 48_000_000 + "😀".encode() + b'"}',
    "JSON of services": lambda: b"[" + b",".join([b'{"name":"x","phones":[{"number":"1"}]}'] * 130_000) + b"]",
    "zeros": lambda: bytes(49_000_000),
    "half a sign of UTF-16": lambda: b"\xff\xfe" + b"\xd8\x00" * 20_000_000,
    "no encoding at all": lambda: os.urandom(1_000_000) * 49,
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "us.yml").write_text(ENTRIES)
    (tmp_path / "mapping.yml").write_text(MAPPING)
    return tmp_path


def imported(folder: Path, file: Path) -> tuple[tuple[int, ...], str]:
    """Import a file in a process of its own: its exit code, megabytes and seconds, and what it said."""
    words = [sys.executable, "-c", READ, str(file), str(folder / "mapping.yml"), str(folder / "entries")]
    child = subprocess.run(
        words, capture_output=True, text=True, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, timeout=100, check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (STOPPED, STOPPED)),
    )  # fmt: skip
    return tuple(map(int, child.stdout.split())), child.stderr


def refused(folder: Path, file: Path) -> str:
    (code, memory, seconds), told = imported(folder, file)

    assert code == 1
    assert memory < MOST_MEMORY, f"{memory} MB"
    assert seconds < MOST_SECONDS, f"{seconds} s"
    assert (folder / "entries" / "us.yml").read_text() == ENTRIES
    assert {path.name for path in (folder / "entries").iterdir()} <= {"us.yml", ".lock"}
    return told


@pytest.mark.long
@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_costs_little_and_changes_nothing(name: str, folder: Path) -> None:
    file = folder / "feed"
    file.write_bytes(FILES[name]())

    told = refused(folder, file)

    assert told.startswith("Refused, nothing was changed.")
    assert (told.count("\n"), len(told) < 300) == (1, True)


@pytest.mark.long
def test_what_never_ends_is_not_read(folder: Path) -> None:
    os.mkfifo(folder / "pipe")

    for endless in (Path("/dev/zero"), folder / "pipe"):
        assert "is no file: save the feed to one first." in refused(folder, endless)
