"""Counts what was asked for and not found: month, country, region, need and language, and nothing else.

A count of one could be recognised by somebody who knows the person. So a report holds whole months that are over, and
nothing from which a cell under ten could be worked out (docs/requirements.md, P21).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.months import KEPT, month, months_kept
from bot.reporting.cell_suppression import LEAST, shown_parts
from bot.storage.store import Store

LEVELS = ("country", "need", "locale", "region")  # the order in which a count is divided further
_SHAPES = {
    "country": re.compile(r"[A-Z]{2}"),
    "region": re.compile(r"[A-Z0-9]{0,6}"),  # code of GeoNames, or none
    "need": re.compile(r"[a-z_]{2,40}"),
    "locale": re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?"),
}

UnmetCells = Mapping[tuple[str, ...], int]


@dataclass(frozen=True)
class UnmetRow:
    """One count that may be shown: as many of the levels as it is divided by."""

    month: str  # 2026-11
    divided: tuple[str, ...]  # the values of the first levels
    count: int

    def plain(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"month": self.month, **dict(zip(LEVELS, self.divided, strict=False)), "count": self.count}


def packed(unmet: Iterable[Mapping[str, str]], now: float) -> dict[str, Any]:
    """Return what was not found as scripts read it. What does not have the form of a code is left out."""
    return {"month": month(now), "seconds": KEPT, "cells": [cell for each in unmet if (cell := _cell(each))]}


async def count(store: Store, unmet: Iterable[Mapping[str, str]], now: float) -> None:
    """Count what was not found outside a turn."""
    await store.run("count_unmet", unmet=packed(unmet, now))


async def report(store: Store, now: float | None = None) -> list[UnmetRow]:
    """Return what may be shown of the months that are over, latest first."""
    over = [name for name in months_kept(now) if name < month(now)]
    return [row for name in over for row in visible(name, await _cells(store, name))]


def visible(name: str, cells: UnmetCells) -> Iterator[UnmetRow]:
    """Yield the counts of a month that may be shown, divided as far as no part under ten can be worked out."""
    total = sum(cells.values())
    if total >= LEAST:
        yield UnmetRow(name, (), total)
        yield from _divided(name, (), cells)


def _divided(name: str, above: tuple[str, ...], cells: UnmetCells) -> Iterator[UnmetRow]:
    at = len(above)
    if at == len(LEVELS):
        return
    parts: Counter[str] = Counter()
    for cell, number in cells.items():
        parts[cell[at]] += number
    # In the order of their names: which others are hidden beside a small part must not depend on how large they are.
    for part, number in shown_parts(dict(sorted(parts.items()))).items():
        yield UnmetRow(name, (*above, part), number)
        inside = {cell: number for cell, number in cells.items() if cell[at] == part}
        yield from _divided(name, (*above, part), inside)


def _cell(unmet: Mapping[str, str]) -> str | None:
    values = [unmet.get(level) or "" for level in LEVELS]
    fits = all(_SHAPES[level].fullmatch(value) for level, value in zip(LEVELS, values, strict=True))
    return "|".join(values) if fits else None


async def _cells(store: Store, name: str) -> UnmetCells:
    flat = await store.call("HGETALL", f"unmet:{name}")
    pairs = flat.items() if isinstance(flat, dict) else zip(flat[::2], flat[1::2], strict=True)
    return {tuple(field.decode().split("|")): int(number) for field, number in pairs}
