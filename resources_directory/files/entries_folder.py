"""The reader of the country files; a mistake is reported in one sentence with file, entry and field."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from resources_directory.model.hsds import WORLD, CountryEntries

ENTRIES = Path(__file__).parents[1] / "entries"


_WORLD_FILE = "_world.yml"  # first in the folder, and no country's code


class BadEntry(ValueError):
    """A file that cannot be relied on; the message names file, entry and field."""


class PlainLoader(yaml.CSafeLoader):
    """A YAML loader without guesses: 016 stays 016 and not 14, NO is Norway and not false, a date is a string."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":bool", ":null"))]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    if first in ("t", "f", "n", "~", "")
}


def file_of(country: str) -> str:
    """Return the name of a country's file, for its code in capital or small letters."""
    return _WORLD_FILE if country.upper() == WORLD else f"{country.lower()}.yml"


def read_folder(folder: Path) -> Iterator[CountryEntries]:
    """Yield every country file; raise BadEntry at the first mistake."""
    paths = sorted(folder.glob("*.yml"))
    if not paths:
        raise BadEntry(f"{folder.name}: no country file is here.")
    for path in paths:
        yield read_file(path)


def read_file(path: Path) -> CountryEntries:
    """Read one country file; raise BadEntry."""
    plain = read_yaml(path)
    try:
        entries = CountryEntries.model_validate(plain)
    except ValidationError as error:
        raise BadEntry("\n".join(_sentences(path.name, plain, error))) from None
    if file_of(entries.country) != path.name:
        raise BadEntry(f"{path.name}: country is {entries.country}, so the file should be {file_of(entries.country)}.")
    return entries


def read_yaml(path: Path) -> Any:
    """Read one of our YAML files; raise BadEntry with the line of a syntax error."""
    try:
        return yaml.load(path.read_bytes(), PlainLoader)  # noqa: S506 - a safe loader with fewer guesses
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise BadEntry(f"{path.name}{where}: not readable as YAML ({getattr(error, 'problem', 'error')}).") from None


def _sentences(file: str, plain: Any, error: ValidationError) -> Iterator[str]:
    problems = error.errors(include_url=False)
    for problem in problems:
        place = problem["loc"]
        # A list with a broken entry also counts as empty; naming the entry is enough.
        if any(other["loc"][: len(place)] == place and len(other["loc"]) > len(place) for other in problems):
            continue
        # Either one field of an entry is wrong, or a whole entry of a list.
        field = f"{place[-1]}: " if place and isinstance(place[-1], str) else ""
        entry = _named(plain, place[:-1] if field else place)
        yield f"{file}, {entry}: {field}{problem['msg']}."


def _named(plain: Any, path: Sequence[str | int]) -> str:
    """Return a path into the file in words, naming each entry on it as a steward would."""
    words: list[str] = []
    for step in path:
        plain = _inside(plain, step)
        if isinstance(step, int):
            names = plain if isinstance(plain, dict) else {}
            name = names.get("id") or names.get("name") or names.get("number")
            words.append(f"{step + 1} ({name})" if name else str(step + 1))
        else:
            words.append(step)
    return " ".join(words) or "the file"


def _inside(plain: Any, step: str | int) -> Any:
    try:
        return plain[step]
    except (KeyError, IndexError, TypeError):
        return None
