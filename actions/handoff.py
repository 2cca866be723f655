"""The wish for a person. Nobody is on duty yet: that is said first, and lines where people answer are given."""

from actions import referral
from actions.answering import Answer
from actions.scene import Scene


def talk_to_human(scene: Scene) -> None:
    """Say truly that no person is there, and give numbers of people who are."""
    scene.say("utter_no_person")
    referral.numbers_or_country(scene, scene.label)


class TalkToHuman(Answer):
    """talk_to_human"""

    title = "action_talk_to_human"

    def answer(self, scene: Scene) -> None:
        """Give numbers of people."""
        talk_to_human(scene)
