"""Questions about the number that was given last, answered by what its entry says: languages, hours, cost, what a caller must know.

What an entry does not say is not known, and is said to be so.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from typing import Any

from actions.hearing import direct_answers
from actions.hearing.line_questions import ELSE, WHO, WHOLE, LineWords, line_words, questions_in_words
from actions.lines.asked_line import asked_line, named_itself
from actions.lines.line_facts import ALL, facts
from actions.policy import next_steps
from actions.policy.scene import CRISIS, Scene, choice, is_phrase
from actions.referral import referral
from actions.referral.referral import NEAR
from bot.engine.understood import FALLBACK
from bot.phrases.reply_kinds import kind_of
from resources_directory.model.line import PhoneLine, phrase

_LEAST = 0.2  # chance of a fine label from which it is such a question
_SURELY = 0.35  # chance from which it is one, whatever else may be asked
_SURE = 0.5  # chance of another need, which is looked for instead
_LEAST_AGAIN = 0.3  # of a need that is not clearly said
_OTHERS = frozenset({"another", "closer"})
_MOST, _MOST_UNSAID = 3, 2  # questions answered in one reply, and those of which the entry says nothing
_ATTRIBUTE = "attr_{}"  # a phrase that names what is asked, to stand in a list
_FOR_ME = "call_for_me"  # can be asked before a number was given
_WAGES = "disclose_unpaid_wages"
_WRITES, _DISABLED = "in_writing", "disability"
_PASSES_ON = "passes_on"  # no entry says whom a service tells; the caller can ask first
_SAY, _WITNESS = (
    "what_to_say",
    "what_to_say as a witness",
)  # whoever calls for another does not say "there are three of us"
# What is true of a call to any line, whatever its entry says.
_OF_ANY = {
    _SAY: ("utter_say_this",),
    _WITNESS: ("utter_say_as_witness",),
    "they_say": ("utter_say_for_them",),
    "call_for_me": ("utter_find_call_for_them", "utter_say_for_them"),
    _PASSES_ON: ("utter_others_pass_on", "utter_call_leaves_trace"),
}
_BY_WORDS = 0.5  # chance of an answer to something else that outweighs words
_ANOTHER = choice("choice_another", "step to=another")


def answer(scene: Scene, guess: str) -> bool:
    """Answer a question about the line that was given last; tell whether it was one. `guess`: the label, however unsure.

    Who asks for a service once more, in words that are not understood, asks about the one that was given.
    """
    asked = _asked(scene) if is_asked(scene) else ()
    if asked and _line(scene) is None:
        _say_calls(scene, asked)
        return True
    if not asked and scene.label == FALLBACK and guess.startswith("find_") and scene.confidence >= _LEAST_AGAIN:
        asked = (ALL,)
    if not asked or _line(scene) is None:
        return False
    say(scene, *asked)
    return True


def is_asked(scene: Scene) -> bool:
    """Tell whether a message asks about the line that was given last, and not for another one."""
    another = max((chance for label, chance in scene.many.items() if label.rpartition("/")[2] in _OTHERS), default=0.0)
    need, by_words = scene.record.need, _in_words(scene)
    other_need = scene.label.startswith("find_") and scene.label not in (need, "find_hotline")
    # Words that were found outweighed a guess already.
    says_else = (other_need or scene.label.startswith(ELSE)) and scene.sureness >= _SURE and not by_words.questions
    of_it = another < _LEAST and scene.label not in CRISIS and not (says_else or _rather_else(scene, by_words))
    return of_it and bool(_asked(scene)) and (_line(scene) is not None or _FOR_ME in by_words.questions)


def is_plainly_asked(scene: Scene) -> bool:
    """Tell whether words name both a line and what is asked of it, so that an emergency that goes on is not meant."""
    return _in_words(scene).plain and is_asked(scene)


def _rather_else(scene: Scene, by_words: LineWords) -> bool:
    """Tell whether something else is rather asked: "what do I say to her" is near "what do they ask"."""
    here = max((chance for _, chance in _chances(scene)), default=0.0)
    else_ = max((one.chance for one in direct_answers.answers(scene) if one.label not in _MEANT), default=0.0)
    if by_words.questions:
        return else_ >= _BY_WORDS and not by_words.plain
    return here < _SURELY and else_ > here


def _in_words(scene: Scene) -> LineWords:
    return questions_in_words(scene, numbered=named_itself(scene) is not None)


def asks_language(scene: Scene) -> bool:
    """Tell whether the language of a line is asked for, where one was given, and not another language of ours."""
    other = [tag for tag in scene.languages if tag != scene.turn.locale]
    return not other and _line(scene) is not None


def again(scene: Scene) -> None:
    """Say the number that was given last once more, where this answer gives none: twice, and not with every answer."""
    line = _line(scene)
    if line is None or any(kind_of(draft.phrase) == "number" for draft in scene.drafts):
        return
    if not scene.say_once(f"line {line.id}", "utter_line", line=line.short(scene.record.country)):
        scene.say_once(f"line {line.id} again", "utter_follow_service", details=[line.short(scene.record.country)])


def _say_line(scene: Scene, line: PhoneLine) -> None:
    """Say a number that was given, in other words each time: the same text does not come a third time."""
    short = line.short(scene.record.country)
    if not scene.say_once(f"line {line.id}", "utter_line", line=short):
        scene.say("utter_follow_service", details=[short])


def say(scene: Scene, *asked: str) -> None:
    """Say what the entry says to each question, or that it says nothing of it."""
    line = _line(scene)
    if line is None:
        return
    scene.because(f"entry: {', '.join(asked)}")
    found = {one: facts(scene, line, one) for one in asked if one not in _OF_ANY}
    told = _each_once(found)
    _say_of_any(scene, [one for one in asked if one != _PASSES_ON])
    if told:
        scene.say("utter_follow_service", details=[line.short(scene.record.country), *told])
    _say_unsaid(scene, [one for one in found if not found[one]], _MOST_UNSAID - bool(told))
    if not told:
        _say_line(scene, line)
    tells = {name for name, chance in scene.many.items() if chance >= _SURELY} & direct_answers.TELLS
    if _PASSES_ON in asked:
        _say_of_any(scene, [_PASSES_ON])
    elif tells or (WHO in asked and line.operated_by == "state"):
        scene.say("utter_others_pass_on")
    next_steps.more(scene, scene.record.need or "find_hotline", first=[_ANOTHER], numbers=False)


def _each_once(found: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return the facts, each once: two questions may have one answer."""
    facts_ = [fact for some in found.values() for fact in some]
    return [fact for at, fact in enumerate(facts_) if fact not in facts_[:at]]


