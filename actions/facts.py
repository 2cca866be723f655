"""Questions about others, about the law, and for services: facts first, numbers of the country after them."""

from actions import places, referral
from actions.answering import Answer
from actions.scene import Scene

_WITH_NUMBERS = ("report_concern", "report_missing_person")


def third_party(scene: Scene) -> None:
    """Answer worry about somebody else, or a question in general."""
    label, country = scene.label, scene.record.country
    scene.say(f"utter_{label}")
    if label not in _WITH_NUMBERS:
        scene.say("utter_more", choices=referral.next_choices(label))
        return
    if country:
        scene.say("utter_emergency", emergency=places.emergency_line(country))
    referral.numbers_or_country(scene, label)


def rights(scene: Scene) -> None:
    """Answer a question about rights: what holds nearly everywhere, then whom to ask where the person is."""
    scene.say(f"utter_{scene.label}")
    record = scene.record
    if not record.country and "no country" in record.told:
        scene.say("utter_more", choices=referral.next_choices(scene.label))
    else:
        referral.numbers_or_country(scene, scene.label)


class ThirdParty(Answer):
    """Labels about somebody else, and questions in general."""

    title = "action_third_party"

    def answer(self, scene: Scene) -> None:
        """Give facts, and numbers where somebody is in trouble."""
        third_party(scene)


class Rights(Answer):
    """Labels about the law."""

    title = "action_rights"

    def answer(self, scene: Scene) -> None:
        """Give general information."""
        rights(scene)


class FindHelp(Answer):
    """find_*"""

    title = "action_find_help"

    def answer(self, scene: Scene) -> None:
        """Give lines, or ask for the country."""
        referral.find_help(scene)
