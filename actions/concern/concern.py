"""Worry about somebody else: danger first, then what was seen, all of it optional, then what can be done and what not.

Who writes is near, but is not the person it is about: nobody asks for a name, and nothing says what is going on.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from actions.concern.about_other import CONCERN, MISSING, asks_country, asks_minor, say_lines, take_country, take_minor
from actions.policy import flow, layers, listening, next_steps, resume_flow
from actions.policy.flow import Ask, Flow, Reading
from actions.policy.layers import Layers
from actions.policy.scene import Scene, choice
from actions.referral import country_numbers, referral
from bot.conversation.record import Record
from bot.handoff.case_card import DANGER_TO_OTHER

# What happened or was told.
_NOT_WANTED, _ENDED = "concern not wanted", "concern ended"
_CHECK = choice("choice_check", "step to=concern_check")
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


def concern(scene: Scene) -> None:
    """Begin, go on where it was left, or tell the next thing: never the same again."""
    record = scene.record
    record.about = "other"
    if _ENDED in record.told:
        _again(scene)
        return
    if not resume_flow.begun(record, QUESTIONS):
        referral.introduce(scene)
        scene.say("utter_concern")
    resume_flow.go_on(scene, QUESTIONS)


def check(scene: Scene) -> None:
    """Ask about a few signs, because that was wanted."""
    scene.record.about = "other"
    if SIGNS.next(scene.record):
        scene.say("utter_check_begin")
    flow.put_next(scene, SIGNS)


def _asks_danger(record: Record) -> bool:
    return "immediate_danger" not in record.answered  # said in other words, and the number was given


def _danger(scene: Scene, reading: Reading) -> None:
    if reading != "yes":
        return
    scene.note(DANGER_TO_OTHER)
    scene.note("urgent")
    _say_number(scene)
    if asks_country(scene.record):
        # It cannot wait for its turn: another number may be the right one there.
        scene.record.asked.append(_COUNTRY.name)
        flow.put(scene, _COUNTRY)
    else:
        _rest(scene)


def _say_number(scene: Scene) -> None:
    numbers = country_numbers.emergency(scene.record.country)
    if numbers:
        scene.say("utter_concern_call", number=numbers.police or numbers.any)
    else:
        scene.say("utter_concern_call_112")


def _rest(scene: Scene) -> None:
    """Ask nothing more while somebody is in danger, unless the person wants to go on."""
    record = scene.record
    record.question, record.parked = None, _SEEN.name
    record.asked.append(_SEEN.name)
    next_steps.more(scene, CONCERN)


def _seen(scene: Scene, reading: Reading) -> None:
    # The words themselves are not kept: they may name somebody.
    for heard in scene.indicators:
        listening.mark(scene, heard.indicator, when=heard.when, who="other")


def _country(scene: Scene, reading: Reading) -> None:
    take_country(scene, reading)
    if DANGER_TO_OTHER in scene.record.told and _SEEN.name not in scene.record.asked:
        if scene.record.country:
            _say_number(scene)
        _rest(scene)


def _wants(scene: Scene, reading: Reading) -> None:
    if reading == "no":
        scene.note(_NOT_WANTED)


def _end(scene: Scene) -> None:
    record = scene.record
    scene.note(_ENDED)
    if record.minor:
        scene.say("utter_concern_do_child")
    else:
        scene.say("utter_concern_do_afraid" if _NOT_WANTED in record.told else "utter_concern_do")
    scene.say("utter_concern_not")
    scene.say("utter_concern_pass_on")
    say_lines(scene, MISSING if record.minor else CONCERN)
    next_steps.more(scene, CONCERN, first=_check_offer(scene), numbers=False)


def _again(scene: Scene) -> None:
    scene.say("utter_emergency", emergency=country_numbers.emergency_line(scene.record.country))
    layers.tell(scene, Layers(("utter_concern_talk",), CONCERN, _check_offer(scene)))


def _check_offer(scene: Scene) -> list[dict[str, Any]]:
    return [_CHECK] if SIGNS.next(scene.record) else []


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


_SEEN = Ask("concern_seen", "utter_concern_seen", _seen, in_words=True)
_COUNTRY = Ask("concern_country", "utter_concern_country", _country, asks_country, in_words=True)
QUESTIONS = Flow(
    "concern",
    (
        Ask("concern_danger", "utter_concern_danger", _danger, _asks_danger),
        _SEEN,
        _COUNTRY,
        Ask("concern_minor", "utter_concern_minor", take_minor, asks_minor),
        Ask("concern_wants", "utter_concern_wants", _wants),
    ),
    _end,
    most=5,
)
SIGNS = Flow("concern_check", tuple(_about_sign(sign) for sign in _SIGNS), _result, _MOST_SIGNS)
FLOWS: tuple[Flow, ...] = (QUESTIONS, SIGNS)
TARGETS: dict[str, Callable[[Scene], None]] = {"concern": concern, "concern_check": check}
