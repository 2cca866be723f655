"""What a first message asks of us: answered at once where the answer names no topic, else once it is safe."""

from tests.actions.stage import Stage


async def test_who_can_see_this_waits_until_it_is_safe_and_is_then_answered(stage: Stage) -> None:
    assert await stage.hears("ask_anonymity") == ["utter_opening"]
    said = await stage.hears("affirm")
    assert [phrase for phrase in said if phrase.startswith("utter_ask_anonymity")]


async def test_what_it_costs_is_said_at_once_and_once(stage: Stage) -> None:
    assert await stage.hears("ask_cost") == ["utter_ask_cost", "utter_opening"]
    assert "utter_ask_cost" not in await stage.hears("affirm")


async def test_who_asks_first_whether_we_tell_somebody_is_answered_without_a_topic_and_in_full_when_it_is_safe(
    stage: Stage,
) -> None:
    asked = {"many": {"ask_anonymity": 0.9, "ask_anonymity/police": 0.9}}
    assert await stage.hears("ask_anonymity", "will u tell cops", heard=asked) == [
        "utter_opening_tells",
        "utter_opening",
    ]
    assert "utter_ask_anonymity_police" in await stage.hears("affirm", "yes")


async def test_who_asks_after_a_hush_whether_we_tell_somebody_reads_the_check_alone(stage: Stage) -> None:
    await stage.hears("cannot_talk_safely", "not now")
    asked = {"many": {"ask_anonymity": 0.9, "ask_anonymity/police": 0.9}}
    assert await stage.hears("ask_anonymity", "will u tell cops", heard=asked) == ["utter_safe_again"]


async def test_whether_this_is_a_robot_is_answered_before_all_else(stage: Stage) -> None:
    assert await stage.hears("ask_bot") == ["utter_ask_bot", "utter_safe_again"]
    assert "utter_menu" in await stage.hears("affirm")


async def test_who_asks_first_whether_we_are_the_police_is_told_as_soon_as_it_is_safe(stage: Stage) -> None:
    asked = {"many": {"ask_bot": 0.9, "ask_bot/are_you_police": 0.9}}
    assert await stage.hears("ask_bot", "are u cops", heard=asked) == ["utter_opening_no_office", "utter_safe_again"]
    assert "utter_ask_bot_are_you_police" in await stage.hears("affirm", "yes")


async def test_who_asks_only_what_this_is_reads_nothing_of_the_police_first(stage: Stage) -> None:
    asked = {"many": {"ask_bot": 0.9, "ask_bot/who_runs": 0.9}}
    assert await stage.hears("ask_bot", "who is behind this", heard=asked) == ["utter_ask_bot", "utter_safe_again"]
