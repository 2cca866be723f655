"""The thread of a crisis: it stays open until it is over, and what was not understood meanwhile is answered within it."""

from actions.crisis import safety, self_harm
from actions.hearing import direct_answers, taking_up
from actions.policy.scene import OF_OTHER, OWN_SELF_HARM, Scene
from actions.referral import country_numbers
from actions.referral.referral import MEDICAL
from bot.phrases.reply_kinds import kind_of

CALLED = "help called"  # told, while the thread is open
_TURNS = 4  # messages for which it stays open
_DOUBTED = 0.75  # chance of a crisis below which its thread is as short as a doubt, where no reviewed phrase names it
_SAID_OFTEN = 2  # times: a text does not come a third time
_DENIED = 0.6  # chance that a message says that something is not so, or is no more than thanks
_STILL = {
    "immediate_danger": ("utter_danger_still", "utter_danger_more"),
    "medical_emergency": ("utter_medical_still",),
    "self_harm": ("utter_self_harm_still", "utter_self_harm_stay"),
}
_WITHOUT_NUMBER = frozenset({"utter_self_harm_stay"})
_AFTER_CALL = ("utter_after_call", "utter_after_call_more")
_STILL_OTHER = {
    "immediate_danger": ("utter_danger_other_still", "utter_danger_other_more"),
    "self_harm": ("utter_self_harm_other", "utter_self_harm_other_later"),
}


# Decisions that the answer to a danger answers: call, don't go in, how to reach the number without speaking.
_ANSWERED = frozenset({"decide", "decide/tell_police", "decide/go_in", "decide/follow_or_search", "ask_police/how"})


def open_thread(scene: Scene) -> None:
    """Open the thread of the crisis that this message tells."""
    if scene.label in _STILL:
        scene.unnote(CALLED)  # nobody has called for this one yet
        # Of the body nobody speaks lightly, and how to call an ambulance is asked in the messages after it.
        sure = scene.label == "medical_emergency" or scene.told_by_phrase or scene.turn.chosen
        doubted = scene.confidence < _DOUBTED and not sure
        scene.record.crisis, scene.record.crisis_turns = (
            scene.label,
            _TURNS - 1 if doubted and not scene.record.crisis else 0,
        )
        if self_harm.is_of_other(scene) if scene.label == "self_harm" else scene.about_other:
            scene.note(OF_OTHER)
        else:
            scene.unnote(OF_OTHER)
            if scene.label == "self_harm":
                scene.note(OWN_SELF_HARM)


def go_on(scene: Scene) -> None:
    """Count a message that tells of something else; after some of them the thread is over."""
    record = scene.record
    if record.crisis:
        record.crisis_turns += 1
        if record.crisis_turns > _TURNS:  # the country that a number was owed for may come later
            record.crisis, record.crisis_turns = None, 0
            scene.unnote(MEDICAL)
            scene.unnote(CALLED)


def close(scene: Scene) -> None:
    """End the thread: it is over, or help has come. No number is owed any more."""
    scene.record.crisis, scene.record.crisis_turns = None, 0
    for owed in (safety.URGENT, safety.FIRE, MEDICAL, CALLED, safety.DANGER_COUNTRY, safety.MEDICAL_COUNTRY):
        scene.unnote(owed)
    if scene.record.question in (safety.DANGER_COUNTRY, safety.MEDICAL_COUNTRY):
        scene.record.question = None


def help_comes(scene: Scene) -> None:
    """Ask for no call again where help has been called; a call is no help yet, so the thread stays for one more message."""
    if not is_emergency(scene):
        return  # "I called my sister" ends no talk about dying
    scene.unnote(MEDICAL)
    scene.note(CALLED)
    scene.record.crisis_turns = max(scene.record.crisis_turns, _TURNS - 1)


def is_open(scene: Scene) -> bool:
    """Tell whether a crisis was told a few messages ago, and is not over."""
    return scene.record.crisis in _STILL


def is_emergency(scene: Scene) -> bool:
    """Tell whether the open crisis is one for which others have to come."""
    return scene.record.crisis in safety.EMERGENCIES


def is_denied(scene: Scene) -> bool:
    """Tell whether the person says that there is no danger, after it was answered as one: "don't send anybody, I am fine"."""
    denied = scene.heard("marks", "negated") >= _DENIED
    return denied and is_emergency(scene)


def says_only_that(scene: Scene) -> bool:
    """Tell whether nothing is asked but what the answer to the danger answers."""
    asked = [one.label for one in direct_answers.answers(scene)]
    return is_emergency(scene) and bool(asked) and all(label in _ANSWERED for label in asked)


def asks(scene: Scene) -> bool:
    """Tell whether something is asked that the answer to the crisis does not answer: "shall I take her in my car?"."""
    asked = (one for one in direct_answers.answers(scene) if one.label not in _ANSWERED)
    return any(scene.record.spoken.get(one.phrase, 0) < _SAID_OFTEN for one in asked)


def keep_number(scene: Scene) -> None:
    """Say the number in few words, behind an answer to something else; who has called is not told to call."""
    if CALLED not in scene.record.told:
        crisis = scene.record.crisis or "immediate_danger"
        scene.say("utter_call", number=country_numbers.to_dial(scene, safety.service_of(scene, crisis)))


def guard(scene: Scene) -> None:
    """Say the number where a crisis is sure and the answer holds none, whatever it is about: its thread is never dropped.

    So too where the answer speaks of "the emergency number": not everybody knows it.
    """
    sure = [label for label, (_, band) in scene.turn.crises.items() if band == "sure" and label in _STILL]
    said = any(
        kind_of(draft.phrase) == "crisis" or {"number", "emergency"} & draft.arguments.keys() for draft in scene.drafts
    )
    if said or scene.after_hush or scene.record.situation != "talk":
        return
    if sure and not (scene.turn.chosen or taking_up.is_helped(scene, surely=True)):
        scene.say("utter_call", number=country_numbers.to_dial(scene, safety.service_of(scene, sure[0])))
    elif any(draft.speaks_of_number for draft in scene.drafts):
        scene.say("utter_emergency", emergency=country_numbers.emergency_line(scene))


def stay(scene: Scene) -> None:
    """Answer what was not understood: the number stays, in other words each time, and ways that were not said."""
    if scene.label == "thanks" and scene.sureness >= _DENIED:
        scene.say("utter_thanks")
        scene.say("utter_emergency", emergency=country_numbers.emergency_line(scene))
        return
    crisis = scene.record.crisis or "immediate_danger"
    number = country_numbers.to_dial(scene, safety.service_of(scene, crisis))
    about_other = OF_OTHER in scene.record.told
    called = CALLED in scene.record.told and is_emergency(scene)
    if called:  # who has called is not told to call
        phrases: tuple[str, ...] = _AFTER_CALL
    else:
        phrases = (*(_STILL_OTHER.get(crisis, ()) if about_other else ()), *_STILL[crisis])
    unsaid = [phrase for phrase in phrases if phrase not in scene.record.told]
    if unsaid:
        scene.note(unsaid[0])
        if unsaid[0] in _WITHOUT_NUMBER:
            scene.say("utter_call", number=number)
        scene.say(unsaid[0], number=number)
    else:
        scene.say("utter_emergency", emergency=country_numbers.emergency_line(scene))
    if crisis == "immediate_danger" and not about_other and not called:
        safety.ways_without_speaking(scene)
