"""What is told: believed, taken up in one true sentence, without advice to confront; then numbers for it, and what comes next."""

from actions.digital import digital
from actions.lines import said_lines
from actions.policy import next_steps
from actions.policy.scene import Scene
from actions.referral import country_numbers, referral
from actions.rights import rights
from actions.screening import age

_SURE = 0.6  # below this it is not affirmed: it is taken up in the words of the person
_ALSO = 2  # stories taken up in one answer
# Stories that may be meant, each taken up without a judgement.
_MAYBE = {
    "disclose_confinement": "confinement",
    "disclose_document_confiscation": "documents",
    "disclose_debt_bondage": "debt",
    "disclose_unpaid_wages": "wages",
    "disclose_forced_labour": "wages",
    "disclose_threats": "threats",
    "disclose_sexual_exploitation": "sexual",
}


def disclosure(scene: Scene) -> None:
    """Answer what was told; the same told again gets no second lecture."""
    record, label = scene.record, scene.label
    if label == "disclose_minor" or record.minor:
        _children_first(scene) if scene.about_other else age.tell_limits(scene)
    if label == "disclose_image_abuse" and _said(label) in record.told:
        digital.pictures(scene)
        return
    if rights.scam_compound(scene):
        return
    take_up(scene, most=_ALSO)
    referral.warn_about_leaving(scene, label)
    referral.numbers_once(scene, label)
    next_steps.more(scene, label, numbers=not scene.country)


def _children_first(scene: Scene) -> None:
    """Say, once, that a child comes first. "You are not in trouble" is said to a child alone."""
    scene.say_once("children first", "utter_children_first")


def _is_sure(scene: Scene) -> bool:
    """Tell whether a story is affirmed: "taking an organ is a crime" frightens whoever told of something else."""
    if scene.late:  # as sure as it was when it was written
        return scene.waited.get(scene.label, 1.0) >= _SURE
    return scene.sureness >= _SURE or scene.turn.chosen or bool(scene.indicators)


def take_up(scene: Scene, most: int) -> None:
    """Say that it is believed, and one true sentence about each of at most `most` things that were told and not taken up yet."""
    record = scene.record
    told = [scene.label, *(label for label in scene.turn.also if not scene.late)]
    new = [label for label in told if label.startswith("disclose_") and _said(label) not in record.told][:most]
    if not _is_sure(scene):
        maybe = _MAYBE.get(scene.label)
        scene.say(f"utter_maybe_told_{maybe}" if maybe else "utter_told_more")
        return
    if not new:
        scene.say("utter_told_more")
        return
    scene.say_once("told", "utter_told_other" if scene.about_other else "utter_told")
    for label in new:
        scene.say_once(_said(label), f"utter_{label}_other" if scene.about_other else f"utter_{label}")


def distress(scene: Scene) -> None:
    """Name that it is hard and leave time; when it is said again, give somebody to talk to."""
    if scene.say_once(_said("express_distress"), "utter_distress"):
        return
    scene.say("utter_distress_again")
    lines = country_numbers.crisis_lines(scene, limit=1)
    if lines:
        said_lines.say_lines(scene, [line.reply(scene.names_in, scene.record.country) for line in lines])
        next_steps.more(scene, "express_distress", numbers=False)
    else:
        referral.numbers_once(scene, "express_distress")
        next_steps.more(scene, "express_distress")


def _said(label: str) -> str:
    return f"answer {label}"
