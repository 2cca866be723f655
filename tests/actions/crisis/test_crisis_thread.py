"""A crisis stays open for four messages: what is not understood meanwhile is answered within it, with its number."""

from typing import Any

from tests.actions.stage import Stage
from tests.every import every

OPEN = 4  # messages
NUMBER = {"immediate_danger": "911", "medical_emergency": "911", "self_harm": "911"}
UNCLEAR = ["nlu_fallback", "not_understood", "greet", "out_of_scope", "affirm", "unsure"]


@every("label", NUMBER)
@every("unclear", UNCLEAR)
async def test_what_is_not_understood_after_a_crisis_never_leads_to_a_menu(
    stage: Stage, label: str, unclear: str
) -> None:
    await stage.hears(label, country="US")
    said = await stage.hears(unclear)
    assert not {"utter_opening", "utter_safe_again", "utter_menu", "utter_rephrase", "utter_choose"} & set(said)


@every("label", ["immediate_danger", "medical_emergency"])
async def test_the_number_is_said_again_in_other_words(stage: Stage, label: str) -> None:
    first = await stage.hears(label, country="US")
    said = await stage.hears("nlu_fallback")
    assert said[0] != first[0]
    assert NUMBER[label] in stage.shows()


@every("label", NUMBER)
@every("about", ["self", "other"])
@every("unclear", UNCLEAR)
@every("country", ["US", "GB", "AE", None])
async def test_no_message_of_an_open_thread_is_met_with_silence(
    stage: Stage, label: str, about: str, unclear: str, country: str | None
) -> None:
    heard = {"about": {about: 0.9}}
    stage.record.country = country
    await stage.hears(label, heard=heard)
    for _ in range(OPEN + 1):
        assert await stage.hears(unclear, heard=heard)
        assert stage.shows().strip()


@every("label", ["immediate_danger", "medical_emergency"])
async def test_after_four_messages_that_tell_of_none_it_is_over(stage: Stage, label: str) -> None:
    await stage.hears(label, country="US")
    for _ in range(OPEN):
        await stage.hears("nlu_fallback")
        assert stage.record.crisis == label
    await stage.hears("nlu_fallback")
    assert stage.record.crisis is None


async def test_danger_told_once_more_begins_the_count_anew(stage: Stage) -> None:
    await stage.hears("immediate_danger", country="US")
    await stage.hears("nlu_fallback")
    await stage.hears("immediate_danger")
    assert (stage.record.crisis, stage.record.crisis_turns) == ("immediate_danger", 0)


@every("news", ["event/over", "event/arrived"])
async def test_who_says_that_it_is_over_is_believed_and_not_sent_the_number_again(stage: Stage, news: str) -> None:
    await stage.hears("immediate_danger", country="US")
    said = await stage.hears("nlu_fallback", heard={"many": {news: 0.9}})
    assert f"utter_{news.replace('/', '_')}" in said
    assert "utter_danger_still" not in said
    assert stage.record.crisis is None


async def test_a_wish_of_its_own_is_answered_while_the_thread_is_open(stage: Stage) -> None:
    await stage.hears("immediate_danger", country="US")
    assert "utter_lines" in await stage.hears("find_shelter")
    assert stage.record.crisis == "immediate_danger"


@every("label", ["goodbye", "insult_or_prank"])
async def test_nothing_weaker_closes_it(stage: Stage, label: str) -> None:
    await stage.hears("immediate_danger", country="US")
    assert await stage.hears(label)
    assert stage.record.crisis == "immediate_danger"


async def test_about_somebody_else_it_says_what_a_helper_can_do(stage: Stage) -> None:
    other = {"about": {"other": 0.9}}
    await stage.hears("immediate_danger", country="US", heard=other)
    said = await stage.hears("nlu_fallback", heard=other)
    assert said
    assert all(phrase.startswith("utter_danger_other") for phrase in said)


@every("label", ["deny", "express_distress", "nlu_fallback"])
async def test_who_says_that_there_is_no_danger_is_told_that_nobody_comes_and_the_thread_is_over(
    talk: Stage, label: str
) -> None:
    await talk.hears("immediate_danger", country="GB")
    said = await talk.hears(label, "i aint in any danger", confidence=0.4, heard={"marks": {"negated": 0.8}})
    assert said == ["utter_nobody_sent"]
    assert talk.record.crisis is None


async def test_what_is_over_owes_no_ambulance_any_more(talk: Stage) -> None:
    await talk.hears("medical_emergency", country="US")
    await talk.hears("affirm", "they took him", heard={"many": {"event/over": 0.7}})
    said = await talk.hears("find_legal_aid")
    assert "utter_medical" not in said
    assert "utter_find_legal_aid" in said