def _say_of_any(scene: Scene, asked: Iterable[str]) -> None:
    if scene.record.about == "other":
        asked = [_WITNESS if one == _SAY else one for one in asked]
    for phrase_ in dict.fromkeys(name for one in asked for name in _OF_ANY.get(one, ())):
        scene.say(phrase_)


def _say_calls(scene: Scene, asked: tuple[str, ...]) -> None:
    """Say how somebody else can call where no number was given yet, and give one."""
    scene.because(f"calls: {', '.join(asked)}")
    _say_of_any(scene, asked)
    need = scene.record.need or "find_hotline"
    referral.numbers_once(scene, need)
    next_steps.more(scene, need, numbers=False)


def beside(scene: Scene) -> None:
    """Say what the entry of a number that this answer gives says to what is asked with it: "a line for men, open at night?"."""
    if scene.late:
        return
    line, said = _line(scene), {draft.phrase for draft in scene.drafts}
    asked = [one for one in _asked(scene) if is_phrase(_ATTRIBUTE.format(one))]
    answered = any(phrase == "utter_follow_service" or phrase.startswith("utter_find_") for phrase in said)
    gives = bool(said & {"utter_lines", "utter_pages", "utter_line", "utter_service"})
    if line is None or not asked or answered or not gives:
        return
    scene.because(f"entry: {', '.join(asked)}")
    found = {one: facts(scene, line, one) for one in asked}
    if told := _each_once(found):
        scene.say("utter_follow_service", details=told)
    _say_unsaid(scene, [one for one in asked if not found[one]], 1)


