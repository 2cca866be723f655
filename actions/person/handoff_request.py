"""The wish for a person: asked for where one is there; else that is said first, and lines where people answer are given."""

from collections.abc import Callable

from actions.crisis import crisis_thread
from actions.hearing import answer_words
from actions.person import person
from actions.policy import next_steps
from actions.policy.scene import Scene
from actions.referral import country_numbers, referral
from bot.text.cleaning import words
from bot.text.word_lists import SPACELESS_LETTER

_SURE = 0.6  # chance of the wish for a person in neutral mode
_WORDS, _LETTERS = 2, 8  # of it at most; letters of a script without spaces


def talk_to_human(scene: Scene) -> None:
    """Ask for a person, or say the place in the line; where nobody is, say so truly, and give numbers of people who are."""
    person.accept(scene)
    if not person.asks(scene):
        _nobody(scene)


def in_neutral_mode(scene: Scene) -> bool:
    """Ask for a person by the word alone, in neutral mode too; say truly whether one is there, and nothing of what it is about.

    The desk shows that somebody else may hold the phone. Tell whether the word was written.
    """
    if scene.label != "talk_to_human" or scene.sureness < _SURE or not _is_a_word(scene.turn.text):
        return False
    desk = scene.turn.desk
    scene.turn.ask_person = desk.may_ask
    scene.say("utter_neutral_person" if desk.may_ask or desk.waits else "utter_neutral_nobody")
    return True


def _is_a_word(text: str) -> bool:
    return len(words(text)) <= _WORDS and len(SPACELESS_LETTER.findall(text)) <= _LETTERS


def takes_answer(scene: Scene) -> bool:
    """Take a yes or no to "may a person join?"; anything else is answered as what it is, and the question is over."""
    if scene.record.question != person.QUESTION:
        return False
    scene.record.question, scene.record.times_asked = None, 0
    told = answer_words.leading_answer(scene.turn.text, scene.turn.locale)
    if scene.label == "affirm" or (told == "yes" and scene.label != "talk_to_human"):
        talk_to_human(scene)
    elif scene.label == "deny" or told == "no":
        _decline(scene)
    else:
        return False
    return True


def _decline(scene: Scene) -> None:
    person.decline(scene)
    next_steps.say(scene, "utter_person_declined", [next_steps.NUMBER, next_steps.STAY, next_steps.PLAN])


def _stop_waiting(scene: Scene) -> None:
    """Let nobody come. It is no refusal of a person for good."""
    scene.turn.withdraw = scene.turn.desk.waits
    scene.say("utter_person_withdrawn")


def _nobody(scene: Scene) -> None:
    if "no person" not in scene.record.told:
        scene.note("no person")
        _say_nobody(scene)
        if crisis_thread.is_emergency(scene):  # the whole answer to it would leave no room to say that nobody is there
            scene.say("utter_emergency", emergency=country_numbers.emergency_line(scene))
        else:
            referral.numbers_or_country(scene, scene.label)
    elif "no person again" not in scene.record.told:
        scene.note("no person again")
        referral.only_numbers(scene, scene.label)
        scene.say("utter_stay")
    else:
        next_steps.say(scene, "utter_stay_again", next_steps.after(scene.label))


def _say_nobody(scene: Scene) -> None:
    hours = scene.turn.desk.next_in_hours
    if hours:
        scene.say("utter_person_out_of_hours", hours=hours)
    else:
        scene.say("utter_no_person")


TARGETS: dict[str, Callable[[Scene], None]] = {
    "keep_waiting": talk_to_human,
    "stop_waiting": _stop_waiting,
    "no_person": _decline,
}
