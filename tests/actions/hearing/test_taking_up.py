"""News, a feeling, or a word about the phone or this talk is taken up first, and what is asked is answered behind it."""

from pathlib import Path

import yaml

from actions.hearing.taking_up import ENDS
from tests.actions.stage import BOOK, Stage
from tests.every import every

ROOT = Path(__file__).parents[3]
FINE: dict[str, dict[str, str]] = yaml.load((ROOT / "data" / "fine_labels.yml").read_bytes(), Loader=yaml.CSafeLoader)
TAKEN_UP = [f"{family}/{name}" for family in ("event", "tone", "safe", "talk") for name in FINE[family]]
ELSEWHERE = ("safe/watcher_back", "event/somebody_comes")
STRANGER = "safe/stranger"  # tests/actions/privacy/test_quiet_mode.py


def hears(label: str, chance: float = 0.8, **about: float) -> dict[str, dict[str, float]]:
    """What the reader hears beside the label."""
    return {"many": {label: chance}, "about": about}


@every("label", [label for label in TAKEN_UP if label not in (*ELSEWHERE, STRANGER)])
async def test_each_is_taken_up_in_a_sentence_of_its_own_before_all_else(talk: Stage, label: str) -> None:
    phrase = f"utter_{label.replace('/', '_')}"
    assert phrase in BOOK.texts["en"]
    assert (await talk.hears("nlu_fallback", heard=hears(label)))[0] == phrase


@every("label", ELSEWHERE)
async def test_that_somebody_comes_is_answered_by_the_quiet_path_alone(talk: Stage, label: str) -> None:
    assert await talk.hears("cannot_talk_safely", heard=hears(label)) == ["utter_pause"]


@every("label", TAKEN_UP)
async def test_what_is_hardly_likely_is_not_taken_up(talk: Stage, label: str) -> None:
    said = await talk.hears("nlu_fallback", heard=hears(label, 0.2))
    assert f"utter_{label.replace('/', '_')}" not in said


async def test_a_feeling_stands_before_what_was_asked_for_and_its_numbers(talk: Stage) -> None:
    said = await talk.hears("find_shelter", country="US", heard=hears("tone/fear"))
    assert said == ["utter_tone_fear", "utter_find_shelter", "utter_lines"]


async def test_a_feeling_about_somebody_else_is_taken_up_as_that(talk: Stage) -> None:
    said = await talk.hears("express_distress", heard=hears("tone/guilt", other=0.9))
    assert said[0] == "utter_tone_guilt_other"


async def test_a_word_about_this_talk_comes_before_news_and_a_feeling(talk: Stage) -> None:
    heard = {"many": {"tone/fear": 0.95, "event/paid": 0.9, "talk/too_long": 0.6}}
    assert (await talk.hears("nlu_fallback", heard=heard))[0] == "utter_talk_too_long"


@every("label", ["event/refused", "talk/nobody_answers"])
async def test_who_was_not_helped_gets_other_numbers_or_the_one_for_danger(talk: Stage, label: str) -> None:
    await talk.hears("find_hotline", country="US")
    said = await talk.hears("nlu_fallback", heard=hears(label))
    assert {"utter_lines", "utter_emergency"} & set(said)


@every("label", ["event/cannot_call", "event/worse", "event/no_signal"])
async def test_who_can_not_call_or_is_worse_off_gets_the_number_for_danger(talk: Stage, label: str) -> None:
    await talk.hears("find_hotline", country="US")
    await talk.hears("nlu_fallback", heard=hears(label))
    assert "911" in talk.shows()


@every("label", ENDS)
async def test_what_is_over_is_urgent_no_more(talk: Stage, label: str) -> None:
    await talk.hears("immediate_danger", country="US")
    await talk.hears("nlu_fallback", heard=hears(label))
    assert "urgent" not in talk.record.told


@every("label", ["event/over", "talk/wrong"])
async def test_before_the_talk_and_in_neutral_mode_nothing_is_taken_up(stage: Stage, label: str) -> None:
    assert await stage.hears("nlu_fallback", heard=hears(label)) == ["utter_opening"]
    stage.record.situation = "quiet"
    assert await stage.hears("nlu_fallback", heard=hears(label)) == ["utter_neutral"]


async def test_who_asks_first_whether_anybody_is_there_is_told_so_with_the_check(stage: Stage) -> None:
    said = await stage.hears("nlu_fallback", "anyone there at night?", heard=hears("talk/are_you_there"))
    assert said == ["utter_talk_are_you_there", "utter_opening"]


@every("label", ["safe/battery", "safe/few_minutes", "talk/too_long"])
async def test_who_is_promised_short_answers_gets_them(talk: Stage, label: str) -> None:
    await talk.hears("nlu_fallback", heard=hears(label))
    await talk.hears("disclose_debt_bondage", country="US", heard=hears("decide/pay_debt"))
    assert len(talk.shows()) <= 330


async def test_a_light_word_is_said_only_where_it_is_sure(talk: Stage) -> None:
    text = "i wake at three and look if the door is locked haha"
    guessed = await talk.hears("express_distress", text, confidence=0.5, heard={"many": {"tone/joke": 0.4}})
    assert "utter_tone_joke" not in guessed
    assert "utter_tone_joke" in await talk.hears(
        "express_distress", text, confidence=0.5, heard={"many": {"tone/joke": 0.6}}
    )
