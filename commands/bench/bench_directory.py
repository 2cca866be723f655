"""`quietline bench --directory`: how long a search among a million services takes, compared with a plain scan.

The services are generated with a seeded random generator, spread over real places in proportion to population (GeoNames).
"""

import gzip
import os
import platform
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from bisect import bisect
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markdown import Markdown

from commands.runtime.composition import ROOT
from resources_directory.model.hsds import CountryEntries
from resources_directory.model.place import Place
from resources_directory.model.search_query import SearchQuery
from resources_directory.places.gazetteer_tables import ATLAS
from resources_directory.places.nearness import kilometres
from resources_directory.search.directory_build import compile_entries
from resources_directory.search.finder import Finder

SEARCHES, SCANS = 3_000, 20
_TODAY = date(2026, 11, 25)
_NOW = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
_KINDS = ("shelter", "legal_aid", "medical", "counselling", "labour", "migrant", "drop_in", "case_management")
_LANGUAGES = ("en", "es", "fr", "pt", "ro", "uk", "ru", "ar", "fa", "hi", "ur", "bn", "zh", "vi", "th", "tl", "mul")
_HOURS = ("Mo-Fr 09:00-17:00", "Mo-Fr 08:00-20:00", "Mo-Su 10:00-22:00", "Tu,Th 13:00-18:00", "Mo-Sa 09:00-13:00")
_WISHES: tuple[tuple[Any, ...], ...] = (
    ("shelter", "case_management"),
    ("legal_aid",),
    ("medical", "counselling"),
    ("drop_in", "migrant"),
)
_WORDS = ("Casa", "House", "Haus", "Maison", "Dom", "Bahay", "Legal", "Aid", "Centre", "Care", "Open", "Door", "North")


class RandomPlaces:
    """The places of the world, drawn at random in proportion to their population."""

    def __init__(self) -> None:
        with gzip.open(ATLAS / "cities.tsv.gz", "rt", encoding="utf-8") as lines:
            rows = [line.rstrip("\n").split("\t") for line in lines]
        self.places = [Place(int(r[0]), r[1], r[2], r[3], "", float(r[4]), float(r[5]), int(r[6]), r[7]) for r in rows]
        self._sums = list(accumulate(place.population for place in self.places))

    def draw(self, dice: random.Random) -> Place:
        """Return a random place, weighted by population."""
        return self.places[bisect(self._sums, dice.randrange(self._sums[-1]))]


def made_up(world: RandomPlaces, size: int) -> Iterator[CountryEntries]:
    """Yield generated services, each in its own country file, so that a million need little memory."""
    dice = random.Random(7)  # noqa: S311 - a benchmark, not a secret
    for number in range(size):
        place = world.draw(dice)
        service = _service(number, place, dice)
        organization = {"name": f"{service['name']} {number}", "operated_by": "ngo", "services": [service]}
        yield CountryEntries.model_validate({"country": place.country, "organizations": [organization]})


def bench(size: int, write: bool) -> None:
    """Measure and print the report; with `write`, also write docs/directory_speed.md."""
    with tempfile.TemporaryDirectory(prefix="quietline-bench-") as folder:
        path = Path(folder) / "directory.sqlite"
        seconds, memory = _built_apart(path, size)
        report = _report(size, seconds, memory, path)
    Console().print(Markdown(report))
    if write:
        (ROOT / "docs" / "directory_speed.md").write_text(report, "utf-8")


def _service(number: int, place: Place, dice: random.Random) -> dict[str, Any]:
    kinds = dice.sample(_KINDS, dice.choice((1, 1, 2, 3)))
    words = " ".join(dice.sample(_WORDS, 2))
    genders = dice.choice((("female",), (), (), ()))
    return {
        "id": f"{place.country.lower()}-{number}",
        "name": f"{words} {place.name}"[:70],
        "kinds": kinds,
        "description": " ".join(dice.choices(_WORDS, k=8)),
        "phones": [{"number": f"0800 {number:07}"}],
        "schedules": [{"always": True} if dice.random() < 0.2 else {"opening_hours": dice.choice(_HOURS)}],
        "languages": dice.sample(_LANGUAGES, 2),
        "locations": [
            {
                "location_type": "virtual",
                "city": place.name,
                "latitude": place.latitude,
                "longitude": place.longitude,
                "confidential": True,
            }
        ],
        "service_area": {"extent_type": "city", "name": place.name},
        "eligibility": {"genders": genders, "minimum_age": dice.choice((None, None, 18))},
        "status": "active",
        "verified": True,
        "checked_on": str(_TODAY - timedelta(days=dice.randrange(0, 75))),
        "checked_by": "first",
        "confirmed_by": "second",
    }


