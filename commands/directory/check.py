"""`quietline directory check`: validates every entry, for stewards and for CI."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from resources_directory.files.checks import mistakes as found_mistakes
from resources_directory.files.entries_folder import ENTRIES, BadEntry, read_file
from resources_directory.model.directory import Directory
from resources_directory.model.discontinued import Discontinued
from resources_directory.model.hsds import CountryEntries
from resources_directory.search.directory_build import compile_entries

Say = Callable[[str], None]


def check(folder: Path = ENTRIES, say: Say = print, today: date | None = None, places: Path | None = None) -> int:
    """Read every file and report each mistake in a sentence. Return 0 if all entries can be served.

    `places`: a folder that caches the gazetteer between runs; building it takes seconds.
    """
    discontinued = Discontinued.load()
    files, mistakes = sorted(folder.glob("*.yml")), []
    countries: list[CountryEntries] = []
    for path in files:
        try:
            countries.append(read_file(path))
        except BadEntry as error:
            mistakes += str(error).splitlines()
    mistakes += [mistake for entries in countries for mistake in discontinued.found_in(entries)]
    mistakes += found_mistakes(countries, today or datetime.now(UTC).date(), folder)
    if not files:
        mistakes.append(f"{folder.name}: no country file is here.")
    for mistake in mistakes:
        say(mistake)
    if mistakes:
        return 1
    for remark in (*_remarks(Directory.of(countries)), *_left_out(countries, places)):
        say(remark)
    say(f"{len(countries)} countries are in order.")
    return 0


def _remarks(directory: Directory) -> Iterator[str]:
    """Yield remarks on countries where a person would find too little: the files are valid, but the data has gaps."""
    for country in directory.countries:
        if directory.emergency(country) is None:
            yield f"{country.lower()}.yml: no emergency number is sure enough to be shown."
        if not any("trafficking" in line.kinds for line in directory.national.get(country, ())):
            yield f"{country.lower()}.yml: no line on trafficking is sure enough to be shown."


def _left_out(countries: Sequence[CountryEntries], places: Path | None) -> list[str]:
    """Return remarks on valid entries that would still be left out of the compiled directory, as the build reports them."""
    with TemporaryDirectory(prefix="quietline-check-") as made:
        return compile_entries(countries, Path(made) / "directory.sqlite", places=places).left_out
