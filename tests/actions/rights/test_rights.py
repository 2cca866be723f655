"""The law: general information first, then what holds in the country, one text at a time, and whom to ask."""

import re
from datetime import timedelta
from itertools import pairwise

import pytest

from actions.policy.scene import Scene
from actions.rights import rights
from bot.engine.turn import Turn
from bot.phrases.rights_texts import rights_texts
from bot.text.text_messages import fits
from tests.actions.stage import BOOK, DOMAIN, Stage
from tests.every import every

GULF = sorted(rights_texts().groups["GULF"])
EU = sorted(rights_texts().groups["EU"])
OURS = [n for n in DOMAIN["responses"] if n.startswith(("utter_law_", "utter_scam_", "utter_work_in_home"))]
OURS += ["utter_may_have_changed", *(f"utter_{label}_more" for label in rights.LABELS)]
TEXT = rights_texts().texts[0]
SCAM_STEPS = (
    *("utter_scam_safety", "utter_scam_alone", "utter_scam_ways", "utter_scam_money", "utter_scam_after"),
    *("utter_scam_wait", "utter_scam_remember"),
)


@pytest.fixture(autouse=True)
def day_of_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop the clock: these texts grow old, and must not take the tests with them."""
    monkeypatch.setattr(rights, "today", lambda: TEXT.checked_on)


def laws(said: list[str]) -> list[str]:
    return [phrase for phrase in said if phrase.startswith("utter_law_")]


def offered(talk: Stage) -> list[str]:
    return [choice["value"] for choice in talk.record.choices]


def mark(indicator: str) -> dict[str, str]:
    return {"indicator": indicator, "when": "now", "how": "said", "quote": "", "who": "self"}


@every("label", rights.LABELS)
async def test_general_information_comes_first_and_numbers_of_the_country_come_with_it(talk: Stage, label: str) -> None:
    talk.record.country = "US"
    said = await talk.hears(label)
    assert said[0] == f"utter_{label}"
    assert "general information, not legal advice" in talk.shows().splitlines()[0]
    assert "utter_lines" in said or laws(said)


@every("label", rights.LABELS)
@every("country", ["US", "GB", "DE", "CA", "AU", "MX", "DK"])
async def test_asked_again_it_is_never_answered_in_the_same_way(talk: Stage, country: str, label: str) -> None:
    talk.record.country = country
    runs = [await talk.hears(label) for _ in range(6)]
    assert [run for run, after in pairwise(runs) if run == after] == []
    assert [run for run in runs if len(laws(run)) > 1] == []


@every("label", rights.LABELS)
@every("country", ["US", "GB", "DE"])
async def test_however_often_it_is_asked_there_is_an_answer_and_no_text_comes_a_third_time(
    talk: Stage, country: str, label: str
) -> None:
    talk.record.country = country
    runs = [await talk.hears(label) for _ in range(12)]
    said = [phrase for run in runs for phrase in run if phrase != "utter_ok"]
    assert all(runs)
    assert max(said.count(phrase) for phrase in said) <= 2
    assert "utter_said_all" in said


@every("label", rights.LABELS)
async def test_every_text_of_a_country_is_reached_by_asking_again(talk: Stage, label: str) -> None:
    talk.record.country = "US"
    said = [phrase for _ in range(7) for phrase in laws(await talk.hears(label))]
    assert set(said) == {
        text.phrase for text in rights_texts().texts if "US" in text.countries and label in text.topics
    }


async def test_more_of_the_law_is_a_choice_while_there_is_more(talk: Stage) -> None:
    talk.record.country = "AU"
    await talk.hears("ask_worker_rights")
    assert "ask_worker_rights" in offered(talk)
    await talk.hears("ask_worker_rights")
    assert "ask_worker_rights" not in offered(talk)


@every("label", rights.LABELS)
async def test_the_numbers_are_given_once_and_a_person_is_always_offered(talk: Stage, label: str) -> None:
    talk.record.country = "GB"
    runs = [await talk.hears(label) for _ in range(4)]
    assert 1 <= sum("utter_lines" in run for run in runs) <= 2
    assert "talk_to_human" in offered(talk)


@every("label", rights.LABELS)
async def test_without_a_country_it_is_asked_for_and_no_law_is_told(talk: Stage, label: str) -> None:
    said = await talk.hears(label)
    assert said == [f"utter_{label}", "utter_ask_where"]
    assert laws(said) == []
    assert (await talk.hears(label))[0] == f"utter_{label}_more"


@every("label", rights.LABELS)
async def test_who_does_not_tell_the_country_is_not_asked_again(talk: Stage, label: str) -> None:
    talk.record.told.append("no country")
    said = await talk.hears(label)
    assert said == [f"utter_{label}", "utter_without_country"]
    assert "talk_to_human" in offered(talk)


async def test_papers_of_another_country_are_explained_without_taking_it_for_the_place(talk: Stage) -> None:
    said = await talk.hears("ask_immigration_rights", country="CA")
    assert laws(said) == ["utter_law_ca_permit"]
    assert talk.record.country is None
    assert laws(await talk.hears("ask_immigration_rights")) == ["utter_law_ca_alone"]


@every("label", rights.LABELS)
@every("country", EU)
async def test_in_the_eu_it_is_said_that_each_country_differs(talk: Stage, country: str, label: str) -> None:
    talk.record.country = country
    told = [phrase for _ in range(3) for phrase in laws(await talk.hears(label))]
    assert [phrase for phrase in told if phrase.startswith("utter_law_eu_")]
    assert "Each country differs." in BOOK.texts["en"][told[0]]


@every("label", ["ask_worker_rights", "ask_immigration_rights"])
@every("country", GULF)
async def test_in_the_gulf_the_danger_of_leaving_comes_before_everything_else(
    talk: Stage, country: str, label: str
) -> None:
    talk.record.country = country
    assert "utter_before_leaving" in (await talk.hears(label))[:2]


async def test_in_the_gulf_police_are_not_recommended_without_the_danger(talk: Stage) -> None:
    talk.record.country = "QA"
    assert (await talk.hears("ask_police"))[:2] == ["utter_ask_police", "utter_law_gulf_police"]


@every("country", GULF)
async def test_in_the_gulf_work_in_a_home_is_asked_about_before_the_law(talk: Stage, country: str) -> None:
    talk.record.country = country
    said = await talk.hears("ask_worker_rights")
    assert said[-1] == "utter_work_in_home"
    assert laws(said) == []
    assert talk.record.question == "work_in_home"


@every(
    ("country", "answer", "law"),
    [
        ("QA", "affirm", ["utter_law_qa_home"]),
        ("QA", "deny", ["utter_law_qa_passport"]),
        ("SA", "affirm", ["utter_law_sa_home"]),
        ("SA", "deny", ["utter_law_sa_passport"]),
        ("KW", "affirm", ["utter_law_kw_home"]),
        ("KW", "deny", []),
        ("OM", "deny", ["utter_law_om_passport"]),
        ("AE", "affirm", ["utter_law_gulf_home"]),
        ("AE", "deny", []),
        ("QA", "unsure", ["utter_law_qa_home"]),
    ],
)
async def test_the_answer_chooses_the_law_and_numbers_follow(
    talk: Stage, country: str, answer: str, law: list[str]
) -> None:
    talk.record.country = country
    await talk.hears("ask_worker_rights")
    said = await talk.hears(answer)
    assert laws(said) == law
    assert said[-1] in ("utter_lines", "utter_pages", "utter_no_lines")
    assert talk.record.question is None


async def test_work_in_a_home_is_asked_about_once(talk: Stage) -> None:
    talk.record.country = "KW"
    said = [
        phrase for label in ("ask_worker_rights", "deny", "ask_worker_rights") for phrase in await talk.hears(label)
    ]
    assert said.count("utter_work_in_home") == 1


async def test_a_text_past_twice_its_date_is_not_told(talk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rights, "today", lambda: TEXT.checked_on + timedelta(days=181))
    talk.record.country = "US"
    said = [phrase for _ in range(4) for phrase in await talk.hears("ask_police")]
    assert TEXT.phrase not in said
    assert laws(said) == []


@pytest.mark.parametrize(("days", "phrases"), [(90, [TEXT.phrase]), (91, [TEXT.phrase, "utter_may_have_changed"])])
def test_a_text_past_its_date_is_told_with_a_warning(days: int, phrases: list[str]) -> None:
    scene = Scene(Turn("c" * 32, "t", "", "en", "web"), "ask_police", (), ())
    rights.say_law(scene, TEXT, TEXT.checked_on + timedelta(days=days))
    assert [draft.phrase for draft in scene.drafts] == phrases


async def test_a_scam_compound_is_answered_step_by_step_and_in_order(talk: Stage) -> None:
    talk.record.marks = [mark("scam_made_to")]
    said = await talk.hears("disclose_forced_criminality")
    assert "utter_disclose_forced_criminality" in said
    assert SCAM_STEPS[0] in said
    more = [(await talk.hears("step", to="scam_next"))[0] for _ in SCAM_STEPS]
    assert more == [*SCAM_STEPS[1:], "utter_said_all"]


async def test_each_step_offers_the_next_one_and_a_person(talk: Stage) -> None:
    talk.record.marks = [mark("scam_compound")]
    await talk.hears("disclose_forced_criminality")
    for _ in SCAM_STEPS[1:]:
        assert offered(talk)[0] == "step to=scam_next"
        assert "talk_to_human" in offered(talk)
        await talk.hears("step", to="scam_next")


async def test_forced_crime_of_another_kind_gets_none_of_these_steps(talk: Stage) -> None:
    said = await talk.hears("disclose_forced_criminality")
    assert [phrase for phrase in said if phrase.startswith("utter_scam_")] == []


async def test_a_family_is_also_told_what_families_can_do(talk: Stage) -> None:
    talk.record.about = "other"
    said = [(await talk.hears("step", to="scam_next"))[0] for _ in range(8)]
    assert said == [*SCAM_STEPS, "utter_scam_family"]


@every("name", [n for n in OURS if n.startswith("utter_scam_")])
@every("word", [r"\bpay", "confess", "your fault because", "you agreed"])
def test_no_step_blames_asks_for_a_confession_or_advises_on_paying(name: str, word: str) -> None:
    assert not re.search(word, BOOK.texts["en"][name].casefold())


@every("word", ["embassy", "police", "border", "aid group"])
def test_no_way_out_is_named_by_the_computer(word: str) -> None:
    assert word not in BOOK.texts["en"]["utter_scam_ways"].casefold()


@every("name", OURS)
def test_the_law_is_told_in_short_sentences_and_fits_a_text_message(name: str) -> None:
    text = BOOK.texts["en"][name]
    assert fits(text)
    assert [part for part in re.split(r"(?<=[.?])\s+", text) if len(part.split()) > 12] == []


@every("name", OURS)
def test_nobody_is_told_what_they_will_get(name: str) -> None:
    forecast = ("you will", "you can get a visa", "you qualify", "apply for", "you are a ", "guarantee")
    assert [words for words in forecast if words in BOOK.texts["en"][name].casefold()] == []
