"""Somebody is missing: what can be done stands first, two questions follow, and the lines fit a child or an adult."""

import pytest

from tests.actions.stage import Stage


async def skip(stage: Stage) -> list[str]:
    return await stage.hears("step", to="skip")


@pytest.fixture
async def missing(talk: Stage) -> Stage:
    """A person tells that somebody is missing."""
    await talk.hears("report_missing_person")
    return talk


async def test_what_can_be_done_now_comes_before_any_question(talk: Stage) -> None:
    assert await talk.hears("report_missing_person") == ["utter_report_missing_person", "utter_missing_minor"]
    assert "You can go to the police now" in talk.shows()
    assert talk.record.about == "other"


async def test_the_age_then_the_country_then_lines_and_what_not_to_do_alone(missing: Stage) -> None:
    assert await missing.hears("deny") == ["utter_which_country"]
    said = await missing.hears("provide_location", country="GB")
    assert said == ["utter_missing_ready", "utter_lines", "utter_more"]
    assert "do not pay" in missing.shows()
    assert "talk_to_human" in [choice["value"] for choice in missing.record.choices]


@pytest.mark.parametrize(("label", "child_line"), [("affirm", True), ("unsure", True), ("deny", False)])
async def test_a_line_for_children_is_given_where_it_may_be_a_child(
    missing: Stage, label: str, child_line: bool
) -> None:
    await missing.hears(label)
    await missing.hears("provide_location", country="GB")
    assert ("0800 1111" in missing.shows()) is child_line


async def test_both_questions_can_be_skipped(missing: Stage) -> None:
    await skip(missing)
    said = await skip(missing)
    assert said == ["utter_enough", "utter_missing_ready", "utter_without_country", "utter_more"]
    assert "112" in missing.shows()


async def test_a_country_that_comes_later_brings_the_lines(missing: Stage) -> None:
    await skip(missing)
    await skip(missing)
    assert "utter_lines" in await missing.hears("provide_location", country="GB")


async def test_what_was_said_is_not_asked(talk: Stage) -> None:
    talk.record.minor = True
    said = await talk.hears("report_missing_person", country="GB")
    assert said == ["utter_report_missing_person", "utter_missing_ready", "utter_lines", "utter_more"]


async def test_a_place_that_tells_no_country_is_accepted(missing: Stage) -> None:
    await missing.hears("affirm")
    said = await missing.hears("provide_location", "in the mountains")
    assert said == ["utter_missing_ready", "utter_without_country", "utter_more"]


async def test_danger_in_the_middle_is_answered_and_the_question_can_be_taken_up(missing: Stage) -> None:
    assert (await missing.hears("immediate_danger", country="GB"))[0] == "utter_danger"
    assert await missing.hears("step", to="go_on") == ["utter_missing_minor"]


async def test_told_again_in_the_middle_it_goes_on(missing: Stage) -> None:
    assert await missing.hears("report_missing_person") == ["utter_missing_minor"]
    assert await missing.hears("report_missing_person") == ["utter_which_country"]


async def test_told_again_at_the_end_each_answer_is_another_one(missing: Stage) -> None:
    await missing.hears("deny")
    await missing.hears("provide_location", country="GB")
    runs = [await missing.hears("report_missing_person") for _ in range(2)]
    assert runs[0] == ["utter_lines", "utter_missing_again", "utter_more"]
    assert runs[1] == ["utter_lines", "utter_said_all"]


async def test_nothing_is_said_about_how_long_to_wait(missing: Stage) -> None:
    said = missing.shows()
    await missing.hears("deny")
    await missing.hears("provide_location", country="GB")
    assert "hours" not in said + missing.shows()
