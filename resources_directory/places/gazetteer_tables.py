"""The gazetteer's tables in the directory's SQLite file: the atlas, laid out for fast look-up."""

import gzip
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

import regex

from resources_directory.places.by_sound.sound_table import fill_sounds
from resources_directory.places.country_names import names_in_all_languages, said_names, spoken_names
from resources_directory.places.name_filter import NameFilter
from resources_directory.places.place_words import PlaceWords
from resources_directory.places.spelling import unspaced
from resources_directory.places.typos import LONGEST, SHORTEST, slip_keys

ATLAS = Path(__file__).parents[1] / "atlas"  # made by `python -m commands.data_build.atlas`
# People. A typo in the name of a smaller town is too often the correct name of another; the names of a metropolis are also
# typed in other languages.
_SLIPS_FROM, _ALL_SLIPS_FROM = 30_000, 500_000
# Written either way: "St. Louis" is "Saint Louis".
_SHORT_WORDS = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
_SHORT_WORDS |= {short: long for long, short in _SHORT_WORDS.items()}

# "محافظة البقاع" is said without its first word. Where the rest is a word of its own ("the east", "the island"), it is not.
_DIVISIONS = ("محافظه", "منطقه", "ولايه", "اماره", "استان", "مقاطعه", "اقليم")
_WORDS_TOO = frozenset(
    {
        "الجنوب",
        "الشمال",
        "العاصمه",
        "الظاهره",
        "وسط",
        "واسط",
        "البحيره",
        "مركزي",
        "شمالي",
        "الوسطي",
        "الداخليه",
        "الغربيه",
        "الشرقيه",
        "الوادي",
        "الواحات",
        "الكاف",
        "المرج",
        "البيض",
        "البيضاء",
        "الجزيره",
        "الجزاير",
        "معسكر",
        "سيلا",
        "ميله",
        "كارا",
        "تجره",
        "دوم",
        "قبلي",
        "معان",
        "غات",
        "المرقب",
        "النعامه",
        "سلامات",
        "سعيده",
        "فارس",
        "الجوف",
        "البطحه",
        "بابل",
    }
)
_LEAST_LETTERS = 4
_HAN = regex.compile(r"\p{Han}")
_STATE = "州"  # Chinese: states of the USA go by their first sign and this one, where only one begins so

_SCHEMA = """
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL, region TEXT NOT NULL,
    latitude REAL NOT NULL, longitude REAL NOT NULL, population INTEGER NOT NULL, timezone TEXT NOT NULL);
CREATE TABLE place_name (name TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (name, place)) WITHOUT ROWID;
CREATE TABLE place_slip (key INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (key, name)) WITHOUT ROWID;
CREATE TABLE region (country TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, short TEXT NOT NULL,
    population INTEGER NOT NULL, PRIMARY KEY (country, code)) WITHOUT ROWID;
CREATE TABLE region_name (name TEXT NOT NULL, country TEXT NOT NULL, code TEXT NOT NULL,
    PRIMARY KEY (name, country, code)) WITHOUT ROWID;
CREATE TABLE country_name (name TEXT NOT NULL, country TEXT NOT NULL, PRIMARY KEY (name, country)) WITHOUT ROWID;
CREATE TABLE said_country (name TEXT NOT NULL, country TEXT NOT NULL, language TEXT NOT NULL,
    PRIMARY KEY (name, country, language)) WITHOUT ROWID;
CREATE TABLE name_filter (bits BLOB NOT NULL);
CREATE TABLE postcode (country TEXT NOT NULL, code TEXT NOT NULL, place INTEGER NOT NULL,
    latitude REAL NOT NULL, longitude REAL NOT NULL, PRIMARY KEY (country, code)) WITHOUT ROWID;
CREATE VIRTUAL TABLE place_position USING rtree (id, south, north, west, east);
"""


