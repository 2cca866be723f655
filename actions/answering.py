"""The frame around every answer: may somebody else hold the phone? is it a word to an open crisis question? then it."""

from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import quiet, referral, safety
from actions.scene import FALLBACK, UNCLEAR, Scene

_MISSES = (FALLBACK, "not_understood")


class Answer(Action, ABC):
    """An action that answers a label."""

    @property
    @abstractmethod
    def title(self) -> str:
        """Give its name in domain.yml and in the rules. Abstract: rasa_sdk registers each class that is not."""

    def name(self) -> str:
        """Give the name that the rules use."""
        return self.title

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Answer one turn. Effects are left in the record, so that no event carries them."""
        scene = Scene.of(dispatcher, tracker)
        scene.note_country()
        referral.note_topic(scene)
        taken = quiet.takes(scene) or (scene.label not in quiet.CRISIS and safety.take_answer(scene))
        if not taken:
            self.answer(scene)
        _count(scene)
        return []

    @abstractmethod
    def answer(self, scene: Scene) -> None:
        """Say what this label needs."""


def _count(scene: Scene) -> None:
    answered = scene.record.answered
    if scene.label not in _MISSES:
        answered.pop(UNCLEAR, None)  # only misses in a row lead on to the menu and to numbers
    answered[scene.label] = answered.get(scene.label, 0) + 1
