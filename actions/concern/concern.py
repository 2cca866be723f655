"""Worry about somebody else: danger first, then what can be done and what not. What was seen may be told; nothing is asked for it.

Who writes is near, but is not the person it is about: nobody asks for a name, and nothing says what is going on.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from actions.concern.about_other import CHILD, CONCERN
from actions.hearing import listening
from actions.policy import flow, layers, next_steps
from actions.policy.flow import Ask, Flow, Reading
from actions.policy.layers import Layers
from actions.policy.scene import Scene, choice
from actions.referral import country_numbers, referral
from bot.conversation.record import Record
from bot.handoff.case_card import DANGER_TO_OTHER

_CHECK = choice("choice_check", "step to=concern_check")
_WHAT_TO_SAY = choice("choice_what_to_say", "step to=concern_say")
# The signs that can be asked about, and what was said when a question is needless.
_SIGNS: dict[str, tuple[str, ...]] = {
    "movement_restricted": ("confinement",),
    "surveillance": ("obs_companion", "obs_scripted"),
    "doc_confiscation": (),
    "wages_low_none": (),
    "cannot_quit": ("confinement",),
    "debt_bondage": (),
}
_MOST_SIGNS = 3
_MORE = Layers(("utter_concern_do", "utter_concern_not", "utter_concern_pass_on", "utter_concern_talk"), CONCERN)


def concern(scene: Scene) -> None:
    """Take the worry up, with whom to call; asked again, say the next thing, never the same."""
    record = scene.record
    record.about = "other"
    for heard in scene.indicators:
        listening.mark(scene, heard.indicator, when=heard.when, who="other")
    if not scene.say_once(listening.CONCERN_BEGUN, "utter_about_them_child" if record.minor else "utter_about_them"):
        layers.tell(scene, _MORE, first=_offers(scene))
        referral.numbers_once(scene, _need(record))
        return
    referral.numbers_once(scene, _need(record))
    if record.question is None and DANGER.next(record):
        flow.put_next(scene, DANGER)
    else:
        next_steps.more(scene, CONCERN, first=_offers(scene), numbers=False)


def check(scene: Scene) -> None:
    """Ask about a few signs, because that was wanted."""
    scene.record.about = "other"
    if SIGNS.next(scene.record):
        scene.say("utter_check_begin")
    flow.put_next(scene, SIGNS)


def what_to_say(scene: Scene) -> None:
    """Say words that somebody can offer the person they worry about."""
    scene.say("utter_report_concern_what_to_say")
    next_steps.more(scene, CONCERN, first=_offers(scene)[:1])


def _need(record: Record) -> str:
    return CHILD if record.minor else CONCERN


def _not_told(record: Record) -> bool:
    return "immediate_danger" not in record.answered and DANGER_TO_OTHER not in record.told and not record.minor


def _danger(scene: Scene, reading: Reading) -> None:
    if reading != "yes":
        return
    scene.note(DANGER_TO_OTHER)
    scene.note("urgent")
    scene.say("utter_danger_other", number=country_numbers.to_dial(scene, "police"))
    scene.say_once("utter_danger_other_more", "utter_danger_other_more")


def _end(scene: Scene) -> None:
    if DANGER_TO_OTHER not in scene.record.told:
        phrase = "utter_concern_do_child" if scene.record.minor else "utter_concern_do"
        scene.note(phrase)
        scene.say(phrase)
    next_steps.more(scene, CONCERN, first=_offers(scene))


def _offers(scene: Scene) -> list[dict[str, Any]]:
    return [_WHAT_TO_SAY, *([_CHECK] if SIGNS.next(scene.record) else [])]


def _is_open(sign: str, record: Record) -> bool:
    known = {mark["indicator"] for mark in record.marks if mark["who"] == "other"}
    return known.isdisjoint((sign, *_SIGNS[sign]))


def _take_sign(sign: str, scene: Scene, reading: Reading) -> None:
    listening.take_sign(scene, sign, reading, "other")


def _result(scene: Scene) -> None:
    """Say what the signs mean together, which is never a verdict."""
    signs = len(listening.marks(scene, who="other"))
    scene.say("utter_check_none" if not signs else "utter_check_one" if signs == 1 else "utter_check_several")
    next_steps.more(scene, CONCERN)


def _about_sign(sign: str) -> Ask:
    return Ask(f"third_{sign}", f"utter_third_{sign}", partial(_take_sign, sign), partial(_is_open, sign))


DANGER = Flow("concern", (Ask("concern_danger", "utter_concern_danger", _danger, _not_told),), _end, most=1)
SIGNS = Flow("concern_check", tuple(_about_sign(sign) for sign in _SIGNS), _result, _MOST_SIGNS)
FLOWS: tuple[Flow, ...] = (DANGER, SIGNS)
TARGETS: dict[str, Callable[[Scene], None]] = {
    "concern": concern,
    "concern_check": check,
    "concern_say": what_to_say,
}