def _say_unsaid(scene: Scene, unsaid: list[str], most: int) -> None:
    """Say what the entry does not say: several things in one sentence."""
    short = [one for one in unsaid if is_phrase(_ATTRIBUTE.format(one))]
    if len(short) > 1:
        what = reduce(_joined, (phrase(_ATTRIBUTE.format(one)) for one in short))
        scene.say("utter_not_stated", what=what)
        unsaid, most = [one for one in unsaid if one not in short], most - 1
    for one in unsaid[: max(most, 0)]:
        scene.say("utter_find_how_it_works" if one == ALL else f"utter_find_{one}")


def _joined(one: dict[str, Any], two: dict[str, Any]) -> dict[str, Any]:
    return phrase("attr_two", one=one, two=two)


def _asked(scene: Scene) -> tuple[str, ...]:
    """Return the names of the questions about a service that are asked, the surest first."""
    heard: dict[str, float] = {}
    for asked, chance in _chances(scene):
        heard[asked] = heard.get(asked, 0.0) + chance  # which service it is about is known: the one that was given
    # "I can't call, they would hear me: can I text?" is no question for people who do not hear.
    if _DISABLED in heard and _WRITES in line_words(scene.turn.text, scene.turn.locale).questions:
        heard[_WRITES] = max(heard.get(_WRITES, 0.0), heard.pop(_DISABLED))
    likely = [name for name, chance in heard.items() if chance >= _LEAST]
    named = list(_in_words(scene).questions)  # of two questions in a message the reader often hears one, or none
    if likely:
        named += [name for topic, name in _NAMED.items() if topic in scene.topics]
    # "They don't pay me, is there a number?" has a word for money that is not that of the call.
    wages = scene.many.get(_WAGES, 0.0) >= _LEAST or scene.label == _WAGES
    likely += [name for name in dict.fromkeys(named) if name not in likely and not (wages and name == "free")]
    return tuple(sorted(likely, key=lambda name: -heard.get(name, 0.0))[:_MOST])


def _chances(scene: Scene) -> Iterator[tuple[str, float]]:
    """Yield the questions about a service that may be asked, each with its chance for one need."""
    for label, chance in scene.many.items():
        family, _, name = label.partition("/")
        asked = name if family.startswith("find_") else _MEANT.get(label, "")
        if asked in _QUESTIONS or (asked in _FOR_WHOM and scene.record.need not in NEAR):
            yield asked, chance


def _line(scene: Scene) -> PhoneLine | None:
    return asked_line(scene, near=not WHOLE.isdisjoint(_in_words(scene).questions))


# Questions that other labels ask in the same words, when a number was just given.
_MEANT = {
    "ask_bot/speaks_my_language": "language",
    "ask_cost/service": "free",
    "ask_cost/lawyer": "free",
    "ask_cost/shelter": "free",
}
# What reviewed words (data/topic_words/) name beside a question that is heard.
_NAMED = {
    "referral_free": "free",
    "referral_speaks": "language",
    "referral_open": "open_now",
    "referral_men": "men",
    "referral_no_papers": "no_papers",
}
_QUESTIONS = frozenset({
    "language", "open_now", "what_they_ask", "need_id", "no_papers", "how_it_works", "can_come_along", "transport",
    "free", "tonight", "baby", "disability", "lgbt", "which_country", "my_case", "call_for_them", "in_writing",
})  # fmt: skip
# Near a town others are looked for that take them; a line of the whole country is asked about.
_FOR_WHOM = frozenset({"men", "women", "teen"})
