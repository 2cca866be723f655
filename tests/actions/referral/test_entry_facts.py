"""Questions about the number that was given: what its entry says, and that nothing more is known."""

import pytest

from tests.actions.stage import Stage
from tests.every import every

# Questions whose answer stands in no entry.
UNKNOWN = ["transport", "can_come_along", "lgbt", "disability"]


def asks(name: str, chance: float = 0.7, family: str = "find_shelter") -> dict[str, dict[str, float]]:
    """What the reader hears of a question about a service."""
    return {"many": {f"{family}/{name}": chance}}


@pytest.fixture
async def given(talk: Stage) -> Stage:
    """A talk in which numbers of the USA were given."""
    await talk.hears("find_shelter", country="US")
    return talk


async def test_the_languages_of_the_entry_are_said_with_its_number(given: Stage) -> None:
    first = next(iter(given.record.given.values()))
    assert await given.hears("nlu_fallback", heard=asks("language")) == ["utter_follow_service"]
    assert first in given.shows()
    assert "Spanish" in given.shows()


async def test_a_bare_word_for_languages_asks_about_the_number_and_changes_none_of_ours(given: Stage) -> None:
    assert await given.hears("change_language") == ["utter_follow_service"]
    assert given.turn is not None
    assert given.turn.new_locale is None


async def test_another_language_of_ours_is_still_changed_to(given: Stage) -> None:
    await given.hears("change_language", language="es")
    assert given.turn is not None
    assert given.turn.new_locale == "es"


@every("name", UNKNOWN)
async def test_what_the_entry_does_not_say_is_said_to_be_unknown_and_the_number_stands_below(
    given: Stage, name: str
) -> None:
    assert await given.hears("nlu_fallback", heard=asks(name)) == [f"utter_find_{name}", "utter_line"]
    assert next(iter(given.record.given.values())) in given.shows()


async def test_what_it_costs_means_the_number_that_was_given_and_not_us(given: Stage) -> None:
    said = await given.hears("ask_cost", confidence=0.5, heard=asks("shelter", family="ask_cost"))
    assert said[0] == "utter_follow_service"
    assert "free to call inside United States" in given.shows()


async def test_for_which_service_is_no_matter_once_one_was_given(given: Stage) -> None:
    heard = {"many": {"find_shelter/free": 0.2, "find_legal_aid/free": 0.2}}
    assert (await given.hears("nlu_fallback", heard=heard))[0] == "utter_follow_service"
    assert "free to call" in given.shows()


async def test_the_same_need_in_unclear_words_gets_all_that_the_entry_says(given: Stage) -> None:
    assert await given.hears("find_shelter", confidence=0.32) == ["utter_follow_service"]
    assert "Open day and night" in given.shows()


async def test_when_no_number_was_given_nothing_is_said_of_an_entry(talk: Stage) -> None:
    said = await talk.hears("nlu_fallback", heard=asks("language"))
    assert not {"utter_follow_service", "utter_find_language", "utter_line"} & set(said)


async def test_after_a_hush_the_number_of_before_is_not_named(given: Stage) -> None:
    name = next(iter(given.record.given.values()))
    await given.hears("cannot_talk_safely")
    await given.hears("nlu_fallback", heard=asks("language"))
    assert name not in given.shows()


async def test_another_need_with_a_question_in_it_is_looked_for(given: Stage) -> None:
    said = await given.hears("find_medical_care", heard=asks("free"))
    assert "utter_find_medical_care" in said


async def test_several_questions_about_a_number_are_answered_together(given: Stage) -> None:
    heard = {"many": {"find_shelter/language": 0.8, "find_shelter/transport": 0.6}}
    said = await given.hears("find_shelter", "do they speak spanish, do they fetch me", heard=heard)
    assert said == ["utter_follow_service", "utter_find_transport"]
    assert "Spanish" in given.shows()


