"""Phones, pages and accounts that others may look into: one line of advice a message, and more only when asked.

No advice changes something that the watcher could notice without saying that it can be noticed.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from actions.policy import layers, next_steps
from actions.policy.scene import Scene, choice

ChoiceFields = list[dict[str, Any]]

# The advice on each topic, in the order in which it is given.
_ADVICE: dict[str, tuple[str, ...]] = {
    "digital_clear": ("utter_digital_clear", "utter_digital_clear_more"),
    "digital_shared": ("utter_digital_shared", "utter_digital_shared_more"),
    "digital_spy": ("utter_digital_spy", "utter_digital_spy_more"),
    "digital_location": ("utter_digital_location",),
    "digital_screenshots": ("utter_digital_screenshots",),
    "digital_passwords": ("utter_digital_passwords",),
    "digital_proof": ("utter_digital_proof",),
}
_PICTURES = (
    "utter_disclose_image_abuse",
    "utter_pictures_pay",
    "utter_pictures_block",
    "utter_pictures_tell",
    "utter_pictures_proof",
)
_ANSWERED = "answer disclose_image_abuse"  # told: the first of them, by the answer to what was told
_NO_ROOM = frozenset({"utter_ask_anonymity"})  # as long as a text message may be, without any choice
_ANONYMITY = ("utter_ask_anonymity", "utter_digital_clear", "utter_seen_by_person")
_OTHERS = choice("choice_digital", "step to=digital")
# Two lists: one of all topics would be too long for a text message.
_MENU = ("clear", "shared", "spy", "location")
_MENU_MORE = ("screenshots", "pictures", "passwords", "proof")


def digital(scene: Scene) -> None:
    """Offer the topics, those first that most people need."""
    scene.say("utter_digital", choices=[*_topics(_MENU), _more("digital_more"), next_steps.HUMAN])


def digital_more(scene: Scene) -> None:
    """Offer the rest of the topics."""
    scene.say("utter_digital_more", choices=[*_topics(_MENU_MORE), next_steps.HUMAN])


def answer_topic(scene: Scene) -> bool:
    """Answer the first of these topics that the message names; False when it names none."""
    named = next((topic for topic in scene.topics if topic in TARGETS), None)
    if named is None:
        return False
    TARGETS[named](scene)
    return True


def pictures(scene: Scene) -> None:
    """Pictures used as a threat: one thought each time it is told or asked again."""
    if _ANSWERED in scene.record.told:
        scene.note(_PICTURES[0])
    scene.note(_ANSWERED)
    _say_next(scene, _PICTURES, "digital_pictures", [next_steps.NUMBER])


def anonymity(scene: Scene) -> None:
    """Who can see this; asked again: how to clear it, then what a person on duty would see."""
    _say_next(scene, _ANONYMITY, "anonymity", [_OTHERS])


def _advise(scene: Scene, topic: str) -> None:
    _say_next(scene, _ADVICE[topic], topic, [_OTHERS])


def _say_next(scene: Scene, phrases: Sequence[str], target: str, then: ChoiceFields) -> None:
    """Say the first of these that was not said yet, and what can be chosen after it."""
    left = layers.left(scene, phrases)
    talking = scene.record.situation == "talk"
    if not left and talking:
        layers.close(scene, phrases, then)
        return
    phrase = left[0] if left else phrases[0]
    scene.note(phrase)
    if talking and not (scene.turn.channel == "sms" and phrase in _NO_ROOM):
        next_steps.say(scene, phrase, [_more(target), *then] if len(left) > 1 else then)
    else:
        scene.say(phrase)  # no room, or "safe to write?" follows, and its answers are the only choices


def _more(target: str) -> dict[str, Any]:
    return choice("choice_more", f"step to={target}")


def _topics(names: Sequence[str]) -> ChoiceFields:
    return [choice(f"choice_digital_{name}", f"step to=digital_{name}") for name in names]


TARGETS: dict[str, Callable[[Scene], None]] = {
    "digital": digital,
    "digital_more": digital_more,
    "digital_pictures": pictures,
    "anonymity": anonymity,
    **{topic: partial(_advise, topic=topic) for topic in _ADVICE},
}
