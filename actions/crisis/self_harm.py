"""Thoughts of dying: asked about plainly, whom to call is given, and the question is never dropped for a menu."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from actions.hearing import answer_words
from actions.person import person
from actions.policy.scene import CRISIS, OF_OTHER, ONLY_A_PLACE, OWN_SELF_HARM, Scene
from actions.referral import country_numbers, wishes
from actions.referral.service_replies import reader
from bot.conversation.record import Record
from bot.engine.understood import FALLBACK
from bot.phrases.phrases import Phrasebook
from bot.text.cleaning import clean
from bot.text.sentences import sentences
from bot.understanding.choice_matcher import chosen
from resources_directory.model.line import PhoneLine, phrase
from resources_directory.model.service_lines import languages
from resources_directory.ranking.spoken_languages import ONLY_OTHERS, foreignness

SELF_HARM, ALONE = "self_harm", "alone"
_QUESTIONS = {SELF_HARM: "utter_self_harm", ALONE: "utter_self_harm_yes"}
# Labels that answer neither question: only small words, or nothing that was understood.
_UNCLEAR = (ONLY_A_PLACE | {FALLBACK, "help_menu", "find_hotline", "insult_or_prank"}) - {"unsure", "deny"}
_GUESS = 0.5
_DONE = 0.4  # chance of a mark from which something was already taken or done: an ambulance comes first then
# Chance of a mark of another's thoughts of dying from which they are theirs, where the own are no likelier. Of 41 messages of
# this kind that seem to be about the writer 24 are heard so, and 3 of 425 about the writer are taken for another's.
_OF_OTHER = 0.05
_ABOUT_ME = 0.5  # chance that a message is about the writer, from which their own mark counts
_WHEN = ("now", "past", "feared")
_INVITED = "invited to tell"  # told, for one message: that they can say so if they think of dying
_SAYS_ELSE = 0.6  # chance of another label that is what is said
_TO_TALK = ("find_counselling", "talk_to_human")
_TELLS = 0.2  # chance of thoughts of dying that are a yes by themselves
_LISTEN = "listen country"  # told: that a line can be named once the country is known


def self_harm(scene: Scene) -> None:
    """Give the number first, ask plainly, and say who listens. How, with what and when is for a person to ask, never for us."""
    record = scene.record
    if is_of_other(scene):
        _about_other(scene)
        return
    ambulance, stays = country_numbers.to_dial(scene, "ambulance"), False
    if scene.heard("marks", "medical:me:now") >= _DONE or scene.heard("marks", "selfharm:me:past") >= _DONE:
        scene.say("utter_self_harm_done", number=ambulance)
    elif scene.times(SELF_HARM) % 2:
        scene.say("utter_self_harm_still", number=to_dial(scene))
    elif scene.times(SELF_HARM):
        stays = True
    else:
        scene.say("utter_self_harm_now", number=to_dial(scene))
        record.question, record.times_asked = SELF_HARM, 0
    _lines_to_listen(scene)
    if stays:
        scene.say("utter_self_harm_stay")
    scene.unnote("urgent")
    if record.situation != "quiet":
        # No cold "safe to write?" after this: the talk goes on.
        record.situation = "talk"


def to_dial(scene: Scene) -> str | dict[str, Any]:
    """Return what to dial: not the police, where somebody fears them and there is an ambulance of its own."""
    return country_numbers.to_dial(scene, "ambulance" if wishes.avoids_police(scene) else "any")


def invite(scene: Scene) -> None:
    """Remember that the writer was invited to say so if they think of dying."""
    scene.note(_INVITED)


def was_spoken_of(scene: Scene) -> bool:
    """Tell whether the writer has told of dying in this conversation, or was invited to."""
    told = OWN_SELF_HARM in scene.record.told or bool(scene.record.spoken.get("utter_unclear_self_harm"))
    return told and OF_OTHER not in scene.record.told


def uninvite(record: Record) -> None:
    """Forget the invitation, where it found no room or was answered."""
    record.told = [what for what in record.told if what != _INVITED]


def taken_up(scene: Scene) -> Scene:
    """Give the scene as thoughts of dying where the message says yes to that invitation: "yes it comes, nobody knows".

    Who asks for somebody to talk to right after it is asked plainly too.
    """
    if _INVITED not in scene.record.told:
        return scene
    uninvite(scene.record)
    if scene.label in CRISIS or (scene.turn.chosen and scene.label != "affirm"):
        return scene
    chance, _ = scene.turn.crises.get(SELF_HARM, (0.0, "no"))
    begins = answer_words.leading_answer(scene.turn.text, scene.turn.locale) == "yes"
    # "Yes, my boss keeps my passport" says yes to something else.
    else_ = scene.label not in _UNCLEAR and scene.sureness >= _SAYS_ELSE
    yes = scene.record.question is None and not else_ and (begins or scene.label == "affirm" or scene.answers("yes"))
    talks = scene.label in _TO_TALK and scene.sureness >= _SAYS_ELSE
    return replace(scene, label=SELF_HARM, confidence=1.0) if yes or talks or chance >= _TELLS else scene


def is_of_other(scene: Scene) -> bool:
    """Tell whether somebody else thinks of dying: "he wrote forgive me, it is better without me" says "I" as well.

    Whom a message is about is heard worse in quoted words than whose crisis it is. The reviewed phrases say "I": such a one is
    the writer's own as long as nothing sounds more like somebody else.
    """
    own, others = (max(scene.heard("marks", f"selfharm:{who}:{when}") for when in _WHEN) for who in ("me", "other"))
    if scene.told_by_phrase:
        return scene.about_other and others > own
    # "I sent my brother there, I could die of shame", after much was told of him.
    mine = own > others and scene.heard("about", "me") >= _ABOUT_ME
    return (scene.about_other and not mine) or (others >= own and others >= _OF_OTHER)


def takes_over(scene: Scene) -> bool:
    """Tell whether a crisis label is rather an answer to one of the two questions: guessed, where a plain answer begins."""
    if scene.record.question not in _QUESTIONS or scene.label not in (SELF_HARM, "cannot_talk_safely"):
        return False
    text = scene.turn.text
    answers = (
        answer_words.leading_answer(text, scene.turn.locale)
        or answer_words.says_alone(text)
        or scene.confidence < _GUESS
    )
    return bool(answers) and not scene.told_by_phrase


def _about_other(scene: Scene) -> None:
    """Somebody else thinks of dying: whom to call, how to be with them, and no question to the writer about themselves."""
    scene.record.about = "other"
    if scene.heard("marks", "medical:other:now") >= _DONE:
        scene.say("utter_self_harm_done_other", number=country_numbers.to_dial(scene, "ambulance"))
    elif scene.heard("marks", "selfharm:other:now") >= scene.heard("marks", "selfharm:other:feared"):
        scene.say("utter_self_harm_other", number=to_dial(scene))
    else:
        _lines_to_listen(scene, danger=True)
        scene.say("utter_self_harm_other_later")
        _begin(scene)
        return
    _lines_to_listen(scene)
    _begin(scene)


def _begin(scene: Scene) -> None:
    if scene.record.situation in ("new", "asked_safe"):
        scene.record.situation, scene.record.question = "talk", None


def take_answer(scene: Scene) -> bool:
    """Take what comes while one of the two questions is open, or the country for a line that listens."""
    question = scene.record.question
    if scene.countries and scene.label in ONLY_A_PLACE and _LISTEN in scene.record.told:
        scene.unnote(_LISTEN)
        _lines_to_listen(scene)
        if question in _QUESTIONS:
            _put(scene, question)
        return True
    if question not in _QUESTIONS:
        return False
    told = _reading(scene)
    if question == ALONE and (told or answer_words.says_alone(scene.turn.text)):
        _alone(scene)
    elif question == SELF_HARM and told:
        _thinks_of_it(scene, told == "yes")
    elif scene.label == "talk_to_human" and scene.record.situation != "quiet":
        _ask_for_person(scene)
        _lines_to_listen(scene)
    elif scene.label == "find_hotline" and not scene.answers_shortly and scene.sureness >= _GUESS:
        # What says more than an answer is answered as what it is, below who listens.
        _lines_to_listen(scene)
        scene.record.question, scene.record.times_asked = None, 0
        return False
    elif (scene.label in _UNCLEAR or takes_over(scene)) and scene.record.situation == "talk":
        _stay(scene, question)
    else:
        return False
    return True


def _put(scene: Scene, question: str) -> None:
    """Put one of the two questions; with the second it is said truly whether a person comes."""
    if question == ALONE and person.comes(scene):
        scene.turn.ask_person = True
        scene.say("utter_self_harm_yes_asked")
    else:
        scene.say(_QUESTIONS[question])


def _ask_for_person(scene: Scene) -> None:
    person.accept(scene)
    # No choices: a number would not answer the question that is open any more.
    if not person.asks(scene, choices=[]):
        scene.say("utter_stay" if "no person" in scene.record.told else "utter_no_person")
        scene.note("no person")


def _reading(scene: Scene) -> str | None:
    """Read yes or no: by the first word, by the choice, or by the label. A bare "ok" answers nothing here."""
    picked = _chosen(scene)
    if picked:
        return "no" if picked == "deny" else "yes"  # not to know is the graver answer
    leading = answer_words.leading_answer(scene.turn.text, scene.turn.locale)
    if (
        leading is None
        and scene.label != "deny"
        and any(
            answer_words.leading_answer(part, scene.turn.locale) == "yes" for part in sentences(clean(scene.turn.text))
        )
    ):
        leading = "yes"  # "999 is the police. Yes, I think of it"
    if scene.label == "unsure" and scene.confidence >= _GUESS:
        return "yes"  # not to know is the graver answer, also where it begins with a no
    if leading and (leading == "yes" or answer_words.stands_apart(scene.turn.text, scene.turn.locale)):
        return leading
    if scene.label == "affirm":
        return None if answer_words.settles_something(scene.turn.text) else "yes"
    return "no" if scene.label == "deny" else None


def _thinks_of_it(scene: Scene, yes: bool) -> None:
    scene.record.question, scene.record.times_asked = (ALONE, 0) if yes else (None, 0)
    if yes:
        _put(scene, ALONE)
    else:
        # "You can call a line" is said only where one is shown.
        scene.say("utter_self_harm_no" if country_numbers.crisis_lines(scene, 1) else "utter_self_harm_no_line")
    _lines_to_listen(scene)


def _alone(scene: Scene) -> None:
    # "No, nobody" is understood as a no, and is the opposite of "somebody is here": only clear words mean that.
    text = scene.turn.text
    picked = _chosen(scene)
    clear = (
        answer_words.says_not_alone(text, scene.turn.locale)
        or answer_words.leading_answer(text, scene.turn.locale) == "no"
        or picked == "deny"
    )
    accompanied = clear and picked != "affirm" and not answer_words.says_alone(text)
    scene.record.question, scene.record.times_asked = None, 0
    scene.say("utter_self_harm_not_alone" if accompanied else "utter_self_harm_alone")
    _lines_to_listen(scene)


def _chosen(scene: Scene) -> str | None:
    """Return affirm, deny or unsure where one of these is picked: "a person" answers neither question."""
    picked = chosen(scene.turn.text, scene.record.choices, scene.turn.locale, _book(), scene.turn.channel)
    value = str(picked["value"]) if picked else None
    return value if value in ("affirm", "deny", "unsure") else None


def _stay(scene: Scene, question: str) -> None:
    """Put the question once more to who wrote a word or two, then only stay: no answer is owed."""
    record = scene.record
    record.times_asked += 1
    if record.times_asked == 1 and scene.answers_shortly:
        _put(scene, question)
    else:
        scene.say("utter_self_harm_stay")
    _lines_to_listen(scene)


def _lines_to_listen(scene: Scene, danger: bool = False) -> None:
    """Say who listens. `danger`: with the number for danger, where it was not said."""
    country = scene.country
    found = country_numbers.crisis_lines(scene, limit=1)
    emergency = country_numbers.emergency_line(scene)
    if wishes.avoids_police(scene):
        emergency = phrase("line_emergency", number=to_dial(scene))
    if not country and _LISTEN in scene.record.told:
        # Told again and again, the same number comes in other words.
        if scene.times(SELF_HARM) > 1:
            scene.say("utter_call", number=to_dial(scene))
        else:
            scene.say("utter_emergency", emergency=emergency)
    elif not country:
        scene.note(_LISTEN)
        scene.count_country_question()
        scene.say("utter_self_harm_which_country")
    elif not found:
        scene.say("utter_self_harm_emergency", emergency=emergency)
    elif scene.record.situation == "quiet" or "listens twice" in scene.record.told:
        scene.say("utter_self_harm_numbers", number=found[0].number, emergency=emergency)
    else:
        scene.note("listens twice" if "listens" in scene.record.told else "listens")
        scene.say(
            "utter_self_harm_lines",
            lines=[told for line in found for told in (line.short(scene.record.country), *_foreign(scene, line))],
            emergency=emergency if danger else "",
        )


def _foreign(scene: Scene, line: PhoneLine) -> Iterator[dict[str, Any]]:
    """Say which languages a line speaks that does not speak the writer's."""
    if foreignness(line.languages, scene.turn.locale) == ONLY_OTHERS:
        yield from languages(line.languages, reader(scene))


@cache
def _book() -> Phrasebook:
    return Phrasebook.load(Path(__file__).parents[2])
