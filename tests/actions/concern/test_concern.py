"""Worry about somebody else: an answer and numbers at once, one question at most, and signs only when that is chosen."""

from itertools import pairwise

import pytest
import yaml

from actions.concern import concern
from bot.understanding.indicators import catalogue
from tests.actions.small_directory import first_number
from tests.actions.stage import BOOK, ROOT, Stage
from tests.every import every

DANGER = "utter_concern_danger"
SIGNS = [
    f"utter_third_{name}" for name in ("movement_restricted", "surveillance", "doc_confiscation", "wages_low_none")
]
SIGNS += ["utter_third_cannot_quit", "utter_third_debt_bondage"]


async def skip(stage: Stage) -> list[str]:
    return await stage.hears("step", to="skip")


async def press(stage: Stage, to: str) -> list[str]:
    return await stage.hears("step", to=to)


def open_to_choose(stage: Stage) -> list[str]:
    return [choice["value"] for choice in stage.record.choices]


async def told_in(stage: Stage, label: str, text: str = "some words", phone: str | None = None) -> str:
    """Return what a person reads in answer."""
    await stage.hears(label, text, phone=phone)
    return stage.shows()


@pytest.fixture
async def worried(talk: Stage) -> Stage:
    """A person in the United Kingdom worries about somebody, and was asked about danger."""
    assert DANGER in await talk.hears("report_concern", country="GB")
    return talk


@pytest.fixture
async def told(worried: Stage) -> Stage:
    """Nobody is in danger now, and what can be done was said."""
    await worried.hears("deny")
    return worried


async def test_what_not_to_do_comes_first_then_a_number_and_then_whether_anyone_is_in_danger(talk: Stage) -> None:
    assert await talk.hears("report_concern", country="GB") == ["utter_about_them", "utter_lines", DANGER]
    assert "safer not to face the people" in talk.shows().splitlines()[0]
    assert first_number("GB") in talk.shows()
    assert talk.record.about == "other"


async def test_without_a_country_the_answer_asks_where_the_person_is_and_nothing_else(talk: Stage) -> None:
    assert await talk.hears("report_concern") == ["utter_about_them", "utter_ask_where_other"]
    assert talk.shows().count("?") == 1


async def test_a_country_that_comes_later_brings_the_lines(talk: Stage) -> None:
    await talk.hears("report_concern")
    said = await talk.hears("provide_location", country="GB")
    assert "utter_lines" in said
    assert first_number("GB") in talk.shows()


async def test_who_does_not_tell_the_country_gets_the_number_that_works_nearly_everywhere(talk: Stage) -> None:
    await talk.hears("report_concern")
    assert "112" in await told_in(talk, "deny")
    assert "talk_to_human" in open_to_choose(talk)


async def test_a_place_that_tells_no_country_is_asked_about_once_more_and_then_accepted(talk: Stage) -> None:
    await talk.hears("report_concern")
    assert await talk.hears("provide_location", "in our village") == ["utter_which_country_again"]
    assert "112" in await told_in(talk, "provide_location", "in our village")


async def test_the_numbers_of_the_phones_country_are_given_as_an_assumption(talk: Stage) -> None:
    said = await talk.hears("report_concern", phone="GB")
    assert "utter_lines" in said
    assert "utter_ask_where" not in said
    assert "Your number is from United Kingdom" in talk.shows()
    assert talk.record.country is None


async def test_a_question_that_found_no_room_leaves_no_answers_to_choose(talk: Stage) -> None:
    said = await talk.hears("report_concern", phone="GB")
    assert ("affirm" in open_to_choose(talk)) is (DANGER in said)


async def test_no_danger_leads_to_what_can_be_done_and_said(told: Stage) -> None:
    assert [message["response"] for message in told.said] == ["utter_concern_do"]
    assert open_to_choose(told)[:2] == ["step to=concern_say", "step to=concern_check"]
    assert open_to_choose(told)[-1] == "talk_to_human"


@pytest.mark.parametrize("to", ["skip", "enough"])
async def test_whether_anyone_is_in_danger_need_not_be_told(worried: Stage, to: str) -> None:
    assert "utter_concern_do" in await press(worried, to)
    assert worried.record.question is None


@every(("country", "number"), [("DE", "110"), ("GB", "999"), ("US", "911")])
async def test_danger_gets_the_number_of_the_country_at_once_and_nothing_is_asked(
    talk: Stage, country: str, number: str
) -> None:
    await talk.hears("report_concern", country=country)
    assert (await talk.hears("affirm"))[0] == "utter_danger_other"
    assert number in talk.shows()
    assert "Don't go in" in talk.shows()
    assert "?" not in talk.shows()


