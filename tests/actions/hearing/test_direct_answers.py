"""Questions that are asked in so many words get a sentence of their own, with the numbers that fit it."""

from pathlib import Path

import yaml

from tests.actions.stage import BOOK, Stage
from tests.every import every

ROOT = Path(__file__).parents[3]
FAMILIES = yaml.load((ROOT / "data" / "direct_answers.yml").read_bytes(), Loader=yaml.CSafeLoader)
FINE: dict[str, dict[str, str]] = yaml.load((ROOT / "data" / "fine_labels.yml").read_bytes(), Loader=yaml.CSafeLoader)
# Answered by something else than a sentence of this family.
_ELSEWHERE = {"need", "digital", "ask_cost", "ask_bot", "health"}
OTHER = {"other": 0.9}


def asks(label: str, chance: float = 0.8, **about: float) -> dict[str, dict[str, float]]:
    """What the reader hears of one question."""
    return {"many": {label: chance}, "about": about}


@every("family", FAMILIES)
def test_every_family_of_questions_is_one_of_the_fine_labels(family: str) -> None:
    assert family in FINE


@every("family", [name for name in FAMILIES if name not in _ELSEWHERE])
def test_every_question_of_a_family_has_its_sentence(family: str) -> None:
    phrase = FAMILIES[family]["phrase"]
    assert [name for name in FINE[family] if f"{phrase}_{name}" not in BOOK.texts["en"]] == []


@every("name", FINE["decide"])
async def test_a_decision_is_answered_by_its_own_sentence_and_numbers(talk: Stage, name: str) -> None:
    said = await talk.hears("nlu_fallback", country="US", heard=asks(f"decide/{name}"))
    assert said[0] == f"utter_decide_{name}"
    assert "utter_lines" in said


async def test_what_is_hardly_likely_is_no_question(talk: Stage) -> None:
    said = await talk.hears("nlu_fallback", heard=asks("decide/pay_debt", 0.2))
    assert not [phrase for phrase in said if phrase.startswith("utter_decide")]


async def test_of_a_decision_that_is_unclear_it_is_said_that_it_is_theirs(talk: Stage) -> None:
    heard = {"many": {"decide/go_in": 0.26, "decide/confront": 0.26}}
    said = await talk.hears("nlu_fallback", country="US", heard=heard)
    assert said[0] == "utter_you_decide"
    assert "utter_lines" in said


async def test_for_somebody_else_the_sentence_for_helpers_is_said(talk: Stage) -> None:
    said = await talk.hears("report_concern", country="US", heard=asks("decide/go_in", **OTHER))
    assert said[0] == "utter_decide_go_in_other"


async def test_a_story_is_taken_up_before_its_question_is_answered(talk: Stage) -> None:
    said = await talk.hears("disclose_debt_bondage", country="US", confidence=0.8, heard=asks("decide/pay_debt"))
    story, question, number = (said.index(name) for name in _IN_ORDER)
    assert story < question < number


_IN_ORDER = ("utter_disclose_debt_bondage", "utter_decide_pay_debt", "utter_lines")


async def test_no_more_than_two_questions_are_answered_at_once(talk: Stage) -> None:
    heard = {"many": {f"ask_anonymity/{who}": 0.7 for who in ("police", "employer", "family", "school")}}
    said = await talk.hears("ask_anonymity", heard=heard)
    assert len([phrase for phrase in said if phrase.startswith("utter_ask_anonymity_")]) == 2


@every("who", ["police", "employer", "family", "immigration", "school"])
async def test_who_is_told_is_answered_for_whom_it_was_asked(talk: Stage, who: str) -> None:
    said = await talk.hears("ask_anonymity", heard=asks(f"ask_anonymity/{who}"))
    assert said[0] == f"utter_ask_anonymity_{who}"


async def test_a_question_as_the_answer_to_the_opening_begins_the_talk_and_is_answered(stage: Stage) -> None:
    await stage.hears("greet")
    said = await stage.hears("nlu_fallback", heard=asks("ask_anonymity/police"))
    assert said[:2] == ["utter_begin", "utter_ask_anonymity_police"]


async def test_in_neutral_mode_no_question_is_answered(stage: Stage) -> None:
    stage.record.situation = "quiet"
    assert await stage.hears("nlu_fallback", heard=asks("decide/leave_now")) == ["utter_neutral"]


async def test_while_a_crisis_is_open_a_question_of_its_own_is_answered(stage: Stage) -> None:
    await stage.hears("immediate_danger", country="US")
    assert "utter_decide_leave_now" in await stage.hears("nlu_fallback", heard=asks("decide/leave_now"))


async def test_the_law_that_was_asked_about_is_not_left_out_for_numbers(stage: Stage) -> None:
    await stage.hears("greet")
    said = await stage.hears("ask_police", country="US")
    assert [phrase for phrase in said if phrase.startswith(("utter_ask_police", "utter_law_"))], said


async def test_whoever_worries_about_somebody_decides_for_them(talk: Stage) -> None:
    await talk.hears("report_concern", country="US", heard={"about": OTHER})
    said = await talk.hears("express_distress", "i go there tonight", heard=asks("decide/go_in", me=0.5))
    assert said[0] == "utter_decide_go_in_other"


async def test_who_can_think_a_decision_through_is_named_again_and_no_other_line_fills_the_answer(talk: Stage) -> None:
    await talk.hears("find_hotline", country="US")
    given = list(talk.record.given)
    said = await talk.hears("express_distress", heard=asks("decide/wait"))
    assert ("utter_line" in said, "utter_lines" in said) == (True, False)
    assert list(talk.record.given) == given


async def test_a_ransom_is_answered_once(talk: Stage) -> None:
    heard = {"many": {"report_missing_person/ransom_call": 0.9, "decide/pay_ransom": 0.8}}
    said = await talk.hears("report_missing_person", country="US", heard=heard)
    assert [phrase for phrase in said if "ransom" in phrase] == ["utter_decide_pay_ransom_other"]


async def test_words_for_a_worry_are_not_said_to_who_speaks_of_themselves(talk: Stage) -> None:
    heard = asks("report_concern/may_i_ask_them", me=0.9)
    assert "utter_report_concern_may_i_ask_them" not in await talk.hears("express_distress", heard=heard)
    heard = asks("report_concern/may_i_ask_them", **OTHER)
    assert "utter_report_concern_may_i_ask_them" in await talk.hears("report_concern", heard=heard)


async def test_nobody_who_is_to_pay_a_debt_reads_what_is_for_an_offer(talk: Stage) -> None:
    heard = {"many": {"check_job_offer/fee": 0.8, "decide/pay_debt": 0.5}}
    said = await talk.hears("express_distress", heard=heard)
    assert "utter_decide_pay_debt" in said
    assert "utter_check_job_offer_fee" not in said


async def test_who_thinks_of_dying_may_tell_a_friend(talk: Stage) -> None:
    await talk.hears("self_harm", "i want to die", country="US")
    heard = {"many": {"decide/tell_friend": 0.6, "report_concern/talk_to_owner": 0.7}, "about": OTHER}
    said = await talk.hears("report_concern", "may i ring my cousin so that she comes over", heard=heard)
    assert "utter_decide_tell_friend" in said
    assert "utter_report_concern_talk_to_owner" not in said
