"""Worry about somebody else: danger first, nothing must be answered, and what is said at the end is no verdict."""

from typing import Any

import pytest
import yaml

from actions.concern import concern
from bot.understanding.indicators import catalogue
from tests.actions.small_directory import first_number
from tests.actions.stage import BOOK, ROOT, Stage
from tests.every import every

ORDER = [f"utter_concern_{name}" for name in ("danger", "seen", "country", "minor", "wants")]
END = ["utter_concern_not", "utter_concern_pass_on"]
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


@pytest.fixture
async def worried(talk: Stage) -> Stage:
    """A person worries about somebody, and was asked about danger."""
    await talk.hears("report_concern")
    return talk


@pytest.fixture
async def told(worried: Stage) -> Stage:
    """All five questions were answered, and what can be done was said."""
    for label in ("deny", "report_concern", "provide_location", "deny", "affirm"):
        entities: dict[str, Any] = {"country": "GB"} if label == "provide_location" else {}
        await worried.hears(label, **entities)
    return worried


async def test_what_not_to_do_comes_first_and_then_whether_anyone_is_in_danger(talk: Stage) -> None:
    assert await talk.hears("report_concern") == ["utter_concern", "utter_concern_danger"]
    assert "do not face the boss" in talk.shows()
    assert talk.record.about == "other"


async def test_the_questions_come_in_their_order_one_a_turn(worried: Stage) -> None:
    said = await worried.hears("deny")
    said += await worried.hears("report_concern", "she never goes out and looks ill")
    said += await worried.hears("provide_location", country="GB")
    said += await worried.hears("deny")
    assert said == ORDER[1:]


async def test_at_the_end_stand_what_to_do_what_not_who_passes_on_and_lines(told: Stage) -> None:
    said = [message["response"] for message in told.said]
    assert said == ["utter_concern_do", *END, "utter_lines", "utter_more"]
    assert first_number("GB") in told.shows()
    assert "pass nothing on by ourselves" in told.shows()
    assert open_to_choose(told)[0] == "step to=concern_check"
    assert open_to_choose(told)[-1] == "talk_to_human"


async def test_two_skips_in_a_row_end_the_questions_with_a_number(worried: Stage) -> None:
    assert await skip(worried) == ["utter_concern_seen"]
    said = await skip(worried)
    assert said[0] == "utter_enough"
    assert said[-2:] == ["utter_without_country", "utter_more"]
    assert "112" in worried.shows()


async def test_every_question_can_be_skipped_between_answers(worried: Stage) -> None:
    said = await skip(worried) + await worried.hears("report_concern", "he shouts at her")
    said += await skip(worried) + await worried.hears("affirm") + await skip(worried)
    assert said[:4] == ORDER[1:]
    assert "utter_concern_do_child" in said


async def test_no_more_questions_ends_them_at_once(worried: Stage) -> None:
    said = await press(worried, "enough")
    assert said[:2] == ["utter_enough", "utter_concern_do"]


async def test_a_known_country_is_not_asked_for(talk: Stage) -> None:
    await talk.hears("report_concern", country="GB")
    await talk.hears("deny")
    assert await talk.hears("report_concern", "she is afraid") == ["utter_concern_minor"]


async def test_a_place_that_tells_no_country_is_accepted(worried: Stage) -> None:
    await worried.hears("deny")
    await skip(worried)
    assert await worried.hears("provide_location", "in our village") == ["utter_concern_minor"]


async def test_a_country_that_comes_later_still_brings_the_lines(worried: Stage) -> None:
    await skip(worried)
    await skip(worried)
    assert "utter_lines" in await worried.hears("provide_location", country="GB")


@every(("country", "number"), [("DE", "110"), ("GB", "999"), ("US", "911")])
async def test_danger_gets_the_number_of_the_country_at_once_and_nothing_is_asked(
    talk: Stage, country: str, number: str
) -> None:
    await talk.hears("report_concern", country=country)
    assert await talk.hears("affirm") == ["utter_concern_call", "utter_more"]
    assert number in talk.shows()
    assert "?" not in talk.shows()


async def test_danger_without_a_country_gets_112_and_the_country_is_asked_for_now(worried: Stage) -> None:
    assert await worried.hears("affirm") == ["utter_concern_call_112", "utter_concern_country"]
    assert await worried.hears("provide_location", country="GB") == ["utter_concern_call", "utter_more"]
    assert "999" in worried.shows()


