"""How an answer ends: what fits next, what was left open, and a person, in at most a handful of choices.

Where signs were heard, it is said once in the words that fit their level. The level itself is never shown.
"""

from typing import Any

from actions.hearing import listening
from actions.person import person
from actions.policy.scene import OF_OTHER, Scene, choice
from bot.phrases.reply_kinds import kind_of

NUMBER = choice("choice_number", "find_hotline")
HUMAN = choice("choice_human", "talk_to_human")
WORK = choice("choice_work", "ask_worker_rights")
LAWYER = choice("choice_lawyer", "find_legal_aid")
DOCTOR = choice("choice_doctor", "find_medical_care")
POLICE = choice("choice_police", "ask_police")
STAY = choice("choice_stay", "find_shelter")
PERMITS = choice("choice_permits", "ask_immigration_rights")
TALK = choice("choice_talk", "find_counselling")
SIGNS = choice("choice_signs", "ask_signs")
ME = choice("choice_me", "step to=me")
SOMEONE = choice("choice_someone", "report_concern")
PLAN = choice("choice_plan", "step to=plan")
GO_ON = choice("choice_go_on", "step to=go_on")
CALL_SAFELY = choice("choice_call_safely", "step to=call_safely")
CALLING = "how to call"  # told: how to call safely, and what to say
_MOST = 5

# A need that was told in passing, as a choice.
_NEEDS = {
    "find_shelter": STAY,
    "find_legal_aid": LAWYER,
    "find_medical_care": DOCTOR,
    "find_counselling": TALK,
    "find_basic_needs": choice("choice_needs", "find_basic_needs"),
    "find_hotline": NUMBER,
    "ask_worker_rights": WORK,
    "ask_immigration_rights": PERMITS,
    "ask_police": POLICE,
    "ask_cost": choice("choice_cost", "ask_cost"),
    "report_concern": SOMEONE,
    "report_missing_person": choice("choice_missing", "report_missing_person"),
    "check_job_offer": choice("choice_job", "check_job_offer"),
}
# What may be wanted after an answer. Three offers and a person: more would be a list to search through.
_NEXT: dict[str, list[dict[str, Any]]] = {
    "disclose_minor": [NUMBER, STAY, TALK, HUMAN],
    "disclose_sexual_exploitation": [NUMBER, STAY, DOCTOR, HUMAN],
    "disclose_image_abuse": [NUMBER, POLICE, TALK, HUMAN],
    "disclose_confinement": [NUMBER, STAY, PLAN, HUMAN],
    "disclose_forced_criminality": [NUMBER, LAWYER, POLICE, HUMAN],
    "disclose_forced_marriage": [NUMBER, STAY, POLICE, HUMAN],
    "disclose_organ_removal": [NUMBER, DOCTOR, POLICE, HUMAN],
    "disclose_threats": [NUMBER, PLAN, PERMITS, HUMAN],
    "express_distress": [NUMBER, TALK, ME, HUMAN],
    "check_job_offer": [choice("choice_check_job", "step to=job_check"), NUMBER, SIGNS, HUMAN],
}
_AFTER_DISCLOSURE = [NUMBER, WORK, PERMITS, HUMAN]
_AFTER_SERVICE = [WORK, POLICE, HUMAN]
_ABOUT_OTHERS = [NUMBER, SIGNS, POLICE, HUMAN]
_BY_LEVEL = {
    "urgent": [NUMBER, STAY, PLAN, HUMAN],
    "strong": [NUMBER, LAWYER, STAY, HUMAN],
    "some": [WORK, PERMITS, STAY, HUMAN],
    "none": [NUMBER, WORK, HUMAN],
}
_LEVEL = "utter_level_"
_URGENT = f"{_LEVEL}urgent"
_ORDER = ("none", "some", "strong", "urgent")


