"""What is done to the writer: believe, say one true thing, never advise to confront, offer what comes next."""

from actions.digital import digital
from actions.policy import next_steps
from actions.policy.scene import Scene
from actions.referral import country_numbers, referral
from actions.rights import rights
from actions.screening import age


def disclosure(scene: Scene) -> None:
    """Answer what was told; the same told again gets no second lecture."""
    record, label = scene.record, scene.label
    referral.introduce(scene)
    if label == "disclose_minor" or record.minor:
        age.tell_limits(scene)
    if label == "disclose_image_abuse" and f"answer {label}" in record.told:
        digital.pictures(scene)
        return
    if rights.scam_compound(scene):
        return
    scene.say(f"utter_{label}" if _first_time(scene, label) else "utter_heard")
    if not record.country and "no country" not in record.told:
        referral.ask_country(scene, label)
    elif record.country and f"lines {record.country}" not in record.told:
        referral.give_numbers(scene, label)
    else:
        referral.warn_about_leaving(scene, label)
        next_steps.more(scene, label)


def distress(scene: Scene) -> None:
    """Name that it is hard and leave time; when it is said again, give somebody to talk to."""
    if _first_time(scene, "express_distress"):
        scene.say("utter_distress")
        return
    scene.say("utter_distress_again")
    record = scene.record
    if record.country:
        lines = [line.reply() for line in country_numbers.crisis_lines(record.country, limit=1)]
        if lines:
            referral.say_lines(scene, lines)
            next_steps.more(scene, "express_distress", numbers=False)
        else:
            referral.give_numbers(scene, "express_distress")
    elif "no country" in record.told:
        next_steps.more(scene, "express_distress")
    else:
        referral.ask_country(scene, "express_distress")


def _first_time(scene: Scene, label: str) -> bool:
    # Not the same as heard for the first time: what was written before it was safe got no answer yet.
    if f"answer {label}" in scene.record.told:
        return False
    scene.record.told.append(f"answer {label}")
    return True
