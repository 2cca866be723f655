"""Nothing is left of who is gone: erased or expired, they are off the desk, and every key has an end."""

import asyncio
import re

from bot.handoff import on_duty
from bot.handoff.handoff import MOST, HandoffOutcome
from bot.messaging import farewell
from bot.storage.store import key
from commands.runtime.time_travel import let_time_pass
from tests.bot.handoff.shift import NOW, Shift
from tests.hotline import ROOT

DATA_MAP = (ROOT / "docs" / "privacy.md").read_text("utf-8")
OURS = {"handoff", "handoffs", "handoff_counts", "operators", "paused", "pausing", "waits", "break", "severe", "nobody"}


async def test_who_erases_while_waiting_is_out_of_the_queue_at_once(shift: Shift) -> None:
    first, second = await shift.waits("+1"), await shift.waits("+2", now=NOW + 1)
    await farewell.forget(shift.store, first)

    assert not await shift.store.call("SISMEMBER", "handoffs", first)  # before anybody looks
    assert await shift.handoffs.place(second, NOW) == 1
    assert await shift.handoffs.claim(first, "ana", NOW) == HandoffOutcome("gone", "bot", "")
    assert [name async for name in shift.store.redis.scan_iter(f"*{first}*")] == []


async def test_who_erases_while_an_operator_answers_leaves_room_for_another(shift: Shift) -> None:
    talks = [await shift.held(f"+{number}", "ana") for number in range(MOST)]
    await farewell.forget(shift.store, talks[0])

    assert await shift.loads() == {"ana": MOST - 1, "ben": 0}
    assert (await shift.handoffs.release(talks[0], "ana", NOW)).refused == "gone"
    assert (await shift.handoffs.claim(await shift.waits("+9"), "ana", NOW)).done


async def test_what_is_erased_does_not_come_back_by_any_step(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana")
    await farewell.forget(shift.store, conversation)
    outcomes = await asyncio.gather(
        shift.asks(conversation),
        shift.handoffs.withdraw(conversation, NOW),
        shift.handoffs.claim(conversation, "ben", NOW, supervisor=True),
        shift.handoffs.close(conversation, "ana", NOW),
        shift.handoffs.transfer(conversation, "ana", NOW),
        shift.handoffs.transfer(conversation, "ana", NOW, to="ben"),
    )

    assert [outcome.refused for outcome in outcomes] == ["gone"] * 6
    assert await shift.handoffs.lapse(NOW + on_duty.STAYS) == {}
    assert [name async for name in shift.store.redis.scan_iter(f"*{conversation}*")] == []


async def test_what_expires_leaves_queue_and_load(shift: Shift) -> None:
    await shift.waits("+1")
    await shift.held("+2", "ana")
    await let_time_pass(shift.store, shift.settings.keep_phone - 60)
    stays = await shift.waits("+3")
    await shift.works("ana", "ben")
    await let_time_pass(shift.store, 120)

    assert [each.id for each in (await shift.handoffs.look(NOW)).handoffs] == [stays]
    assert await shift.loads() == {"ana": 0, "ben": 0}
    assert await shift.store.redis.smembers("handoffs") == {stays.encode()}


async def test_a_hand_over_lives_as_long_as_its_conversation(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana")
    a_day = shift.settings.keep_phone - 60
    await let_time_pass(shift.store, a_day)
    assert await shift.writes("+1") == conversation
    await let_time_pass(shift.store, a_day)
    assert await shift.writes("+1") == conversation
    await let_time_pass(shift.store, a_day)

    assert (await shift.seen(conversation)).operator == "ana"
    lives = [await shift.store.call("PTTL", key(kind, conversation)) for kind in ("conversation", "handoff")]
    assert abs(lives[0] - lives[1]) < 50


async def test_every_key_has_an_end_and_stands_in_the_data_map(shift: Shift) -> None:
    await shift.handoffs.close(await shift.held("+15550003333", "ben", "P0"), "ben", NOW)
    await shift.held("+15550001111", "ana")
    await shift.waits("+15550002222")
    await on_duty.pause(shift.store, "ana", NOW)
    await on_duty.pause(shift.store, "ben", NOW)
    assert (await shift.asks(await shift.writes("+15550004444"))).refused == "nobody"
    await shift.handoffs.lapse(NOW)

    names = [name.decode() async for name in shift.store.redis.scan_iter()]
    kinds = {name.partition(":")[0] for name in names}
    assert kinds >= OURS
    assert [name for name in names if await shift.store.call("TTL", name) < 0] == []
    assert [kind for kind in OURS if not re.search(rf"`{kind}\b", DATA_MAP)] == []
