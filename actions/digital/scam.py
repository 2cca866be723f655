"""Held and made to trick people online: what to know, one step at a time, in the order that keeps a person safest.

No blame, and no word that asks what was done there. Ways out and money are for a trained person to talk through:
what freed some has led others to be sold on.
"""

from actions.policy import layers, next_steps
from actions.policy.layers import Layers
from actions.policy.scene import Scene

_LABEL = "disclose_forced_criminality"
_STEPS = (
    "utter_scam_safety",
    "utter_scam_alone",
    "utter_scam_ways",
    "utter_scam_money",
    "utter_scam_after",
    "utter_scam_wait",
    "utter_scam_remember",
)
_FAMILY = "utter_scam_family"
_THEN = [next_steps.NUMBER, next_steps.LAWYER]


def scam_compound(scene: Scene) -> bool:
    """Answer what was told of such a place; tell whether it was one."""
    if not any(mark["indicator"].startswith("scam_") for mark in scene.record.marks):
        return False
    if f"answer {_LABEL}" not in scene.record.told:
        scene.note(f"answer {_LABEL}")
        scene.say(f"utter_{_LABEL}")
    next_step(scene)
    return True


def next_step(scene: Scene) -> None:
    """Say the next thing to know."""
    steps = (*_STEPS, _FAMILY) if scene.record.about == "other" else _STEPS
    layers.tell(scene, Layers(steps, _LABEL, _THEN, "scam_next"))