async def test_news_in_a_crisis_is_taken_up_though_it_is_not_sure(talk: Stage) -> None:
    await talk.hears("immediate_danger", country="US")
    assert "utter_event_called" in await talk.hears("affirm", "i rang them now", heard={"many": {"event/called": 0.35}})


@every("label", ["self_harm", "immediate_danger", "medical_emergency"])
async def test_a_crisis_that_is_hardly_likely_is_not_answered_as_one(talk: Stage, label: str) -> None:
    said = await talk.hears(label, "they gave me pills", confidence=0.18, possible=True)
    assert not [phrase for phrase in said if phrase.startswith(("utter_self_harm", "utter_danger", "utter_medical"))]


async def test_a_guess_that_somebody_is_there_takes_nobody_the_number(talk: Stage) -> None:
    await talk.hears("immediate_danger", country="US")
    said = await talk.hears("cannot_talk_safely", "they look in", confidence=0.5, possible=True)
    assert said == ["utter_call", "utter_pause"]
    assert "911" in talk.shows()


@every("news", [{"topic": "help_called"}, {"heard": {"many": {"event/on_the_way": 0.5}}}])
async def test_who_has_called_is_not_told_to_call_again(talk: Stage, news: dict[str, Any]) -> None:
    await talk.hears("immediate_danger", country="US", heard={"about": {"other": 0.9}})
    said = await talk.hears("immediate_danger", "i called 911, they are on the way", confidence=0.6, **news)
    assert said[0].startswith("utter_event_")
    assert not [phrase for phrase in said if phrase.startswith("utter_danger")]


async def test_who_has_called_and_is_still_hurt_gets_the_number(talk: Stage) -> None:
    await talk.hears("immediate_danger", country="US")
    text = "i called 911 but they hung up, he is hitting me again"
    said = await talk.hears("immediate_danger", text, topic="help_called", confidence=0.97)
    assert said[0].startswith("utter_danger")
    assert talk.record.crisis == "immediate_danger"


async def test_who_has_called_a_sister_is_still_heard_when_they_think_of_dying(talk: Stage) -> None:
    await talk.hears("self_harm", country="US")
    talk.record.question = None
    turns = talk.record.crisis_turns
    await talk.hears("nlu_fallback", "i called my sister", heard={"many": {"event/called": 0.55}})
    assert (talk.record.crisis, talk.record.crisis_turns) == ("self_harm", turns + 1)


async def test_an_ambulance_that_is_here_is_no_call(talk: Stage) -> None:
    await talk.hears("medical_emergency", country="US")
    heard = {"many": {"event/arrived": 0.6}}
    said = await talk.hears("nlu_fallback", "the ambulance is here", topic="help_called", heard=heard)
    assert said[0] == "utter_event_arrived"
    assert talk.record.crisis is None


async def test_who_has_called_is_not_told_to_call_once_more(stage: Stage) -> None:
    await stage.hears("medical_emergency", country="US")
    said = await stage.hears("nlu_fallback", heard={"many": {"event/called": 0.9}})
    assert said == ["utter_event_called", "utter_after_call"]
    assert await stage.hears("nlu_fallback") == ["utter_after_call_more"]


@every("news", ["event/called", "event/on_the_way", "event/arrived"])
async def test_that_help_comes_is_heard_in_words_of_the_crisis(stage: Stage, news: str) -> None:
    await stage.hears("medical_emergency", country="US")
    said = await stage.hears("medical_emergency", "they carry him out, leg broken", heard={"many": {news: 0.8}})
    assert said[0] == f"utter_{news.replace('/', '_')}"
    assert not [phrase for phrase in said if phrase.startswith("utter_medical")]


async def test_a_question_in_a_crisis_is_answered_and_the_number_stays(stage: Stage) -> None:
    await stage.hears("medical_emergency", country="US")
    said = await stage.hears("medical_emergency", "do i tie it off", heard={"many": {"health/remedy": 0.8}})
    assert sorted(said) == ["utter_call", "utter_health_remedy"]
    assert "911" in stage.shows()


async def test_who_shakes_after_it_is_over_is_told_that_this_is_normal(stage: Stage) -> None:
    await stage.hears("immediate_danger", country="US")
    heard = {"many": {"event/over": 0.8, "tone/shock": 0.7}}
    assert await stage.hears("nlu_fallback", "he is gone. i shake", heard=heard) == [
        "utter_event_over",
        "utter_tone_shock",
    ]


async def test_a_danger_that_is_told_again_in_fear_is_answered_as_one(stage: Stage) -> None:
    await stage.hears("immediate_danger", country="US")
    said = await stage.hears(
        "immediate_danger", "he is at the door", confidence=0.9, heard={"many": {"tone/fear": 0.9}}
    )
    assert said[0].startswith("utter_danger")


