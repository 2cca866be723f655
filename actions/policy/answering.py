"""The frame around every answer: the running turn becomes a scene, what was drafted is said, and it is counted."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.policy import turn_order
from actions.policy.scene import UNCLEAR, Scene
from actions.privacy import quiet
from actions.replies.composer import composed
from bot.engine.turn import current
from bot.engine.understood import FALLBACK

_MISSES = (FALLBACK, "not_understood")


class AnswerAction(Action):
    """The one action: it answers a message."""

    def name(self) -> str:
        """Return the name by which the policy calls it."""
        return "action_answer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Answer one turn. Effects are left in the record, so that no event carries them."""
        scene = Scene.of(current())
        after_hush = quiet.MAYBE_HUSHED in scene.record.told
        turn_order.answer(scene)
        for draft in composed(scene.turn, scene.drafts, one=after_hush):
            chosen = {} if draft.choices is None else {"choices": draft.choices}
            dispatcher.utter_message(response=draft.phrase, **chosen, **draft.arguments)
        _count(scene)
        return []


ACTIONS = (AnswerAction(),)


def _count(scene: Scene) -> None:
    answered, label = scene.record.answered, scene.turn.counted_as or scene.label
    if label not in _MISSES:
        answered.pop(UNCLEAR, None)  # only misses in a row lead on to the menu and to numbers
        scene.record.offered = []
    if scene.record.situation == "asked_safe" and scene.record.want == label:
        return  # it waits: it was not answered yet
    answered[label] = answered.get(label, 0) + 1
