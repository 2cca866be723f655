"""Which town somebody is in, or near: as they type it or as their phone told it, never finer than a city.

A wrong town sends somebody to the wrong door, so a name that two places share is asked about.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions.policy.scene import Scene, choice
from actions.referral import directory_client
from bot.engine.understood import FALLBACK
from bot.text.cleaning import clean, words
from resources_directory.model.place import Place, Region
from resources_directory.places.country_names import country_name
from resources_directory.places.whereabouts import Whereabouts

FoundPlace = Place | Region
# Small talk is read as a town only where a list of names has found one in it: "si" is a yes, and a town in Norway.
_READ_WHOLE = frozenset({"provide_location", FALLBACK, "out_of_scope", "not_understood"})
_WHERE = frozenset({"country", "town", "danger_country", "medical_country"})  # questions: where are you?
_ABOUT_US = frozenset(
    {"ask_bot", "ask_anonymity"}
)  # a place in such a question is ours, or that of whoever might be told
_LARGE = 200_000  # people: such a town is taken where it is only named
_FEW = 3  # words
_SURE = 0.6  # chance that a message tells where somebody is
_TOLD_BY_PHONE = ", "  # "City, CC", as the door rounded it


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


def read(scene: Scene) -> Scene:
    """Keep where the writer is, as far as this message says, and return the scene with the country that it says.

    Somebody else's place, an origin and a destination are no "here". In neutral mode nothing is kept.
    """
    record = scene.record
    if scene.turn.chosen:
        found = _told(scene) if scene.label == "provide_location" else []
        if len(found) == 1 and record.situation != "quiet":
            keep(scene, found[0])
        return scene
    # Beside an operator no question stays open, but the number of a place is still owed after a crisis.
    owed = not _WHERE.isdisjoint(record.told)
    asked = (record.question in _WHERE or owed) and scene.answers_shortly
    said = _said(scene, asked)
    if said is None:
        if record.situation != "quiet":
            scene.note_country()  # no places are known: countries by their names
        return scene
    scene = replace(scene, whereabouts=said, countries=(said.country,) if said.country and not said.choices else ())
    if record.situation == "quiet":
        return scene
    record.likely_country = record.likely_country or said.likely
    if scene.about_other:
        record.their_country = said.theirs or record.their_country
    if said.country is None or _asks_which(said):
        return scene
    theirs = not asked and not said.own and scene.about_other and _own_country(scene) not in (None, said.country)
    if theirs:  # "she is in India", from a phone of Bangladesh: the writer is not
        record.their_country = said.country
    # What is only named, and may be beside what was said to be here, replaces nothing, nor does "my children in Bulawayo".
    elsewhere = scene.turn.phone_country not in (None, said.country)  # "that number in Dhaka", from a phone of Jordan
    large = said.place is not None and said.place.population >= _LARGE and not elsewhere
    bare = len(words(clean(scene.turn.text))) <= _FEW or (scene.label == "provide_location" and scene.sureness >= _SURE)
    sure = said.sure and (record.country in (None, said.country) or said.own or bare)
    ours = scene.label == "ask_bot" and not said.own and not asked  # "you are not from Iran, are you?"
    passing = is_known(scene) and not (sure or asked or bare)  # "the office of Delhi", after "I am in Jaipur"
    same = said.country == record.country and not passing
    if not (theirs or ours) and (sure or asked or same or (record.country is None and large)):
        _keep_said(scene, said)
        return scene
    if not theirs and record.country is None:
        record.likely_country = (
            record.likely_country or said.country
        )  # "a carer, Bergamo": it is said that it is assumed
    return replace(scene, countries=())


def _own_country(scene: Scene) -> str | None:
    return scene.record.country or scene.turn.phone_country


def _said(scene: Scene, asked: bool) -> Whereabouts | None:
    """Return what a message says of where the writer is.

    Of two places with one name the one in the country of the phone is meant. A place that is named in passing only makes its
    country likely where the app's language, or a country that is named beside it, points to it as well.
    """
    text, locale, country = scene.turn.text, scene.turn.locale, scene.record.country
    near = tuple(dict.fromkeys(filter(None, (scene.turn.region, *scene.named_countries))))
    said = directory_client.whereabouts(text, locale, country, asked, near)
    phone = scene.turn.phone_country
    if said is None or country or phone is None or said.likely or (said.country and not _asks_which(said)):
        return said
    there = directory_client.whereabouts(text, locale, phone, asked)
    meant = there is not None and there.country == phone and (there.sure or _asks_which(said))
    return there if meant else said


def is_all(scene: Scene) -> bool:
    """Tell whether a message that is not understood names where somebody is, and little else: "manchester", after numbers."""
    said = scene.whereabouts
    kept = bool(said and said.place and said.place.id == scene.record.place)
    return kept and scene.label == FALLBACK and len(words(clean(scene.turn.text))) <= _FEW


def _keep_said(scene: Scene, said: Whereabouts) -> None:
    record = scene.record
    if record.country != said.country:
        record.place = record.region = None
    record.country = said.country
    if said.place or said.region:
        keep(scene, said.place or said.region or Region("", "", "", 0))


def _asks_which(said: Whereabouts) -> bool:
    """Whether a name lies in two countries, and nothing decides."""
    return len({one.country for one in said.choices}) > 1


def shared_name(scene: Scene) -> list[FoundPlace]:
    """Give the places that a name in this message may mean, where it is more than one."""
    choices = list(scene.whereabouts.choices) if scene.whereabouts else []
    kept = any(isinstance(one, Place) and one.id == scene.record.place for one in choices)
    return choices if len(choices) > 1 and not kept else []


def choices(scene: Scene, places: Sequence[FoundPlace]) -> list[dict[str, Any]]:
    """Give the choices that name each place, to ask which of them is meant."""
    return [
        {
            **choice("choice_name", f"provide_location picked={picked(one)}"),
            "arguments": {"name": name(one, scene.names_in)},
        }
        for one in places
    ]


def answer(scene: Scene) -> list[FoundPlace]:
    """Read the answer to "which town?": the town, those that it may mean, or nothing."""
    if scene.picked or scene.turn.chosen:
        return _told(scene)
    said = scene.whereabouts
    if said and said.choices:
        return list(said.choices)
    if said and (said.place or said.region):
        return [one for one in (said.place or said.region,) if one]
    if said and said.country:
        return []
    short = scene.answers_shortly and scene.label in _READ_WHOLE
    return (_whole(scene.turn.text, scene.turn.country_before) if short else []) or _by_postcode(scene)


def _by_postcode(scene: Scene) -> list[FoundPlace]:
    """Read digits as a postcode of the country of the phone, and ask: a phone travels, and others have such numbers too."""
    country = scene.turn.phone_country
    if scene.turn.country_before or not country or not any(sign.isdecimal() for sign in scene.turn.text):
        return []
    found = _in(country, scene.turn.text)[:1]
    return [*found, Region(country, "", "", 0)] if found else []


def name(found: FoundPlace, locale: str) -> str:
    """Give the name of a place, or of a whole country, for a reader."""
    whole = isinstance(found, Region) and not found.code
    return country_name(found.country, locale) if whole else directory_client.label(found, locale)


def picked(found: FoundPlace) -> str:
    """Give the value of a choice that means this place."""
    return str(found.id) if isinstance(found, Place) else f"{found.country}.{found.code}"


def only_country(scene: Scene) -> str | None:
    """Give the country where the message names one, and no town."""
    return scene.countries[-1] if scene.countries else None


def _whole(text: str, country: str | None) -> list[FoundPlace]:
    """Read a short answer as a place, whatever its words: "katy texas usa", a postcode, a name with a typo."""
    return directory_client.places_named(text, country)


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


def _from_phone(text: str) -> list[FoundPlace]:
    city, _, country = text.rpartition(_TOLD_BY_PHONE)
    found = directory_client.places_named(city, country) if city and len(country) == 2 else []
    return [one for one in found if one.country == country][:1]