async def test_of_somebody_else_nothing_is_said_twice_in_the_same_words(stage: Stage) -> None:
    other = {"about": {"other": 0.9}}
    said = await stage.hears("immediate_danger", country="US", heard=other)
    for label in ("nlu_fallback", "immediate_danger", "nlu_fallback"):
        again = await stage.hears(label, heard=other)
        assert again
        assert not set(again) & set(said)
        said += again


async def test_the_number_of_an_open_crisis_is_not_hinted_at_besides(stage: Stage) -> None:
    await stage.hears("medical_emergency", country="US")
    said = await stage.hears("nlu_fallback", crises={"medical_emergency": (0.3, "maybe")})
    assert said == ["utter_medical_still"]


async def test_what_only_sounds_like_the_open_crisis_is_answered_by_what_it_says(stage: Stage) -> None:
    await stage.hears("medical_emergency", country="TR")
    heard = {"many": {"find_shelter": 0.6}}
    said = await stage.hears("medical_emergency", "they took him, a bed for me", confidence=0.3, heard=heard)
    assert "utter_find_shelter" in said


async def test_beside_somebody_unconscious_what_sounds_like_danger_calls_no_police(stage: Stage) -> None:
    await stage.hears("medical_emergency", country="US")
    assert await stage.hears("immediate_danger", "shall he vomit", confidence=0.33) == ["utter_medical_still"]


async def test_a_sure_danger_after_a_medical_emergency_is_answered_as_one(stage: Stage) -> None:
    await stage.hears("medical_emergency", country="US")
    assert "utter_danger" in await stage.hears("immediate_danger", "he comes with a knife", confidence=0.8)


async def test_who_asks_for_a_person_in_a_crisis_is_told_truly_that_nobody_is_there(stage: Stage) -> None:
    await stage.hears("medical_emergency", country="TR")
    assert await stage.hears("talk_to_human", "a human") == ["utter_no_person", "utter_emergency"]


async def test_a_likely_danger_beside_a_medical_emergency_gets_the_police(stage: Stage) -> None:
    await stage.hears("medical_emergency", country="FR")
    await stage.hears(
        "immediate_danger", "now he beats me", confidence=0.45, crises={"immediate_danger": (0.45, "sure")}
    )
    assert "17" in stage.shows()


async def test_a_call_for_one_emergency_is_none_for_the_next(stage: Stage) -> None:
    await stage.hears("medical_emergency", country="US")
    await stage.hears("nlu_fallback", heard={"many": {"event/called": 0.9}})
    await stage.hears("immediate_danger", "he has a knife")
    assert "utter_after_call" not in await stage.hears("nlu_fallback")


async def test_what_a_hospital_costs_is_answered_while_the_ambulance_is_needed(stage: Stage) -> None:
    await stage.hears("medical_emergency", country="US")
    heard = {"many": {"ask_cost/hospital": 0.8}}
    said = await stage.hears("find_medical_care", "what does the hospital cost, i have no card", heard=heard)
    assert sorted(said) == ["utter_ask_cost_hospital", "utter_call"]


async def test_words_of_an_emergency_answer_no_question_of_before(stage: Stage) -> None:
    await stage.hears("find_medical_care")
    await stage.hears("medical_emergency", country="US")
    stage.record.question = "town"
    heard = {"many": {"ask_cost/hospital": 0.8}}
    said = await stage.hears("medical_emergency", "and who pays the hospital", confidence=0.9, heard=heard)
    assert "utter_ask_cost_hospital" in said


@every("news", ["event/decided", "event/on_the_way", "event/arrived", "event/quiet_now"])
async def test_news_in_thoughts_of_dying_takes_nobody_the_number(stage: Stage, news: str) -> None:
    await stage.hears("self_harm", country="US")
    stage.record.question = None
    await stage.hears("self_harm", "i have decided, tonight", confidence=0.88, heard={"many": {news: 0.5}})
    assert "911" in stage.shows() or "988" in stage.shows()


async def test_who_has_called_and_is_in_danger_again_gets_the_number_whatever_they_ask(stage: Stage) -> None:
    await stage.hears("immediate_danger", country="US")
    await stage.hears("nlu_fallback", "i called", heard={"many": {"event/called": 0.9}})
    heard = {"many": {"ask_police/arrested": 0.8}}
    await stage.hears("immediate_danger", "he has a knife, will they arrest me", confidence=0.9, heard=heard)
    assert "911" in stage.shows()


async def test_a_sure_danger_beside_another_answer_has_its_number(stage: Stage) -> None:
    heard = {"many": {"ask_police/arrested": 0.8}}
    crises = {"immediate_danger": (0.6, "sure")}
    stage.record.situation = "talk"
    await stage.hears("ask_police", "will they arrest me, he beats me", country="US", heard=heard, crises=crises)
    assert "911" in stage.shows()