def after(label: str) -> list[dict[str, Any]]:
    """Give what can be chosen after an answer to a label."""
    if label in _NEXT:
        return _NEXT[label]
    if label.startswith("disclose_"):
        return _AFTER_DISCLOSURE
    if label.startswith("find_"):
        return _AFTER_SERVICE
    if label.startswith(("report_", "check_", "ask_signs", "ask_what", "ask_how")):
        return [offer for offer in _ABOUT_OTHERS if offer["value"] != label]
    return [offer for offer in (NUMBER, LAWYER, POLICE, HUMAN) if offer["value"] != label]


def more(scene: Scene, label: str, first: list[dict[str, Any]] | None = None, numbers: bool = True) -> None:
    """End an answer. Without `numbers` the offer of a number is left out: some were just given."""
    if listening.age_is_due(scene):
        return  # that is asked instead, by the frame around every answer
    found = _level(scene, label)
    if found and found[0] == _URGENT and person.may_offer(scene):
        person.offer(scene)
        return
    phrase, choices = found or ("utter_more", after(label))
    told = _told_in_passing(scene, label)
    if told:
        phrase = "utter_also" if phrase == "utter_more" else phrase
    calling = [CALL_SAFELY] if _gives_numbers(scene) and CALLING not in scene.record.told else []
    say(scene, phrase, [*calling, *(first or ()), *told, *choices], [] if numbers else ["find_hotline"])
    if found:
        level = found[0].removeprefix(_LEVEL)
        scene.drafts[-1].undo = lambda: scene.unnote(f"level {level}")  # it stays owed where there was no room


def _gives_numbers(scene: Scene) -> bool:
    return any(kind_of(draft.phrase) == "number" for draft in scene.drafts)


def after_numbers(scene: Scene, phrase: str, label: str, then: list[dict[str, Any]]) -> None:
    """End an answer that gave numbers: what can be asked of them next, behind what was told in passing."""
    if not listening.age_is_due(scene):
        say(scene, phrase, [*_told_in_passing(scene, label), *then])


def say(scene: Scene, phrase: str, choices: list[dict[str, Any]], without: list[str] | None = None) -> None:
    """Say a phrase with choices: what was left open in front, a person at the end, none twice."""
    open_ = [GO_ON] if scene.record.parked else []
    wanted = {offer["value"]: offer for offer in [*open_, *choices]}
    kept = [offer for value, offer in wanted.items() if value not in (without or ()) and value != HUMAN["value"]]
    human = [] if person.is_known_away(scene) else [HUMAN]
    if scene.no_list or (scene.record.crisis == "self_harm" and OF_OTHER not in scene.record.told):
        kept = []  # who thinks of dying is shown no list of other things
    scene.say(phrase, choices=[*kept[: _MOST - 1], *human])


def say_level(scene: Scene) -> None:
    """Say what fits all that was heard (docs/rules.md, Screening 5)."""
    level = listening.assessment(scene).level
    _note(scene, level)
    if level == "urgent" and person.may_offer(scene):
        person.offer(scene)
    else:
        say(scene, f"{_LEVEL}{level}", _BY_LEVEL[level])


def _level(scene: Scene, label: str) -> tuple[str, list[dict[str, Any]]] | None:
    # Once, and again only when what was heard since weighs more. Not when a need was named: that is served first.
    if not label.startswith("disclose_") or label == "disclose_image_abuse":
        return None
    level = listening.assessment(scene).level
    if level == "none" or _ORDER.index(level) <= _said(scene):
        return None
    _note(scene, level)
    return f"{_LEVEL}{level}", _BY_LEVEL[level]


def _said(scene: Scene) -> int:
    return max((place for place, level in enumerate(_ORDER) if f"level {level}" in scene.record.told), default=-1)


def _note(scene: Scene, level: str) -> None:
    scene.note(f"level {level}")


def _told_in_passing(scene: Scene, label: str) -> list[dict[str, Any]]:
    record = scene.record
    record.waits = [wait for wait in record.waits if wait != label]
    found = [_NEEDS[wait] for wait in record.waits if wait in _NEEDS]
    record.waits = []
    return found[:2]
