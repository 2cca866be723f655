"""Which town somebody is in, or near: as they type it or as their phone told it, never finer than a city.

A wrong town sends somebody to the wrong door, so a name that two places share is asked about.
"""

from collections.abc import Sequence

from actions.policy.scene import CRISIS, FALLBACK, ONLY_A_PLACE, Scene
from actions.referral import directory_client
from actions.referral.referral import NEAR, TOWN
from bot.text.cleaning import clean, words
from bot.understanding.countries import countries, named_countries, names_of_countries
from resources_directory.model.place import Place, Region
from resources_directory.places.country_names import country_name

FoundPlace = Place | Region
# Small talk is read as a town only where a list of names has found one in it: "si" is a yes, and a town in Norway.
_READ_WHOLE = frozenset({"provide_location", FALLBACK, "out_of_scope", "not_understood"})
_SURE = 0.6
# They stand for their countries in data/country_names.yml, and are nearer than those.
_NO_COUNTRY = frozenset({"dubai", "abu dhabi", "benin city", "دبي", "ابوظبي", "ابو ظبي", "new mexico", "new jersey"})
_TOLD_BY_PHONE = ", "  # "City, CC", as the door rounded it
_LARGE = 50_000  # people: in the country that is known, such a town is meant and not a country of its name
_OTHERS = 2  # beside the one that is known, and "another town": four lines are enough for a small screen


def known(scene: Scene) -> Place | None:
    """Give the town that was named in this conversation."""
    return directory_client.place(scene.record.place)


def is_known(scene: Scene) -> bool:
    """Tell whether there is a town or a region to look in."""
    return known(scene) is not None or scene.record.region is not None


def keep(scene: Scene, found: FoundPlace) -> None:
    """Keep a town, or a region of a country."""
    record = scene.record
    record.country = found.country
    record.region = (found.region if isinstance(found, Place) else found.code) or None
    record.place = found.id if isinstance(found, Place) else None


def note(scene: Scene) -> None:
    """Keep the town that a message names beside all else; in neutral mode nothing is kept."""
    record = scene.record
    if record.situation == "quiet":
        return
    # A place that the phone told needs no other word; the number of a choice is none.
    by_phone = _told(scene) if scene.turn.chosen and scene.label == "provide_location" else []
    before, found = scene.turn.country_before, by_phone or _beside(scene)
    if _stays(scene, found):
        record.country = before
    help_there = scene.label.startswith("find_") or scene.label in ONLY_A_PLACE
    if len(found) == 1 and (help_there or found[0].country == record.country):
        keep(scene, found[0])
    elif before != record.country:
        record.place = record.region = None  # they are in another country now


def shared_name(scene: Scene) -> list[FoundPlace]:
    """Give the places that a name in this message may mean, where it is more than one."""
    found = _beside(scene)
    kept = any(isinstance(one, Place) and one.id == scene.record.place for one in found)
    return found if len(found) > 1 and not kept else []


def answer(scene: Scene) -> list[FoundPlace]:
    """Read the answer to "which town?": the town, those that it may mean, or nothing."""
    text = scene.turn.text
    if scene.picked or scene.turn.chosen:
        return _told(scene)
    if scene.label in _READ_WHOLE or scene.confidence < _SURE:
        found = _whole(text, scene.turn.country_before)
        return _or_here(found, text, scene.turn.country_before) or _beside(scene) or _by_postcode(scene)
    return _beside(scene)


def _by_postcode(scene: Scene) -> list[FoundPlace]:
    """Read digits as a postcode of the country of the phone, and ask: a phone travels, and others have such numbers too."""
    country = scene.turn.phone_country
    if scene.turn.country_before or not country or not any(sign.isdecimal() for sign in scene.turn.text):
        return []
    found = _in(country, scene.turn.text)[:1]
    return [*found, Region(country, "", "", 0)] if found else []


def name(found: FoundPlace, locale: str) -> str:
    """Give the name of a place, or of a whole country, for a reader."""
    return country_name(found.country, locale) if _is_whole(found) else directory_client.label(found, locale)


def picked(found: FoundPlace) -> str:
    """Give the value of a choice that means this place."""
    return str(found.id) if isinstance(found, Place) else f"{found.country}.{found.code}"


