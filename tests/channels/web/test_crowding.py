"""Somebody who opens a thousand conversations from one place takes up no room that others need, and a crisis is taken in."""

import pytest

from channels.web import crowding
from channels.web.crowding import Crowding
from tests.hotline import Hotline, ScriptedEngine, Visitor, eventually


@pytest.fixture
def little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowding, "_RECENT", 8)
    monkeypatch.setattr(crowding, "_ROOM_OF_ALL", 5)
    monkeypatch.setattr(crowding, "_CROWDS", 2)


def test_who_sends_most_of_all_messages_gets_less_room_and_nobody_else_does() -> None:
    seen = Crowding(engines=1)
    for number in range(20):
        seen.room(f"198.51.100.{number}")
    assert [seen.room("203.0.113.9") for _ in range(200)][-1] < seen.room("198.51.100.7")


def test_a_household_with_many_addresses_of_the_sixth_version_is_one_place() -> None:
    seen = Crowding(engines=1)
    room = seen.room("2001:db8:1:3::1")
    assert [seen.room(f"2001:db8:1:2::{number:x}") for number in range(200)][-1] < seen.room("2001:db8:1:4::1")
    assert room < seen.room("2001:db8:1:4::1")  # as long as nobody can be told from anybody else


def test_an_address_stands_nowhere_in_it() -> None:
    seen = Crowding(engines=1)
    seen.room("203.0.113.9")
    assert b"203.0.113.9" not in repr(vars(seen)).encode()
    assert bytes([203, 0, 113, 9]) not in b"".join(seen._recent)


@pytest.mark.usefixtures("little_room")
async def test_a_flood_of_new_conversations_is_told_a_number_and_crises_and_talks_go_on(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    known = await hotline.page()
    await known.writes("hello")
    await known.reads_until("hello")
    held = engine.holds("flood")
    statuses = [await (await hotline.page()).writes("flood") for _ in range(9)]
    assert statuses.count(503) > 0
    status, answer = await (await hotline.page()).posts("/send", text="flood")
    assert (status, "112" in answer["text"]) == (503, True)
    assert await known.writes("are you there") == 202
    cries = await hotline.page()
    assert await cries.writes("he has a knife") == 202
    await cries.reads_until("he has a knife")
    held.set()
    await eventually(hotline.quiet)
    assert await (await hotline.page()).writes("hello") == 202


async def test_while_memory_runs_short_nobody_new_is_taken_but_for_a_crisis(brittle_hotline: Hotline) -> None:
    known = await brittle_hotline.page()
    await known.writes("hello")
    await known.reads_until("hello")
    used = int((await brittle_hotline.store.redis.info("memory"))["used_memory"])
    await brittle_hotline.store.call("CONFIG", "SET", "maxmemory", int(used * 1.2))
    assert await stranger(brittle_hotline, "hello") == 503
    assert await stranger(brittle_hotline, "he has a knife") == 202
    assert await known.writes("are you there") == 202


async def stranger(hotline: Hotline, text: str) -> int:
    visitor: Visitor = await hotline.page()
    return await visitor.writes(text)
