"""What the places of a message say of where the writer is: what is said to be here, else the only town that is named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from resources_directory.model.place import Place, Region
from resources_directory.places.mentions import Mention
from resources_directory.places.place_names import inside
from resources_directory.places.reading.area_beside import PlaceOrRegion

_TIMES = 25  # times the people of its namesake: nobody is asked about that
_CLEAR = 10  # times the people of its namesake in the same country
_ASKED_ABOUT = 3
_CITY = 200_000  # people: such a name is heard in passing too, and is never sure


@dataclass(frozen=True)
class Whereabouts:
    """Where the writer is, as far as a message says."""

    country: str | None = None
    place: Place | None = None
    region: Region | None = None
    choices: tuple[PlaceOrRegion, ...] = ()  # two or three to ask about
    sure: bool = False
    likely: str | None = None  # the only country that is named at all, where nothing says who is there
    own: bool = False  # by more than "in": "I am in"
    theirs: str | None = None  # where somebody else is said to be, in one country


def whereabouts(
    mentions: Sequence[Mention], *, country: str | None, asked: bool, corrected: bool, near: Sequence[str] = ()
) -> Whereabouts:
    """Return what follows from a message. `country` is what is known, `asked` that "where are you?" is open, `corrected`
    that the message takes something back (`corrects`), `near` countries that prove nothing and make theirs likely."""
    said = _said(mentions if asked or corrected else _told(mentions, country), asked, corrected)
    theirs = _only(one for one in mentions if one.role == "other" and one.sure)
    if not said:
        return Whereabouts(likely=_likely(mentions, near), theirs=theirs)
    told = any(one.sure for one in said)
    meant, sure = _meant(said, mentions), told or asked or corrected
    rivals = _rivals(meant, country, corrected or told)
    first = _city(meant[0], [one for one in mentions if one.role == "here" and not one.typo])
    if len({one.country for one in rivals}) > 1:
        return Whereabouts(choices=tuple(rivals), sure=False, theirs=theirs)
    if _unclear(rivals):
        return Whereabouts(first.country, choices=tuple(rivals), sure=sure, theirs=theirs)
    place = first if isinstance(first, Place) else None
    region = first if isinstance(first, Region) and first.code else None
    own = corrected or any(one.own for one in said)
    return Whereabouts(first.country, place, region, tuple(rivals), sure, own=own, theirs=theirs)


def _told(mentions: Sequence[Mention], country: str | None) -> list[Mention]:
    """Return the places that words tell of: a name in passing is a place in the known country, or a large city, or none."""
    return [one for one in mentions if one.said or one.found[0].country == country or _is_large(one.found[0])]


def _likely(mentions: Sequence[Mention], near: Sequence[str]) -> str | None:
    """Return the country that may be meant where nothing says who is there.

    The first of those that other signs point to, where a place of it is named in passing; else the only one so named, or of
    a way from one town to another: "Gera, Hof, Plauen".
    """
    told = [one for one in mentions if one.role not in ("name", "other") and not one.typo]
    passing = {place.country for one in told if one.role == "here" for place in one.found}
    if meant := next((country for country in near if country in passing), None):
        return meant
    moves = {"was", "will"} <= {one.role for one in told} and all(isinstance(one.found[0], Place) for one in told)
    return _only(told if moves else (one for one in told if one.role == "here"))


def _only(mentions: Iterable[Mention]) -> str | None:
    """Return the one country in which all of these lie."""
    lands = {one.found[0].country for one in mentions if not one.typo}
    return lands.pop() if len(lands) == 1 else None


def _is_large(one: PlaceOrRegion) -> bool:
    return isinstance(one, Place) and one.population >= _CITY


def _said(mentions: Sequence[Mention], asked: bool, corrected: bool) -> list[Mention]:
    here = [one for one in mentions if one.role == "here" and (asked or corrected or not _is_guess(one, mentions))]
    sure = [one for one in here if one.sure]
    if sure:
        # "柬埔寨西港": the town behind a country that is said to be here.
        lands = {one.found[0].country for one in sure if _is_country(one.found[0])}
        return _own([one for one in here if one.sure or (one.said and one.found[0].country in lands)])
    if here and (corrected or len({one.found[0] for one in here}) == 1):
        return here
    # Where somebody has been is no answer to where they are.
    others = [one for one in mentions if one.role not in ("name", "was")]
    if asked:
        return here or others[-1:]
    return here if _nested(here) else []


def _own(sure: Sequence[Mention]) -> list[Mention]:
    """Return, of places in several countries, those where the writer says to be: "I am in Busan, mother in Vinh is ill"."""
    countries = {place.country for one in sure if one.own for place in one.found}
    return [one for one in sure if not countries or any(place.country in countries for place in one.found)]


def _is_guess(one: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a whole message is only nearly the name of a place: "давай" is one letter from Davao."""
    return one.typo and not one.start and len(mentions) == 1


