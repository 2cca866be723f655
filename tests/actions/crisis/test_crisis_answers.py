"""The crisis answers themselves: numbers first, nothing promised, and the talk taken up where it was."""

import re
from typing import Any

from tests.actions.stage import Stage
from tests.every import every

NUMBER = re.compile(r"\b\d{3}\b")


async def test_danger_in_a_known_country_gives_its_number(stage: Stage) -> None:
    await stage.hears("immediate_danger", country="MX")
    assert "911" in stage.shows()
    assert "I cannot send police" in stage.shows()


async def test_danger_in_an_unknown_country_gives_112_and_asks_in_the_same_message(stage: Stage) -> None:
    assert await stage.hears("immediate_danger") == ["utter_danger_which_country"]
    assert "112" in stage.shows()
    assert stage.shows().endswith("Which country are you in?")


async def test_a_country_given_next_gives_the_number(stage: Stage) -> None:
    await stage.hears("immediate_danger")
    assert await stage.hears("provide_location", country="MX") == ["utter_number_there"]
    assert "911" in stage.shows()


async def test_an_ambulance_has_a_number_of_its_own(stage: Stage) -> None:
    await stage.hears("medical_emergency")
    await stage.hears("provide_location", country="AE")
    assert "998" in stage.shows()


async def test_the_talk_goes_on_where_it_was(talk: Stage) -> None:
    await talk.hears("find_shelter")
    await talk.hears("immediate_danger")
    said = await talk.hears("provide_location", country="GB")
    assert said[0] == "utter_number_there"
    # Where the crisis leaves no room for the lines they stay owed, and come when its thread is over.
    for _ in range(5):
        said += await talk.hears("nlu_fallback")
    assert "utter_lines" in said


async def test_a_country_named_with_a_story_gives_the_number_and_the_answer(talk: Stage) -> None:
    await talk.hears("immediate_danger")
    said = await talk.hears("disclose_threats", country="MX")
    assert said[0] == "utter_number_there"
    assert "911" in talk.shows()
    assert {"utter_disclose_threats", "utter_lines"} & set(said)
    assert "utter_lines" in said or "utter_lines" in await talk.hears("disclose_threats")


async def test_after_danger_whoever_goes_on_writing_is_answered(stage: Stage) -> None:
    await stage.hears("immediate_danger", country="MX")
    assert "utter_disclose_threats" in await stage.hears("disclose_threats")


async def test_after_danger_a_word_that_tells_nothing_gets_the_number_again_and_no_cold_question(stage: Stage) -> None:
    await stage.hears("immediate_danger", country="MX")
    said = await stage.hears("greet")
    assert "911" in stage.shows()
    assert not {"utter_opening", "utter_safe_again", "utter_menu"} & set(said)


async def test_a_possible_crisis_gets_the_number_ahead_of_the_answer_twice_at_most(talk: Stage) -> None:
    maybe = {"immediate_danger": (0.3, "maybe")}
    said = [await talk.hears("find_hotline", country="MX", crises=maybe) for _ in range(3)]
    assert [replies[0] == "utter_unclear_danger" for replies in said] == [True, True, False]


async def test_a_crisis_that_is_hardly_possible_adds_nothing(talk: Stage) -> None:
    hardly = {"immediate_danger": (0.05, "maybe")}
    assert "utter_unclear_danger" not in await talk.hears("find_hotline", country="MX", crises=hardly)


async def test_of_two_possible_crises_the_number_for_the_body_comes_first(talk: Stage) -> None:
    both = {"self_harm": (0.4, "maybe"), "medical_emergency": (0.4, "maybe")}
    assert (await talk.hears("find_hotline", country="AE", crises=both))[0] == "utter_unclear_medical"
    assert "998" in talk.shows()


async def test_before_the_talk_a_possible_crisis_gets_the_bare_number_and_names_no_danger(stage: Stage) -> None:
    said = await stage.hears("find_hotline", country="MX", crises={"immediate_danger": (0.4, "maybe")})
    assert said == ["utter_call", "utter_opening"]
    assert "911" in stage.shows()
    assert "danger" not in stage.shows()


