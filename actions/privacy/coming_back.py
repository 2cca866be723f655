"""A way back to this talk on the page, only where somebody asks for it: the risk first, then yes or no, then four words."""

from collections.abc import Callable
from typing import Any

from actions.policy import next_steps
from actions.policy.scene import Scene, choice
from actions.privacy import quiet

OFFER = choice("choice_way_back", "step to=way_back")
ASKED = frozenset({"talk/come_back_later", "talk/how_to_reach_again"})  # fine labels that ask for it
_ANSWERS = [choice("choice_way_back_yes", "step to=way_back_words"), choice("choice_no", "step to=way_back_no")]
_WATCHED = frozenset({quiet.NEUTRAL, quiet.STRANGER, quiet.MAYBE_HUSHED})


def may(scene: Scene) -> bool:
    """Tell whether it can be had now: on the page, while all is calm and nobody else may read."""
    record = scene.record
    if not scene.turn.way_back_hours or record.situation != "talk" or scene.turn.desk.state in ("waiting", "operator"):
        return False
    watched = scene.somebody_comes or scene.after_hush or scene.no_list or not _WATCHED.isdisjoint(record.told)
    late = scene.turn.returning or bool(scene.turn.unsure)  # the words are said in one language
    return not (watched or late or scene.turn.crises or record.crisis)


def offers(scene: Scene, taken: str | None) -> list[dict[str, Any]]:
    """Return the choice that leads to it, for somebody who has asked how to come back."""
    return [OFFER] if taken in ASKED and may(scene) else []


def explain(scene: Scene) -> None:
    """Say what it is, and who else could use it, before there is one."""
    if may(scene):
        scene.say("utter_way_back", hours=scene.turn.way_back_hours)
        scene.say("utter_way_back_cleared", choices=_ANSWERS)
    else:
        scene.say("utter_talk_come_back_later")


def _leave(scene: Scene) -> None:
    if may(scene):
        scene.turn.way_back = True
        scene.say("utter_fine")  # the gateway says the words in its place: they are known to nobody here
    else:
        scene.say("utter_way_back_not_now")


def _stay(scene: Scene) -> None:
    next_steps.say(scene, "utter_fine", [])


TARGETS: dict[str, Callable[[Scene], None]] = {
    "way_back": explain,
    "way_back_words": _leave,
    "way_back_no": _stay,
}
