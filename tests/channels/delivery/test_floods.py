"""Somebody who writes too fast or abuses the hotline: others must not wait, and a crisis is answered all the same."""

import json
import threading
from typing import Any

import pytest

from bot.crypto.identity import new_id
from bot.language import scripts_of_text
from bot.messaging import blocks, outbox
from bot.messaging.intake import Accepted
from bot.messaging.message import Reply, Urgency, kept
from bot.messaging.outbox import Spoken
from bot.messaging.transcript import Line
from bot.settings import Settings
from bot.storage.store import key
from bot.text.cleaning import clean
from bot.understanding.offline_checks import OfflineChecks
from channels.delivery import dispatcher
from channels.delivery.dispatcher import LONG_AT_ONCE
from channels.delivery.open_turn import A_MINUTE
from channels.terminal import Terminal
from tests.hotline import ADDRESS, Hotline, ScriptedEngine, echo, eventually, lines_of

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


@pytest.fixture
def looked_through(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The threads in which texts were looked through for what must not wait."""
    threads: list[str] = []
    found = OfflineChecks.urgency

    def noticing(checks: OfflineChecks, text: str, channel: str) -> Urgency:
        threads.append(threading.current_thread().name)
        return found(checks, text, channel)

    monkeypatch.setattr(OfflineChecks, "urgency", noticing)
    return threads


async def test_each_message_of_a_flood_is_looked_through_once_and_beside_the_loop(
    looked_through: list[str], settings: Settings, engine: ScriptedEngine, terminal: Terminal
) -> None:
    async with Hotline(settings, engine, {"sms": terminal}).working() as hotline:
        held = engine.holds("first")
        await hotline.receives("first")
        accepted = [await hotline.receives("\ufdfa" * 3_900 + f" {number}") for number in range(110)]
        held.set()
        await eventually(lambda: len(engine.asked) > 20)
    assert accepted.count(Accepted.FULL) > 0
    assert len(looked_through) == 111
    assert not [name for name in looked_through[1:] if not name.startswith("intake")]


async def test_letters_that_unfold_to_eighteen_cost_no_more_than_others() -> None:
    assert len(clean("\ufdfa" * 4_000)) < 200
    assert len(clean("\ufdfa\ufdfb" * 2_000)) <= 5_000
    assert len(scripts_of_text.clean("\ufdfa\ufdfb" * 2_000)) <= 600


@pytest.fixture
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatcher, "SIDE_BY_SIDE", 1)


@pytest.mark.usefixtures("one_at_a_time")
@pytest.mark.parametrize(
    ("text", "phrase"), [(CRISIS, "utter_echo"), ("bye", "utter_cover"), ("STOP", "utter_stopped")]
)
async def test_what_must_not_wait_goes_past_a_thousand_new_conversations(
    settings: Settings, engine: ScriptedEngine, terminal: Terminal, text: str, phrase: str
) -> None:
    async with Hotline(settings, engine, {"sms": terminal}).working() as hotline:
        held = engine.holds("flood")
        for number in range(50):
            await hotline.receives("flood", address=f"+1500555{number:04}")
        await eventually(lambda: engine.asked)
        await hotline.receives(text)
        await eventually(lambda: phrase in hotline.phrases)
        assert engine.texts.count("flood") == 1
        held.set()
        await eventually(hotline.quiet)
    assert engine.texts.count("flood") == 50


async def test_long_messages_leave_room_for_short_ones(hotline: Hotline, engine: ScriptedEngine) -> None:
    garbage = "1a2b" * 1_000
    held = engine.holds(garbage)
    engine.answers(garbage, echo("what do you mean"))
    for number in range(20):
        await hotline.receives(garbage, address=f"+1500555{number:04}")
    await eventually(lambda: engine.texts.count(garbage) == LONG_AT_ONCE)
    await hotline.receives("please help me")
    await eventually(lambda: "please help me" in hotline.texts)
    assert engine.texts.count(garbage) == LONG_AT_ONCE
    held.set()
    await eventually(hotline.quiet)
    assert engine.texts.count(garbage) == 20


async def test_who_wrote_to_the_version_before_is_answered_and_a_stop_of_theirs_needs_no_engine(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    engine.away = True
    await hotline.receives("one")
    await eventually(lambda: hotline.phrases == ["utter_away"])
    id_ = await hotline.conversation()
    seal = await hotline.store.seal_of(id_)
    assert seal
    for text in ("two", "STOP"):
        old: dict[str, Any] = {"turn": new_id(), "text": text, "cut": False, "kind": "text", "hints": {}, "place": None}
        await hotline.store.call("RPUSH", key("inbox", id_), seal.seal(json.dumps(old).encode(), "inbox"))
    # The message at the head is of the version before as well.
    await hotline.store.call("LPOP", key("inbox", id_))
    await hotline.store.call("ZADD", "inbox_due", 0, id_)
    hotline.dispatcher.signals.due.set()
    await eventually(lambda: "utter_stopped" in hotline.phrases)


async def test_a_list_of_what_must_not_wait_tells_a_crisis_from_a_cover_word_to_nobody(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    held = engine.holds("one")
    for address, text in (("+15005550001", CRISIS), ("+15005550002", "bye")):
        await hotline.receives("one", address=address)
        await eventually(lambda: "one" in engine.texts)
        await hotline.receives(text, address=address)
    found = {name: await hotline.store.redis.dump(name) for name in await hotline.keys() if name.startswith("urgent:")}
    assert len(found) == 2
    lengths = [len(await hotline.store.call("LINDEX", name, 0)) for name in found]
    assert lengths[0] == lengths[1]
    held.set()
    await eventually(hotline.quiet)
    assert [name for name in await hotline.keys() if name.startswith("urgent")] == []


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


async def test_a_conversation_that_sends_the_longest_messages_there_are_takes_a_bounded_part_of_the_memory(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    held = engine.holds("one")
    await hotline.receives("one")
    await eventually(lambda: engine.asked)
    long = "\U00020000" * 4_000
    engine.answers(long, echo("i hear you"))
    accepted = [await hotline.receives(long) for _ in range(40)]
    assert Accepted.FULL in accepted
    assert await hotline.receives(f"{long[:3_000]} {CRISIS}") is Accepted.ACCEPTED
    held.set()
    await eventually(hotline.quiet)
    id_ = await hotline.conversation()
    for number in range(60):
        await record_again(hotline, id_, f"{number} {long}")
    sizes = [await hotline.store.call("MEMORY", "USAGE", key(kind, id_)) or 0 for kind in ("inbox", "transcript")]
    assert sum(sizes) < 600 * 1024
    assert (await lines_of(hotline))[-1][1].startswith("59 ")


async def record_again(hotline: Hotline, id_: str, text: str) -> None:
    """Add a line to the transcript, as a turn does."""
    seal = await hotline.store.seal_of(id_)
    assert seal
    await outbox.say(hotline.store, id_, Spoken([Line("us", text)]), seal)


async def test_an_arabic_letter_takes_the_room_of_two_bytes(hotline: Hotline, engine: ScriptedEngine) -> None:
    held = engine.holds("one")
    await hotline.receives("one")
    await eventually(lambda: engine.asked)
    await hotline.receives("\u0633" * 4_000)
    sealed = await hotline.store.call("LINDEX", key("inbox", await hotline.conversation()), 1)
    assert len(sealed) < 2 * 4_000 + 500
    held.set()
