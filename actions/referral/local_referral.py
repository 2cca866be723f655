"""A need and a place: the town is used at once where it was named, else asked for, twice at most; it need not be told."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from actions.policy.flow import ASIDE
from actions.policy.scene import ONLY_A_PLACE, Scene
from actions.referral import directory_client, referral, town, wishes
from actions.referral.referral_replies import give
from actions.referral.wishes import Asks

_SURE = 0.6
_NEAR_THEM = frozenset({"find_shelter", "find_basic_needs"})  # of use where somebody is


def find_help(scene: Scene) -> None:
    """Answer a need: near the town that is known, else ask for it; the same need again gets other services."""
    label, record = scene.label, scene.record
    if label in _NEAR_THEM and wishes.worry_abroad(scene):
        referral.find_help(scene.understood_as("find_hotline"))  # no bed near the family is of use to them
        return
    if referral.MEDICAL in record.told or not directory_client.there():
        referral.find_help(scene)
        return
    wishes.note(scene)
    again = f"answer {label}" in record.told
    if not again:
        scene.note(f"answer {label}")
        scene.say(f"utter_{label}")
    two = town.shared_name(scene)
    if two:
        _which(scene, label, two)
    elif town.is_known(scene):
        repeated = again and record.need == label and not scene.named
        give(scene, label, Asks(another=True) if repeated else wishes.asks(scene))
    elif scene.country or not scene.may_ask_country:
        lines(scene, label)
    else:
        ask(scene, label)


def go_on(scene: Scene, label: str) -> None:
    """Take up a need that waited for a place."""
    if town.is_known(scene):
        give(scene, label)
    else:
        lines(scene, label)


def ask(scene: Scene, label: str) -> None:
    """Ask for the town. Who was never told what is kept is told before this question (P31)."""
    referral.introduce(scene)
    _ask(scene, label, "utter_which_town")


def another_town(scene: Scene) -> None:
    """Ask for another town, as the person wants."""
    record = scene.record
    record.place = record.region = None
    ask(scene, record.want or record.need or "find_hotline")


def takes_answer(scene: Scene) -> bool:
    """Take a message as the answer to "which town?"; tell whether it was one."""
    record = scene.record
    if record.question != referral.TOWN or not _may_answer(scene):
        return False
    wishes.note(scene)
    record.country = scene.turn.country_before  # the answer says which it is, not a city that only has the name
    label, found = record.want or "find_hotline", town.answer(scene)
    if len(found) > 1:
        record.place = record.region = None
        _which(scene, label, found)
    elif found:
        town.keep(scene, found[0])
        go_on(scene, label)
    elif country := town.only_country(scene):
        record.country = country
        lines(scene, label)
    elif scene.step == "skip" or scene.label in ("deny", "unsure") or not scene.may_ask_country:
        _without_town(scene, label)
    else:
        _ask(scene, label, "utter_which_town_again")
    return True


def asks_which(scene: Scene) -> bool:
    """Ask which place is meant where the one that was named lies in another country, or may; tell whether it was asked."""
    found = town.shared_name(scene) if scene.turn.country_before or scene.record.want else []
    if found:
        waits = (scene.record.want, scene.record.need)
        _which(scene, next((label for label in waits if label in referral.NEAR), "find_hotline"), found)
    return bool(found)


def lines(scene: Scene, label: str) -> None:
    """Give lines of the country, and let the person name a town."""
    if scene.country:
        referral.give_numbers(scene, label)
    else:
        referral.ask_country(scene, label)


def _ask(scene: Scene, label: str, phrase: str) -> None:
    record = scene.record
    record.want, record.question = label, referral.TOWN
    record.times_asked += 1
    scene.count_country_question()
    scene.ask(phrase, partial(_not_asked, scene))


def _which(scene: Scene, label: str, two: Sequence[town.FoundPlace]) -> None:
    referral.introduce(scene)
    record = scene.record
    record.want, record.question = label, referral.TOWN
    choices = [*town.choices(scene, two), referral.NAME_TOWN]
    scene.ask("utter_which_place", partial(_close, scene), choices)


def _not_asked(scene: Scene) -> None:
    """Take back the question for the town: it found no room."""
    _close(scene)
    scene.uncount_country_question()


def _close(scene: Scene) -> None:
    scene.record.question, scene.record.times_asked = None, 0


def _without_town(scene: Scene, label: str) -> None:
    record = scene.record
    record.question, record.times_asked = None, 0
    if scene.country:
        lines(scene, label)
    else:
        referral.without_country(scene)


def _may_answer(scene: Scene) -> bool:
    """Tell whether a message can be meant as a place; what says more is answered as what it is, and the question is over."""
    if scene.step:
        return scene.step == "skip"
    if scene.label in ASIDE:
        return scene.label == "not_understood"
    if scene.label == "talk_to_human":
        return False  # "a person please" is short, and no town
    return scene.answers_shortly or (scene.label in ONLY_A_PLACE and bool(scene.countries or scene.named))


TARGETS: Mapping[str, Callable[[Scene], None]] = {"town": another_town}
