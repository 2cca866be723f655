"""The reader of the country files; a mistake is reported in one sentence with file, line, entry and field."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from resources_directory.model.hsds import WORLD, CountryEntries

ENTRIES = Path(__file__).parents[1] / "entries"


_WORLD_FILE = "_world.yml"  # first in the folder, and no country's code


class BadEntry(ValueError):
    """A file that cannot be relied on; the message names file, line, entry and field."""


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
        raise BadEntry("\n".join(_sentences(path, plain, error))) from None
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


def line_of(path: Path, field: str, value: str) -> int | None:
    """Return the line, from 1, where an entry of a file has this value; None if it cannot be told."""
    said = re.compile(rf"[\s{{-]{field}: ['\"]?{re.escape(value)}['\"]?\s*(?:[,}}]|$)")
    lines = path.read_text("utf-8").splitlines() if path.is_file() else ()
    return next((number for number, line in enumerate(lines, 1) if said.search(line)), None)


def _line_at(raw: bytes, path: Sequence[str | int]) -> int | None:
    """Return the line, from 1, of what stands at a path into a file, or of the nearest that holds it."""
    node = yaml.compose(raw, PlainLoader)
    for step in path:
        inside = _node_inside(node, step)
        if inside is None:
            break
        node = inside
    return node.start_mark.line + 1 if node is not None else None


def _node_inside(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    return None


def _sentences(path: Path, plain: Any, error: ValidationError) -> Iterator[str]:
    raw = path.read_bytes()
    problems = error.errors(include_url=False)
    for problem in problems:
        place = problem["loc"]
        # A list with a broken entry also counts as empty; naming the entry is enough.
        if any(other["loc"][: len(place)] == place and len(other["loc"]) > len(place) for other in problems):
            continue
        # Either one field of an entry is wrong, or a whole entry of a list.
        field = f"{place[-1]}: " if place and isinstance(place[-1], str) else ""
        entry = _named(plain, place[:-1] if field else place)
        line = _line_at(raw, [step for step in place if isinstance(step, str | int)])
        where = f", line {line}" if line else ""
        yield f"{path.name}{where}, {entry}: {field}{problem['msg']}."


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
