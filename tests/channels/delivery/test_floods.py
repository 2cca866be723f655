"""Somebody who writes too fast or abuses the hotline: others must not wait, and a crisis is answered all the same."""

import pytest

from bot.messaging import blocks
from bot.messaging.message import Reply, kept
from channels.delivery import dispatcher
from channels.delivery.open_turn import A_MINUTE
from tests.hotline import ADDRESS, Hotline, ScriptedEngine, eventually

CRISIS = "he has a knife"


def answers_a_crisis(engine: ScriptedEngine) -> None:
    engine.answers(
        CRISIS, Reply("utter_echo", {"text": "call 112"}, always=True), crisis=True, intent="immediate_danger"
    )


@pytest.mark.long
async def test_who_floods_us_is_told_once_to_write_slower(hotline: Hotline, engine: ScriptedEngine) -> None:
    for number in range(A_MINUTE + 5):
        await hotline.receives(f"message {number}")
    await eventually(hotline.quiet)
    assert hotline.texts[:A_MINUTE] == [f"message {number}" for number in range(A_MINUTE)]
    assert hotline.phrases[A_MINUTE:] == ["utter_too_fast"]


@pytest.fixture
def held_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who floods us waits so long for the next turn that no test sees it."""
    monkeypatch.setattr(dispatcher, "_PAUSE", 600_000)


@pytest.mark.usefixtures("held_up")
async def test_behind_a_flood_a_crisis_is_answered_at_once(hotline: Hotline, engine: ScriptedEngine) -> None:
    answers_a_crisis(engine)
    held = engine.holds("message 0")
    for number in range(99):
        await hotline.receives(f"message {number}")
    await hotline.receives(CRISIS)
    held.set()
    await eventually(lambda: "call 112" in hotline.texts)


@pytest.mark.usefixtures("held_up")
async def test_a_flood_does_not_hold_up_somebody_else(hotline: Hotline, engine: ScriptedEngine) -> None:
    for number in range(90):
        await hotline.receives(f"message {number}")
    await hotline.receives("please help me", address="+15005550007")
    await eventually(lambda: "please help me" in hotline.texts)
    assert "message 89" not in hotline.texts


async def test_a_blocked_address_gets_nothing_but_the_answer_to_a_crisis(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    answers_a_crisis(engine)
    await hotline.hears("abuse")
    conversation = await hotline.conversation()
    assert await blocks.block(hotline.store, conversation, 3_600)
    assert await hotline.hears("more abuse") == []
    assert await hotline.hears(CRISIS) == ["call 112"]
    assert not [name for name in await hotline.keys() if ADDRESS.strip("+") in name]


async def test_a_block_outlives_the_talk_and_ends_by_itself(hotline: Hotline) -> None:
    await hotline.hears("abuse")
    await blocks.block(hotline.store, await hotline.conversation(), 10**9)
    [name] = [name for name in await hotline.keys() if name.startswith("blocked:")]
    assert 0 < int(await hotline.store.call("TTL", name)) <= blocks.LONGEST
    await hotline.hears("bye")
    assert await hotline.hears("abuse once more") == []
    (block,) = await blocks.in_force(hotline.store)
    await blocks.lift(hotline.store, block.id)
    assert await blocks.in_force(hotline.store) == []
    assert await hotline.hears("i am sorry") == ["i am sorry"]


async def test_a_talk_that_is_gone_cannot_be_blocked(hotline: Hotline) -> None:
    assert not await blocks.block(hotline.store, "0" * 32, 60)


async def test_who_asks_to_be_forgotten_in_a_very_long_message_is_told_that_it_is_done(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    text = "please forget all of this " * 200
    engine.answers(kept(text), Reply("utter_deleted"), forget=True)
    await hotline.hears(text)
    assert hotline.phrases == ["utter_deleted"]


async def test_a_message_that_is_too_long_keeps_its_end_and_that_is_said(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    text = "and then they said that i have to go " * 150 + CRISIS
    engine.answers(kept(text), Reply("utter_echo", {"text": "i hear you"}))
    said = await hotline.hears(text)
    assert engine.texts[0].endswith(CRISIS)
    assert len(engine.texts[0]) <= 4_000
    assert said[0] == "i hear you"
    assert "I could only read the first part" in said[-1]


async def test_somebody_who_types_word_by_word_is_not_taken_for_a_flood(hotline: Hotline) -> None:
    words = [
        "my",
        "boss",
        "took",
        "my",
        "passport",
        "and",
        "he",
        "does",
        "not",
        "let",
        "me",
        "go",
        "out",
        "of",
        "the",
        "house",
    ]
    for word in words:
        await hotline.receives(word)
    await eventually(hotline.quiet)
    assert hotline.texts == words
