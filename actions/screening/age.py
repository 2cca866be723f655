"""Whether the writer is under 18: asked only where the words let one think so, and the limits are told before."""

from actions.hearing import listening
from actions.policy import flow, next_steps
from actions.policy.flow import Ask, Flow, Reading
from actions.policy.scene import Scene
from bot.conversation.record import Record


def ask_if_due(scene: Scene) -> None:
    """Ask at the end of an answer, where it is due."""
    if listening.age_is_due(scene):
        tell_limits(scene)
        flow.put_next(scene, FLOW)


def tell_limits(scene: Scene) -> None:
    """Tell a child, once, what can not stay secret, and that they can ask without a name."""
    scene.say_once("limits", "utter_minor_limits")


def _take(scene: Scene, reading: Reading) -> None:
    if reading in ("yes", "no"):
        scene.record.minor = reading == "yes"


def _end(scene: Scene) -> None:
    if scene.record.minor:
        scene.say("utter_disclose_minor")
        scene.note("answer disclose_minor")
    elif scene.record.minor is None:
        scene.say("utter_fine")
    next_steps.more(scene, "disclose_minor" if scene.record.minor else "express_distress")


def _not_known(record: Record) -> bool:
    return record.minor is None


_QUESTION = Ask(listening.AGE, "utter_ask_age", _take, _not_known)
FLOW = Flow("age", (_QUESTION,), _end, most=1)
FLOWS = (FLOW,)
