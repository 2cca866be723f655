"""One message of the talk: what it tells is taken up, what it asks is answered, and the numbers that it needs follow."""

from dataclasses import replace

from actions.concern.about_other import CHILD, CONCERN
from actions.crisis import crisis_thread
from actions.hearing import direct_answers, line_questions, listening, taking_up
from actions.lines import emergency_questions
from actions.policy import flows, labels, next_steps
from actions.policy.scene import CRISIS, OF_OTHER, Scene
from actions.privacy import coming_back
from actions.referral import entry_facts, follow_up, need_answers, referral, town
from actions.referral.fitting import wanted_line
from actions.screening import disclosure
from actions.smalltalk import small_answers
from bot.engine.understood import FALLBACK
from bot.text.cleaning import clean, words

_DONE_AS_TOLD = frozenset({"change_language", "goodbye", "step", "delete_my_data", "no_files", "talk_to_human"})
# A story or a wish of its own is answered by its label when it is sure, whatever else is named in it.
_WISHES = ("disclose_", "report_", "find_", "check_", "ask_immigration", "ask_worker", "ask_police", "talk_", "delete_")
_SURER_THAN_TOPIC = 0.6
_NEAR_DANGER = frozenset({"disclose_confinement", "disclose_threats"})  # stories in the words of a danger that goes on
_ILL = 0.1  # chance of a medical emergency in what asks for a doctor while one goes on
_SURE = 0.6
_ANY = "find_hotline"  # numbers of no certain need
_LEAST = 0.35  # chance of a label below which it is asked back
_LEAST_NEW = 0.65  # of an offer to check, where a story is told: of ten that were guessed there below it, one was right
_LEAST_BEHIND = 0.4  # of a story that stands behind "shall I?", whose answer alone would pass it by
_LEAST_WORRY = 0.2  # of a worry, where somebody else is spoken of: its answer fits whatever is told of them
_SURE_SMALL = 0.5  # and of small talk, in a story
_FEW = 3  # words: a longer message in a story says more than small talk
_LONG = 8  # words: so long a yes, no or "not sure" that answers nothing tells something
_ANSWERS = frozenset({"affirm", "deny", "unsure", "thanks"})
_SMALL_IN_A_STORY = frozenset({"out_of_scope", "not_understood", "greet", "help_menu"})
_NEEDS = ("find_",)
_NAMED_NEED = "need_"  # a consulate, papers, wages: more exact than a wish for a number
_STORIES = ("disclose_", "report_")
# Small talk, and what is not understood: news and feelings say more than these.
_SMALL = frozenset({
    "affirm", "deny", "unsure", "greet", "thanks", "out_of_scope", "not_understood", "provide_location",
    "express_distress", "insult_or_prank", FALLBACK,
})  # fmt: skip


def respond(scene: Scene) -> None:
    """Answer one message of a talk that has begun, or a label that is answered at any time."""
    in_talk = scene.record.situation == "talk"
    # Words of an emergency that goes on answer no question of before.
    asked = emergency_questions.is_asked(scene) or entry_facts.is_plainly_asked(scene)
    emergency = crisis_thread.is_emergency(scene) and not asked
    within = emergency and scene.label == FALLBACK and not scene.turn.chosen
    free = not scene.late and not within
    if free and (_answers_what_is_open(scene) or (in_talk and _about_what_was_given(scene))):
        return
    flows.leave(scene)
    if scene.turn.chosen or (scene.label in _DONE_AS_TOLD and scene.sureness >= _SURE) or not in_talk:
        labels.answer(scene)
        return
    guess, scene = scene.label, _or_unclear(_or_story(_or_told(scene)))
    taken = taking_up.take_up(scene)
    if _stays_in_crisis(scene, taken):
        return
    # While an ambulance is needed, "how do we get there?" asks nothing about a line that was given before.
    if (not crisis_thread.is_emergency(scene) and entry_facts.answer(scene, guess)) or _answers_questions(scene):
        return
    place = scene.label == "provide_location" and (taken or "").startswith("talk/")  # "no, Paris in Texas"
    whole = taking_up.is_whole(scene, taken) or scene.label in _SMALL
    if taken and whole and not place and scene.label in _SMALL | labels.ALWAYS.keys():
        _go_on(scene, taken)
        return
    if _may_be_topic(scene) and need_answers.by_topic(scene):
        scene.because("a topic")
        return
    meant = scene.understood_as(listening.meant(scene))
    scene.turn.counted_as = meant.label
    labels.answer(meant)