async def test_danger_where_the_country_is_only_that_of_the_phone_gets_its_number(talk: Stage) -> None:
    await talk.hears("report_concern", country="GB")
    talk.record.country = None
    assert "999 (United Kingdom; elsewhere: 112)" in await told_in(talk, "affirm", phone="GB")


async def test_danger_without_any_country_gets_the_number_that_works_nearly_everywhere(talk: Stage) -> None:
    talk.record.answered["country asked"] = 2
    assert DANGER in await talk.hears("report_concern")
    assert "112" in await told_in(talk, "affirm")


async def test_whether_anyone_is_in_danger_is_asked_once(worried: Stage) -> None:
    said = [phrase for label in ("deny", *["report_concern"] * 6) for phrase in await worried.hears(label)]
    assert DANGER not in said


async def test_danger_told_in_other_words_is_answered_first_and_not_asked_about_again(worried: Stage) -> None:
    assert (await worried.hears("immediate_danger"))[0] == "utter_danger_other"
    assert DANGER not in await press(worried, "go_on")


@pytest.mark.parametrize(
    ("label", "first"), [("self_harm", "utter_self_harm_now"), ("medical_emergency", "utter_medical_other")]
)
async def test_any_crisis_breaks_in_and_the_question_can_be_taken_up(worried: Stage, label: str, first: str) -> None:
    assert (await worried.hears(label, "i want to die"))[0] == first
    assert "999" in worried.shows()
    assert await press(worried, "go_on") == [DANGER]


async def test_signs_in_what_was_seen_are_kept_as_about_the_other_and_the_words_are_not(told: Stage) -> None:
    words = "Maria told me that they took her passport"
    found = [{"entity": "indicator", "value": "doc_confiscation", "when": "past", "words": "took her passport"}]
    await told.hears("report_concern", words, found)
    [mark] = told.record.marks
    assert (mark["indicator"], mark["who"], mark["how"]) == ("doc_confiscation", "other", "said")
    assert "Maria" not in told.record.dump().decode()


async def test_a_child_is_not_asked_about_and_gets_a_line_for_children(talk: Stage) -> None:
    said = await talk.hears("report_concern", "my daughter is 14 and he locks her in", country="GB")
    assert said == ["utter_about_them_child", "utter_lines"]
    assert "0800 1111" in talk.shows()
    assert "?" not in talk.shows()


async def test_told_again_each_answer_is_another_one(told: Stage) -> None:
    runs = [["utter_concern_do"], *[await told.hears("report_concern") for _ in range(4)]]
    assert [run for run, after in pairwise(runs) if run[0] == after[0]] == []
    said = [phrase for run in runs for phrase in run]
    assert {"utter_concern_not", "utter_concern_pass_on", "utter_concern_talk"} <= set(said)


async def test_what_to_leave_names_following_filming_and_posting(told: Stage) -> None:
    said = ""
    while "utter_concern_not" not in said:
        said = " ".join(await told.hears("report_concern"))
    assert "do not follow or film anyone" in told.shows()


async def test_who_asks_again_hears_that_nothing_is_passed_on_by_ourselves(told: Stage) -> None:
    shown = ""
    for _ in range(4):
        await told.hears("report_concern")
        shown += told.shows()
    assert "On my own I tell nobody" in shown


@pytest.mark.parametrize("label", ["ask_bot", "ask_cost"])
async def test_a_question_about_us_is_answered_and_ours_stays_open_without_being_put_again(
    worried: Stage, label: str
) -> None:
    assert await worried.hears(label) == [f"utter_{label}"]
    assert worried.record.question == "concern_danger"
    assert "utter_concern_do" in await worried.hears("deny")


async def test_a_story_about_oneself_leaves_the_questions(worried: Stage) -> None:
    heard = {"about": {"self": 0.95, "other": 0.02}}
    assert "utter_disclose_threats" in await worried.hears("disclose_threats", "my boss threatens me", heard=heard)
    assert worried.record.question is None


async def test_words_to_offer_the_other_person_can_be_chosen(told: Stage) -> None:
    assert await press(told, "concern_say") == ["utter_report_concern_what_to_say"]
    assert "only when you two are alone" in told.shows()


async def test_signs_are_asked_about_only_when_that_was_chosen(worried: Stage) -> None:
    said = [phrase for label in ("deny", *["report_concern"] * 5) for phrase in await worried.hears(label)]
    assert [phrase for phrase in said if phrase.startswith("utter_third")] == []
    assert (await press(worried, "concern_check"))[0] == "utter_check_begin"


