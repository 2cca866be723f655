"""'Did this help?' is asked once, behind a good-bye, where all is calm and nobody else may read."""

import pytest

from bot.handoff.handoff_snapshot import HandoffSnapshot
from tests.actions.stage import Stage
from tests.every import every

HELPED = "utter_helped"
WATCHED = {"marks": {"watched": 0.9}}


@pytest.fixture
async def answered(talk: Stage) -> Stage:
    """Somebody was told whom to call."""
    await talk.hears("find_legal_aid", country="US")
    return talk


@pytest.fixture
async def asked(answered: Stage) -> Stage:
    await answered.hears("goodbye")
    return answered


async def test_who_was_answered_and_says_goodbye_is_asked(answered: Stage) -> None:
    assert await answered.hears("goodbye") == ["utter_goodbye", HELPED]
    assert [choice["say"] for choice in answered.record.choices] == ["choice_yes", "choice_a_little", "choice_no"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [("yes", "utter_helped_thanks"), ("little", "utter_helped_thanks"), ("no", "utter_helped_no")],
)
async def test_each_answer_is_thanked_for_and_counted(asked: Stage, answer: str, said: str) -> None:
    assert await asked.hears("step", to=f"helped_{answer}", chosen=True) == [said]
    assert asked.turn and asked.turn.helped == answer


async def test_an_answer_given_twice_counts_once(asked: Stage) -> None:
    await asked.hears("step", to="helped_yes", chosen=True)
    assert await asked.hears("step", to="helped_no", chosen=True) == ["utter_ok"]
    assert asked.turn and not asked.turn.helped


async def test_any_other_message_is_simply_answered(asked: Stage) -> None:
    assert await asked.hears("find_shelter") == ["utter_safe_again"]
    assert "911" in await shown(asked, "immediate_danger")


async def shown(stage: Stage, label: str) -> str:
    await stage.hears(label, country="US")
    return stage.shows()


async def test_it_is_asked_once_in_a_conversation(asked: Stage) -> None:
    await asked.hears("greet")
    await asked.hears("affirm")
    await asked.hears("find_shelter", country="US")
    assert HELPED not in await asked.hears("goodbye")


async def test_who_has_asked_for_nothing_is_not_asked(talk: Stage) -> None:
    await talk.hears("ask_bot")
    assert await talk.hears("goodbye") == ["utter_goodbye"]


@every("label", ["immediate_danger", "self_harm", "medical_emergency", "cannot_talk_safely", "disclose_minor"])
async def test_nobody_is_asked_after_a_crisis_a_hush_or_the_words_of_a_child(answered: Stage, label: str) -> None:
    await answered.hears(label)
    await answered.hears("affirm")
    assert HELPED not in await answered.hears("goodbye")


async def test_a_crisis_that_is_only_possible_is_one_here(answered: Stage) -> None:
    await answered.hears("greet", crises={"self_harm": (0.4, "maybe")})
    assert HELPED not in await answered.hears("goodbye", crises={"self_harm": (0.4, "maybe")})


async def test_who_goes_because_somebody_comes_is_not_asked(answered: Stage) -> None:
    assert HELPED not in await answered.hears("goodbye", heard=WATCHED)


async def test_who_has_agreed_on_a_word_is_not_asked(answered: Stage) -> None:
    answered.record.word = "blue bird"
    assert HELPED not in await answered.hears("goodbye")


async def test_who_waits_for_a_person_is_not_asked(answered: Stage) -> None:
    answered.desk = HandoffSnapshot(state="waiting")
    assert HELPED not in await answered.hears("goodbye")


async def test_after_a_gap_a_press_on_the_old_button_counts_nothing(asked: Stage) -> None:
    said = await asked.hears("step", to="helped_yes", chosen=True, returning=True)
    assert asked.turn and not asked.turn.helped
    assert said == ["utter_safe_again"]


async def test_in_neutral_mode_the_old_button_gets_the_one_sentence(asked: Stage) -> None:
    asked.record.situation = "quiet"
    assert await asked.hears("step", to="helped_yes", chosen=True) == ["utter_neutral"]
    assert asked.turn and not asked.turn.helped


async def test_by_text_message_it_would_cost_a_text_and_is_not_asked(answered: Stage) -> None:
    answered.channel = "sms"
    assert HELPED not in await answered.hears("goodbye")


async def test_the_question_names_no_topic(asked: Stage) -> None:
    assert asked.shows().endswith("Did this help? You don't have to answer.")