def _answers_what_is_open(scene: Scene) -> bool:
    taken = flows.take_answer(scene)
    if taken:
        scene.because("what was open")
    return taken


def _about_what_was_given(scene: Scene) -> bool:
    """Answer a question about the number that was given, or look for another one; tell whether it was asked for."""
    if emergency_questions.answer(scene):
        return True
    calm = not crisis_thread.is_emergency(scene)
    if calm and wanted_line.takes(scene):
        return True
    if not scene.turn.chosen and (entry_facts.is_asked if calm else entry_facts.is_plainly_asked)(scene):
        answered = entry_facts.answer(scene, scene.label)
        if answered and not calm:
            crisis_thread.keep_number(scene)
        return answered
    if scene.label == "change_language" and entry_facts.asks_language(scene):
        entry_facts.say(scene, "language")
        return True
    if not follow_up.takes(scene):
        return False
    scene.because("what was open")
    return True


def _stays_in_crisis(scene: Scene, taken: str | None) -> bool:
    """Answer within the thread of a crisis what says too little for an answer of its own; tell whether it was so.

    What is only guessed says too little too, and while somebody thinks of dying, so do worries about others.
    """
    if taken in taking_up.ENDS and not any(band == "sure" for _, band in scene.turn.crises.values()):
        crisis_thread.close(scene)
    elif taken in taking_up.CALLED:
        crisis_thread.help_comes(scene)
    elif taken is None and scene.label in _SMALL and crisis_thread.is_denied(scene):
        scene.because("no crisis")
        crisis_thread.close(scene)
        scene.say("utter_nobody_sent")
        next_steps.more(scene, scene.label)
        return True
    if not crisis_thread.is_open(scene) or (taken and taking_up.is_whole(scene, taken)):
        return False
    small = scene.label in _SMALL and not direct_answers.answers(scene)
    if not (small or _says_little(scene)):
        return False
    scene.because("crisis stays")
    crisis_thread.stay(scene)
    return True


def _says_little(scene: Scene) -> bool:
    """Tell whether the crisis answers a message: a guessed worry of who thinks of dying, or "shall I call, or go in?"."""
    if scene.turn.chosen or scene.late:
        return False
    own_life = scene.record.crisis == "self_harm" and OF_OTHER not in scene.record.told
    # "Can I get out by the window?" is a guess of a story while he stands at the door.
    near = scene.label in _NEAR_DANGER and scene.record.crisis == "immediate_danger"
    if near or (own_life and scene.label.startswith(_STORIES)):
        return scene.sureness < _SURE and not direct_answers.answers(scene)
    if scene.record.crisis == "medical_emergency" and scene.label == "find_medical_care":
        # "I have a fever now": who comes is the answer, and no doctor near by. "A dentist for me" asks for one.
        ill, _ = scene.turn.crises.get("medical_emergency", (0.0, "no"))
        calls = crisis_thread.CALLED not in scene.record.told and (ill >= _ILL or scene.sureness < _SURE)
        return calls and not direct_answers.answers(scene)
    return crisis_thread.says_only_that(scene)


def _or_told(scene: Scene) -> Scene:
    """Give what a long message tells in a story, where its first reading is a yes, a no or thanks to no question."""
    small = scene.label in _ANSWERS and not scene.turn.chosen and not scene.late and scene.record.question is None
    if not small or not small_answers.in_a_story(scene) or len(words(clean(scene.turn.text))) <= _LONG:
        return scene
    told, chance = scene.likeliest(*_STORIES, *_NEEDS)
    return replace(scene, label=told, confidence=chance) if chance >= max(_LEAST, scene.sureness / 2) else scene