def _built_apart(path: Path, size: int) -> tuple[float, float]:
    """Build in a separate process, to measure its memory alone; return seconds and peak MB."""
    command = [sys.executable, "-m", "commands.bench.bench_directory", str(path), str(size)]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout  # noqa: S603
    seconds, memory = told.split()
    return float(seconds), float(memory)


def _report(size: int, seconds: float, memory: float, path: Path) -> str:
    world, finder = RandomPlaces(), Finder(path)
    queries = _queries(world)
    _times(finder, queries[:200])  # warm-up: the first searches bring the file into the page cache
    searched = _times(finder, queries)
    scanned = _scan_times(path, queries[:SCANS])
    cuts = statistics.quantiles(searched, n=100, method="inclusive")
    scan = statistics.median(scanned)
    found = f"{cuts[49]:.2f} ms | {cuts[94]:.2f} ms | {cuts[98]:.2f} ms | {max(searched):.1f} ms"
    return f"""# How fast the directory is

Made by `quietline bench --directory --write`. {size:,} made-up services where people live, on one core of a shared machine
({platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}):
compare within this page, not with other days.

| | median | p95 | p99 | worst |
|---|--:|--:|--:|--:|
| `find`, {len(queries):,} queries at places drawn by people | {found} |
| a plain scan of one table, {len(scanned)} of them | {scan:.0f} ms | | | {max(scanned):.0f} ms |

- A scan takes {scan / cuts[49]:.0f} times as long (medians).
- Building: {seconds:.0f} s, {memory:.0f} MB of memory at the most, {path.stat().st_size / 1e6:.0f} MB on the disk.
"""


def _queries(world: RandomPlaces) -> list[SearchQuery]:
    dice = random.Random(11)  # noqa: S311
    made = []
    for _ in range(SEARCHES):
        place = world.draw(dice)
        made.append(
            SearchQuery(
                kinds=dice.choice(_WISHES),
                country=place.country,
                place=place,
                locale=dice.choice(_LANGUAGES[:-1]),
                gender=dice.choice((None, "male", "female")),
                ages=dice.choice((None, None, (0, 17), (18, 120))),
                open_now=dice.random() < 0.2,
            )
        )
    return made


def _times(finder: Finder, queries: list[SearchQuery]) -> list[float]:
    times = []
    for query in queries:
        began = time.perf_counter()
        finder.find(query, _NOW)
        times.append((time.perf_counter() - began) * 1000)
    return times


def _scan_times(path: Path, queries: list[SearchQuery]) -> list[float]:
    """Time the naive approach: scan every row and sort by distance."""
    times = []
    with closing(sqlite3.connect(path)) as connection:
        connection.create_function("km", 4, lambda a, b, c, d: kilometres((a, b), (c, d)), deterministic=True)
        connection.execute("CREATE TEMP TABLE plain AS SELECT * FROM offer JOIN spot ON spot.number = offer.spot")
        for query in queries:
            began = time.perf_counter()
            _scan(connection, query)
            times.append((time.perf_counter() - began) * 1000)
    return times


def _scan(connection: sqlite3.Connection, query: SearchQuery) -> None:
    if query.place is None:
        return
    here = (query.place.latitude, query.place.longitude)
    connection.execute(
        "SELECT service, km(latitude, longitude, ?, ?) AS far FROM plain WHERE country = ? AND kind = 7"
        " AND served_until >= ? ORDER BY far LIMIT 3",
        (*here, query.country, _TODAY.toordinal()),
    ).fetchall()


def _build(path: Path, size: int) -> None:
    began = time.monotonic()
    compile_entries(made_up(RandomPlaces(), size), path)
    sys.stdout.write(f"{time.monotonic() - began} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}\n")


if __name__ == "__main__":
    _build(Path(sys.argv[1]), int(sys.argv[2]))