async def test_reviewed_words_of_danger_beside_help_that_has_come_are_a_danger(stage: Stage) -> None:
    await stage.hears("medical_emergency", country="US")
    heard = {"many": {"event/arrived": 0.8}}
    await stage.hears("immediate_danger", "the ambulance is here but he has a knife", confidence=0.9, heard=heard)
    assert "911" in stage.shows()


async def test_questions_about_the_call_do_not_end_the_thread(stage: Stage) -> None:
    await stage.hears("medical_emergency", country="OM")
    for _ in range(OPEN + 2):
        await stage.hears("ask_cost", "is the call free?", confidence=0.4)
    assert stage.record.crisis == "medical_emergency"


async def test_a_fever_while_an_ambulance_is_needed_looks_for_no_doctor_near_by(stage: Stage) -> None:
    await stage.hears("medical_emergency", country="US")
    ill = {"medical_emergency": (0.3, "maybe")}
    said = await stage.hears("find_medical_care", "i have a fever now and my toes are blue", confidence=0.7, crises=ill)
    assert said == ["utter_medical_still"]
    assert "911" in stage.shows()


async def test_a_story_that_is_guessed_while_somebody_is_at_the_door_is_answered_as_the_danger(stage: Stage) -> None:
    await stage.hears("immediate_danger", country="US")
    said = await stage.hears("disclose_confinement", "can i go out by the window", confidence=0.45)
    assert said[0] == "utter_danger_still"
    assert "911" in stage.shows()


async def test_a_question_about_wages_while_danger_goes_on_is_answered(stage: Stage) -> None:
    await stage.hears("immediate_danger", country="US")
    said = await stage.hears("disclose_unpaid_wages", "do i still get my pay", confidence=0.45)
    assert "utter_danger_still" not in said


async def hush(stage: Stage, text: str, watched: float) -> list[str]:
    """A message that is only guessed to be a hush, with the chance that somebody watches."""
    return await stage.hears(
        "cannot_talk_safely", text, confidence=0.6, possible=True, heard={"marks": {"watched": watched}}
    )


async def test_whoever_is_with_them_in_danger_is_no_watcher_on_a_guess(stage: Stage) -> None:
    await stage.hears("immediate_danger", country="US")
    said = await hush(stage, "my little girl is with me in the room", watched=0.4)
    assert "utter_pause" not in said
    assert "911" in stage.shows()


GUN = {"many": {"disclose_threats": 0.9, "immediate_danger": 0.55}}


async def test_danger_told_before_it_was_known_to_be_safe_gets_the_number_with_the_answer(stage: Stage) -> None:
    await stage.hears("disclose_threats", "he shoots who leaves", confidence=0.4, heard=GUN, phone="US")
    assert stage.record.situation == "asked_safe"
    said = await stage.hears("affirm", "yes", phone="US")
    assert "utter_unclear_danger" in said
    assert "911" in stage.shows()


async def test_an_oath_that_kills_is_no_wish_to_die(talk: Stage) -> None:
    said = await talk.hears(
        "self_harm",
        "they made me swear, if i run i will die",
        [{"entity": "indicator", "value": "oath_witchcraft"}],
        confidence=0.31,
        heard={"many": {"disclose_threats": 0.5}},
        crises={"self_harm": (0.31, "sure")},
    )
    assert not [name for name in said if name.startswith(("utter_self_harm", "utter_unclear_self_harm"))]


async def test_an_oath_beside_a_wish_to_die_takes_nothing_from_it(talk: Stage) -> None:
    said = await talk.hears(
        "self_harm",
        "i swore an oath, i dont see a reason to go on living",
        [{"entity": "indicator", "value": "oath_witchcraft"}],
        confidence=0.58,
        crises={"self_harm": (0.58, "sure")},
    )
    assert said[0] == "utter_self_harm_now"


async def test_somebody_who_surely_comes_silences_an_emergency_too(stage: Stage) -> None:
    await stage.hears("immediate_danger", country="US")
    said = await hush(stage, "he is coming up the stairs", watched=0.97)
    assert said[-1] == "utter_pause"


async def test_danger_told_before_the_yes_is_not_named_after_a_hush(stage: Stage) -> None:
    await stage.hears("cannot_talk_safely", "he is here")
    await stage.hears("disclose_threats", "he shoots who leaves", confidence=0.4, heard=GUN, phone="US")
    assert "utter_unclear_danger" not in await stage.hears("affirm", "yes", phone="US")


async def test_who_needs_a_dentist_after_the_ambulance_came_gets_a_doctor(stage: Stage) -> None:
    await stage.hears("medical_emergency", country="US")
    await stage.hears("nlu_fallback", "the ambulance came", heard={"many": {"event/arrived": 0.8}})
    said = await stage.hears("find_medical_care", "i need a dentist for me", confidence=0.91)
    assert "utter_medical_still" not in said
