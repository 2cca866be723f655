"""What the names in a message may mean: all runs of words, and their base forms, looked up at once."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from resources_directory.model.place import Place, Region
from resources_directory.places.message_words import Word, joined
from resources_directory.places.place_names import PlaceNames
from resources_directory.places.role_words import RoleWords

_LONGEST_NAME, _LONGEST_LETTERS = 5, 16  # words, letters of a script without spaces
_SHORTEST_BASE = 3  # letters that are left without an ending
_MOST_LOOKED_UP = 400  # in one query
_PLACES = """SELECT n.name, p.id, p.name, p.country, p.region, COALESCE(r.name, ''), p.latitude, p.longitude, p.population,
    p.timezone FROM place_name n JOIN place p ON p.id = n.place
    LEFT JOIN region r ON r.country = p.country AND r.code = p.region WHERE n.name IN"""
_REGIONS = """SELECT n.name, r.country, r.code, r.name, r.population FROM region_name n
    JOIN region r ON n.country = r.country AND n.code = r.code WHERE n.name IN"""
_COUNTRIES = "SELECT name, country, language FROM said_country WHERE name IN"
_THE = "ال"


@dataclass
class Named:
    """What has one name."""

    places: list[Place] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    countries: list[tuple[str, str]] = field(default_factory=list)  # with the language that calls it so


@dataclass(frozen=True)
class Run:
    """Some words that may be a name, in one of the forms that it may have."""

    start: int  # the first word
    end: int  # behind the last word
    name: str
    placed: bool  # the form itself says "in": "بالدوحة", "ঢাকায়"
    base: bool  # an ending was taken away


def runs(words: Sequence[Word], names: PlaceNames, roles: RoleWords) -> list[Run]:
    """Return the runs of words that may be names, longest first at each word."""
    return [run for at in range(len(words)) for run in _at(words, at, names, roles)]


def look_up(said: Iterable[str], connection: sqlite3.Connection) -> dict[str, Named]:
    """Return what has each of these names."""
    wanted = list(dict.fromkeys(said))[:_MOST_LOOKED_UP]
    found: dict[str, Named] = {}
    marks = f"({', '.join('?' * len(wanted))})"
    for name, *row in connection.execute(f"{_PLACES} {marks}", wanted):
        found.setdefault(name, Named()).places.append(Place(*row))
    for name, *row in connection.execute(f"{_REGIONS} {marks}", wanted):
        found.setdefault(name, Named()).regions.append(Region(*row))
    for name, country, language in connection.execute(f"{_COUNTRIES} {marks}", wanted):
        found.setdefault(name, Named()).countries.append((country, language))
    return found


def _at(words: Sequence[Word], at: int, names: PlaceNames, roles: RoleWords) -> Iterator[Run]:
    first = words[at]
    if first.letter and not _may_start(words, at, names, roles):
        return
    longest = _LONGEST_LETTERS if first.letter else _LONGEST_NAME
    for size in range(min(longest, len(words) - at), 0, -1):
        run = words[at : at + size]
        if run[-1].clause != first.clause or (size == 1 and len(first.said) < 2):
            continue
        name = joined(run)
        for form, placed, base in _forms(name, roles):
            if form in names.filter or form in roles.called:
                yield Run(at, at + size, form, placed, base)


def _may_start(words: Sequence[Word], at: int, names: PlaceNames, roles: RoleWords) -> bool:
    if at + 1 == len(words) or not words[at + 1].joined:
        return False
    two = words[at].said + words[at + 1].said
    return two in roles.starting or names.filter.starts(two)


def _forms(name: str, roles: RoleWords) -> Iterator[tuple[str, bool, bool]]:
    """Yield the name as it stands, then without what the language attaches to it."""
    yield name, False, False
    if not roles.spaces:
        return
    for endings, placed in ((roles.attached, True), (roles.endings, False)):
        for end, others in endings:
            if name.endswith(end) and len(name) - len(end) >= _SHORTEST_BASE:
                yield from ((name[: -len(end)] + other, placed, True) for other in others)
    first, _, rest = name.partition(" ")
    for end, others in roles.endings if rest else ():  # "в Нижнем Новгороде"
        if first.endswith(end) and len(first) - len(end) >= _SHORTEST_BASE:
            for other in others:
                whole = f"{first[: -len(end)]}{other} {rest}"
                yield whole, False, True
                yield from ((whole[: -len(tail)] + last, False, True) for tail, more in roles.endings if rest.endswith(tail) for last in more)
    for start in roles.starts:
        if name.startswith(start) and len(name) - len(start) >= _SHORTEST_BASE:
            bare = name[len(start) :]
            placed = "ب" in start
            yield bare, placed, True
            yield f"{_THE}{bare}", placed, True
