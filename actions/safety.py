"""The four crisis labels: answered first, in every state, with what can be done this second.

Nobody is on duty yet, so no text promises a person. In neutral mode no name of a service is shown.
"""

from actions import places, quiet, referral
from actions.scene import FALLBACK, Scene
from resources_directory.directory import EmergencyNumbers

DANGER_COUNTRY, MEDICAL_COUNTRY, SELF_HARM, ALONE = "danger_country", "medical_country", "self_harm", "alone"
_QUESTIONS = (DANGER_COUNTRY, MEDICAL_COUNTRY, SELF_HARM, ALONE)
_YES, _NO = ("affirm", "unsure"), ("deny",)
# Labels that say nothing beside the place that came with them.
_ONLY_A_PLACE = frozenset(
    {"provide_location", FALLBACK, "affirm", "deny", "unsure", "greet", "thanks", "out_of_scope", "not_understood"}
)
_LISTEN = "listen country"  # told: that a line can be named once the country is known


def immediate_danger(scene: Scene) -> None:
    """Give the emergency number and the ways to reach it, say what we can not do, and other ways out."""
    numbers = places.emergency(scene.record.country)
    if numbers:
        scene.say("utter_danger", number=numbers.police or numbers.any)
        _without_speaking(scene, numbers)
    else:
        scene.say(_without_number(scene, "utter_danger", DANGER_COUNTRY))
    if scene.times("immediate_danger"):
        scene.say("utter_danger_more")
    _skip_opening(scene)


def medical_emergency(scene: Scene) -> None:
    """Give the number of the ambulance. No question about anything else, not even later."""
    numbers = places.emergency(scene.record.country)
    if numbers:
        scene.say("utter_medical", number=numbers.ambulance or numbers.any)
    else:
        scene.say(_without_number(scene, "utter_medical", MEDICAL_COUNTRY))
    _skip_opening(scene)


def self_harm(scene: Scene) -> None:
    """Ask plainly, and give whom to call. How, with what and when is for a person to ask, never for us."""
    record = scene.record
    scene.say("utter_self_harm")
    _lines_to_listen(scene)
    record.question, record.times_asked = SELF_HARM, 0
    if record.situation != "quiet":
        # No cold "safe to write?" after this: the talk goes on.
        record.situation = "talk"


def cannot_talk_safely(scene: Scene) -> None:
    """Say the short text, once, and let the talk rest; the next message is asked "safe?" again."""
    resting = scene.record.situation == "quiet" or ("closed" in scene.record.told and scene.record.situation == "new")
    scene.say("utter_ok" if resting and scene.times("cannot_talk_safely") else "utter_cannot_talk")
    if scene.record.situation != "quiet":
        quiet.close(scene)


def take_answer(scene: Scene) -> bool:
    """Take an answer to a question that a crisis answer left open; tell whether this message was no more than that."""
    question = scene.record.question
    if question in (DANGER_COUNTRY, MEDICAL_COUNTRY):
        return _take_country(scene, question)
    if scene.countries and scene.label in _ONLY_A_PLACE and _LISTEN in scene.record.told:
        scene.record.told.remove(_LISTEN)
        _lines_to_listen(scene)
        if question in (SELF_HARM, ALONE):
            scene.say("utter_self_harm" if question == SELF_HARM else "utter_self_harm_yes")
        return True
    if question in (SELF_HARM, ALONE) and scene.label in (*_YES, *_NO):
        _take_word(scene, question, scene.label in _YES)
        return True
    return False


def _take_word(scene: Scene, question: str, yes: bool) -> None:
    if question == SELF_HARM:
        scene.record.question = ALONE if yes else None
        scene.say("utter_self_harm_yes" if yes else "utter_self_harm_no")
    else:
        scene.record.question = None
        scene.say("utter_self_harm_alone" if yes else "utter_self_harm_not_alone")
    _lines_to_listen(scene)


def _take_country(scene: Scene, question: str) -> bool:
    record = scene.record
    if scene.countries:
        record.country = record.country if record.country in scene.countries else scene.countries[-1]
    elif scene.label == "provide_location" and record.times_asked < 2:
        record.times_asked += 1
        scene.say("utter_which_country_again")
        return True
    else:
        return False
    _give_number(scene, question)
    if scene.label not in _ONLY_A_PLACE:
        return False  # more than a place was said, and is answered as well
    if record.situation == "talk" and record.want:
        referral.give_numbers(scene, record.want)
    return True


def _give_number(scene: Scene, question: str) -> None:
    scene.record.question = None
    numbers = places.emergency(scene.record.country)
    if numbers is None:
        scene.say("utter_number_unknown")
    elif question == MEDICAL_COUNTRY:
        scene.say("utter_number_there", number=numbers.ambulance or numbers.any)
    else:
        scene.say("utter_number_there", number=numbers.police or numbers.any)


def _without_speaking(scene: Scene, numbers: EmergencyNumbers) -> None:
    if numbers.text:
        scene.say("utter_danger_text_some" if numbers.text_some_places else "utter_danger_text", number=numbers.text)
    if numbers.silent_code:
        scene.say("utter_danger_silent", number=numbers.any, code=numbers.silent_code)


def _without_number(scene: Scene, phrase: str, question: str) -> str:
    record = scene.record
    if record.country:
        return f"{phrase}_112"
    record.question, record.times_asked, record.choices = question, 1, []
    return f"{phrase}_which_country"


def _skip_opening(scene: Scene) -> None:
    # Safety is asked about once before the talk goes on, but not in the middle of this.
    record = scene.record
    if record.country and record.question in (DANGER_COUNTRY, MEDICAL_COUNTRY, "safe"):
        record.question = None
    if record.situation in ("new", "asked_safe"):
        record.situation, record.times_asked = "asked_safe", 1


def _lines_to_listen(scene: Scene) -> None:
    country = scene.record.country
    found = places.crisis_lines(country, limit=1 if scene.turn.channel == "sms" else 2)
    emergency = places.emergency_line(country)
    if not country and _LISTEN in scene.record.told:
        scene.say("utter_emergency", emergency=emergency)
    elif not country:
        scene.record.told.append(_LISTEN)
        scene.say("utter_self_harm_which_country")
    elif not found:
        scene.say("utter_self_harm_emergency", emergency=emergency)
    elif scene.record.situation == "quiet":
        scene.say("utter_self_harm_numbers", number=found[0].number, emergency=emergency)
    else:
        scene.say("utter_self_harm_lines", lines=[line.reply() for line in found], emergency=emergency)
