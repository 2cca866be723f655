"""Questions about the number for emergencies: what it is, its cost, its languages, what to say there."""

import pytest

from tests.actions.stage import Stage
from tests.every import every


@pytest.fixture
async def calm(talk: Stage) -> Stage:
    """A talk with somebody in Romania, in which a line has just been given."""
    await talk.hears("find_hotline", country="RO")
    return talk


ASKED = [
    ("en", "ask_cost", "is 112 free?", "utter_emergency_free"),
    ("en", "ask_cost", "does the ambulance number cost anything", "utter_emergency_free"),
    ("hi", "ask_cost", "112 pe paise lagte hain kya", "utter_emergency_free"),
    ("fa", "ask_cost", "۱۱۲ پولی است؟", "utter_emergency_free"),
    ("ru", "ask_bot", "на 112 говорят по-таджикски?", "utter_emergency_language"),
    ("en", "ask_police", "do they speak hindi at 112?", "utter_emergency_language"),
    ("es", "nlu_fallback", "y que digo en el 112", "utter_emergency_say"),
    ("bn", "nlu_fallback", "১১২ তে কি বলব", "utter_emergency_say"),
]


@every(("locale", "label", "text", "phrase"), ASKED)
async def test_what_is_asked_of_the_emergency_number_is_answered_of_it(
    calm: Stage, locale: str, label: str, text: str, phrase: str
) -> None:
    calm.locale = locale
    said = await calm.hears(label, text, confidence=0.8)
    assert said[0] == "utter_call"
    assert phrase in said
    assert "112" in calm.shows()


@every(
    ("locale", "text"),
    [
        ("en", "what is the emergency number here?"),
        ("ar", "شو رقم الاسعاف هون"),
        ("tl", "ano po emergency number dito"),
        ("zh-Hans", "这里的急救电话是多少"),
    ],
)
async def test_who_asks_for_the_emergency_number_gets_that_of_the_country(calm: Stage, locale: str, text: str) -> None:
    calm.locale = locale
    assert await calm.hears("find_hotline", text, confidence=0.6) == ["utter_call"]
    assert "112" in calm.shows()


async def test_it_is_answered_while_an_ambulance_is_needed_too(calm: Stage) -> None:
    await calm.hears("medical_emergency", "he fell from the roof and does not move", confidence=0.95)
    said = await calm.hears("ask_cost", "is it free to call 112", confidence=0.9)
    assert said == ["utter_call", "utter_emergency_free"]
    assert await calm.hears("nlu_fallback", "what do i say") == ["utter_call", "utter_emergency_say"]


async def test_what_is_asked_with_a_cry_for_help_is_answered_behind_it(calm: Stage) -> None:
    text = "my son does not wake up, what is the ambulance number, does it cost money?"
    said = await calm.hears("medical_emergency", text, confidence=0.95)
    assert said[0].startswith("utter_medical")
    assert "utter_emergency_free" in said


async def test_an_unknown_country_is_answered_with_the_number_that_works_nearly_everywhere(talk: Stage) -> None:
    await talk.hears("ask_cost", "is 112 free?", confidence=0.8)
    assert "112 is free in nearly every country" in talk.shows()


@every(
    ("label", "text"),
    [
        ("disclose_unpaid_wages", "i work 112 hours, is the pay free of tax?"),
        ("nlu_fallback", "we are 112 people here"),
        ("disclose_threats", "i called the police number and he took the phone, will he pay for it?"),
    ],
)
async def test_a_story_with_such_words_asks_nothing_of_it(calm: Stage, label: str, text: str) -> None:
    said = await calm.hears(label, text, confidence=0.9)
    assert not [phrase for phrase in said if phrase.startswith("utter_emergency_")]


async def test_beside_somebody_who_comes_nothing_is_said_of_it(calm: Stage) -> None:
    said = await calm.hears("ask_cost", "is 112 free? boss is coming", heard={"marks": {"watched": 0.9}})
    assert "utter_emergency_free" not in said


async def test_the_cost_of_a_line_is_asked_of_the_line(calm: Stage) -> None:
    said = await calm.hears("nlu_fallback", "is that number free to call?")
    assert said[0] == "utter_follow_service"


async def test_whether_the_police_answer_a_number_and_lock_up_is_both_answered(talk: Stage) -> None:
    await talk.hears("find_hotline", country="ML")
    heard = {"many": {"ask_police/arrested": 0.6, "disclose_minor": 0.5}}
    said = await talk.hears("disclose_minor", "is 17 police? will they lock me up", confidence=0.5, heard=heard)
    assert said == ["utter_emergency_police", "utter_ask_police_arrested"]
    assert "17" in talk.shows()


async def test_the_number_of_the_police_is_no_age(talk: Stage) -> None:
    await talk.hears("find_hotline", country="ML")
    await talk.hears("disclose_minor", "is 17 free?", confidence=0.5)
    assert talk.record.minor is None
    assert "17" in talk.shows()


async def test_a_child_of_that_age_is_still_heard(talk: Stage) -> None:
    await talk.hears("find_hotline", country="ML")
    await talk.hears("disclose_minor", "i ran away and i am a boy of 17 alone here", confidence=0.7)
    assert talk.record.minor


@every("text", ["17 police took my friend", "i dont trust 17 they tell the boss", "called 17, they tell my boss"])
async def test_a_statement_with_that_number_asks_nothing_of_it(talk: Stage, text: str) -> None:
    await talk.hears("find_hotline", country="ML")
    assert "utter_others_pass_on" not in await talk.hears("nlu_fallback", text, confidence=0.3)


@every("text", ["boy 17", "17f alone", "girl 17 need help?"])
async def test_a_bare_age_is_no_number_to_dial(talk: Stage, text: str) -> None:
    await talk.hears("find_hotline", country="ML")
    await talk.hears("disclose_minor", text, confidence=0.75)
    assert talk.record.minor


async def test_who_has_no_credit_in_an_emergency_is_told_that_the_call_is_free(talk: Stage) -> None:
    await talk.hears("medical_emergency", country="US")
    heard = {"many": {"event/no_signal": 0.5}}
    said = await talk.hears("ask_cost", "no tengo saldo", confidence=0.4, heard=heard)
    assert said == ["utter_call", "utter_emergency_free"]
