"""The order in which one message is looked at: may somebody else hold the phone? is it a crisis? an answer? then its label."""

from collections.abc import Callable

from actions.crisis import safety, self_harm
from actions.person import beside_operator
from actions.policy import answer_words, flows, listening, next_steps
from actions.policy.scene import CRISIS, ONLY_A_PLACE, Scene
from actions.privacy import quiet
from actions.referral import follow_up, need_answers, referral, town
from actions.screening import age

_NO_WISH = ONLY_A_PLACE | {"express_distress", "insult_or_prank"}  # labels that "that was wrong" may be taken for
_DONE_AS_TOLD = frozenset({"change_language", "goodbye", "step"})
# A story or a wish of its own is answered by its label when it is sure, whatever else is named in it.
_WISHES = ("disclose_", "report_", "find_", "check_", "ask_immigration", "ask_worker", "ask_police", "talk_", "delete_")
_SURER_THAN_TOPIC = 0.6
_SURER_THAN_A_QUESTION = 0.75  # about watched phones, whose words are those of a watched phone


def answer(scene: Scene, by_label: Callable[[Scene], None]) -> None:
    """Answer a message; `by_label` is what its label alone would get."""
    open_before, scene.turn.country_before = scene.record.question, scene.record.country
    scene.note_country()
    town.note(scene)
    listening.listen(scene)
    if scene.turn.desk.has_operator:
        beside_operator.answer(scene, by_label, _is_crisis(scene))
        return
    scene.record.waits += [label for label in scene.turn.also if label not in scene.record.waits]
    referral.note_topic(scene)
    if quiet.takes(scene):
        return
    if _is_crisis(scene):
        flows.leave(scene)
        by_label(scene)
        return
    safety.hint(scene)
    if not (flows.return_after_long(scene) or safety.take_answer(scene) or _correction(scene)):
        _in_the_talk(scene, by_label)
        flows.again(scene, open_before)
        age.ask_if_due(scene)


def _is_crisis(scene: Scene) -> bool:
    """Tell whether a crisis label is answered as one. A guess gives way where the words are plainly something else:

    an answer to "are you thinking of dying?", a question about watched phones, whose advice is what is needed, or a word
    about a service that was just given.
    """
    if scene.label not in CRISIS:
        return False
    if self_harm.takes_over(scene):
        return False
    guessed = scene.confidence < _SURER_THAN_A_QUESTION and not scene.told_by_phrase
    asks_about_phones = scene.label == "cannot_talk_safely" and need_answers.names_phones(scene)
    return not (guessed and (asks_about_phones or follow_up.is_plain(scene)) and scene.record.situation == "talk")


def _in_the_talk(scene: Scene, by_label: Callable[[Scene], None]) -> None:
    if flows.take_answer(scene) or follow_up.takes(scene):
        return
    flows.leave(scene)
    if _may_be_topic(scene) and need_answers.by_topic(scene):
        return
    meant = listening.meant(scene)
    if meant != scene.label and scene.record.situation == "talk":
        need_answers.answer(scene.understood_as(meant))
    else:
        by_label(scene)


def _may_be_topic(scene: Scene) -> bool:
    """Tell whether a topic that is named weighs more than the label: "can he see what I type" is no sign to look for."""
    if scene.record.situation != "talk" or scene.label in _DONE_AS_TOLD:
        return False
    asks_about_self = "check_self" in scene.topics and scene.label.startswith("ask_")
    return asks_about_self or scene.confidence < _SURER_THAN_TOPIC or not scene.label.startswith(_WISHES)


def _correction(scene: Scene) -> bool:
    """Take back the sign that was heard last, when the whole message says that it was wrong."""
    if scene.record.situation != "talk" or scene.label not in _NO_WISH:
        return False
    if not answer_words.says_wrong(scene.turn.text):
        return False
    if not listening.take_back(scene):
        return False
    scene.say("utter_taken_back")
    if not flows.put_open(scene):
        next_steps.more(scene, scene.label)
    return True
