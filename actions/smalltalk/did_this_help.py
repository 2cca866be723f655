"""The question "did this help?", put once behind a good-bye; whatever else is written is simply answered."""

from functools import partial

from actions.policy.scene import Scene, choice
from bot.reporting.helped_counts import ANSWERED, ANSWERS, ASKED, may_be_asked

_STEP = "helped_"
CHOICES = [
    choice("choice_yes", f"step to={_STEP}yes"),
    choice("choice_a_little", f"step to={_STEP}little"),
    choice("choice_no", f"step to={_STEP}no"),
]


def is_due(scene: Scene) -> bool:
    """Tell whether it can be asked at the end of this message, before the talk is closed."""
    calm = not (scene.turn.crises or scene.somebody_comes or scene.after_hush or scene.no_list or scene.turn.returning)
    alone = not scene.turn.unsure and scene.turn.desk.state not in ("waiting", "operator")
    return calm and alone and may_be_asked(scene.record, scene.turn.channel)


def ask(scene: Scene) -> None:
    """Ask it. Nothing waits for the answer: it is a choice among others."""
    scene.note(ASKED)
    scene.ask("utter_helped", partial(scene.unnote, ASKED), choices=CHOICES)


def takes(scene: Scene) -> bool:
    """Take an answer, and tell whether this message was one. One that comes after a gap, or in neutral mode, is none."""
    answer = (scene.step or "").removeprefix(_STEP)
    if not (scene.step or "").startswith(_STEP) or answer not in ANSWERS or ASKED not in scene.record.told:
        return False
    if scene.turn.returning or scene.record.situation not in ("new", "talk"):
        return False
    scene.because("helped")
    if ANSWERED in scene.record.told:
        scene.say("utter_ok")
        return True
    scene.note(ANSWERED)
    scene.turn.helped = answer
    scene.say("utter_helped_no" if answer == "no" else "utter_helped_thanks")
    return True
