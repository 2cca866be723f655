"""`quietline directory coverage`: prints where the directory helps, gaps first, and the unmet needs."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.reporting.cell_suppression import LEAST
from bot.reporting.unmet_needs import UnmetRow
from bot.settings import Settings
from bot.storage.store import StoreAway
from commands.directory import hotline_state
from commands.directory.steward import StewardSession
from resources_directory.files.entries_folder import BadEntry, read_folder
from resources_directory.stewards.coverage import Coverage, CoverageCell, coverage
from resources_directory.stewards.coverage_page import coverage_page

_PAGE = Path(__file__).parents[2] / "docs" / "coverage.md"


def show(desk: StewardSession, as_json: bool = False) -> int:
    """Print what is served today. Return 1, after a sentence, if an entry cannot be read."""
    held_back, rows = _asked(desk.settings)
    try:
        found = coverage(desk.today, desk.folder, held_back)
    except BadEntry as error:
        print(error, file=sys.stderr)
        return 1
    if as_json:
        print(json.dumps(_plain(found, rows), ensure_ascii=False))
    else:
        _print(found, rows or [])
    return 0


def write_page(desk: StewardSession, as_json: bool = False) -> int:
    """Write docs/coverage.md, which has no other form. Return 1, after a sentence, if an entry cannot be read."""
    if as_json:
        print("--write writes a page, and --json prints: one of the two is enough.", file=sys.stderr)
        return 1
    try:
        countries = list(read_folder(desk.folder))
    except BadEntry as error:
        print(error, file=sys.stderr)
        return 1
    _PAGE.write_text(coverage_page(countries, desk.today), "utf-8")
    print(f"{_PAGE.name} is written.")
    return 0


def _asked(settings: Settings) -> tuple[frozenset[str], list[UnmetRow] | None]:
    """Ask the hotline which services complaints hold back, and for the unmet needs."""
    try:
        return hotline_state.held_back(settings), hotline_state.not_found(settings)
    except StoreAway:
        print(
            "Complaints and what was not found could not be read: is the hotline running, or REDIS_URL right?",
            file=sys.stderr,
        )
        return frozenset(), None


def _plain(found: Coverage, rows: Sequence[UnmetRow] | None) -> dict[str, Any]:
    return {
        "gaps": found.gaps,
        "without_line": found.without_line,
        "local": [cell.plain() for cell in found.local],
        "national": [cell.plain() for cell in found.national],
        "not_found": None if rows is None else [row.plain() for row in rows],
    }


def _print(found: Coverage, rows: Sequence[UnmetRow]) -> None:
    console = Console()
    gaps = Table("country", "no local service for", title="Gaps")
    for country, needs in found.gaps.items():
        gaps.add_row(country, ", ".join(needs))
    console.print(gaps)
    if found.without_line:
        console.print(f"No line on trafficking: {', '.join(found.without_line)}")
    console.print(_cells("Local services", found.local))
    console.print(_cells("National lines", found.national))
    asked = Table("month", "place, need, language", "times", title=f"Not found (from {LEAST} times a month on)")
    for row in rows:
        asked.add_row(row.month, " ".join(row.divided), str(row.count))
    console.print(asked)


def _cells(title: str, cells: Sequence[CoverageCell]) -> Table:
    table = Table("country", "region", "need", "services", "languages", title=title)
    for cell in cells:
        languages = ", ".join(f"{code} {number}" for code, number in sorted(cell.languages.items()))
        table.add_row(cell.country, cell.region, cell.need, str(cell.services), languages)
    return table
