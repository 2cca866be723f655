"""What is looked for: a need as kinds of the directory, and what a service must fit, as far as the person said it.

Only what was said counts. Who is afraid of the police, or has no papers, is not sent where the police is.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from actions.concern.about_other import CHILD, CONCERN
from actions.hearing import listening
from actions.policy.scene import ABOUT_ME, Scene
from actions.referral.directory_client import directory, place, source
from actions.referral.fitting import told_of_people
from bot.conversation.record import Record
from resources_directory.model.hsds import Kind
from resources_directory.model.line import PhoneLine
from resources_directory.model.needs import AFRAID_OF_POLICE, GROWN, YOUNG, gender, kinds
from resources_directory.model.place import Place
from resources_directory.model.search_query import SearchQuery
from resources_directory.ranking.line_choice import FOR_ANYBODY
from resources_directory.ranking.line_wish import GROWN as GROWN_UP

# What somebody says of themselves holds for all that is looked for later.
_HOLDS = ("men", "women", "children", "young", "no_police", "no_papers")
_EITHER = {"men": "women", "women": "men"}
_TOPIC = "referral_"
_CHILD, _VIOLENCE = "child", "domestic_violence"  # kinds
_ABROAD = frozenset({"missing", "consulate", "labour", _CHILD})  # kinds that are of use to a family for somebody abroad
# Labels of trouble at work, and of what the lines for violence at home are for too.
_WORK_TOLD = frozenset({
    "disclose_unpaid_wages", "disclose_document_confiscation", "disclose_debt_bondage", "disclose_forced_labour",
    "disclose_deceptive_recruitment", "ask_worker_rights", "need_labour",
})  # fmt: skip
_HOME_TOLD = frozenset({"disclose_sexual_exploitation", "disclose_forced_marriage", "disclose_image_abuse"})


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
        kinds=tuple(cast("Sequence[Kind]", for_person(scene, kinds(label, young)))),
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
        theirs=None if record.theirs is None else frozenset(record.theirs),
        refused=frozenset(told_of_people.without(scene)),
        unchecked=source().unchecked,
    )


def avoids_police(scene: Scene) -> bool:
    """Tell whether the person is afraid of the police, as said or as told: threatened with it, or without papers."""
    holds = scene.record.holds
    return "no_police" in holds or "no_papers" in holds or listening.is_marked(scene, *AFRAID_OF_POLICE)


def lines(
    scene: Scene, kinds: Sequence[str], limit: int, also: Collection[str] = (), language: str | None = None
) -> list[PhoneLine]:
    """Return national lines that fit the kinds and the person, best first; what did not work only where nothing else is."""
    record = scene.record
    here = place(record.place)

    def of(country: str, wanted: Sequence[str], theirs: Collection[str] | None = record.theirs) -> list[PhoneLine]:
        return directory().lines(
            country,
            wanted,
            limit + len(record.complained),
            language=language or scene.turn.locale,
            avoid_police=avoids_police(scene),
            people=people(scene) | set(also),
            near=" ".join((here.name, here.region_name)) if here else "",
            theirs=theirs,
            without=told_of_people.without(scene),
        )

    home, there = scene.country or "", worry_abroad(scene)
    if there:
        # The family at home can reach who helps its people abroad; a number of that country would be dialled as one of ours.
        wanted = [*FOR_ANYBODY, *(kind for kind in for_person(scene, kinds) if kind in _ABROAD)]
        theirs = directory().lines_of_people((home,))
        own = [line for line in of(there, wanted, theirs) if line.id in theirs]
        known = _each_once([*own, *of(home, wanted, theirs)])
    else:
        known = of(home, for_person(scene, kinds))
    return ([line for line in known if line.id not in record.complained] or known)[:limit]


def worry_abroad(scene: Scene) -> str | None:
    """Return the country of somebody else whom the talk is about, where that is another one than the writer's."""
    there, here = scene.record.their_country, scene.country
    own = scene.label.startswith("find_") and scene.heard("about", "me") >= ABOUT_ME  # "I need a bed for me"
    theirs = scene.record.about == "other" and not own
    return there if theirs and here and there != here else None


def _each_once(found: Iterable[PhoneLine]) -> list[PhoneLine]:
    """Return the lines, each number once, without pages where anybody has a phone."""
    kept: list[PhoneLine] = []
    for line in found:
        if not any(line.dialled & one.dialled for one in kept):
            kept.append(line)
    return [line for line in kept if not line.is_a_page] or kept


def people(scene: Scene) -> frozenset[str]:
    """Return what is known of the person, in the words by which an entry says whom it is for."""
    record = scene.record
    # "Children" held is that some come along: a line for children is for none of their parents.
    held = {hold for hold in record.holds if hold in ("men", "women", "young")}
    asylum = {"refugees"} if scene.many.get("ask_immigration_rights/asylum", 0.0) >= _ASKS_ASYLUM else set()
    asked = [name for name, chance in scene.many.items() if chance >= _ASKS_FOR]
    told = {group for group in _TOLD if any(name.endswith(f"/{group}") for name in asked)}
    child = {"children"} if record.minor else {GROWN_UP} if record.minor is False and record.about != "other" else set()
    return frozenset(held | child | asylum | told)


def for_person(scene: Scene, kinds: Sequence[str]) -> tuple[str, ...]:
    """Return the kinds of a need without those that are plainly not for this person.

    A grown person is sent to no line for children, and where nobody has said how old they are it comes last. A line for violence
    at home is none for trouble at work, unless somebody looks for a bed and has said that they are a woman.
    """
    record, known = scene.record, people(scene)
    left = list(dict.fromkeys(kinds))
    if _CHILD in left[1:] and record.minor is not True and "young" not in known:
        left.remove(_CHILD)
        left += [] if GROWN_UP in known else [_CHILD]
    bed = "shelter" in left and "women" in known
    if _VIOLENCE in left[1:] and _about_work(scene) and not bed:
        left.remove(_VIOLENCE)
    return tuple(left)


def _about_work(scene: Scene) -> bool:
    """Tell whether the talk is about work, and nothing was told that the lines for violence at home are for."""
    told = {scene.label, *scene.turn.also, *(label for label, times in scene.record.answered.items() if times)}
    return not told.isdisjoint(_WORK_TOLD) and told.isdisjoint(_HOME_TOLD)


def of_a_child(scene: Scene, label: str) -> str:
    """Return the need of a child somebody worries about, whatever is told of them: no office for wages is for them."""
    theirs = scene.record.about == "other" and scene.record.minor is True
    return CHILD if theirs and label.startswith(("disclose_", "ask_", CONCERN)) else label


def calm(scene: Scene, lines: Sequence[PhoneLine]) -> list[PhoneLine]:
    """Return the lines to give to this person: without those of the police for somebody who is afraid of them."""
    return [one for one in lines if not (one.about_police and avoids_police(scene))]


def _ages(record: Record, young: bool) -> tuple[int, int] | None:
    """Give the ages that the person may have: only whether they are a child is kept."""
    if young:
        return YOUNG
    return GROWN if record.minor is False and record.about != "other" else None
