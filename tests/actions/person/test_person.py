"""A person who may join: offered, brought in, said no to, and never promised where nobody is."""

import pytest

from bot.handoff.case_card import Case
from bot.handoff.handoff_snapshot import HandoffSnapshot
from tests.actions.stage import Stage

OPEN = HandoffSnapshot(open=True)
URGENT = [{"entity": "indicator", "value": "confinement", "when": "now", "words": "locked in now"}]
OFFERED = [{"say": "choice_yes", "value": "talk_to_human"}, {"say": "choice_no", "value": "step to=no_person"}]


@pytest.fixture
async def urgent(talk: Stage) -> Stage:
    """Somebody is on duty, and what was told is urgent."""
    talk.desk, talk.record.country = OPEN, "US"
    talk.record.told.append("lines US")
    assert (await talk.hears("disclose_confinement", "he locked me in", URGENT))[-1] == "utter_person_offer"
    return talk


async def test_an_urgent_story_is_offered_a_person_and_nothing_else(urgent: Stage) -> None:
    assert urgent.record.choices == OFFERED
    assert urgent.turn
    assert not urgent.turn.ask_person


async def test_without_anybody_there_the_offer_is_not_made(talk: Stage) -> None:
    talk.record.country = "US"
    talk.record.told.append("lines US")
    said = await talk.hears("disclose_confinement", "he locked me in", URGENT)
    assert said[-1] == "utter_level_urgent"


@pytest.mark.parametrize(
    ("label", "text"), [("affirm", "ok please"), ("talk_to_human", "1"), ("thanks", "yes thank you")]
)
async def test_yes_in_any_words_asks_for_a_person(urgent: Stage, label: str, text: str) -> None:
    assert await urgent.hears(label, text) == ["utter_person_asked_unknown"]
    assert urgent.turn
    assert urgent.turn.ask_person
    assert urgent.record.may_join is True


@pytest.mark.parametrize(("label", "text"), [("deny", "i rather not"), ("nlu_fallback", "no not now")])
async def test_no_is_kept_and_nobody_asks_again(urgent: Stage, label: str, text: str) -> None:
    assert await urgent.hears(label, text) == ["utter_person_declined"]
    record = urgent.record
    card = Case.of(record, id="i", channel="web", locale="en", started="", last_heard="")
    assert (card.said_no, card.may_join, record.question) == (("person",), "no", None)
    record.told = [told for told in record.told if not told.startswith("level")]
    said = await urgent.hears("disclose_threats", "he will hurt me", URGENT)
    assert "utter_person_offer" not in said


async def test_a_no_by_the_choice_counts_the_same(urgent: Stage) -> None:
    assert await urgent.hears("step", "2", to="no_person") == ["utter_person_declined"]
    assert urgent.record.declined == ["person"]


async def test_who_asks_after_a_no_takes_it_back(urgent: Stage) -> None:
    await urgent.hears("deny", "no")
    assert await urgent.hears("talk_to_human") == ["utter_person_asked_unknown"]
    assert (urgent.record.declined, urgent.record.may_join) == ([], True)


async def test_anything_else_is_answered_and_the_offer_is_over(urgent: Stage) -> None:
    assert "utter_ask_cost" in (await urgent.hears("ask_cost", "what does it cost"))[0]
    assert await urgent.hears("affirm", "yes") != ["utter_person_asked_unknown"]


async def test_an_earlier_no_does_not_hold_where_a_life_is_in_danger(urgent: Stage) -> None:
    await urgent.hears("deny", "no")
    assert (await urgent.hears("immediate_danger", "he will kill me"))[-1] == "utter_person_crisis"


async def test_in_neutral_mode_nobody_is_brought_to_a_phone_that_another_may_hold(talk: Stage) -> None:
    talk.desk, talk.record.situation = OPEN, "quiet"
    assert "utter_person_crisis" not in await talk.hears("immediate_danger", "he will kill me")
    assert talk.turn
    assert not talk.turn.ask_person


async def test_in_neutral_mode_a_wish_in_a_sentence_asks_for_nobody(talk: Stage) -> None:
    talk.desk, talk.record.situation, talk.record.country = OPEN, "quiet", "US"
    await talk.hears("self_harm", "i want to die")
    assert await talk.hears("talk_to_human", "who is this human here") == ["utter_neutral"]
    assert talk.turn
    assert not talk.turn.ask_person
    assert talk.record.may_join is None


async def test_out_of_hours_it_is_said_when_somebody_comes(talk: Stage) -> None:
    talk.desk, talk.record.country = HandoffSnapshot(next_in_hours=9), "US"
    assert (await talk.hears("talk_to_human"))[:2] == ["utter_person_out_of_hours", "utter_lines"]
    assert "about 9 h" in talk.shows()


@pytest.mark.parametrize("country", ["US", "GB", "DE", "MX", None])
async def test_where_nobody_is_there_that_is_said_first(talk: Stage, country: str | None) -> None:
    talk.record.country = country
    await talk.hears("talk_to_human")
    assert "No person is here right now" in talk.shows().splitlines()[0]
    assert talk.turn
    assert not talk.turn.ask_person


async def test_who_asks_for_a_person_again_is_not_asked_again_where_they_are(talk: Stage) -> None:
    said = [phrase for _ in range(3) for phrase in await talk.hears("talk_to_human")]
    assert said.count("utter_ask_where") == 1


async def test_who_thinks_of_dying_and_asks_for_a_person_keeps_the_question(talk: Stage) -> None:
    talk.desk = OPEN
    await talk.hears("self_harm", "i want to die", country="US")
    choices = talk.record.choices
    assert set(await talk.hears("talk_to_human")) == {"utter_person_asked_unknown", "utter_self_harm_lines"}
    assert (talk.record.question, talk.record.choices) == ("self_harm", choices)


async def test_nobody_is_told_in_full_again_after_somebody_was_there(talk: Stage) -> None:
    talk.record.country = "US"
    assert (await talk.hears("talk_to_human"))[0] == "utter_no_person"
    talk.desk = OPEN
    await talk.hears("talk_to_human")
    talk.desk = HandoffSnapshot()
    assert (await talk.hears("talk_to_human"))[0] == "utter_no_person"


async def test_the_wish_told_before_it_was_safe_is_kept_until_then(stage: Stage) -> None:
    stage.desk = OPEN
    await stage.hears("talk_to_human")
    assert stage.turn
    assert not stage.turn.ask_person
    assert (await stage.hears("affirm", "yes"))[-1] == "utter_person_asked_unknown"
