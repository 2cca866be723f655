"""Somebody is missing: what can be done at once, whom to call, and what not to do alone."""

from collections.abc import Callable

from actions.concern.about_other import CONCERN, MISSING
from actions.policy import layers, next_steps
from actions.policy.layers import Layers
from actions.policy.scene import Scene, choice
from actions.referral import referral

_BEGUN = "missing begun"  # told
_MORE = Layers(("utter_missing_ready", "utter_missing_again"), MISSING)
_POLICE = choice("choice_police_both", "ask_police")


def missing(scene: Scene) -> None:
    """Take it up, with whom to call; told again, say the next thing."""
    record = scene.record
    record.about = "other"
    if not scene.say_once(_BEGUN, "utter_about_missing"):
        layers.tell(scene, _MORE, first=[_POLICE])
        referral.numbers_once(scene, _need(scene))
        return
    referral.numbers_once(scene, _need(scene))
    next_steps.more(scene, MISSING, first=[_POLICE], numbers=False)


def _need(scene: Scene) -> str:
    # Lines for children only where it may be a child.
    return CONCERN if scene.record.minor is False else MISSING


TARGETS: dict[str, Callable[[Scene], None]] = {"missing": missing}
