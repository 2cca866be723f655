"""Small talk and small answers: yes, no, thanks, goodbye, what was not understood. None of them ends in silence."""

from actions import places, quiet, referral
from actions.answering import Answer
from actions.scene import UNCLEAR, Scene

_RUDE = 3  # times after which only the neutral sentence answers


def not_clear(scene: Scene) -> None:
    """Ask back in fewer words, then offer the menu, then numbers; the same words never come three times."""
    if scene.record.question == "country" or _place_for_a_wish(scene):
        referral.location(scene)
        return
    misses = scene.times(UNCLEAR)
    scene.record.answered[UNCLEAR] = misses + 1
    if misses == 0:
        scene.say("utter_simple" if scene.label == "not_understood" else "utter_rephrase")
    elif misses == 1:
        scene.say("utter_choose")
    elif misses % 2 == 0:
        scene.say("utter_floor", emergency=places.emergency_line(scene.record.country))
    else:
        scene.say("utter_choose")


def insult(scene: Scene) -> None:
    """After a story, somebody else may write: neutral mode. Else one short line, and later the neutral one."""
    if quiet.was_told(scene) or scene.times("insult_or_prank") + 1 >= _RUDE:
        quiet.fall_quiet(scene)
        scene.say("utter_neutral")
    else:
        scene.say("utter_insult")


def _place_for_a_wish(scene: Scene) -> bool:
    # What was asked for is kept through small talk, so that the country brings it whenever it comes.
    return bool(scene.countries) and (scene.record.question == "country" or scene.record.want is not None)


class _Small(Answer):
    """A small answer: to an open question where there is one, else a phrase of its own."""

    phrase: str

    def answer(self, scene: Scene) -> None:
        """Take it as an answer, or say the phrase."""
        if _place_for_a_wish(scene):
            referral.location(scene)
        elif not self.to_question(scene):
            scene.record.question = None
            scene.say(self.phrase)

    def to_question(self, scene: Scene) -> bool:
        """Take it as an answer to the question about the country."""
        return False


class Affirm(_Small):
    """affirm"""

    title, phrase = "action_affirm", "utter_affirm"

    def to_question(self, scene: Scene) -> bool:
        """Yes is no country."""
        if scene.record.question != "country":
            return False
        referral.country_missing(scene)
        return True


class Deny(_Small):
    """deny"""

    title, phrase = "action_deny", "utter_deny"

    def to_question(self, scene: Scene) -> bool:
        """The country is not told, and need not be."""
        if scene.record.question != "country":
            return False
        referral.without_country(scene)
        return True


class Unsure(Deny):
    """unsure"""

    title, phrase = "action_unsure", "utter_unsure"


class Greet(_Small):
    """greet"""

    title, phrase = "action_greet", "utter_greet"


class Thanks(_Small):
    """thanks"""

    title, phrase = "action_thanks", "utter_thanks"


class OutOfScope(_Small):
    """out_of_scope"""

    title, phrase = "action_out_of_scope", "utter_out_of_scope"


class NoFiles(Answer):
    """Something came that is no text: it was dropped unread."""

    title = "action_no_files"

    def answer(self, scene: Scene) -> None:
        """Say that words are wanted; an open question stays open."""
        scene.say("utter_no_files")


class NotUnderstood(Answer):
    """not_understood, and what we did not understand."""

    title = "action_not_understood"

    def answer(self, scene: Scene) -> None:
        """Say it more simply."""
        not_clear(scene)


class Insult(Answer):
    """insult_or_prank"""

    title = "action_insult_or_prank"

    def answer(self, scene: Scene) -> None:
        """Stay short, and neutral after a story."""
        insult(scene)


class Location(Answer):
    """provide_location"""

    title = "action_location"

    def answer(self, scene: Scene) -> None:
        """Use the place."""
        referral.location(scene)
