"""The four crisis labels: answered first, in every state, with what can be done this second.

A person is asked to join where one is there (docs/rules.md, Safety 4 and 5), and said to come only then. In neutral mode no
name of a service is shown. Where nobody has said a country, the number of the phone's country is given with its name.
"""

from collections.abc import Mapping
from functools import partial

from actions.crisis import self_harm
from actions.lines import said_lines
from actions.person import person
from actions.policy.scene import OF_OTHER, ONLY_A_PLACE, Scene
from actions.privacy import quiet
from actions.referral import country_numbers, need_answers, town, wishes
from actions.referral.country_numbers import EmergencyService
from actions.referral.referral import MEDICAL
from resources_directory.model.directory import EmergencyNumbers
from resources_directory.model.line import PhoneLine
from resources_directory.model.line import phrase as phrase_of
from resources_directory.places.country_names import country_name

EMERGENCIES = frozenset({"immediate_danger", "medical_emergency"})  # crises for which others have to come
DANGER_COUNTRY, MEDICAL_COUNTRY = "danger_country", "medical_country"
URGENT = "urgent"  # told: danger or a medical emergency was the last crisis
_HELPS = ("trafficking", "domestic_violence", "migrant")  # kinds of lines that help beside the police
_LOOKED_THROUGH = 8  # lines
FIRE = "fire"  # topic, named by reviewed words (data/topic_words/)
_AGAIN = ("utter_danger_still", "utter_number_there")  # the same number in other words
_AGAIN_OTHER = ("utter_danger_other_still", "utter_number_there")
_WAYS_SAID = "ways"  # told: how to reach the number without speaking
# Chances from which it is said that a crisis is possible, where no reviewed phrase names it: below them a line on dying would
# stand ahead of one answer in ten that has nothing to do with it.
LEAST = {"self_harm": 0.2, "immediate_danger": 0.12, "medical_emergency": 0.12}
_ABOUT_US = frozenset({"ask_anonymity", "ask_bot", "ask_cost"})  # what a first message may ask of us
_CLEARS = 0.5  # chance of a question how to clear the phone that is answered while somebody comes
_CLEARING = {f"digital/clear_{what}": f"utter_how_clear_{what}" for what in ("chat", "sms", "browser")}


SERVICE: Mapping[str, EmergencyService] = {
    "immediate_danger": "police",
    "medical_emergency": "ambulance",
    "self_harm": "any",
}


def immediate_danger(scene: Scene) -> None:
    """Give the emergency number and the ways to reach it, say what we can not do, and other ways out."""
    if FIRE in scene.topics:
        _fire(scene)
        return
    scene.unnote(FIRE)
    numbers = country_numbers.emergency(scene.here)
    other = scene.about_other
    again = scene.times("immediate_danger")
    if there := country_numbers.theirs_alone(scene):
        _say_there(scene, "utter_danger_there", there.of("police"))
    elif numbers:
        phrases = ("utter_danger_other", *_AGAIN_OTHER) if other else ("utter_danger", *_AGAIN)
        unsaid = (phrase for phrase in phrases if phrase not in scene.record.told)
        phrase = next(unsaid, phrases[again % len(phrases)])
        scene.note(phrase)
        scene.say(phrase, number=numbers.of("police"))
    else:
        _without_country(scene, "utter_danger", DANGER_COUNTRY)
    _instead_of_police(scene)
    person.bring_in(scene)
    if numbers and not other:
        _without_speaking(scene, numbers)
    elif not _beside(scene, "utter_danger_there", "police") and other and not again and not town.shared_name(scene):
        scene.say_once("utter_danger_other_more", "utter_danger_other_more")
    if again and not other:
        scene.say("utter_danger_more")
    scene.note(URGENT)
    scene.unnote(MEDICAL)
    _skip_opening(scene)


