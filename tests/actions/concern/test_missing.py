"""Somebody is missing: what can be done stands first with whom to call, nothing else is asked, and the lines fit the age."""

import pytest

from tests.actions.stage import Stage
from tests.every import every


async def told(stage: Stage) -> str:
    """Return what is read where somebody is missing in the United Kingdom."""
    await stage.hears("report_missing_person", country="GB")
    return stage.shows()


async def test_what_can_be_done_now_comes_first_and_lines_in_the_same_answer(talk: Stage) -> None:
    assert await talk.hears("report_missing_person", country="GB") == ["utter_about_missing", "utter_lines"]
    assert "You can tell the police there now" in talk.shows().splitlines()[0]
    assert "?" not in talk.shows()
    assert talk.record.about == "other"


async def test_the_police_and_a_person_can_be_chosen(talk: Stage) -> None:
    await told(talk)
    offered = [choice["value"] for choice in talk.record.choices]
    assert "ask_police" in offered
    assert offered[-1] == "talk_to_human"


async def test_only_the_country_is_asked_for_and_it_brings_the_lines(talk: Stage) -> None:
    said = await talk.hears("report_missing_person")
    assert said == ["utter_about_missing", "utter_ask_where_other"]
    assert talk.shows().count("?") == 1
    assert "utter_lines" in await talk.hears("provide_location", country="GB")
    assert talk.record.question is None


@pytest.mark.parametrize(("minor", "child_line"), [(True, True), (None, True), (False, False)])
async def test_a_line_for_children_is_given_where_it_may_be_a_child(
    talk: Stage, minor: bool | None, child_line: bool
) -> None:
    talk.record.minor = minor
    assert ("116 000" in await told(talk)) is child_line


async def test_the_country_need_not_be_told_and_112_is_given(talk: Stage) -> None:
    await talk.hears("report_missing_person")
    await talk.hears("deny")
    assert "112" in talk.shows()
    assert "talk_to_human" in [choice["value"] for choice in talk.record.choices]


async def test_a_country_that_comes_after_a_no_brings_the_lines(talk: Stage) -> None:
    await talk.hears("report_missing_person")
    await talk.hears("deny")
    assert "utter_lines" in await talk.hears("provide_location", country="GB")


async def test_a_place_that_tells_no_country_is_asked_about_once_more_and_then_accepted(talk: Stage) -> None:
    await talk.hears("report_missing_person")
    assert await talk.hears("provide_location", "in the mountains") == ["utter_which_country_again"]
    await talk.hears("provide_location", "in the mountains")
    assert "112" in talk.shows()
    assert talk.record.question is None


async def test_the_country_of_the_phone_is_assumed_and_named(talk: Stage) -> None:
    said = await talk.hears("report_missing_person", phone="GB")
    assert said == ["utter_about_missing", "utter_lines"]
    assert "Your number is from United Kingdom" in talk.shows()


async def test_danger_in_the_middle_is_answered_and_the_lines_can_be_taken_up(talk: Stage) -> None:
    await talk.hears("report_missing_person")
    assert (await talk.hears("immediate_danger", country="GB"))[0] == "utter_danger_other"
    assert "999" in talk.shows()
    assert await talk.hears("step", to="go_on") == ["utter_lines"]


async def test_told_again_each_answer_is_another_one(talk: Stage) -> None:
    await told(talk)
    said = [await talk.hears("report_missing_person") for _ in range(3)]
    assert said == [["utter_missing_ready"], ["utter_missing_again"], ["utter_said_all"]]


@every("label", ["deny", "unsure", "report_missing_person"])
async def test_one_message_of_an_answer_shows_choices_so_that_a_number_means_one_thing(talk: Stage, label: str) -> None:
    await talk.hears("report_missing_person")
    await talk.hears(label)
    await talk.hears("report_missing_person")
    assert [message["response"] for message in talk.said[:-1] if message.get("choices")] == []


async def test_who_tells_it_again_is_told_what_not_to_do_alone(talk: Stage) -> None:
    await told(talk)
    await talk.hears("report_missing_person")
    assert "you don't have to decide that alone" in talk.shows()
    assert "Don't meet them alone" in talk.shows()


@every("country", ["GB", "DE", "US", "MX"])
async def test_nothing_is_said_about_how_long_to_wait(talk: Stage, country: str) -> None:
    shown = ""
    await talk.hears("report_missing_person", country=country)
    for _ in range(3):
        shown += talk.shows()
        await talk.hears("report_missing_person")
    assert "hours" not in shown
