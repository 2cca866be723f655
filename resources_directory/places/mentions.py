"""The places that a message names, each with its role: where the writer is, was or will be, or where somebody else is.

Every word is looked at, in every script. A wrong "here" is worse than a miss, so what a place is to the writer is settled
by the words around it (data/place_roles), and by nothing else.
"""

from dataclasses import dataclass

from resources_directory.model.place import Place, Region
from resources_directory.places.place_names import PlaceNames
from resources_directory.places.reading.message_words import read
from resources_directory.places.reading.named_places import PlacesNamed
from resources_directory.places.reading.place_roles import Roles
from resources_directory.places.reading.role_cues import Cues
from resources_directory.places.reading.role_words import RoleWords

_MOST_LETTERS = 1_000  # a longer message is read to here


@dataclass(frozen=True)
class Mention:
    """One place that is named."""

    words: str  # as they were written
    start: int  # where they begin in the message
    found: tuple[Place | Region, ...]  # what they may mean, likeliest first; a region without a code is a country
    role: str  # here, was, will, other or name
    sure: bool  # the words say so; not a guess from a name alone, or from a name with a typo
    typo: bool = False  # the name is only nearly written so
    said: bool = True  # the words say so, or it stands by itself
    own: bool = False  # they say so by more than "in": "I am in"


def mentions(text: str, locale: str, country: str | None, names: PlaceNames) -> list[Mention]:
    """Return the places that a message names, in order; `country` is that of the conversation, if known."""
    words = read(text[:_MOST_LETTERS])
    if not words:
        return []
    cues = Cues(words, RoleWords.load(locale))
    named = PlacesNamed(words, cues, names, locale, country).all()
    found = []
    for place, role in zip(named, Roles(words, cues, named).all(), strict=True):
        start, end = words[place.start].start, words[place.end - 1].end
        sure = role.sure and place.sure
        found.append(Mention(text[start:end], start, place.found, role.name, sure, place.typo, role.said, role.own))
    return found


def corrects(text: str, locale: str) -> bool:
    """Whether a message takes back what was said: "no, Dallas", "I mean Jeddah"."""
    words = read(text[:_MOST_LETTERS])
    cues = Cues(words, RoleWords.load(locale)).all()
    return bool(cues) and cues[0].start == 0 and "correction" in cues[0].kinds
