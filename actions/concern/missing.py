"""Somebody is missing: what can be done at once, two questions that choose the lines, and what not to do alone."""

from collections.abc import Callable

from actions.concern.about_other import CONCERN, MISSING, asks_country, asks_minor, say_lines, take_country, take_minor
from actions.policy import layers, next_steps, resume_flow
from actions.policy.flow import Ask, Flow
from actions.policy.layers import Layers
from actions.policy.scene import Scene
from actions.referral import referral
from bot.conversation.record import Record

_ENDED = "missing ended"  # told


def missing(scene: Scene) -> None:
    """Begin, go on where it was left, or give the numbers again."""
    record = scene.record
    record.about = "other"
    if _ENDED in record.told:
        _again(scene)
        return
    if not resume_flow.begun(record, QUESTIONS):
        scene.say("utter_report_missing_person")
        referral.introduce(scene)
    resume_flow.go_on(scene, QUESTIONS)


def _lines_for(record: Record) -> str:
    # Lines for children only where it may be a child.
    return CONCERN if record.minor is False else MISSING


def _end(scene: Scene) -> None:
    scene.note(_ENDED)
    scene.say("utter_missing_ready")
    say_lines(scene, _lines_for(scene.record))
    next_steps.more(scene, MISSING, numbers=False)


def _again(scene: Scene) -> None:
    say_lines(scene, _lines_for(scene.record))
    layers.tell(scene, Layers(("utter_missing_again",), MISSING))


QUESTIONS = Flow(
    "missing",
    (
        Ask("missing_minor", "utter_missing_minor", take_minor, asks_minor),
        Ask("missing_country", "utter_which_country", take_country, asks_country, in_words=True),
    ),
    _end,
    most=2,
)
FLOWS: tuple[Flow, ...] = (QUESTIONS,)
TARGETS: dict[str, Callable[[Scene], None]] = {"missing": missing}