async def test_never_more_than_three_signs_are_asked_about(told: Stage) -> None:
    said = await press(told, "concern_check")
    for _ in range(6):
        said += await told.hears("deny")
    said += await press(told, "concern_check")
    assert [phrase for phrase in said if phrase.startswith("utter_third")] == SIGNS[:3]


@every("sign", list(concern._SIGNS))
@every("answer", ["yes", "no"])
async def test_a_turned_round_question_is_a_sign_on_the_other_answer(talk: Stage, sign: str, answer: str) -> None:
    talk.record.about, talk.record.question = "other", f"third_{sign}"
    talk.record.asked = [f"third_{sign}"]
    await talk.hears("affirm" if answer == "yes" else "deny")
    marked = [mark["indicator"] for mark in talk.record.marks]
    assert marked == [sign] * (catalogue()[sign].third_present_on == answer)


@pytest.mark.parametrize("label", ["unsure", "nlu_fallback", "thanks"])
async def test_what_is_no_answer_is_no_sign(told: Stage, label: str) -> None:
    await press(told, "concern_check")
    await told.hears(label)
    assert told.record.marks == []


@pytest.mark.parametrize(
    ("said", "next_question"),
    [
        ([], "utter_third_movement_restricted"),
        (["movement_restricted"], "utter_third_surveillance"),
        (["confinement", "surveillance"], "utter_third_doc_confiscation"),
        (["confinement", "surveillance", "doc_confiscation", "wages_low_none"], "utter_third_debt_bondage"),
    ],
)
async def test_what_was_said_is_not_asked(told: Stage, said: list[str], next_question: str) -> None:
    told.record.marks = [{"indicator": i, "when": "now", "how": "said", "quote": "", "who": "other"} for i in said]
    assert await press(told, "concern_check") == ["utter_check_begin", next_question]


@pytest.mark.parametrize(
    ("answers", "phrase"),
    [
        (("affirm", "deny", "deny"), "utter_check_none"),
        (("affirm", "deny", "affirm"), "utter_check_one"),
        (("deny", "affirm", "deny"), "utter_check_several"),
    ],
)
async def test_the_signs_together_are_a_reason_for_advice_and_never_a_proof(
    told: Stage, answers: tuple[str, ...], phrase: str
) -> None:
    await press(told, "concern_check")
    for label in answers[:-1]:
        await told.hears(label)
    assert await told.hears(answers[-1]) == [phrase]
    assert "no proof" in told.shows()


async def test_all_signs_skipped_end_with_a_person_offered(told: Stage) -> None:
    await press(told, "concern_check")
    await skip(told)
    assert await skip(told) == ["utter_enough", "utter_check_none"]
    assert "talk_to_human" in open_to_choose(told)


def test_the_signs_are_asked_about_in_the_words_that_were_reviewed() -> None:
    rows = yaml.load((ROOT / "data" / "indicators.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)["indicators"]
    reviewed = {row["id"]: row["ask_third"] for row in rows if row["id"] in concern._SIGNS}
    assert {sign: BOOK.render(f"utter_third_{sign}", {}, "en") for sign in concern._SIGNS} == reviewed


@every("channel", ["web", "sms", "telegram"])
async def test_no_turn_asks_more_than_one_question(channel: str) -> None:
    stage = Stage(channel=channel)
    stage.record.situation = "talk"
    turns = ["report_concern", "affirm", "provide_location", "deny", "affirm", "unsure", "affirm", "deny"]
    counted = []
    for label in turns:
        await stage.hears(label)
        counted.append(stage.shows().count("?"))
    assert max(counted) == 1


async def test_a_story_about_somebody_goes_on_in_sentences_that_name_nobody(talk: Stage) -> None:
    await talk.hears("report_concern", country="GB")
    said = await talk.hears("disclose_document_confiscation", heard={"about": {"other": 0.4, "me": 0.5}})
    assert "utter_disclose_document_confiscation_other" in said
    assert talk.record.about == "other"


async def test_a_story_of_ones_own_ends_the_one_about_somebody(talk: Stage) -> None:
    await talk.hears("report_concern", country="GB")
    await talk.hears("disclose_threats", heard={"about": {"me": 0.97}})
    assert talk.record.about == "self"


async def test_a_guessed_worry_in_a_story_of_ones_own_is_that_story(talk: Stage) -> None:
    await talk.hears("disclose_unpaid_wages", country="TR")
    heard = {"about": {"me": 0.9}, "many": {"disclose_threats": 0.5, "report_concern": 0.3}}
    said = await talk.hears("report_concern", confidence=0.4, heard=heard)
    assert "utter_about_them" not in said
    assert talk.record.about == "self"
