"""How talks end: by a quick word, by a decision, by time; and that nothing is left of them."""

import asyncio

import pytest

from bot.messaging import farewell
from bot.messaging.message import Reply
from bot.storage.store import key
from channels.engine_client import EngineAway
from commands.runtime.time_travel import let_time_pass
from tests.hotline import Hotline, ScriptedEngine, eventually

GARBAGE = EngineAway("garbage", refused=True)


# ---- quick words ----

QUICK = [
    ("bye", "utter_cover"),
    (" DELETE. ", "utter_deleted"),
    ("Stop !", "utter_stopped"),
    ("0", "utter_cover"),
    ("باي\u200f", "utter_cover"),
]


@pytest.mark.parametrize("away", [False, True], ids=["engine there", "engine away"])
@pytest.mark.parametrize(("word", "say"), QUICK)
async def test_a_quick_word_erases_at_once_and_is_answered_with_one_neutral_line(
    hotline: Hotline, engine: ScriptedEngine, word: str, say: str, away: bool
) -> None:
    await hotline.hears("my boss took my passport")
    engine.away = away
    await hotline.hears(word)
    assert hotline.phrases == ["utter_echo", say]
    assert engine.texts == ["my boss took my passport"]
    assert await hotline.conversation() == ""


async def test_a_quick_word_does_not_wait_behind_a_message_that_no_engine_answers(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    engine.away = True
    await hotline.receives("my boss took my passport")
    await eventually(lambda: hotline.phrases == ["utter_away"])
    await hotline.hears("delete")
    assert hotline.phrases == ["utter_away", "utter_deleted"]
    assert await hotline.conversation() == ""


@pytest.mark.parametrize("word", ["stop", "he has a knife"])
async def test_what_must_not_wait_goes_first_also_where_the_talk_before_it_was_just_ending(
    hotline: Hotline, engine: ScriptedEngine, word: str
) -> None:
    held = engine.holds("make it all go away")
    engine.answers("make it all go away", Reply("utter_deleted"), forget=True)
    await hotline.receives("make it all go away")
    await eventually(lambda: engine.texts == ["make it all go away"])
    await hotline.receives("and one more thing")
    await hotline.receives(word)
    held.set()
    await eventually(hotline.quiet)
    if word == "stop":
        assert engine.texts == ["make it all go away"]
        assert hotline.phrases[-1] == "utter_stopped"
    else:
        assert [question.urgent for question in engine.asked[1:]] == ["", "1"]


async def test_please_stop_him_is_not_stop(hotline: Hotline, engine: ScriptedEngine) -> None:
    await hotline.hears("please stop him")
    assert engine.texts == ["please stop him"]


async def test_after_erasing_no_key_of_the_conversation_is_left(hotline: Hotline, engine: ScriptedEngine) -> None:
    await hotline.hears("my boss took my passport")
    erased = await hotline.conversation()
    for_the_engine = [key(kind, erased) for kind in ("record", "tracker", "answer")]
    await asyncio.gather(*(hotline.store.call("SET", name, "sealed", "EX", 60) for name in for_the_engine))
    engine.fails("poison", GARBAGE)
    await hotline.receives("poison")
    await eventually(lambda: "utter_away" in hotline.phrases)
    await hotline.hears("delete")
    assert [name for name in await hotline.keys() if erased in name] == []
    assert {name.partition(":")[0] for name in await hotline.keys()} == {"seen", "erased", "counts"}


async def test_an_erasure_by_the_engines_decision_says_one_line_and_leaves_nothing(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    engine.answers("forget all I said", Reply("utter_deleted", always=True), forget=True)
    assert len(await hotline.hears("forget all I said")) == 1
    assert await hotline.conversation() == ""


async def test_after_erasing_the_same_address_gets_an_unrelated_id(hotline: Hotline) -> None:
    await hotline.hears("hello")
    first = await hotline.conversation()
    await hotline.hears("delete")
    await hotline.hears("hello")
    second = await hotline.conversation()
    assert first != second
    assert len(second) == 32


async def test_a_conversation_erased_while_the_engine_thinks_is_not_brought_back(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    held = engine.holds("hello")
    await hotline.receives("hello")
    await eventually(lambda: engine.texts == ["hello"])
    await farewell.forget(hotline.store, await hotline.conversation())
    held.set()
    await eventually(hotline.rests)
    assert await hotline.quiet()  # and nothing is left to say
    assert {name.partition(":")[0] for name in await hotline.keys()} == {"seen", "erased"}
    assert hotline.texts == []


async def test_a_failing_turn_of_a_conversation_erased_meanwhile_leaves_nothing(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    engine.fails("hello", GARBAGE)
    held = engine.holds("hello")
    await hotline.receives("hello")
    await eventually(lambda: engine.texts == ["hello"])
    await farewell.forget(hotline.store, await hotline.conversation())
    held.set()
    await eventually(hotline.rests)
    assert {name.partition(":")[0] for name in await hotline.keys()} == {"seen", "erased"}


# ---- time ----


async def without_end(hotline: Hotline) -> list[str]:
    return [name for name in await hotline.keys() if await hotline.store.call("TTL", name) == -1]


async def test_every_key_has_an_end_in_every_state_of_a_conversation(hotline: Hotline, engine: ScriptedEngine) -> None:
    await hotline.hears("answered", address="+1")
    await hotline.hears("erased", address="+2")
    await hotline.hears("delete", address="+2")
    await hotline.hears("by web", by="web", address="token")
    await hotline.hears("delete", by="web", address="token")
    await hotline.receives("a letter to nobody", by="fax", address="+5")
    engine.fails("refused", GARBAGE)
    engine.fails("away", EngineAway("away"))
    engine.holds("thinking")
    await hotline.receives("refused", address="+3")
    await hotline.receives("away", address="+4")
    await hotline.receives("thinking", address="+6")
    await eventually(lambda: hotline.phrases.count("utter_away") == 2)
    kinds = {name.partition(":")[0] for name in await hotline.keys()}
    assert kinds >= {"conversation", "address", "seen", "inbox", "transcript", "lines", "told", "tries", "holder"}
    assert kinds >= {"inbox_due", "farewell", "erased"}
    assert await without_end(hotline) == []


async def test_a_conversation_ends_after_the_keep_time(hotline: Hotline) -> None:
    await hotline.hears("hello")
    first = await hotline.conversation()
    await let_time_pass(hotline.store, hotline.settings.keep_phone - 60)
    assert await hotline.conversation() == first
    await let_time_pass(hotline.store, 61)
    await eventually(lambda: nothing_of(hotline, first))
    assert await hotline.conversation() == ""


async def nothing_of(hotline: Hotline, conversation: str) -> bool:
    return not [name for name in await hotline.keys() if conversation in name]


async def test_a_message_renews_the_keep_time(hotline: Hotline) -> None:
    await hotline.hears("hello")
    first = await hotline.conversation()
    await let_time_pass(hotline.store, hotline.settings.keep_phone - 60)
    await hotline.hears("still here")
    await let_time_pass(hotline.store, 120)
    assert await hotline.conversation() == first


async def test_a_conversation_that_expires_while_the_engine_thinks_leaves_nothing(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    await hotline.hears("hello")
    held = engine.holds("a question")
    await hotline.receives("a question")
    await eventually(lambda: "a question" in engine.texts)
    conversation = await hotline.conversation()
    kinds = ("conversation", "inbox", "transcript", "lines", "pace", "counted")
    await hotline.store.call("DEL", *(key(kind, conversation) for kind in kinds))
    held.set()
    await eventually(hotline.rests)
    assert [name for name in await hotline.keys() if f":{{{conversation}}}" in name] == []
