"""Numbers of a country as replies: what to dial in danger, and whom to call for a need."""

from collections.abc import Collection
from typing import Any, Literal

from actions.policy.scene import Scene
from actions.referral.directory_client import directory
from resources_directory.model.directory import EmergencyNumbers
from resources_directory.model.line import PhoneLine, phrase
from resources_directory.places.country_names import country_name
from resources_directory.ranking.spoken_languages import INTERPRETED, foreignness

EmergencyService = Literal["any", "police", "ambulance", "fire"]
ANYWHERE = "112"  # works on most mobile phones, whatever the country
UNKNOWN = phrase("line_emergency_unknown")


def emergency(country: str | None) -> EmergencyNumbers | None:
    """Give what to dial in danger, where a country is known and a number is sure."""
    return directory().emergency(country)


def to_dial(scene: Scene, service: EmergencyService = "any") -> str | dict[str, Any]:
    """Give the number to dial, that of the service where it has one of its own.

    112 where no country is known; with the country, and 112 for elsewhere, where it is only assumed (Safety 0.14).
    """
    there = theirs_alone(scene)
    numbers = there or emergency(scene.country)
    if numbers is None:
        return ANYWHERE
    own = numbers.of(service)
    if not there and (own == ANYWHERE or scene.record.country):
        return own
    country = (scene.their_country if there else scene.country) or ""
    return phrase("line_number_assumed", number=own, country=country_name(country, scene.names_in))


def theirs(scene: Scene) -> EmergencyNumbers | None:
    """Give what somebody else can dial where they are, if that is said to be another country than the writer's."""
    country = scene.their_country
    return emergency(country) if country not in (None, scene.here) else None


def theirs_alone(scene: Scene) -> EmergencyNumbers | None:
    """Give that instead of the writer's own number: where this message says so, or where no country of the writer is known.

    A neighbour is here, though a sister abroad was spoken of before.
    """
    said = scene.whereabouts is not None and scene.whereabouts.theirs == scene.their_country
    return theirs(scene) if said or (scene.here is None and scene.turn.phone_country is None) else None


def emergency_line(scene: Scene) -> dict[str, Any]:
    """Give the phrase with the emergency number; 112 where none is known."""
    known = theirs_alone(scene) or emergency(scene.country)
    return phrase("line_emergency", number=to_dial(scene)) if known else UNKNOWN


def crisis_lines(scene: Scene, limit: int) -> list[PhoneLine]:
    """Give lines that listen to people who think of dying, and no others; those in the writer's language first."""
    country, locale = scene.country, scene.turn.locale
    found = directory().lines(country, ("crisis",), limit=20) if country else []
    listening = [line for line in found if "crisis" in line.kinds]
    # Before others only where they are known to speak it: a line of which nobody knows may be for a few.

    def is_not_known_to_speak_it(line: PhoneLine) -> bool:
        return not line.languages or foreignness(line.languages, locale) > INTERPRETED

    return sorted(listening, key=is_not_known_to_speak_it)[:limit]


def lines(country: str, needs: tuple[str, ...], limit: int, without: Collection[str] = ()) -> list[PhoneLine]:
    """Give national lines, trafficking first; those that somebody could not reach only where there is nothing else."""
    known = directory().lines(country, needs, limit=limit + len(without))
    return ([line for line in known if line.id not in without] or known)[:limit]
