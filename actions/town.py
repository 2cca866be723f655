"""Which town somebody is in, or near: as they type it or as their phone told it, never finer than a city.

A wrong town sends somebody to the wrong door, so a name that two places share is asked about.
"""

from actions import finding
from actions.referral import NEAR, TOWN
from actions.scene import FALLBACK, ONLY_A_PLACE, Scene
from bot.cleaning import clean, words
from bot.countries import countries, names_of_countries
from resources_directory.place import Place, Region
from resources_directory.places import country_name

Found = Place | Region
# Small talk is read as a town only where a list of names has found one in it: "si" is a yes, and a town in Norway.
_READ_WHOLE = frozenset({"provide_location", FALLBACK, "out_of_scope", "not_understood"})
_SURE = 0.6
# They stand for their countries in bot/countries.py, and are nearer than those.
_NO_COUNTRY = frozenset({"dubai", "abu dhabi", "دبي", "ابوظبي", "ابو ظبي", "new mexico", "new jersey"})
_TOLD_BY_PHONE = ", "  # "City, CC", as the door rounded it


def known(scene: Scene) -> Place | None:
    """Give the town that was named in this conversation."""
    return finding.place(scene.record.place)


def is_known(scene: Scene) -> bool:
    """Tell whether there is a town or a region to look in."""
    return known(scene) is not None or scene.record.region is not None


def keep(scene: Scene, found: Found) -> None:
    """Keep a town, or a region of a country."""
    record = scene.record
    record.country = found.country
    record.region = (found.region if isinstance(found, Place) else found.code) or None
    record.place = found.id if isinstance(found, Place) else None


def note(scene: Scene, country_before: str | None) -> None:
    """Keep the town that a message names beside all else; in neutral mode nothing is kept."""
    record = scene.record
    if record.situation == "quiet":
        return
    # A place that the phone told needs no other word; the number of a choice is none.
    by_phone = _told(scene) if scene.turn.chosen and scene.label == "provide_location" else []
    found = by_phone or _beside(scene, country_before)
    if len(found) > 1 and (scene.label in NEAR or record.question == TOWN):
        record.country = country_before  # which of the two is asked, and the larger one is not taken before
    help_there = scene.label.startswith("find_") or scene.label in ONLY_A_PLACE
    if len(found) == 1 and (help_there or found[0].country == record.country):
        keep(scene, found[0])
    elif country_before != record.country:
        record.place = record.region = None  # they are in another country now


def shared_name(scene: Scene) -> list[Found]:
    """Give the two places that a name in this message may mean."""
    found = _beside(scene, None)
    return found if len(found) > 1 and scene.record.place is None else []


def answer(scene: Scene) -> list[Found]:
    """Read the answer to "which town?": the town, two that it may mean, or nothing."""
    text = scene.turn.text
    if scene.picked or scene.turn.chosen:
        return _told(scene)
    if scene.label in _READ_WHOLE or scene.confidence < _SURE:
        return _whole(text, scene.record.country)
    return _beside(scene, scene.record.country)


def name(found: Found, locale: str) -> str:
    """Give the name of a place, or of a whole country, for a reader."""
    whole_country = isinstance(found, Region) and not found.code
    return country_name(found.country, locale) if whole_country else finding.label(found, locale)


def picked(found: Found) -> str:
    """Give the value of a choice that means this place."""
    return str(found.id) if isinstance(found, Place) else f"{found.country}.{found.code}"


def only_country(scene: Scene) -> str | None:
    """Give the country where the message names one, and no town."""
    return _country_of(scene.turn.text) or (scene.countries[-1] if scene.countries else None)


def _whole(text: str, country: str | None) -> list[Found]:
    if named := _country_of(text):
        return _state_or_country(text, named)
    within, rest = _behind_town(text)
    found = finding.places_named(rest, within) if within and rest else []
    return found or finding.places_named(text, country)


def _told(scene: Scene) -> list[Found]:
    """Give the place of a choice, or of a phone; by its name only where no number came with it."""
    return (_picked(scene.picked) if scene.picked else []) or _from_phone(scene.turn.text)


def _picked(value: str) -> list[Found]:
    if value.isdecimal():
        place = finding.place(int(value))
        return [place] if place else []
    country, _, code = value.partition(".")
    return [Region(country, code, "", 0)]


def _state_or_country(text: str, country: str) -> list[Found]:
    """Give both where a state elsewhere has the name of a country: Georgia."""
    state = [one for one in finding.places_named(text) if isinstance(one, Region) and one.country != country]
    return [state[0], Region(country, "", text.strip(), 0)] if state else []


def _from_phone(text: str) -> list[Found]:
    city, _, country = text.rpartition(_TOLD_BY_PHONE)
    found = finding.places_named(city, country) if city and len(country) == 2 else []
    return [one for one in found if one.country == country][:1]


def _beside(scene: Scene, country: str | None) -> list[Found]:
    named = [said for kind, said in scene.named if kind == "place"]
    if len(named) != 1:
        return []
    # "In Paris, France" names the country beside the town; "in Paris" alone tells nothing of it.
    said = countries(scene.turn.text.casefold().replace(named[0].casefold(), " "))
    return finding.places_named(named[0], said[0] if len(said) == 1 else country)


def _country_of(text: str) -> str | None:
    name = " ".join(words(clean(text)))
    return None if name in _NO_COUNTRY else names_of_countries().get(name)


def _behind_town(text: str) -> tuple[str | None, str]:
    """Cut the name of a country from the end: "katy texas usa"."""
    said = words(clean(text))
    for start in range(1, len(said)):
        country = _country_of(" ".join(said[start:]))
        if country:
            return country, " ".join(said[:start])
    return None, text
