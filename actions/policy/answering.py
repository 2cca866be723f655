"""The frame around every answer: what Rasa hands over becomes a scene, and what was answered is counted."""

from collections.abc import Callable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.policy import turn_order
from actions.policy.scene import FALLBACK, UNCLEAR, Scene

_MISSES = (FALLBACK, "not_understood")


class AnswerAction(Action):
    """An action that answers labels. `title` is its name in the rules, `answer` says what such a label needs."""

    def __init__(self, title: str, answer: Callable[[Scene], None]) -> None:
        self._title, self._answer = title, answer

    def name(self) -> str:
        """Return the name that the rules use."""
        return self._title

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Answer one turn. Effects are left in the record, so that no event carries them."""
        scene = Scene.of(dispatcher, tracker)
        scene.turn.answered_by = self._title
        turn_order.answer(scene, self._answer)
        _count(scene)
        return []


def _count(scene: Scene) -> None:
    answered = scene.record.answered
    if scene.label not in _MISSES:
        answered.pop(UNCLEAR, None)  # only misses in a row lead on to the menu and to numbers
        scene.record.offered = []
    answered[scene.label] = answered.get(scene.label, 0) + 1
