"""A crisis that is possible and not sure: doubt is said in one line beside the answer, and not acted on (Safety 0.11)."""

from functools import partial
from typing import Any

from actions.crisis import safety, self_harm
from actions.policy.scene import Scene
from actions.referral import country_numbers
from bot.conversation.record import Record

_POSSIBLE, _HINTS = "possible crisis", 2  # counted: how often the number was given for one, and at most
_NEGATED = 0.5  # chance that a message says that something is not so
_LEAVING = frozenset({"goodbye", "thanks"})
# Chances of a crisis beside what was told before the talk: a passport that is kept may sound like somebody who is ill.
_TOLD_BEFORE = {"immediate_danger": 0.5, "self_harm": 0.5, "medical_emergency": 0.7}
_OF_AN_OATH = 0.25  # chance of thoughts of dying that an oath in the message explains
_LEAST_BEFORE = 0.25  # chance before the talk, where the bare number stands beside a greeting
# The line for each, the gravest first.
_UNCLEAR = {
    "medical_emergency": "utter_unclear_medical",
    "immediate_danger": "utter_unclear_danger",
    "self_harm": "utter_unclear_self_harm",
}


def hint(scene: Scene) -> None:
    """Say one line ahead of the answer where a crisis is possible and not sure: doubt is said, not acted on (Safety 0.11)."""
    possible = _in_doubt(scene)
    phrase = next((phrase for label, phrase in _UNCLEAR.items() if label in possible), None)
    # Before the talk the line would name what it is about, to whoever reads.
    named = scene.record.situation != "talk" or scene.after_hush
    if phrase is None or named or scene.label in _LEAVING or scene.times(_POSSIBLE) >= _HINTS:
        return
    theirs = self_harm.is_of_other(scene) if phrase == _UNCLEAR["self_harm"] else scene.about_other
    if theirs and phrase != _UNCLEAR["medical_emergency"]:  # the others speak of the writer
        scene.say("utter_emergency", emergency=country_numbers.emergency_line(scene))
    else:
        scene.say(phrase, number=_to_dial(scene, next(label for label, one in _UNCLEAR.items() if one == phrase)))
        if phrase == _UNCLEAR["self_harm"]:
            self_harm.invite(scene)
    _count_hint(scene)


def hint_of_before(scene: Scene) -> None:
    """Say that line where what was told before it was known to be safe may have been a crisis too: "he shoots who leaves"."""
    told = [label for label in _UNCLEAR if scene.waited.get(label, 0.0) >= _TOLD_BEFORE[label]]
    if not told or scene.after_hush or scene.no_list:  # then nothing of before is named
        return
    if scene.about_other and told[0] != "medical_emergency":
        return  # a worry is asked by itself whether anybody is in danger
    scene.say(_UNCLEAR[told[0]], number=_to_dial(scene, told[0]))
    if told[0] == "self_harm":
        self_harm.invite(scene)


def _to_dial(scene: Scene, label: str) -> str | dict[str, Any]:
    if label == self_harm.SELF_HARM:
        return self_harm.to_dial(scene)
    return country_numbers.to_dial(scene, "ambulance" if label == "medical_emergency" else "any")


def hint_before_talk(scene: Scene) -> None:
    """Say the bare number behind the opening where a crisis is possible: it names no topic."""
    doubted = _in_doubt(scene)
    found = {
        label
        for label, (chance, band) in scene.turn.crises.items()
        if (band == "sure" and label in safety.SERVICE)
        or (label in doubted and (chance >= _LEAST_BEFORE or scene.names_crisis(label)))
    }
    if found and scene.times(_POSSIBLE) < _HINTS:
        safety.bare_number(scene, next((label for label in safety.SERVICE if label in found), None))
        _count_hint(scene)


def is_an_oath(scene: Scene) -> bool:
    """Tell whether an oath is what kills: "they made me swear, if I run I die"."""
    return any(heard.indicator == "oath_witchcraft" for heard in scene.indicators)


def _in_doubt(scene: Scene) -> set[str]:
    """Return the crises that are possible and not sure."""
    return {
        label
        for label, (chance, band) in scene.turn.crises.items()
        if label in safety.SERVICE
        and band == "maybe"
        and (chance >= safety.LEAST.get(label, 1.0) or scene.names_crisis(label))
        if label != scene.record.crisis  # its number was given, and its thread says what comes after
        # "He does not hit me". "He is not breathing" and "I do not want to live" are no such no.
        if label != "self_harm" or chance >= _OF_AN_OATH or scene.names_crisis(label) or not is_an_oath(scene)
        if label != "immediate_danger" or scene.heard("marks", "negated") < _NEGATED
    }


def _count_hint(scene: Scene) -> None:
    scene.record.answered[_POSSIBLE] = scene.times(_POSSIBLE) + 1
    scene.drafts[-1].undo = partial(_not_hinted, scene.record)


def _not_hinted(record: Record) -> None:
    record.answered[_POSSIBLE] = max(record.answered.get(_POSSIBLE, 0) - 1, 0)
    self_harm.uninvite(record)