def _instead_of_police(scene: Scene) -> None:
    """Give who is neither the police nor an office, once a message, where the police side with those who hold somebody."""
    feared = scene.record.situation == "talk" and "no_police" in scene.record.holds and not scene.somebody_comes
    known = wishes.lines(scene, _HELPS, _LOOKED_THROUGH) if feared and scene.country else []
    line = next((one for one in known if one.fits and not _is_office(one)), None)
    if line is None:
        return
    new = line.id not in scene.record.referred
    scene.say("utter_danger_not_police", line=line.short(scene.record.country))
    scene.record.give({line.id: line.name})
    scene.drafts[-1].undo = partial(said_lines.not_given, scene.record, line.id, new)


def _is_office(line: PhoneLine) -> bool:
    """Whether a line is an office for work or wages, or one of the state that also decides on papers, or tells the police."""
    return line.kinds[0] == "labour" or "line_warn_state" in line.notices or line.about_police


def _fire(scene: Scene) -> None:
    """Say how to get out, and the number of the fire brigade: the police put out no fire."""
    phrase = "utter_danger_fire_other" if scene.about_other else "utter_danger_fire"
    scene.say(phrase, number=country_numbers.to_dial(scene, "fire"))
    person.bring_in(scene)
    _beside(scene, "utter_danger_there", "fire")
    scene.note(URGENT)
    scene.note(FIRE)
    scene.unnote(MEDICAL)
    _skip_opening(scene)
    if not scene.record.country:
        scene.note(DANGER_COUNTRY)  # the number of the fire brigade there is owed


def medical_emergency(scene: Scene) -> None:
    """Give the number of the ambulance. No question about anything else, not even later."""
    numbers = country_numbers.emergency(scene.here)
    if there := country_numbers.theirs_alone(scene):
        _say_there(scene, "utter_medical_there", there.of("ambulance"))
    elif numbers:
        first = "utter_medical_other" if scene.about_other else "utter_medical"
        phrases = (first, "utter_medical_still", "utter_number_there")
        scene.say(phrases[scene.times("medical_emergency") % 3], number=numbers.of("ambulance"))
    else:
        _without_country(scene, "utter_medical", MEDICAL_COUNTRY)
    person.bring_in(scene)
    _beside(scene, "utter_medical_there", "ambulance")
    scene.note(URGENT)
    scene.note(MEDICAL)
    _skip_opening(scene)


def _beside(scene: Scene, phrase: str, service: EmergencyService) -> bool:
    """Give the number where somebody else is beside the writer's own, unless it was given instead; tell whether it was."""
    there = country_numbers.theirs(scene)
    if there is None or country_numbers.theirs_alone(scene):
        return False
    _say_there(scene, phrase, there.of(service))
    return True


def _say_there(scene: Scene, phrase: str, number: str) -> None:
    """Give the number of the country where somebody else is, by its name; told again, in other words."""
    if not scene.say_once(phrase, phrase, number=number, country=_their_name(scene)):
        scene.say(
            "utter_number_there", number=phrase_of("line_number_assumed", number=number, country=_their_name(scene))
        )


def _their_name(scene: Scene) -> str:
    return country_name(scene.their_country or "", scene.names_in)


