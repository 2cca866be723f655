"""The actions of the four crisis labels, by the names that the rules use."""

from actions import opening, safety, self_harm
from actions.answering import Answer
from actions.scene import Scene


class ImmediateDanger(Answer):
    """immediate_danger"""

    title = "action_immediate_danger"

    def answer(self, scene: Scene) -> None:
        """Give the number."""
        safety.immediate_danger(scene)


class SelfHarm(Answer):
    """self_harm"""

    title = "action_self_harm"

    def answer(self, scene: Scene) -> None:
        """Ask, and give whom to call."""
        self_harm.self_harm(scene)


class MedicalEmergency(Answer):
    """medical_emergency"""

    title = "action_medical_emergency"

    def answer(self, scene: Scene) -> None:
        """Give the number of the ambulance."""
        safety.medical_emergency(scene)


class CannotTalkSafely(Answer):
    """cannot_talk_safely"""

    title = "action_cannot_talk_safely"

    def answer(self, scene: Scene) -> None:
        """Let them stop, unless the words say that it is safe."""
        if not opening.says_yes(scene):
            safety.cannot_talk_safely(scene)