def only_country(scene: Scene) -> str | None:
    """Give the country where the message names one, and no town."""
    told = told_countries(scene)
    return _country_of(scene.turn.text) or (told[-1] if told else None)


def told_countries(scene: Scene) -> Sequence[str]:
    """Give the countries that a message names. Where one is known, a city alone names no other: many share a name."""
    if scene.turn.chosen or scene.turn.country_before is None or not directory_client.there():
        return scene.countries
    return [country for country in scene.countries if country in named_countries(scene.turn.text)]


def _whole(text: str, country: str | None) -> list[FoundPlace]:
    within, rest = (named, "") if (named := _country_of(text)) else _behind_town(text)
    if within is None:
        return directory_client.places_named(text, country)
    found = _in(within, rest) if rest else []
    if not found and within != country:
        found = _town_or_country(text, within, country)
    # "I am from Nepal, in Doha": the town counts, though the country is another.
    return found or _in(within, text) or (directory_client.places_named(text, country) if rest else [])


def _told(scene: Scene) -> list[FoundPlace]:
    """Give the place of a choice, or of a phone; by its name only where no number came with it."""
    return (_picked(scene.picked) if scene.picked else []) or _from_phone(scene.turn.text)


def _picked(value: str) -> list[FoundPlace]:
    if value.isdecimal():
        place = directory_client.place(int(value))
        return [place] if place else []
    country, _, code = value.partition(".")
    return [Region(country, code, "", 0)]


def _in(country: str, text: str) -> list[FoundPlace]:
    return [one for one in directory_client.places_named(text, country) if one.country == country]


def _town_or_country(text: str, named: str, known_country: str | None) -> list[FoundPlace]:
    """Give what has the name of a country: a large town where somebody is, else all that may be meant, and the country."""
    here = _in(known_country, text) if known_country else []
    if any(one.population >= _LARGE for one in here):
        return here
    others = here or directory_client.namesakes(text, named)
    return [*others[:_OTHERS], Region(named, "", "", 0)] if others else []


def _or_here(found: list[FoundPlace], text: str, country: str | None) -> list[FoundPlace]:
    """Offer the country that is known too, where a place lies in another one that the text does not name."""
    surely = {country, *named_countries(text)}
    if country is None or all(one.country in surely for one in found) or any(map(_is_whole, found)):
        return found
    return [*found[:_OTHERS], Region(country, "", "", 0)]


def _is_whole(found: FoundPlace) -> bool:
    return isinstance(found, Region) and not found.code


def _from_phone(text: str) -> list[FoundPlace]:
    city, _, country = text.rpartition(_TOLD_BY_PHONE)
    found = directory_client.places_named(city, country) if city and len(country) == 2 else []
    return [one for one in found if one.country == country][:1]


def _stays(scene: Scene, found: list[FoundPlace]) -> bool:
    """Tell whether the country stays that was known before a city was named: it lies there too, or it will be asked."""
    record, before = scene.record, scene.turn.country_before
    asks = scene.label not in CRISIS and (
        scene.label.startswith("find_") or scene.label in ONLY_A_PLACE or record.question == TOWN
    )
    if len(found) > 1 and (scene.label in NEAR or record.question == TOWN):
        return True  # which of them is asked, and the largest one is not taken before
    if before is None:
        return False
    if [one.country for one in found] == [before]:
        return not set(_said_beside(scene)) - {before}
    return asks and record.country not in told_countries(scene)


def _beside(scene: Scene) -> list[FoundPlace]:
    named = _named(scene)
    if len(named) != 1:
        return []
    said, country = _said_beside(scene), scene.turn.country_before
    found = _in(said[0], named[0]) if len(said) == 1 else []
    return found or _or_here(directory_client.places_named(named[0], country), scene.turn.text, country)


def _said_beside(scene: Scene) -> list[str]:
    """Give the countries beside the town: "in Paris, France" names one, "in Paris" alone tells nothing of it."""
    text = scene.turn.text.casefold()
    for name in _named(scene):
        text = text.replace(name.casefold(), " ")
    return countries(text)


def _named(scene: Scene) -> list[str]:
    return [said for kind, said in scene.named if kind == "place"]


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