def cannot_talk_safely(scene: Scene) -> None:
    """Say the short text, once, and let the talk rest; the next message is asked "safe?" again."""
    record = scene.record
    clearing = max(_CLEARING, key=lambda how: scene.many.get(how, 0.0))
    if record.situation == "talk" and scene.many.get(clearing, 0.0) >= _CLEARS:
        # "He comes out, how do I delete this": what can still be done is said first.
        scene.say(_CLEARING[clearing])
    if scene.guessed and record.situation != "quiet":
        # A guess closes nothing: it is answered shortly, without a topic, and whatever comes next is answered (Safety 0.11).
        if record.want in _ABOUT_US:
            record.drop_wish()  # it was answered in a line, and more of it would tell whoever looks what was asked
        # A guess takes nobody their number; where somebody is likely to look, what was told before stays off the screen.
        runs = record.crisis if record.crisis in EMERGENCIES and not scene.somebody_comes else None
        bare_number(scene, _possible(scene) or runs)
        # Nobody who thinks of dying is left on a guess.
        stays = record.crisis == "self_harm" and OF_OTHER not in record.told
        pause = "utter_ok" if scene.times("cannot_talk_safely") > 1 else "utter_pause"
        scene.say("utter_self_harm_stay" if stays else pause)
        scene.note(quiet.MAYBE_HUSHED)
        return
    resting = record.situation == "quiet" or ("closed" in record.told and record.situation == "new")
    numbers = country_numbers.emergency(scene.country)
    if resting and scene.times("cannot_talk_safely"):
        scene.say("utter_ok")
    else:
        if numbers and URGENT in record.told:
            # Who is in danger and can not speak needs the ways without speaking now; after this nobody may write.
            _without_speaking(scene, numbers)
        bare_number(scene, _possible(scene))
        # Who sits beside the writer, or comes in the middle of a talk, would read how to clear it.
        comes = scene.many.get("event/somebody_comes", 0.0) >= _CLEARS
        there = scene.label == "cannot_talk_safely" and (scene.answers("no") or comes)
        beside = record.situation == "asked_safe" and there
        before = record.situation in ("new", "asked_safe")
        scene.say("utter_cannot_talk" if before and not beside else "utter_pause")
    if record.situation != "quiet":
        question = record.question
        quiet.close(scene)
        record.question = question if question in (DANGER_COUNTRY, MEDICAL_COUNTRY) else None


def bare_number(scene: Scene, crisis: str | None) -> None:
    """Give the number to dial, and nothing that tells what for: danger in the same line outweighs a hush (Safety 0.12)."""
    if crisis:
        runs = scene.record.crisis
        # Whoever lies unconscious while somebody is beaten needs the number for both.
        both = runs in EMERGENCIES and crisis in EMERGENCIES and runs != crisis
        service = "any" if both else service_of(scene, crisis)
        scene.say("utter_call", number=country_numbers.to_dial(scene, service))


def service_of(scene: Scene, crisis: str) -> EmergencyService:
    """Return whom to call in a crisis: while it burns, the fire brigade."""
    if crisis == self_harm.SELF_HARM and wishes.avoids_police(scene):
        return "ambulance"
    return "fire" if crisis == "immediate_danger" and FIRE in scene.record.told else SERVICE[crisis]


def _possible(scene: Scene) -> str | None:
    """Return the crisis that is heard beside a guess that somebody comes: "wait, he dropped".

    Where somebody may be there a number stands on the screen: then only what is sure counts, and so for thoughts of dying.
    """
    found = {
        label: chance
        for label, (chance, band) in scene.turn.crises.items()
        if label in SERVICE and (chance >= LEAST[label] or scene.names_crisis(label))
        if band == "sure" or (label in EMERGENCIES and not scene.somebody_comes)
    }
    return max(found, key=lambda label: found[label], default=None)


def take_answer(scene: Scene) -> bool:
    """Take an answer to a question that a crisis answer left open; tell whether this message was no more than that."""
    return take_owed_country(scene) or self_harm.take_answer(scene)


def take_owed_country(scene: Scene) -> bool:
    """Give the number of a country that is told after a crisis; tell whether this message was no more than that."""
    owed = next((question for question in (DANGER_COUNTRY, MEDICAL_COUNTRY) if question in scene.record.told), None)
    return owed is not None and _take_country(scene, owed)


def ways_without_speaking(scene: Scene) -> bool:
    """Say how to reach the number without speaking; tell whether there is a way that was not said."""
    numbers = country_numbers.emergency(scene.country)
    if numbers is None or _WAYS_SAID in scene.record.told or not (numbers.text or numbers.silent_code):
        return False
    _without_speaking(scene, numbers)
    return True


def _take_country(scene: Scene, owed: str) -> bool:
    """Give the number of the country, also when something else was asked meanwhile ("safe?")."""
    record = scene.record
    if len(scene.countries) == 1 or (scene.countries and record.country in scene.countries):
        record.country = record.country if record.country in scene.countries else scene.countries[0]
    elif not record.country:
        if record.question == owed and scene.label == "provide_location":
            _not_found(scene, owed)
            return True
        return False
    _give_number(scene, owed)
    if scene.label not in ONLY_A_PLACE:
        return False  # more than a place was said, and is answered as well
    if record.situation == "talk" and record.want and owed == DANGER_COUNTRY:
        need_answers.with_country(scene, record.want)
    return True