async def test_a_first_message_that_may_tell_of_danger_to_another_names_nothing_and_is_kept(stage: Stage) -> None:
    heard = {"about": {"other": 0.9}}
    likely = {"immediate_danger": (0.35, "sure")}
    text = "sister quick it is the girls train at five"
    said = await stage.hears("immediate_danger", text, confidence=0.35, heard=heard, crises=likely)
    assert said == ["utter_call", "utter_opening"]
    assert stage.record.want == "report_concern"


async def test_a_first_message_that_surely_tells_of_danger_to_another_is_answered_as_one(stage: Stage) -> None:
    sure = {"immediate_danger": (0.8, "sure")}
    heard = {"about": {"other": 0.9}}
    said = await stage.hears("immediate_danger", "they beat him now", confidence=0.8, heard=heard, crises=sure)
    assert said[0].startswith("utter_danger")


async def test_a_possible_crisis_changes_nothing_in_neutral_mode_and_a_possible_watcher_gets_no_number(
    talk: Stage,
) -> None:
    said = await talk.hears("find_hotline", crises={"cannot_talk_safely": (0.4, "maybe")})
    assert not [phrase for phrase in said if phrase.startswith(("utter_unclear", "utter_emergency"))]
    talk.record.situation = "quiet"
    assert await talk.hears("find_hotline", crises={"immediate_danger": (0.4, "maybe")}) == ["utter_neutral"]


async def test_danger_told_twice_adds_other_ways_out(stage: Stage) -> None:
    await stage.hears("immediate_danger", country="MX")
    assert "utter_danger_more" in await stage.hears("immediate_danger")


async def test_a_country_without_a_sure_number_is_told_so(stage: Stage) -> None:
    await stage.hears("immediate_danger", country="KP")
    assert "112" in stage.shows()


async def test_self_harm_gets_the_number_first_is_asked_about_plainly_and_the_line_is_given(stage: Stage) -> None:
    assert await stage.hears("self_harm", country="US") == ["utter_self_harm_now", "utter_self_harm_lines"]
    text = stage.shows()
    assert 0 < text.index("911") < text.index("killing yourself?") < text.index("988")
    assert await stage.hears("affirm") == ["utter_self_harm_yes", "utter_self_harm_lines"]
    assert (await stage.hears("affirm"))[0] == "utter_self_harm_alone"


async def test_a_country_named_later_brings_the_line_and_the_question_back(stage: Stage) -> None:
    await stage.hears("self_harm")
    assert await stage.hears("provide_location", country="US") == ["utter_self_harm_lines", "utter_self_harm"]
    assert (await stage.hears("deny"))[0] == "utter_self_harm_no"


async def test_only_lines_that_listen_are_given_to_who_wants_to_die(stage: Stage) -> None:
    await stage.hears("self_harm", country="GB")
    assert "Modern Slavery" not in stage.shows()
    assert "116 123" in stage.shows()


async def test_talk_that_goes_on_after_self_harm_is_not_met_with_the_opening(stage: Stage) -> None:
    await stage.hears("self_harm", country="US")
    said = await stage.hears("express_distress")
    assert not {"utter_opening", "utter_safe_again"} & set(said)
    assert "911" in stage.shows()


@every("country", ["US", "GB", "MX", "ES", "AE", "XX"])
@every("label", ["immediate_danger", "self_harm", "medical_emergency"])
async def test_nobody_is_promised(stage: Stage, label: str, country: str) -> None:
    await stage.hears(label, country=country)
    text = stage.shows().casefold()
    assert "joining" not in text
    assert "rescue" not in text


@every("label", ["immediate_danger", "self_harm", "medical_emergency"])
@every("country", [None, "US", "AE"])
@every("other", [0.0, 0.9])
async def test_a_crisis_told_again_and_again_gets_a_number_each_time(
    stage: Stage, label: str, country: str | None, other: float
) -> None:
    stage.record.country = country
    for time in range(1, 7):
        said = await stage.hears(label, heard={"about": {"other": other}})
        assert NUMBER.search(stage.shows()), f"no number at telling {time}: {said}"


@every(
    ("label", "elsewhere"),
    [("self_harm", "elsewhere: 112"), ("medical_emergency", "In another country, call 112")],
)
async def test_a_number_with_its_country_is_given_where_the_phone_tells_one(
    stage: Stage, label: str, elsewhere: str
) -> None:
    await stage.hears(label, phone="AE")
    text = stage.shows()
    assert "United Arab Emirates" in text
    assert elsewhere in text
    assert "112" in text
    assert "998" in text or "999" in text
    assert stage.record.country is None


