"""Who says goodbye is let go, with how to come back."""

from actions import opening, quiet
from actions.answering import Answer
from actions.scene import Scene


class Goodbye(Answer):
    """goodbye"""

    title = "action_goodbye"

    def answer(self, scene: Scene) -> None:
        """Say how to come back, and let the talk rest; "ok, safe now" is no goodbye."""
        if opening.says_yes(scene):
            return
        if scene.record.situation == "quiet":
            scene.say("utter_ok")
            return
        scene.say("utter_goodbye")
        quiet.close(scene)
