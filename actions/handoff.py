"""The wish for a person. Nobody is on duty yet: that is said first, and lines where people answer are given."""

from actions import offers, referral
from actions.scene import Scene


def talk_to_human(scene: Scene) -> None:
    """Say truly that no person is there, and give numbers of people who are; asked again, in fewer words."""
    scene.record.may_join = True
    if "no person" not in scene.record.told:
        scene.note("no person")
        scene.say("utter_no_person")
        referral.numbers_or_country(scene, scene.label)
    elif "no person again" not in scene.record.told:
        scene.note("no person again")
        referral.only_numbers(scene, scene.label)
        scene.say("utter_stay")
    else:
        offers.say(scene, "utter_stay_again", offers.after(scene.label))