async def test_whom_a_number_tells_is_for_them_to_say(given: Stage) -> None:
    said = await given.hears("ask_anonymity", heard={"many": {"ask_anonymity/employer": 0.9}})
    assert said[:2] == ["utter_ask_anonymity_employer", "utter_others_pass_on"]


async def test_a_second_question_is_heard_by_its_words(given: Stage) -> None:
    said = await given.hears(
        "nlu_fallback", "which languages, and is it free", topic="referral_free", heard=asks("language")
    )
    assert said == ["utter_follow_service"]
    assert "Spanish" in given.shows()
    assert "free to call" in given.shows()


async def test_several_things_that_the_entry_does_not_say_are_said_in_one_sentence(given: Stage) -> None:
    heard = {"many": {"find_shelter/can_come_along": 0.8, "find_shelter/transport": 0.6}}
    assert await given.hears("nlu_fallback", heard=heard) == ["utter_not_stated", "utter_line"]
    assert "if someone can come with you, who pays for the trip" in given.shows()


async def test_what_is_asked_with_the_wish_for_a_number_is_answered_behind_it(talk: Stage) -> None:
    heard = {"many": {"find_hotline/language": 0.8, "find_hotline/free": 0.6}}
    said = await talk.hears("find_hotline", "a number that speaks spanish, does it cost", country="US", heard=heard)
    assert said[0].startswith("utter_lines") or "utter_lines" in said
    assert "utter_follow_service" in said
    assert "Spanish" in talk.shows()
    assert "free to call" in talk.shows()


async def test_a_sure_story_is_no_question_about_the_number(given: Stage) -> None:
    said = await given.hears("disclose_minor", "im only 16", confidence=0.95, heard=asks("teen", 0.5))
    assert "utter_find_teen" not in said


def named(*topics: str) -> list[dict[str, str]]:
    return [{"entity": "topic", "value": topic} for topic in topics]


# Reviewed words for the line and for what is asked (data/line_words/), whatever the reader makes of the message.


async def test_three_questions_in_one_message_are_answered(given: Stage) -> None:
    text = "do they pick up the phone at night, do they take men, and do i have to say my name?"
    said = await given.hears("out_of_scope", text, confidence=0.5)
    assert {"utter_follow_service", "utter_not_stated"} & set(said)
    assert "Open day and night" in given.shows()


async def test_whom_a_line_tells_can_be_asked_there_first(given: Stage) -> None:
    said = await given.hears("nlu_fallback", "if i call that number, will they tell the police?")
    assert "utter_others_pass_on" in said
    assert said[-1] == "utter_call_leaves_trace"


async def test_who_asks_what_a_line_is_like_before_one_was_given_gets_one(talk: Stage) -> None:
    await talk.hears("provide_location", country="US")
    said = await talk.hears("ask_bot", "is there a number to call where they speak bangla, and free?", confidence=0.3)
    assert "utter_lines" in said


async def test_a_story_that_is_sure_stays_a_story(given: Stage) -> None:
    said = await given.hears("disclose_unpaid_wages", "they said the phone call is free, now i pay", confidence=0.9)
    assert "utter_disclose_unpaid_wages" in said


@every("text", ["does 988 answer at night?", "٩٨٨ does it answer at night?", "is it open on sunday, 988 i mean"])
async def test_a_question_with_a_number_in_it_is_about_that_number_though_it_was_not_given(
    talk: Stage, text: str
) -> None:
    await talk.hears("provide_location", country="US")
    assert await talk.hears("report_concern", text, confidence=0.5) == ["utter_follow_service"]
    assert "988" in talk.shows()
    assert "Open day and night" in talk.shows()


async def test_an_amount_is_no_number_to_call(talk: Stage) -> None:
    await talk.hears("provide_location", country="US")
    owed = [{"entity": "money", "value": "988", "words": "988 dollars"}]
    said = await talk.hears(
        "disclose_unpaid_wages", "988 dollars he owes me, do they pay at night?", confidence=0.5, understood=owed
    )
    assert "utter_follow_service" not in said


