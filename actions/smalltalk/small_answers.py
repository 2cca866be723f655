"""Small talk and small answers: yes, no, thanks, what was not understood. None of them ends in silence."""

import re
from typing import Any

from actions.policy import next_steps
from actions.policy.scene import UNCLEAR, Scene, choice
from actions.privacy import quiet
from actions.referral import country_numbers, entry_facts, need_answers, organisation_lines, referral
from actions.smalltalk import asking_back
from bot import organisation
from bot.text.cleaning import clean, words
from bot.text.word_lists import SPACELESS_LETTER

_AFTER_HELP = [choice("choice_go_on", "greet"), next_steps.HUMAN]  # as domain.yml has them for the same words alone
_MISSES_IN_A_STORY = 2  # in a row, before guesses are offered
_LONG, _LONG_LETTERS = 12, 24  # words, and letters of a script without blanks
_QUESTION = re.compile("[?؟？]")
_RUDE = 3  # times after which only the neutral sentence answers


def not_clear(scene: Scene) -> None:
    """Ask back with two guesses or in fewer words, then offer the menu, then numbers; no words come three times."""
    if (scene.record.question == "country" and scene.answers_shortly) or _place_for_a_wish(scene):
        need_answers.location(scene)
        return
    if need_answers.by_topic(scene):
        return
    if (in_a_story(scene) or _tells_much(scene)) and scene.times(UNCLEAR) < _MISSES_IN_A_STORY:
        _tell_more(scene)
        return
    if asking_back.offer(scene):
        return
    misses = scene.times(UNCLEAR)
    scene.record.answered[UNCLEAR] = misses + 1
    if misses == 0:
        scene.say("utter_simple" if scene.label == "not_understood" else "utter_rephrase")
    elif misses == 1:
        scene.say("utter_choose")
    elif misses % 2 == 0:
        known = scene.country is not None
        here = country_numbers.emergency_line(scene) if known else organisation_lines.without_country(scene)
        scene.say("utter_floor", emergency=here)
    else:
        scene.say("utter_choose")


def _tells_much(scene: Scene) -> bool:
    """Tell whether a message is so long that it tells a story: "say it in a few words" would be no answer to it."""
    text = clean(scene.turn.text)
    return len(words(text)) >= _LONG or len(SPACELESS_LETTER.findall(text)) >= _LONG_LETTERS


def in_a_story(scene: Scene) -> bool:
    """Tell whether something was told or asked for before: then guesses at a new beginning would be beside the point."""
    told = scene.record.answered
    return scene.record.need is not None or any(label.startswith(("disclose_", "report_", "check_")) for label in told)


def _tell_more(scene: Scene) -> None:
    """Say that a computer may miss things, with the numbers that are owed, and what can be chosen."""
    record = scene.record
    record.answered[UNCLEAR] = scene.times(UNCLEAR) + 1
    asks = bool(_QUESTION.search(scene.turn.text))
    if asks:
        scene.say("utter_cannot_say")
    else:
        scene.say("utter_tell_more" if scene.times(UNCLEAR) == 1 else "utter_read_it")
    told = [label for label in record.answered if label.startswith(("disclose_", "report_", "check_", "find_"))]
    label = record.need or (told[-1] if told else "report_concern" if scene.about_other else "find_hotline")
    referral.numbers_once(scene, label)
    if asks or (scene.turn.understood.intent or "").startswith("find_"):
        entry_facts.again(scene)
    next_steps.more(scene, label)


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


def small(scene: Scene) -> None:
    """Take small talk as the place that was asked for where it names one, else say a phrase of its own."""
    if _place_for_a_wish(scene):
        need_answers.location(scene)
        return
    scene.record.question = None
    phrase, again = _SMALL[scene.label]
    said = again if scene.times(scene.label) else phrase
    if scene.record.parked or (scene.label in ("affirm", "unsure") and in_a_story(scene)):
        next_steps.say(scene, "utter_go_on", [])
    else:
        scene.say(said)


def _answers_where(scene: Scene) -> bool:
    """Tell whether a small word answers "which country?" and names none; in a longer message it answers something else."""
    return scene.record.question == "country" and not scene.countries and scene.answers_shortly


def affirm(scene: Scene) -> None:
    """Yes, and no country with it, is no country."""
    if _answers_where(scene):
        referral.country_missing(scene)
    else:
        small(scene)


def deny(scene: Scene) -> None:
    """The country is not told, and need not be."""
    if _answers_where(scene):
        referral.without_country(scene)
    else:
        small(scene)


def no_files(scene: Scene) -> None:
    """Something came that is no text, and was dropped unread: words are wanted. An open question stays open."""
    scene.say("utter_no_edits" if scene.step == "edit" else "utter_no_files")


def text_help(scene: Scene) -> None:
    """HELP as the whole text message is a word of the carriers, who want to hear in answer what this is."""
    say_text_help(scene)


def say_text_help(scene: Scene, **choices: list[dict[str, Any]]) -> None:
    """Say what this is and, where the organisation has named one, whom to ask about it."""
    contact = scene.turn.organisation.text_contact
    if contact:
        told = organisation.text_help(contact, scene.turn.locale)
        scene.say(told["say"], **{"choices": _AFTER_HELP, **choices}, **told["arguments"])
    else:
        scene.say("utter_text_help", **choices)


# Said at first, and when the same comes again.
_SMALL = {
    "affirm": ("utter_affirm", "utter_menu"),
    "deny": ("utter_deny", "utter_fine"),
    "unsure": ("utter_unsure", "utter_choose"),
    "greet": ("utter_greet", "utter_menu"),
    "thanks": ("utter_thanks", "utter_fine"),
    "out_of_scope": ("utter_out_of_scope", "utter_choose"),
}