def _nested(here: Sequence[Mention]) -> bool:
    return bool(here) and len({one.found[0].country for one in here}) == 1


def _meant(said: Sequence[Mention], mentions: Sequence[Mention]) -> list[PlaceOrRegion]:
    """Return what the last place means, within a country or region that is said to be here too."""
    found = list(said[-1].found)
    for other in reversed(said[:-1]):
        areas = {(one.country, one.code or None) for one in other.found if isinstance(one, Region)}
        within = [one for one in found if inside(one, areas)]
        if within:
            found = within
        # "In Almería, in Spain": the country says nothing new.
        if _is_country(found[0]) and other.found and any(one.country == found[0].country for one in other.found):
            found = [one for one in other.found if one.country == found[0].country]
    # "The boss lives in Lisbon, I am in Beja": not in the one of Tunisia.
    beside = {one.found[0].country for one in mentions if one.role == "other"}
    there = [one for one in found if one.country in beside]
    return found if not there or _is_clear(found[0], there[0]) else there


def _is_clear(first: PlaceOrRegion, other: PlaceOrRegion) -> bool:
    return not _is_country(first) and first.population >= _CLEAR * other.population


def _city(last: PlaceOrRegion, said: Sequence[Mention]) -> PlaceOrRegion:
    """Return the largest place of the same region that is said to be here too: a district is finer than we ask for."""
    places = [one.found[0] for one in said if isinstance(one.found[0], Place)]
    near = [
        one for one in places if isinstance(last, Place) and (one.country, one.region) == (last.country, last.region)
    ]
    return max(near, key=lambda one: one.population, default=last)


def _rivals(found: Sequence[PlaceOrRegion], country: str | None, sure: bool) -> list[PlaceOrRegion]:
    """Return the places to ask about: a namesake in the known country decides, and one with many times the people."""
    home = [one for one in found if one.country == country]
    if home:
        return []
    known: list[PlaceOrRegion] = [Region(country, "", "", 0)] if country and not sure else []
    kept: list[PlaceOrRegion] = []
    for one in found:
        small = bool(kept) and not _is_country(one) and _much_larger(kept[0], one)
        if not small and not any(_same_area(one, other) for other in kept):
            kept.append(one)
    asked = [*kept[: _ASKED_ABOUT - len(known)], *known]
    return asked if len(asked) > 1 else []


def _unclear(rivals: Sequence[PlaceOrRegion]) -> bool:
    """Whether two towns of one country are so much alike that neither is taken."""
    return len(rivals) > 1 and rivals[0].population < _CLEAR * rivals[1].population


def _much_larger(first: PlaceOrRegion, other: PlaceOrRegion) -> bool:
    return not _is_country(first) and first.population >= _TIMES * other.population


def _same_area(one: PlaceOrRegion, other: PlaceOrRegion) -> bool:
    code, beyond = (place.region if isinstance(place, Place) else place.code for place in (one, other))
    return one.country == other.country and code == beyond


def _is_country(one: PlaceOrRegion) -> bool:
    return isinstance(one, Region) and not one.code