async def test_danger_without_a_stated_country_names_the_country_that_it_assumes_and_112(stage: Stage) -> None:
    assert (await stage.hears("immediate_danger", phone="MX"))[0] == "utter_danger_assumed"
    text = stage.shows()
    assert all(part in text for part in ("Mexico", "911", "112"))
    assert stage.record.country is None


async def test_a_watched_phone_is_told_to_stop_and_nothing_else(talk: Stage) -> None:
    await talk.hears("disclose_threats")
    assert await talk.hears("cannot_talk_safely") == ["utter_pause"]
    assert (talk.record.question, talk.record.want, talk.record.choices) == (None, None, [])


@every("possible", [True, False])
async def test_who_asks_how_to_clear_while_somebody_comes_hears_that_first(talk: Stage, possible: bool) -> None:
    await talk.hears("disclose_threats")
    heard = {"many": {"digital/clear_sms": 0.7}}
    said = await talk.hears("cannot_talk_safely", possible=possible, heard=heard)
    assert said == ["utter_how_clear_sms", "utter_pause"]


async def test_who_is_likelier_hushed_than_hurt_is_hushed(talk: Stage) -> None:
    await talk.hears("disclose_threats", country="US")
    crises = {"immediate_danger": (0.38, "sure"), "cannot_talk_safely": (0.45, "sure")}
    said = await talk.hears("immediate_danger", "up the stairs bye", confidence=0.38, crises=crises)
    assert said == ["utter_call", "utter_pause"]  # the bare number, and nothing that tells what for
    assert talk.record.situation == "new"


@every(("heard", "said"), [({}, "utter_danger_fire"), ({"about": {"other": 0.9}}, "utter_danger_fire_other")])
async def test_where_it_burns_the_fire_brigade_is_named(talk: Stage, heard: dict[str, Any], said: str) -> None:
    assert (
        await talk.hears(
            "express_distress", "smoke everywhere", topic="fire", country="FR", confidence=0.4, heard=heard
        )
    )[0] == said
    assert "18" in talk.shows()


@every("label", ["immediate_danger", "medical_emergency"])
async def test_the_number_of_the_phones_country_is_told_again_in_other_words(talk: Stage, label: str) -> None:
    first = await talk.hears(label, phone="US")
    again = await talk.hears(label, phone="US")
    assert first[0] != again[0]
    assert "United States" in talk.shows()


async def test_where_112_is_the_number_it_is_not_said_to_be_another_elsewhere(talk: Stage) -> None:
    await talk.hears("immediate_danger", phone="MZ")
    await talk.hears("immediate_danger", phone="MZ")
    assert talk.shows().count("112") == 1


async def test_after_a_fire_the_fire_brigade_of_the_country_is_owed(talk: Stage) -> None:
    await talk.hears("immediate_danger", "the house is on fire", topic="fire")
    await talk.hears("provide_location", "france", country="FR")
    assert "18" in talk.shows()


async def test_a_story_of_smoke_at_work_is_no_fire(talk: Stage) -> None:
    said = await talk.hears("disclose_unpaid_wages", "smoke everywhere and no pay", topic="fire", confidence=0.9)
    assert "utter_danger_fire" not in said


async def test_while_it_burns_a_hush_shows_the_number_of_the_fire_brigade(talk: Stage) -> None:
    await talk.hears("immediate_danger", "the house is on fire", topic="fire", country="FR")
    await talk.hears("cannot_talk_safely", "hm", possible=True, confidence=0.7)
    assert "18" in talk.shows()


async def test_a_fire_where_somebody_else_is_gets_the_number_there_too(talk: Stage) -> None:
    talk.record.their_country = "AE"
    await talk.hears(
        "immediate_danger", "their house is on fire", topic="fire", phone="US", heard={"about": {"other": 0.9}}
    )
    assert talk.shows().index("911") < talk.shows().index("997")


async def test_who_listens_is_not_told_a_third_time_in_the_same_words(talk: Stage) -> None:
    said = [await talk.hears("self_harm", "i want to die", country="US") for _ in range(3)]
    assert ["utter_self_harm_lines" in one for one in said] == [True, True, False]
    assert "988" in talk.shows()
