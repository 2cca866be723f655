"""Who can see this, and erasing it: answered in every state."""

from actions import opening
from actions.answering import Answer
from actions.scene import Scene


class AskAnonymity(Answer):
    """ask_anonymity"""

    title = "action_ask_anonymity"

    def answer(self, scene: Scene) -> None:
        """Tell what we keep, what others keep, the limits, and how to erase."""
        if scene.record.situation == "quiet":
            scene.say("utter_neutral")
            return
        scene.say("utter_ask_anonymity")
        opening.ask_again(scene)


class DeleteMyData(Answer):
    """delete_my_data"""

    title = "action_delete_my_data"

    def answer(self, scene: Scene) -> None:
        """Erase at once, without any question back: a question would be one more line to find."""
        scene.turn.forget = True
        scene.say("utter_deleted")