def fill(connection: sqlite3.Connection) -> None:
    """Create and fill the gazetteer's tables; the caller commits."""
    for statement in _SCHEMA.split(";\n"):
        connection.execute(statement)
    slips: set[tuple[int, str]] = set()
    people: dict[tuple[str, str], int] = defaultdict(int)
    names: list[tuple[str, int]] = []
    sounding = []
    for id_, name, country, region, latitude, longitude, population, timezone, written in (
        *rows("cities"),
        *rows("towns"),
    ):
        row = (int(id_), name, country, region, float(latitude), float(longitude), int(population), timezone)
        connection.execute("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        spellings = _spellings(written)
        names += ((spelling, int(id_)) for spelling in spellings)
        sounding.append((int(id_), name, country, int(population), spellings))
        for spelling in _slipping(spellings, int(population)):
            slips.update((key, spelling) for key in slip_keys(spelling))
    # Sorted, so that the tables are written from front to back.
    connection.executemany("INSERT INTO place_name VALUES (?, ?)", sorted(set(names)))
    connection.executemany("INSERT INTO place_slip VALUES (?, ?)", sorted(slips))
    fill_sounds(connection, sounding)
    # A phone's location is rounded to a city: a town is finer than we want to know.
    cities = sorted((int(row[0]), float(row[4]), float(row[4]), float(row[5]), float(row[5])) for row in rows("cities"))
    connection.executemany("INSERT INTO place_position VALUES (?, ?, ?, ?, ?)", cities)
    for _, _, country, region, _, _, population, _, _ in rows("cities"):
        people[country, region] += int(population)
    _fill_regions(connection, people, {name for name, _ in names})
    connection.executemany("INSERT INTO said_country VALUES (?, ?, ?)", sorted(said_names()))
    _fill_filter(connection)
    connection.executemany("INSERT INTO postcode VALUES (?, ?, ?, ?, ?)", rows("postcodes"))


def _fill_regions(connection: sqlite3.Connection, people: dict[tuple[str, str], int], towns: Collection[str]) -> None:
    regions = list(rows("regions"))
    # A division without a town is no answer to "where are you".
    known = [row for row in regions if people.get((row[0], row[1]))]
    connection.executemany(
        "INSERT INTO region VALUES (?, ?, ?, ?, ?)",
        ((country, code, name, short, people[country, code]) for country, code, name, short, _ in known),
    )
    named = {(name, country, code) for country, code, _, _, written in known for name in _region_names(written)}
    named |= {state for state in _short_states(named) if state[0] not in towns}
    connection.executemany("INSERT INTO region_name VALUES (?, ?, ?)", sorted(named))
    divisions = {(name, country) for name, country, _ in named}
    # "Scotland" says more than that it is in the United Kingdom: it is a region.
    spoken = spoken_names().items() - divisions
    names = names_in_all_languages()
    codes = {(code.lower(), code) for _, code in names}
    connection.executemany("INSERT INTO country_name VALUES (?, ?)", sorted(names | codes | spoken))


def _fill_filter(connection: sqlite3.Connection) -> None:
    """Keep which names there are at all, so that most words of a message are never looked up."""
    found = connection.execute(
        "SELECT name FROM place_name UNION SELECT name FROM region_name UNION SELECT name FROM said_country"
    )
    names = NameFilter.of([*(name for (name,) in found), *PlaceWords.load().called])
    connection.execute("INSERT INTO name_filter VALUES (?)", (names.bits,))


def _slipping(spellings: list[str], population: int) -> list[str]:
    """Return the spellings that are also found with a typo in them."""
    if population < _SLIPS_FROM:
        return []
    some = spellings if population >= _ALL_SLIPS_FROM else spellings[:1]
    return [spelling for spelling in some if SHORTEST <= len(spelling) <= LONGEST and not unspaced(spelling)]


def _spellings(written: str) -> list[str]:
    found = written.split("|")
    for name in list(found):
        first, _, rest = name.partition(" ")
        if rest and first in _SHORT_WORDS:
            found.append(f"{_SHORT_WORDS[first]} {rest}")
    return found


def _region_names(written: str) -> list[str]:
    found = _spellings(written)
    for name in list(found):
        first, _, rest = name.partition(" ")
        if first in _DIVISIONS and rest not in _WORDS_TOO and len(rest) >= _LEAST_LETTERS:
            found.append(rest)
    return found


def _short_states(named: set[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    """Return short Chinese names of states of the USA: 宾州 for 宾夕法尼亚州."""
    begins: dict[str, set[str]] = defaultdict(set)
    for name, country, code in named:
        if country == "US" and name.endswith(_STATE) and _HAN.match(name):
            begins[name[0]].add(code)
    return {(first + _STATE, "US", min(codes)) for first, codes in begins.items() if len(codes) == 1}


def rows(table: str) -> Iterator[list[str]]:
    """Yield the lines of a table of the atlas."""
    with gzip.open(ATLAS / f"{table}.tsv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")
