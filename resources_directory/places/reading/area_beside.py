"""A place and the region or country beside it, which together are one place: "Tripoli in Libya"."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from resources_directory.model.place import Place, Region
from resources_directory.places.place_names import Area, inside
from resources_directory.places.reading.role_cues import Cues

PlaceOrRegion = Place | Region


@dataclass(frozen=True)
class NamedPlace:
    """Words of a message that name a place, and what they may mean, likeliest first."""

    start: int  # the first word
    end: int
    found: tuple[PlaceOrRegion, ...]
    sure: bool  # it is a place, and spelled as its name is
    typo: bool = False
    within: bool = False  # the form of its name says "in"


def merged(found: Sequence[NamedPlace], cues: Cues) -> list[NamedPlace]:
    """Put a city and the country behind it together where both were found by themselves."""
    kept: list[NamedPlace] = []
    for one in found:
        if kept and one.start < kept[-1].end:
            if isinstance(kept[-1].found[0], Region) and one.start == kept[-1].start and one.end > kept[-1].end:
                kept[-1] = one  # "Myanmar's Myawaddy" is more than "Myanmar"
            continue
        within = _within(kept[-1], one, cues) if kept else ()
        if within:
            kept[-1] = replace(kept[-1], end=one.end, found=within)
        else:
            kept.append(one)
    return kept


def is_area(one: PlaceOrRegion, areas: set[Area]) -> bool:
    """Whether this is one of the areas itself."""
    return isinstance(one, Region) and (one.country, one.code or None) in areas


def _within(place: NamedPlace, area: NamedPlace, cues: Cues) -> tuple[PlaceOrRegion, ...]:
    areas: set[Area] = {(one.country, one.code or None) for one in area.found if isinstance(one, Region)}
    if area.start - place.end > 1 or not _joins(place.end, area.start, cues):
        return ()
    return tuple(one for one in place.found if inside(one, areas) and not is_area(one, areas))


def _joins(start: int, end: int, cues: Cues) -> bool:
    if start == end:
        return cues.words[start - 1].sentence == cues.words[start].sentence
    return cues.joins(start, end)
