"""`quietline directory`: looks after the directory, for stewards and for the machines that build it."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

from rich.console import Console
from rich.table import Table

from resources_directory.checks import mistakes as found_mistakes
from resources_directory.directory import Directory, EmergencyNumbers
from resources_directory.discontinued import Discontinued
from resources_directory.entries_folder import ENTRIES, BadEntry, read_file
from resources_directory.line import Line
from resources_directory.places import country_name, country_of
from resources_directory.resource import CountryEntries, Kind

Say = Callable[[str], None]


def check(folder: Path = ENTRIES, say: Say = print) -> int:
    """Read every file; say what is wrong, each in a sentence. 0 when all can be served."""
    discontinued = Discontinued.load()
    files, mistakes = sorted(folder.glob("*.yml")), []
    countries: list[CountryEntries] = []
    for path in files:
        try:
            countries.append(read_file(path))
        except BadEntry as error:
            mistakes += str(error).splitlines()
    mistakes += [mistake for entries in countries for mistake in discontinued.found_in(entries)]
    mistakes += found_mistakes(countries)
    if not files:
        mistakes.append(f"{folder.name}: no country file is here.")
    for mistake in mistakes:
        say(mistake)
    if mistakes:
        return 1
    for remark in _remarks(Directory.load(folder)):
        say(remark)
    say(f"{len(countries)} countries are in order.")
    return 0


def search(need: str, place: str, locale: str = "en", as_json: bool = False) -> int:
    """Print what to dial and whom to call in a country; 1 with a sentence when need or place is unknown."""
    if need not in get_args(Kind):
        return _refuse(f"There is no need named {need!r}: {', '.join(get_args(Kind))}.")
    country = country_of(place)
    if country is None:
        return _refuse(f"No country is known by the name {place!r}; try its English name or its two-letter code.")
    directory = Directory.load()
    if country not in directory.countries:
        return _refuse(f"The directory holds nothing yet for {country_name(country, locale)}.")
    emergency, lines = directory.emergency(country), directory.lines(country, (need,))
    if as_json:
        print(json.dumps(_plain(country, emergency, lines), ensure_ascii=False))
    else:
        _print_table(country_name(country, locale), emergency, lines)
    return 0


def _remarks(directory: Directory) -> Iterator[str]:
    """Say where a person would find too little; the files are right, the world is incomplete."""
    for country in directory.countries:
        if directory.emergency(country) is None:
            yield f"{country.lower()}.yml: no emergency number is sure enough to be shown."
        if not any("trafficking" in line.kinds for line in directory.national.get(country, ())):
            yield f"{country.lower()}.yml: no line on trafficking is sure enough to be shown."


def _plain(country: str, emergency: EmergencyNumbers | None, lines: list[Line]) -> dict[str, Any]:
    return {
        "country": country,
        "emergency": asdict(emergency) if emergency else None,
        "lines": [{k: v for k, v in asdict(line).items() if k != "rank"} for line in lines],
    }


def _print_table(country: str, emergency: EmergencyNumbers | None, lines: list[Line]) -> None:
    table = Table("kind", "name", "number", "always open", "last seen", "warning", title=country)
    if emergency:
        table.add_row("emergency", "", emergency.any, "", "", "")
    for line in lines:
        facts = ("yes" if line.always_open else "?", line.last_seen or "?", line.warning or "")
        table.add_row(line.kind, line.name, line.number, *facts)
    Console().print(table)


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1
