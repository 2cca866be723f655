"""An offer of work: an answer and numbers at once, four questions only when that is chosen, and the offer is never judged."""

from itertools import product

import pytest
import yaml

from actions.rights import job_offer
from bot.understanding.indicators import catalogue
from tests.actions.stage import BOOK, ROOT, Stage
from tests.every import every

ORDER = ["utter_job_fee", "utter_job_tourist_visa", "utter_job_papers_photos", "utter_job_rush_secret"]


async def press(stage: Stage, to: str) -> list[str]:
    return await stage.hears("step", to=to)


def offered(stage: Stage) -> list[str]:
    return [choice["value"] for choice in stage.record.choices]


def sign(name: str) -> dict[str, str]:
    return {"entity": "indicator", "value": name, "when": "open", "words": "some words"}


@pytest.fixture
async def told(talk: Stage) -> Stage:
    """A person in the United Kingdom asks whether an offer is real, and was answered."""
    await talk.hears("check_job_offer", country="GB")
    return talk


@pytest.fixture
async def asked(told: Stage) -> Stage:
    """The check was chosen, and the first question was put."""
    told.record.country = "GB"
    assert await press(told, "job_check") == ORDER[:1]
    return told


@pytest.fixture
async def checked(asked: Stage) -> Stage:
    """All four questions were answered with no."""
    for _ in ORDER:
        await asked.hears("deny")
    return asked


async def test_the_answer_is_what_to_leave_until_it_is_checked_and_nothing_is_asked_but_the_country(
    talk: Stage,
) -> None:
    assert await talk.hears("check_job_offer") == ["utter_about_job", "utter_ask_where"]
    assert "pay nothing" in talk.shows()
    assert "nobody your passport" in talk.shows()


async def test_with_a_country_numbers_come_at_once_and_the_check_can_be_chosen(talk: Stage) -> None:
    talk.record.country = "GB"
    assert await talk.hears("check_job_offer") == ["utter_about_job", "utter_lines"]
    assert "?" not in talk.shows()
    assert {"step to=job_check", "step to=job_list"} <= set(offered(talk))
    assert offered(talk)[-1] == "talk_to_human"


async def test_the_check_can_be_chosen_too_where_the_country_came_later(talk: Stage) -> None:
    await talk.hears("check_job_offer")
    assert "utter_lines" in await talk.hears("provide_location", country="GB")
    assert "step to=job_check" in offered(talk)


async def test_the_country_of_the_phone_is_assumed_for_the_numbers(talk: Stage) -> None:
    assert "utter_lines" in await talk.hears("check_job_offer", phone="GB")
    assert "Your number is from United Kingdom" in talk.shows()


async def test_nothing_is_asked_about_an_offer_before_the_check_is_chosen(told: Stage) -> None:
    said = [phrase for _ in range(3) for phrase in await told.hears("check_job_offer")]
    assert not set(said) & set(ORDER)
    assert await press(told, "job_check") == ORDER[:1]


async def test_four_questions_come_one_after_another_and_no_fifth(asked: Stage) -> None:
    said = []
    for _ in ORDER:
        said += await asked.hears("deny")
    assert [*said[:3]] == ORDER[1:]
    assert said[3:] == ["utter_job_no_warning"]


async def test_a_worrying_answer_gets_its_reason_before_the_next_question(asked: Stage) -> None:
    assert await asked.hears("affirm") == ["utter_job_fee_why", "utter_job_tourist_visa"]
    assert asked.record.marks[0]["indicator"] == "job_fee"


@pytest.mark.parametrize("answers", product(["affirm", "deny"], repeat=4))
async def test_any_sign_ends_in_the_same_careful_words_and_none_in_no_proof(
    asked: Stage, answers: tuple[str, ...]
) -> None:
    said = []
    for label in answers:
        said = await asked.hears(label)
    assert ("utter_job_worrying" in said) is ("affirm" in answers)
    assert ("utter_job_no_warning" in said) is ("affirm" not in answers)


@every("name", job_offer._ASKED)
@every("answer", ["yes", "no"])
async def test_the_data_says_which_answer_is_the_sign(talk: Stage, name: str, answer: str) -> None:
    talk.record.question, talk.record.asked = name, [name]
    await talk.hears("affirm" if answer == "yes" else "deny")
    assert [mark["indicator"] for mark in talk.record.marks] == [name] * (catalogue()[name].self_present_on == answer)


async def test_two_skips_in_a_row_end_the_questions(asked: Stage) -> None:
    assert await press(asked, "skip") == ["utter_job_tourist_visa"]
    assert await press(asked, "skip") == ["utter_enough", "utter_job_no_warning"]


async def test_no_more_questions_ends_them_at_once(asked: Stage) -> None:
    assert await press(asked, "enough") == ["utter_enough", "utter_job_no_warning"]


async def test_after_the_result_the_list_a_number_and_a_person_are_offered(checked: Stage) -> None:
    assert "step to=job_list" in offered(checked)
    assert offered(checked)[-1] == "talk_to_human"


