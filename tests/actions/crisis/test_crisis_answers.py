"""The crisis answers themselves: numbers first, nothing promised, and the talk taken up where it was."""

from tests.actions.stage import Stage
from tests.every import every


async def test_danger_in_a_known_country_gives_its_number(stage: Stage) -> None:
    await stage.hears("immediate_danger", country="MX")
    assert "911" in stage.shows()
    assert "I can not send police" in stage.shows()


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
    assert "utter_lines" in said


async def test_a_country_named_with_a_story_gives_the_number_and_the_answer(talk: Stage) -> None:
    await talk.hears("immediate_danger")
    said = await talk.hears("disclose_threats", country="MX")
    assert said[:2] == ["utter_number_there", "utter_disclose_threats"]


async def test_after_danger_whoever_goes_on_writing_is_answered(stage: Stage) -> None:
    await stage.hears("immediate_danger", country="MX")
    assert "utter_disclose_threats" in await stage.hears("disclose_threats")


async def test_after_danger_a_word_that_tells_nothing_is_asked_whether_writing_is_safe(stage: Stage) -> None:
    await stage.hears("immediate_danger", country="MX")
    assert await stage.hears("greet") == ["utter_safe_again"]


async def test_a_possible_crisis_gets_the_number_ahead_of_the_answer_twice_at_most(talk: Stage) -> None:
    maybe = {"immediate_danger": (0.1, "maybe")}
    said = [await talk.hears("find_hotline", country="MX", crises=maybe) for _ in range(3)]
    assert [replies[0] == "utter_emergency" for replies in said] == [True, True, False]


async def test_before_the_talk_a_possible_crisis_names_no_danger(stage: Stage) -> None:
    assert await stage.hears("find_hotline", crises={"immediate_danger": (0.1, "maybe")}) == ["utter_opening"]


async def test_a_possible_crisis_changes_nothing_in_neutral_mode_and_a_possible_watcher_gets_no_number(
    talk: Stage,
) -> None:
    assert "utter_emergency" not in await talk.hears("find_hotline", crises={"cannot_talk_safely": (0.2, "maybe")})
    talk.record.situation = "quiet"
    assert await talk.hears("find_hotline", crises={"immediate_danger": (0.1, "maybe")}) == ["utter_neutral"]


async def test_danger_told_twice_adds_other_ways_out(stage: Stage) -> None:
    await stage.hears("immediate_danger", country="MX")
    assert "utter_danger_more" in await stage.hears("immediate_danger")


async def test_a_country_without_a_sure_number_is_told_so(stage: Stage) -> None:
    await stage.hears("immediate_danger", country="KP")
    assert "112" in stage.shows()


async def test_self_harm_is_asked_about_plainly_and_the_line_is_given(stage: Stage) -> None:
    assert await stage.hears("self_harm", country="US") == ["utter_self_harm", "utter_self_harm_lines"]
    assert "988" in stage.shows()
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
    await stage.hears("self_harm")
    assert await stage.hears("express_distress") == ["utter_distress"]


@every("country", ["US", "GB", "MX", "ES", "AE", "XX"])
@every("label", ["immediate_danger", "self_harm", "medical_emergency"])
async def test_nobody_is_promised(stage: Stage, label: str, country: str) -> None:
    await stage.hears(label, country=country)
    text = stage.shows().casefold()
    assert "joining" not in text
    assert "rescue" not in text


async def test_a_watched_phone_is_told_to_stop_and_nothing_else(talk: Stage) -> None:
    await talk.hears("disclose_threats")
    assert await talk.hears("cannot_talk_safely") == ["utter_cannot_talk"]
    assert (talk.record.question, talk.record.want, talk.record.choices) == (None, None, [])