def _not_found(scene: Scene, question: str) -> None:
    """A place that tells no country: ask again while that may be, and keep the question open in any case."""
    if two := town.shared_name(scene):
        scene.say("utter_which_place", choices=town.choices(scene, two))
    elif scene.may_ask_country:
        scene.count_country_question()
        scene.say("utter_which_country_again")
    else:
        scene.say("utter_danger_112" if question == DANGER_COUNTRY else "utter_medical_112")


def _give_number(scene: Scene, question: str) -> None:
    scene.unnote(question)
    if scene.record.question == question:
        scene.record.question = None
    numbers = country_numbers.emergency(scene.record.country)
    if numbers is None:
        scene.say("utter_number_unknown")
        return
    crisis = "medical_emergency" if question == MEDICAL_COUNTRY else "immediate_danger"
    scene.say("utter_number_there", number=numbers.of(service_of(scene, crisis)))
    if question == DANGER_COUNTRY or scene.times("cannot_talk_safely"):
        _without_speaking(scene, numbers)


def _without_speaking(scene: Scene, numbers: EmergencyNumbers) -> None:
    said = len(scene.drafts)
    if numbers.text:
        scene.say("utter_danger_text_some" if numbers.text_some_places else "utter_danger_text", number=numbers.text)
    if numbers.silent_code:
        scene.say("utter_danger_silent", number=numbers.any, code=numbers.silent_code)
    if len(scene.drafts) > said:
        scene.note(_WAYS_SAID)
        scene.drafts[-1].undo = lambda: scene.unnote(_WAYS_SAID)  # it stays owed where there was no room


def _without_country(scene: Scene, phrase: str, question: str) -> None:
    """Give the number of the country behind the phone's prefix, named, or 112 and the question where the person is."""
    record = scene.record
    medical = question == MEDICAL_COUNTRY
    scene.note(question)  # the number is said once more when a country is told
    if record.country:
        scene.say(f"{phrase}_112")
        return
    # A phone can be far from home: its country is named with its number, and is kept nowhere.
    here = country_numbers.emergency(scene.turn.phone_country)
    if here is not None and scene.times(scene.label):
        again = f"{phrase}_other_still" if scene.about_other and not medical else f"{phrase}_still"
        scene.say(again, number=country_numbers.to_dial(scene, "ambulance" if medical else "police"))
        return
    if here is not None:
        number = here.of("ambulance" if medical else "police")
        named = country_name(scene.turn.phone_country or "", scene.names_in)
        other = scene.about_other and not medical
        scene.say(f"{phrase}_assumed_other" if other else f"{phrase}_assumed", number=number, country=named)
        return
    if scene.country:  # only named in passing: it is said with the number
        first = f"{phrase}_other" if scene.about_other else phrase
        scene.say(first, number=country_numbers.to_dial(scene, "ambulance" if medical else "police"))
        return
    record.question, record.choices = question, []
    if two := town.shared_name(scene):
        scene.say(f"{phrase}_112")
        scene.say("utter_which_place", choices=town.choices(scene, two))
        return
    if scene.times(scene.label) and not scene.may_ask_country:
        scene.say(f"{phrase}_112")
        return
    # In a crisis it is asked once at least, also where it was asked twice for something else.
    scene.count_country_question()
    scene.say(f"{phrase}_which_country")


def _skip_opening(scene: Scene) -> None:
    # Who tells of danger is in the talk: "safe to write?" would be a cold answer to it.
    record = scene.record
    if record.country and record.question in (DANGER_COUNTRY, MEDICAL_COUNTRY, "safe"):
        record.question = None
    if record.situation in ("new", "asked_safe") and not record.hushed:
        record.situation = "talk"
        if record.question == "safe":
            record.question = None
    elif record.situation in ("new", "asked_safe"):
        record.situation, record.times_asked = "asked_safe", 1
