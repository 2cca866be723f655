"""Questions about the number for emergencies: what it is, what a call costs, which languages they speak, what to say there.

"Is 112 free?" asks nothing about what this conversation costs, and is asked while an ambulance is needed too.
"""

from typing import Any

from actions.crisis import crisis_thread, safety, self_harm
from actions.hearing import direct_answers
from actions.hearing.line_questions import ELSE, asks_whose, line_words
from actions.lines.asked_line import emergency_meant, emergency_named, named_line
from actions.policy import next_steps
from actions.policy.scene import Scene
from actions.referral import country_numbers

_NUMBER, _WHO, _SAY = "number", "who_runs", "what_to_say"
_ANSWERS = {
    "free": "utter_emergency_free",
    "language": "utter_emergency_language",
    _SAY: "utter_emergency_say",
    "passes_on": "utter_others_pass_on",
    _WHO: "utter_emergency_police",
}
_ASKS = "ask_"
_FEARED = frozenset({"ask_police/arrested", "ask_police/without_papers"})
_COST, _AGE = "ask_cost", "disclose_minor"
_OF_DYING = frozenset({self_harm.SELF_HARM, self_harm.ALONE})
_BARE = frozenset({_SAY, "free"})
_OF_OTHERS = 0.3  # chance that what somebody else costs is asked
_MOST = 2  # questions answered in one reply
_TOLD = 0.6  # chance of a story or a wish that outweighs words
_NEWS, _NEWS_LEAST = ("event/", "talk/nobody_answers"), 0.28


def is_asked(scene: Scene) -> bool:
    """Tell whether a message asks about the number for emergencies."""
    return bool(_asked(scene))


def answer(scene: Scene) -> bool:
    """Answer a question about the number for emergencies, with the number; tell whether it was one."""
    asked = _asked(scene)
    if not asked:
        return False
    scene.because(f"emergency number: {', '.join(asked)}")
    number = emergency_meant(scene) if emergency_named(scene) else None
    if _WHO in asked[:_MOST]:
        pass  # the answer names the number
    elif number:
        scene.say("utter_call", number=number)
    elif crisis_thread.is_emergency(scene):
        crisis_thread.keep_number(scene)
    else:
        scene.say("utter_call", number=country_numbers.to_dial(scene))
    _say(scene, asked)
    if _WHO in asked and (feared := [one for one in direct_answers.answers(scene) if one.label in _FEARED]):
        direct_answers.say(scene, feared[:1])  # "is 17 police? will they lock me up?"
    if not crisis_thread.is_open(scene):
        next_steps.more(scene, scene.record.need or "find_hotline", numbers=False)
    return True


def beside(scene: Scene) -> None:
    """Say what is asked about it behind the answer to a crisis: "the number of the ambulance, and what does it cost?"."""
    if scene.record.situation == "talk":
        _say(scene, _asked(scene))


def _say(scene: Scene, asked: list[str]) -> None:
    for one in asked[:_MOST]:
        if one == _NUMBER:
            continue
        if one in (_SAY, "passes_on"):
            scene.say(_ANSWERS[one])
        else:
            scene.say(_ANSWERS[one], number=_of(scene))


def _of(scene: Scene) -> str | dict[str, Any]:
    """Return the number that is asked about."""
    known = country_numbers.theirs_alone(scene) or country_numbers.emergency(scene.country)
    service = safety.service_of(scene, scene.record.crisis or "immediate_danger")
    if emergency_named(scene):
        return emergency_meant(scene) or country_numbers.ANYWHERE
    return known.of(service) if known else country_numbers.ANYWHERE


def _asked(scene: Scene) -> list[str]:
    """Return what is asked about it, in order."""
    dying = scene.record.question in _OF_DYING  # "999 is the police. Yes, I do" answers something else
    calm = not dying and scene.record.situation == "talk" and not scene.after_hush and not scene.somebody_comes
    if not calm or scene.turn.chosen or scene.late:
        return []
    theirs = max(scene.many.get(f"ask_cost/{what}", 0.0) for what in ("hospital", "lawyer", "shelter"))
    if scene.label == _COST and theirs < _OF_OTHERS and crisis_thread.is_emergency(scene):
        return ["free"]  # "I have no credit" is news, and asks about this call
    if _is_news(scene):
        return []
    heard, named = line_words(scene.turn.text, scene.turn.locale), emergency_named(scene) is not None
    # Where somebody has to come now, a bare "what do I say", "is the call free?" is about calling them.
    bare = not _BARE.isdisjoint(heard.questions) and named_line(scene) is None
    thread = crisis_thread.is_emergency(scene) and bare
    told = scene.label.startswith(ELSE) and scene.sureness >= _TOLD
    if not (named or heard.emergency or thread) or told:
        return []
    whose = [_WHO] if named and asks_whose(scene.turn.text, scene.turn.locale) else []
    questions = dict.fromkeys([*whose, *(one for one in heard.questions if not (whose and one == "passes_on"))])
    asked = [one for one in questions if one in _ANSWERS and (one != _WHO or _is_of_police(scene))]
    if asked:  # "is 112 free", "17 is free" need no mark where they are heard as a question, or the number as an age
        return asked if heard.asks or (heard.short and scene.label.startswith((_ASKS, _AGE))) else []
    return [_NUMBER] if heard.emergency and not named and (heard.asks or heard.short) else []


def _is_of_police(scene: Scene) -> bool:
    known = country_numbers.theirs_alone(scene) or country_numbers.emergency(scene.country)
    return known is not None and _of(scene) in known.to_police


def _is_news(scene: Scene) -> bool:
    return any(chance >= _NEWS_LEAST for label, chance in scene.many.items() if label.startswith(_NEWS))
