"""What the names in a message may mean: all runs of words, and their base forms, looked up at once."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from resources_directory.model.place import Place, Region
from resources_directory.places.name_filter import LONG_START, SHORT_START
from resources_directory.places.place_names import PlaceNames
from resources_directory.places.reading.message_words import joined
from resources_directory.places.reading.role_cues import Cues
from resources_directory.places.reading.role_words import Endings, RoleWords

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


def runs(cues: Cues, names: PlaceNames) -> list[Run]:
    """Return the runs of words that may be names, longest first at each word."""
    found: list[Run] = []
    for at, word in enumerate(cues.words):
        found += _in_letters(cues, at, names) if word.letter else _of_words(cues, at, names)
    return found


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


def _of_words(cues: Cues, at: int, names: PlaceNames) -> Iterator[Run]:
    words, kept, roles = cues.words, names.filter, cues.roles
    clause = words[at].clause
    for size in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
        if words[at + size - 1].clause != clause or (size == 1 and len(words[at].said) < 2):
            continue
        name = joined(words[at : at + size])
        # An inflected name of two words hardly begins or ends with a word like "in".
        bare = size > 1 and (words[at].said in roles.cues or words[at + size - 1].said in roles.cues)
        found = ((name, False, False),) if bare else forms(name, roles)
        for form, placed, base in (*found, *((form, False, True) for form in _regions(name, roles))):
            if form in kept or form in roles.called:
                yield Run(at, at + size, form, placed, base)


def _in_letters(cues: Cues, at: int, names: PlaceNames) -> Iterator[Run]:
    """Yield the names that begin at a letter of a script without spaces: most of them end at the first look."""
    rest = cues.letters[at : min(cues.run_ends[at], at + _LONGEST_LETTERS)]
    kept, called = names.filter, cues.roles.called
    if rest[:SHORT_START] not in cues.roles.starting:
        if len(rest) < SHORT_START or not kept.starts(rest[:SHORT_START]):
            return
        if not kept.starts(rest[:LONG_START]):
            rest = rest[: LONG_START - 1]
    for size in range(len(rest), SHORT_START - 1, -1):
        if rest[:size] in kept or rest[:size] in called:
            yield Run(at, at + size, rest[:size], False, False)


def forms(name: str, roles: RoleWords) -> Iterator[tuple[str, bool, bool]]:
    """Yield the name as it stands, then without what the language attaches to it: (name, says "in", shortened)."""
    yield name, False, False
    if not roles.attaches:
        return
    for form in _without_ending(name, roles.attached):
        yield form, True, True
    for form in _without_ending(name, roles.endings):
        yield form, False, True
    first, _, rest = name.partition(" ")
    if rest and rest.count(" ") < 2:  # "в Нижнем Новгороде"
        for beginning in _without_ending(first, roles.endings):
            yield f"{beginning} {rest}", False, True
            yield from ((f"{beginning} {form}", False, True) for form in _without_ending(rest, roles.endings))
    for start in roles.starts:
        if name.startswith(start) and len(name) - len(start) >= _SHORTEST_BASE:
            bare = name[len(start) :]
            placed = "ب" in start or start[0] == "ف"  # Moroccan "in", and "so" elsewhere
            yield bare, placed, True
            yield f"{_THE}{bare}", placed, True


def _regions(name: str, roles: RoleWords) -> Iterator[str]:
    """Yield the names of a region whose adjective and noun are inflected: "тверской области"."""
    adjective, _, last = name.rpartition(" ")
    noun = roles.region_nouns.get(last)
    if adjective and noun:
        endings = roles.adjectives[noun]
        yield from (f"{adjective[: -len(end)]}{own} {noun}" for end, own in endings if adjective.endswith(end))


def _without_ending(name: str, endings: Endings) -> Iterator[str]:
    for end, others in endings.get(name[-1], ()):
        if name.endswith(end) and len(name) - len(end) >= _SHORTEST_BASE:
            yield from (name[: -len(end)] + other for other in others)
