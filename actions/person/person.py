"""A person who joins: asked for, offered, or brought in where a life may be in danger; never promised where nobody is."""

from dataclasses import replace
from typing import Any

from actions.policy.scene import Scene
from bot.handoff.case_card import priority

QUESTION = "person"  # open: "is it OK if a person joins?"
DECLINED = "person"  # declined: a person
_NOBODY = ("no person", "no person again")  # told


def asks(scene: Scene, choices: list[dict[str, Any]] | None = None) -> bool:
    """Ask for a person and say so, or tell who waits already their place; False where nobody is there, or may be told."""
    desk = scene.turn.desk
    if not (desk.may_ask or desk.waits) or scene.record.situation == "quiet":
        return False
    scene.turn.ask_person = desk.may_ask  # to ask again would undo what a supervisor has lowered
    for told in _NOBODY:
        scene.unnote(told)  # if nobody is there later, that is said in full once more
    minutes = desk.minutes.get(_priority(scene))
    if desk.waits and desk.place:
        scene.say("utter_person_place", choices, place=desk.place)
    elif minutes:
        scene.say("utter_person_asked", choices, minutes=minutes)
    else:
        scene.say("utter_person_asked_unknown", choices)
    return True


def is_known_away(scene: Scene) -> bool:
    """Tell whether it was said that nobody is there, and that is still so: a choice would promise what is not true."""
    told = any(what in scene.record.told for what in _NOBODY)
    return told and not (scene.turn.desk.may_ask or scene.turn.desk.waits)


def comes(scene: Scene) -> bool:
    """Tell whether a person is on their way, or can be asked for."""
    return scene.turn.desk.waits or _may_bring_in(scene)


def bring_in(scene: Scene) -> None:
    """Ask for a person where a life may be in danger. Only there no yes is needed, and an earlier no does not hold."""
    if _may_bring_in(scene):
        scene.turn.ask_person = True
        scene.say("utter_person_crisis")


def may_offer(scene: Scene) -> bool:
    """Tell whether to offer a person: one is there, and was not said no to."""
    return scene.turn.desk.may_ask and DECLINED not in scene.record.declined


def offer(scene: Scene) -> None:
    """Ask whether a person may join."""
    scene.record.question, scene.record.times_asked = QUESTION, 1
    scene.say("utter_person_offer")


def accept(scene: Scene) -> None:
    """Note the yes, in whatever words; it takes an earlier no back."""
    record = scene.record
    record.may_join = True
    record.declined = [no for no in record.declined if no != DECLINED]
    _close(scene)


def decline(scene: Scene) -> None:
    """Note the no, so that nobody asks again."""
    record = scene.record
    record.may_join = False
    if DECLINED not in record.declined:
        record.declined.append(DECLINED)
    _close(scene)


def _close(scene: Scene) -> None:
    if scene.record.question == QUESTION:
        scene.record.question, scene.record.times_asked = None, 0


def _may_bring_in(scene: Scene) -> bool:
    # In neutral mode somebody else may hold the phone: a person who writes would give the talk away.
    return scene.turn.desk.may_ask and scene.record.situation != "quiet"


def _priority(scene: Scene) -> Any:
    """Give the priority that this turn ends with: its own label is counted only behind the answer."""
    record = scene.record
    return priority(replace(record, answered={**record.answered, scene.label: scene.times(scene.label) + 1}))
