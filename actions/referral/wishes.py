"""What is looked for: a need as kinds of the directory, and what a service must fit, as far as the person said it.

Only what was said counts. Who is afraid of the police, or has no papers, is not sent where the police is.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from actions.hearing import listening
from actions.policy.scene import Scene
from actions.referral.directory_client import directory, place, source
from bot.conversation.record import Record
from resources_directory.model.line import PhoneLine
from resources_directory.model.needs import AFRAID_OF_POLICE, GROWN, YOUNG, gender, kinds
from resources_directory.model.place import Place
from resources_directory.model.search_query import SearchQuery

# What somebody says of themselves holds for all that is looked for later.
_HOLDS = ("men", "women", "children", "young", "no_police", "no_papers")
_EITHER = {"men": "women", "women": "men"}
_TOPIC = "referral_"


@dataclass(frozen=True)
class Asks:
    """What was asked for this once: it is said when nothing is like that, and the best without it is given."""

    open_now: bool = False
    free: bool = False
    nearer: bool = False
    another: bool = False
    language: str | None = None


ONCE = Asks()  # nothing


def note(scene: Scene) -> bool:
    """Keep what a service must fit; tell whether anything was said."""
    named = [hold for hold in _HOLDS if f"{_TOPIC}{hold}" in scene.topics]
    # "Is it only for women, or for men too" tells nothing of who asks.
    said = [hold for hold in named if _EITHER.get(hold) not in named]
    kept = [hold for hold in scene.record.holds if _EITHER.get(hold) not in said]
    scene.record.holds = list(dict.fromkeys([*kept, *said]))
    return bool(said)


def asks(scene: Scene) -> Asks:
    """Read what a message asks for this once."""
    speaks = f"{_TOPIC}speaks" in scene.topics and scene.languages
    return Asks(
        open_now=f"{_TOPIC}open" in scene.topics,
        free=f"{_TOPIC}free" in scene.topics,
        nearer=f"{_TOPIC}closer" in scene.topics,
        another=f"{_TOPIC}another" in scene.topics,
        language=scene.languages[-1] if speaks else None,
    )


_ASKS_ASYLUM = 0.4  # chance from which a line for refugees is for who writes
_TOLD, _ASKS_FOR = (
    ("lgbt", "disability"),
    0.4,
)  # groups that somebody says they belong to ("find_shelter/lgbt"), and its chance


def query(scene: Scene, label: str, place: Place | None, once: Asks) -> SearchQuery:
    """Return the query, with all that is known of the person."""
    record, holds = scene.record, scene.record.holds
    without = {*scene.turn.suspended, *record.complained, *(record.referred if once.another else ())}
    young = record.minor is True or "young" in holds
    return SearchQuery(
        kinds=kinds(label, young),
        country=record.country or (place.country if place else ""),
        place=place,
        region=None if place else record.region,
        locale=scene.turn.locale,
        language=once.language,
        gender=gender(holds),
        ages=_ages(record, young),
        with_children="children" in holds,
        without_police=avoids_police(scene),
        without_papers="no_papers" in holds,
        free=once.free,
        open_now=once.open_now,
        nearer_than=record.nearest if once.nearer else None,
        without=frozenset(without),
        unchecked=source().unchecked,
    )


def avoids_police(scene: Scene) -> bool:
    """Tell whether the person is afraid of the police, as said or as told: threatened with it, or without papers."""
    holds = scene.record.holds
    return "no_police" in holds or "no_papers" in holds or listening.is_marked(scene, *AFRAID_OF_POLICE)


def lines(scene: Scene, kinds: Sequence[str], limit: int, also: Collection[str] = ()) -> list[PhoneLine]:
    """Return national lines that fit the kinds and the person, best first; what did not work only where nothing else is."""
    record = scene.record
    here = place(record.place)
    known = directory().lines(
        scene.country or "",
        kinds,
        limit + len(record.complained),
        language=scene.turn.locale,
        avoid_police=avoids_police(scene),
        people=people(scene) | set(also),
        near=" ".join((here.name, here.region_name)) if here else "",
    )
    return ([line for line in known if line.id not in record.complained] or known)[:limit]


def people(scene: Scene) -> frozenset[str]:
    """Return what is known of the person, in the words by which an entry says whom it is for."""
    record = scene.record
    held = {hold for hold in record.holds if hold in ("men", "women", "children", "young")}
    asylum = {"refugees"} if scene.many.get("ask_immigration_rights/asylum", 0.0) >= _ASKS_ASYLUM else set()
    asked = [name for name, chance in scene.many.items() if chance >= _ASKS_FOR]
    told = {group for group in _TOLD if any(name.endswith(f"/{group}") for name in asked)}
    return frozenset(held | ({"children"} if record.minor else set()) | asylum | told)


def calm(scene: Scene, lines: Sequence[PhoneLine]) -> list[PhoneLine]:
    """Return the lines to give to this person: without those of the police for somebody who is afraid of them."""
    return [one for one in lines if not (one.about_police and avoids_police(scene))]


def _ages(record: Record, young: bool) -> tuple[int, int] | None:
    """Give the ages that the person may have: only whether they are a child is kept."""
    if young:
        return YOUNG
    return GROWN if record.minor is False and record.about != "other" else None
