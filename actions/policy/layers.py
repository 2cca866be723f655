"""Facts in layers: one thought at a time, and the next one when the same is asked again.

What was said stands in the record by the name of its phrase, so a layer that was reached another way is not repeated.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from actions.policy import next_steps
from actions.policy.scene import Scene, choice

_MOST = 3  # offers of ours in front of the usual ones
_TO = "step to="


@dataclass(frozen=True)
class Layers:
    """Phrases about one thing, in their order, and what is offered after each of them."""

    phrases: tuple[str, ...]
    label: str  # of the domain: what may be wanted next
    then: list[dict[str, Any]] = field(default_factory=list)
    target: str | None = None  # the step that tells the next one; None where `then` leads to each


def left(scene: Scene, phrases: Sequence[str]) -> list[str]:
    """Give the phrases that were not said yet."""
    return [phrase for phrase in phrases if phrase not in scene.record.told]


def tell(scene: Scene, layers: Layers, wanted: str | None = None, first: list[dict[str, Any]] | None = None) -> None:
    """Say the next layer, or the one that is wanted where it was not said; after the last, say that this is all."""
    unsaid = left(scene, layers.phrases)
    if not unsaid:
        close(scene, layers.phrases, layers.then)
        return
    phrase = wanted if wanted in unsaid else unsaid[0]
    scene.note(phrase)
    scene.say(phrase)
    more = [choice("choice_more", f"{_TO}{layers.target}")] if layers.target and len(unsaid) > 1 else []
    then = [offer for offer in layers.then if not _leads_to(offer, layers.phrases, scene)]
    next_steps.more(scene, layers.label, first=[*(first or ()), *more, *then][:_MOST])


def close(scene: Scene, phrases: Sequence[str], then: list[dict[str, Any]]) -> None:
    """Say that this is all. Who asks once more hears it from the beginning: they may have lost it."""
    for phrase in phrases:
        scene.unnote(phrase)
    next_steps.say(scene, "utter_said_all", then)


def _leads_to(offer: dict[str, Any], phrases: Sequence[str], scene: Scene) -> bool:
    """Tell whether a choice leads to one of these phrases that was said."""
    phrase = f"utter_{offer['value'].removeprefix(_TO)}"
    return phrase in phrases and phrase in scene.record.told
