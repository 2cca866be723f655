"""The wish for a person. Nobody is on duty yet: that is said first, and lines where people answer are given."""

from actions import referral
from actions.answering import Answer
from actions.scene import Scene


def talk_to_human(scene: Scene) -> None:
    """Say truly that no person is there, and give numbers of people who are; asked again, in fewer words."""
    if "no person" not in scene.record.told:
        scene.note("no person")
        scene.say("utter_no_person")
        referral.numbers_or_country(scene, scene.label)
    elif "no person again" not in scene.record.told:
        scene.note("no person again")
        referral.only_numbers(scene, scene.label)
        scene.say("utter_stay")
    else:
        scene.say("utter_stay", choices=referral.next_choices(scene.label))


class TalkToHuman(Answer):
    """talk_to_human"""

    title = "action_talk_to_human"

    def answer(self, scene: Scene) -> None:
        """Give numbers of people."""
        talk_to_human(scene)