async def test_a_sign_in_the_words_is_explained_and_not_asked_about(talk: Stage) -> None:
    said = await talk.hears("check_job_offer", understood=[sign("job_fee")])
    assert said[:2] == ["utter_about_job", "utter_job_fee_why"]
    assert await press(talk, "job_check") == ["utter_job_tourist_visa"]


async def test_a_sign_that_is_never_asked_about_counts_too(talk: Stage) -> None:
    said = await talk.hears("check_job_offer", understood=[sign("job_alone")])
    assert said[:2] == ["utter_about_job", "utter_job_alone_why"]
    assert await press(talk, "job_check") == ["utter_job_fee"]
    assert "utter_job_worrying" in await press(talk, "enough")


async def test_many_signs_at_once_are_explained_with_one_reason_and_none_is_asked_about(talk: Stage) -> None:
    said = await talk.hears("check_job_offer", understood=[sign(name) for name in job_offer._ASKED])
    assert [phrase for phrase in said if phrase.endswith("_why")] == ["utter_job_fee_why"]
    assert await press(talk, "job_check") == ["utter_job_worrying"]


async def test_a_sign_that_is_told_later_gets_its_reason_too(told: Stage) -> None:
    said = await told.hears("check_job_offer", understood=[sign("job_fee")])
    assert said[0] == "utter_job_fee_why"
    assert [mark["indicator"] for mark in told.record.marks] == ["job_fee"]


async def test_a_story_in_the_middle_is_answered_and_the_question_comes_again_only_when_it_is_chosen(
    asked: Stage,
) -> None:
    said = [phrase for _ in range(2) for phrase in await asked.hears("check_job_offer")]
    assert not set(said) & set(ORDER)
    assert offered(asked)[0] == "step to=go_on"
    assert await press(asked, "go_on") == ["utter_job_fee"]


@pytest.mark.parametrize("label", ["unsure", "nlu_fallback", "out_of_scope"])
async def test_what_is_no_answer_is_no_sign(asked: Stage, label: str) -> None:
    await asked.hears(label)
    assert asked.record.marks == []


async def test_the_country_of_the_offer_is_not_where_the_person_is(talk: Stage) -> None:
    await talk.hears("check_job_offer", country="AE")
    assert talk.record.country is None
    await press(talk, "job_check")
    await talk.hears("affirm", "yes, for the visa to Dubai", country="AE")
    assert talk.record.country is None


async def test_the_list_has_twelve_points_three_a_message(checked: Stage) -> None:
    texts = []
    await press(checked, "job_list")
    texts.append(checked.shows())
    for _ in range(3):
        await press(checked, "job_list_next")
        texts.append(checked.shows())
    assert [text.count("- ") for text in texts] == [3, 3, 3, 3]


async def test_more_is_offered_until_the_list_is_at_its_end(checked: Stage) -> None:
    offered = []
    for to in ("job_list", "job_list_next", "job_list_next", "job_list_next"):
        await press(checked, to)
        offered.append("step to=job_list_next" in [choice["value"] for choice in checked.record.choices])
    assert offered == [True, True, True, False]
    assert await press(checked, "job_list_next") == ["utter_said_all"]


async def test_asked_again_the_signs_of_a_chat_come_and_then_that_this_is_all(checked: Stage) -> None:
    runs = [await checked.hears("check_job_offer") for _ in range(2)]
    assert runs[0] == ["utter_signs_chat"]
    assert runs[1] == ["utter_said_all"]


async def test_danger_in_the_middle_is_answered_and_the_question_can_be_taken_up(asked: Stage) -> None:
    assert (await asked.hears("immediate_danger", country="GB"))[0] == "utter_danger"
    assert "999" in asked.shows()
    assert await press(asked, "go_on") == ["utter_job_fee"]


async def test_who_took_the_job_already_is_believed_and_asked_nothing_more(asked: Stage) -> None:
    assert "utter_disclose_deceptive_recruitment" in await asked.hears("disclose_deceptive_recruitment")
    assert asked.record.question not in job_offer._ASKED


def test_the_questions_are_asked_in_the_words_that_were_reviewed() -> None:
    rows = yaml.load((ROOT / "data" / "indicators.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)["indicators"]
    # "ask for your passport" is forbidden everywhere: as advice to go to the boss it is dangerous.
    reviewed = {row["id"]: row["ask_self"].replace("ask for your", "want your") for row in rows}
    assert {name: BOOK.render(f"utter_{name}", {}, "en") for name in job_offer._ASKED} == {
        name: reviewed[name] for name in job_offer._ASKED
    }


async def test_no_verdict_is_said_and_one_question_a_turn(talk: Stage) -> None:
    counted, said = [], ""
    turns = ("check_job_offer", "deny", "job_check", "affirm", "deny", "affirm", "affirm", "check_job_offer")
    for turn in turns:
        await (press(talk, turn) if turn == "job_check" else talk.hears(turn))
        counted.append(talk.shows().count("?"))
        said += talk.shows().casefold()
    assert max(counted) == 1
    assert [word for word in ("scam", "fake", "is real", "trafficking") if word in said] == []