async def test_danger_and_no_word_of_the_country_stays_with_112(worried: Stage) -> None:
    await worried.hears("affirm")
    assert await skip(worried) == ["utter_more"]
    assert "step to=go_on" in open_to_choose(worried)


@pytest.mark.parametrize("label", ["step", "report_concern"])
async def test_after_danger_the_questions_go_on_when_it_is_wanted(talk: Stage, label: str) -> None:
    await talk.hears("report_concern", country="GB")
    await talk.hears("affirm")
    assert await talk.hears(label, to="go_on") == ["utter_concern_seen"]
    assert await talk.hears("report_concern", "there are guards") == ["utter_concern_minor"]


async def test_danger_told_in_other_words_is_answered_first_and_not_asked_about_again(worried: Stage) -> None:
    assert (await worried.hears("immediate_danger"))[0].startswith("utter_danger")
    assert await press(worried, "go_on") == ["utter_concern_seen"]


@pytest.mark.parametrize("label", ["self_harm", "medical_emergency"])
async def test_any_crisis_breaks_in_and_the_question_can_be_taken_up(worried: Stage, label: str) -> None:
    await worried.hears("deny")
    assert (await worried.hears(label, "i want to die"))[0].startswith(f"utter_{label}"[:13])
    assert await press(worried, "go_on") == ["utter_concern_seen"]


async def test_signs_in_what_was_seen_are_kept_as_about_the_other_and_the_words_are_not(worried: Stage) -> None:
    await worried.hears("deny")
    words = "Maria told me that they took her passport"
    found = [{"entity": "indicator", "value": "doc_confiscation", "when": "past", "words": "took her passport"}]
    await worried.hears("report_concern", words, found)
    [mark] = worried.record.marks
    assert (mark["indicator"], mark["who"], mark["how"]) == ("doc_confiscation", "other", "said")
    assert "Maria" not in worried.record.dump().decode()


@pytest.mark.parametrize(("label", "minor"), [("affirm", True), ("deny", False), ("unsure", None)])
async def test_the_age_is_kept_only_when_it_was_told(worried: Stage, label: str, minor: bool | None) -> None:
    await worried.hears("deny")
    await worried.hears("report_concern", "she is afraid")
    await worried.hears("provide_location", country="GB")
    await worried.hears(label)
    assert worried.record.minor is minor


async def test_a_child_leads_to_child_protection_and_a_line_for_children(talk: Stage) -> None:
    await talk.hears("report_concern", country="GB")
    talk.record.minor = True
    await talk.hears("deny")
    assert await talk.hears("report_concern", "he works all day") == ["utter_concern_wants"]
    assert "utter_concern_do_child" in await talk.hears("unsure")
    assert "0800 1111" in talk.shows()


async def test_who_does_not_want_help_is_left_to_choose(worried: Stage) -> None:
    for label in ("deny", "report_concern", "provide_location", "deny"):
        await worried.hears(label)
    assert (await worried.hears("deny"))[0] == "utter_concern_do_afraid"


async def test_told_again_each_answer_is_another_one(told: Stage) -> None:
    runs = [await told.hears("report_concern") for _ in range(2)]
    assert runs[0] == ["utter_emergency", "utter_concern_talk", "utter_more"]
    assert runs[1] == ["utter_emergency", "utter_said_all"]


async def test_told_again_in_the_middle_it_goes_on_and_does_not_begin_anew(worried: Stage) -> None:
    assert await worried.hears("report_concern") == ["utter_concern_danger"]
    assert await worried.hears("report_concern") == ["utter_concern_seen"]


async def test_a_question_about_us_is_answered_and_ours_comes_again(worried: Stage) -> None:
    assert await worried.hears("ask_bot") == ["utter_ask_bot", "utter_concern_danger"]


async def test_a_story_about_oneself_leaves_the_questions(worried: Stage) -> None:
    assert "utter_disclose_threats" in await worried.hears("disclose_threats")
    assert worried.record.question not in [ask.name for ask in concern.QUESTIONS.asks]


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
    assert await told.hears(answers[-1]) == [phrase, "utter_more"]
    assert "no proof" in told.shows()


async def test_all_signs_skipped_end_with_a_person_offered(told: Stage) -> None:
    await press(told, "concern_check")
    await skip(told)
    assert await skip(told) == ["utter_enough", "utter_check_none", "utter_more"]
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