async def test_a_question_about_a_line_is_answered_while_an_ambulance_is_on_its_way(given: Stage) -> None:
    await given.hears("medical_emergency", "she fell from the roof and does not move", confidence=0.9)
    said = await given.hears("nlu_fallback", "that number from before, do they speak spanish?", confidence=0.3)
    assert said == ["utter_call", "utter_follow_service"]
    assert "911" in given.shows()


async def test_a_short_question_right_after_a_number_outweighs_a_guess_at_another_need(given: Stage) -> None:
    said = await given.hears("find_medical_care", "for boys too?", confidence=0.55)
    assert said[0] == "utter_find_men"


# Words of a line and of a question, and something else is said.
ELSE = [
    ("disclose_unpaid_wages", 0.4, "i call the boss every night and he does not pay", {}),
    ("express_distress", 0.95, "he took my papers, who can i call, i am so scared", {}),
    ("ask_police", 0.9, "if i call the police will they arrest me for no papers?", {}),
    ("ask_anonymity", 0.95, "can my boss read these messages on my phone, can i call?", {}),
    ("talk_to_human", 0.45, "can i talk to a real person right now? call me back", {}),
    ("delete_my_data", 0.45, "delete my messages and the number i called", {}),
    ("deny", 0.95, "no dont call the police", {}),
    ("nlu_fallback", 0.2, "boss is here, cant call right now", {"marks": {"watched": 0.9}}),
    ("nlu_fallback", 0.2, "i called that number and nobody picks up at night", {"many": {"talk/nobody_answers": 0.7}}),
    ("nlu_fallback", 0.2, "i cant call, they took my phone at night", {"many": {"event/cannot_call": 0.5}}),
]


@every(("label", "chance", "text", "heard"), ELSE)
async def test_words_of_a_line_in_something_else_ask_nothing(
    given: Stage, label: str, chance: float, text: str, heard: dict[str, dict[str, float]]
) -> None:
    said = await given.hears(label, text, confidence=chance, heard=heard)
    assert not {"utter_follow_service", "utter_not_stated", "utter_find_free", "utter_find_need_id"} & set(said)


async def test_who_wants_another_number_is_not_told_more_of_the_old_one(given: Stage) -> None:
    text = "give me another number, this one only speaks english when i call"
    said = await given.hears("find_hotline", text, understood=named("referral_another"))
    assert "utter_follow_service" not in said


async def test_who_thinks_of_dying_is_not_told_the_hours_of_a_line(given: Stage) -> None:
    await given.hears("self_harm", "i want to die")
    said = await given.hears("express_distress", "i have no one to call at night", confidence=0.9)
    assert "utter_follow_service" not in said


async def test_some_turns_later_a_question_needs_a_word_for_the_line_and_its_mark(given: Stage) -> None:
    await given.hears("thanks")
    assert "utter_follow_service" not in await given.hears("nlu_fallback", "is it free?")
    assert "utter_follow_service" in await given.hears("nlu_fallback", "that number you gave, is the call free?")


async def test_beside_an_ambulance_nothing_is_said_of_a_line(given: Stage) -> None:
    await given.hears("medical_emergency", confidence=0.95)
    said = await given.hears("nlu_fallback", "is the call free?")
    assert said == ["utter_call", "utter_emergency_free"]


async def test_what_is_asked_of_us_is_not_asked_of_a_line(given: Stage) -> None:
    said = await given.hears("ask_anonymity", "will you call the police?")
    assert "utter_others_pass_on" not in said
    await given.hears("change_language", "can we write in spanish, i cant call", language="es")
    assert given.turn is not None
    assert given.turn.new_locale == "es"


async def test_several_questions_outweigh_a_guess(given: Stage) -> None:
    text = "the helpline, do they answer at night and do they tell my family if i call"
    said = await given.hears("ask_anonymity", text, confidence=0.4)
    assert "utter_others_pass_on" in said
    assert "utter_follow_service" in said