def _or_story(scene: Scene) -> Scene:
    """Give what else is said where a story is told, and an offer to check is only guessed: its words are those of the work."""
    guessed = scene.label == "check_job_offer" and not scene.turn.chosen and scene.sureness < _LEAST_NEW
    if not guessed or not small_answers.in_a_story(scene):
        return scene
    label, chance = scene.likeliest(without=("check_job_offer", *CRISIS))
    return replace(scene, label=label, confidence=chance) if chance >= _LEAST else scene.understood_as(FALLBACK)


def _or_unclear(scene: Scene) -> Scene:
    """Give a guess up where it says too little: a wrong answer is worse than asking back.

    In a story "I can't help with that" would be no answer to words that were not understood.
    """
    if scene.turn.chosen or scene.late:
        return scene
    if scene.label in _SMALL | _SMALL_IN_A_STORY:
        long = small_answers.in_a_story(scene) and len(words(clean(scene.turn.text))) > _FEW
        unsure = long and (scene.label in _SMALL_IN_A_STORY or scene.sureness < _SURE_SMALL)
    else:
        worry = scene.label == "report_concern" and scene.about_other
        unsure = scene.sureness < (_LEAST_WORRY if worry else _LEAST)
    if unsure and line_questions.asks_for_a_line(scene):
        return scene.understood_as(_ANY)  # "does anyone there speak Bangla, and is it free?" asks for a number
    unclear = scene.understood_as(FALLBACK) if unsure else scene
    return unclear.understood_as("provide_location") if town.is_all(unclear) else unclear


def _answers_questions(scene: Scene) -> bool:
    """Answer what is asked in so many words, behind a word for the story that it stands in; tell whether anything was."""
    asked = direct_answers.answers(scene)
    if not asked:
        return False
    only_decides = all(one.label == "decide" for one in asked)  # "you decide" alone is no answer to a story
    if scene.label.startswith("disclose_") and scene.sureness >= (_LEAST_BEHIND if only_decides else _SURE):
        disclosure.take_up(scene, most=1)
    direct_answers.say(scene, asked)
    if crisis_thread.is_open(scene) and scene.label in (FALLBACK, "express_distress"):
        crisis_thread.keep_number(scene)
        return True
    lines = next((one.lines for one in asked if one.lines), None)
    if scene.label.startswith(_NEEDS) and not (lines or "").startswith(_NAMED_NEED):
        need_answers.with_numbers(scene)
        return True
    if scene.label.startswith(_STORIES) and lines != CHILD:
        lines = scene.label
    elif lines == _ANY:
        lines = _of_what_was_told(scene)
    if lines:
        referral.numbers_once(scene, lines)
        entry_facts.again(scene)  # who can think it through was named before
    next_steps.more(scene, lines or scene.label, numbers=lines is None)
    return True


def _of_what_was_told(scene: Scene) -> str:
    """Give the need whose numbers stand beside a decision: whom the worry is about, or what was told before."""
    if scene.record.about == "other":
        return CHILD if scene.record.minor else CONCERN
    return scene.record.need or _ANY


def _go_on(scene: Scene, taken: str) -> None:
    """Say what follows from news or a feeling: the ways and numbers that are owed, and what can be chosen."""
    if taken.startswith("event/"):
        taking_up.feeling(scene)
    if taken in taking_up.CALLED and crisis_thread.is_emergency(scene):
        crisis_thread.stay(scene)
        return
    if taken in taking_up.ENDS and not scene.record.parked:
        return  # who has just come through something is shown no list
    if taken in ("event/cannot_call", "event/worse", "event/no_signal", "event/refused", "talk/nobody_answers"):
        referral.owed_numbers(scene, others=taken in ("event/refused", "talk/nobody_answers"))
    next_steps.more(scene, scene.label, first=coming_back.offers(scene, taken))


def _may_be_topic(scene: Scene) -> bool:
    """Tell whether a topic that is named weighs more than the label: "can he see what I type" is no sign to look for."""
    asks = scene.label.startswith("ask_") and not {"check_self", "safety_plan"}.isdisjoint(scene.topics)
    return asks or scene.sureness < _SURER_THAN_TOPIC or not scene.label.startswith(_WISHES)
