"""The order in which one message is looked at: may somebody else hold the phone? is it a crisis? an answer? then what it says."""

from dataclasses import replace

from actions.crisis import crisis_thread, possible_crisis, safety, self_harm
from actions.hearing import answer_words, listening, particulars
from actions.lines import emergency_questions
from actions.person import beside_operator
from actions.policy import flows, labels, next_steps, talk
from actions.policy.other_readings import read_anew
from actions.policy.scene import CRISIS, ONLY_A_PLACE, Scene
from actions.privacy import opening, quiet
from actions.referral import entry_facts, follow_up, need_answers, referral, town
from actions.referral.fitting import told_of_people
from actions.screening import age
from actions.smalltalk import did_this_help
from bot.text.cleaning import clean, words

_NO_WISH = ONLY_A_PLACE | {"express_distress", "insult_or_prank"}  # labels that "that was wrong" may be taken for
_BEGINNING = frozenset({"ask_anonymity", "ask_bot"})  # who asks this when asked "safe to write?" has decided to write
_DONE = frozenset({"delete_my_data"})  # done at once, whatever else the words may mean
_SAYS_MORE, _FEW = 0.4, 6  # chance of its label; words of a message that may say no more than that somebody has gone
_LEAST_CRISIS = 0.25  # chance of a crisis that is only possible: below, its line stands ahead of another answer
_SURER_THAN_A_QUESTION = 0.75  # about watched phones, whose words are those of a watched phone


def answer(scene: Scene) -> None:
    """Answer a message."""
    if quiet.MAYBE_HUSHED in scene.record.told:
        scene = replace(scene, after_hush=True)
        scene.unnote(quiet.MAYBE_HUSHED)
    scene = self_harm.taken_up(scene)
    scene.turn.country_before = scene.record.country
    scene = town.read(read_anew(scene))
    listening.listen(scene)
    told_of_people.listen(scene)
    if scene.turn.desk.has_operator:
        scene.because("beside an operator")
        beside_operator.answer(scene, labels.answer, _is_crisis(scene))
        return
    scene.record.waits += [label for label in scene.turn.also if label not in scene.record.waits]
    referral.note_topic(scene)
    if quiet.takes(scene):
        scene.because("neutral mode")
        return
    if did_this_help.takes(scene):
        return
    if _is_crisis(scene):
        flows.leave(scene)
        crisis_thread.open_thread(scene)
        begun = scene.record.situation == "talk"
        labels.answer(scene)
        emergency_questions.beside(scene)
        if begun:  # a first message is answered before it is known to be safe: nothing is named there
            particulars.add(scene)
        return
    if not _is_of_the_emergency(scene):
        crisis_thread.go_on(scene)
    possible_crisis.hint(scene)
    if flows.return_after_long(scene) or safety.take_answer(scene) or _correction(scene):
        scene.because("what was open")
        return
    if scene.after_hush and scene.record.situation == "talk" and not _says_more(scene):
        scene.because("after a hush")
        opening.after_maybe(scene)
    elif scene.record.situation == "talk" or _is_answered_anyhow(scene):
        talk.respond(scene)
        particulars.add(scene)
        entry_facts.beside(scene)
        referral.give_owed(scene)
        crisis_thread.guard(scene)
    else:
        scene.because("opening")
        if (now := opening.before_talk(scene)) is not None:
            possible_crisis.hint_of_before(now)
            talk.respond(now)
            particulars.add(now)
            entry_facts.beside(now)
            opening.introduce(now)
    age.ask_if_due(scene)


def _is_of_the_emergency(scene: Scene) -> bool:
    """Tell whether a message is of the emergency that goes on: what the call costs, what to do until they come."""
    return crisis_thread.is_emergency(scene) and emergency_questions.is_asked(scene)


def _says_more(scene: Scene) -> bool:
    """Tell whether a message says something to answer, and not only that somebody has gone."""
    long = len(words(clean(scene.turn.text))) > _FEW
    return scene.turn.chosen or long or (scene.label not in _NO_WISH and scene.sureness >= _SAYS_MORE)


def _is_answered_anyhow(scene: Scene) -> bool:
    """Tell whether the label is answered in this situation though the talk has not begun."""
    if scene.record.situation == "new":
        # The answer names what can not stay secret: it waits until it is safe to read.
        return scene.label in labels.ALWAYS and scene.label != "ask_anonymity"
    says_yes = opening.says_yes(scene) and scene.label not in _DONE
    begins = scene.record.situation == "asked_safe" and (scene.label in _BEGINNING or says_yes)
    return scene.label in labels.ALWAYS and not begins


def _is_crisis(scene: Scene) -> bool:
    """Tell whether a crisis label is answered as one. A guess gives way where the words are plainly something else:

    an answer to "are you thinking of dying?", a question about watched phones, whose advice is what is needed, or a word
    about a service that was just given.
    """
    if scene.label not in CRISIS or (scene.label == "cannot_talk_safely" and opening.says_yes(scene)):
        return False
    if self_harm.takes_over(scene) or (scene.label == "cannot_talk_safely" and quiet.has_left(scene)):
        return False
    if scene.guessed and scene.confidence < _LEAST_CRISIS and not scene.told_by_phrase:
        return False
    guessed = scene.confidence < _SURER_THAN_A_QUESTION and not scene.told_by_phrase
    asks_about_phones = scene.label == "cannot_talk_safely" and need_answers.names_phones(scene)
    return not (guessed and (asks_about_phones or follow_up.is_plain(scene)) and scene.record.situation == "talk")


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
