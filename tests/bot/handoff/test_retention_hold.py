"""A talk that a supervisor holds: it outlives what its channel keeps, and ends at once when the person says so."""

import pytest

from bot.crypto import identity
from bot.handoff.retention_hold import LONGEST, hold
from bot.messaging import farewell
from bot.messaging.intake import Intake
from bot.messaging.message import Message
from bot.settings import Settings
from bot.storage.store import Store, key


async def writes(store: Store, settings: Settings, by: str = "sms") -> str:
    await Intake(store, settings).accept(Message(by, "+1", identity.new_id(), "hello"))
    found = await store.find(pointer(store, by))
    assert found
    return found


def pointer(store: Store, by: str = "sms") -> str:
    return identity.address_key(by, "+1", store.vault.pepper)


async def left(store: Store, name: str) -> int:
    return int(await store.call("TTL", name))


async def test_a_held_talk_and_the_way_to_it_live_for_three_days(store: Store, settings: Settings) -> None:
    talk = await writes(store, settings)

    assert await hold(store, talk, "asked")
    for name in (key("conversation", talk), key("inbox", talk), f"address:{pointer(store)}"):
        assert LONGEST - 5 <= await left(store, name) <= LONGEST


@pytest.mark.parametrize("by", ["sms", "web"])
async def test_a_message_or_an_open_page_makes_it_no_shorter(store: Store, settings: Settings, by: str) -> None:
    talk = await writes(store, settings, by)
    await hold(store, talk, "asked")
    assert await writes(store, settings, by) == talk
    await store.touch(pointer(store, by), settings.keep(by))

    for name in (key("conversation", talk), f"address:{pointer(store, by)}"):
        assert LONGEST - 5 <= await left(store, name) <= LONGEST


async def test_what_is_not_held_ends_as_before(store: Store, settings: Settings) -> None:
    talk = await writes(store, settings, "web")

    assert await left(store, key("conversation", talk)) <= settings.keep("web")


async def test_nothing_is_held_longer_than_that(store: Store, settings: Settings) -> None:
    talk = await writes(store, settings)
    await hold(store, talk, "asked", 30 * 86_400)

    assert await left(store, key("conversation", talk)) <= LONGEST


async def test_held_again_it_has_no_later_end(store: Store, settings: Settings) -> None:
    talk = await writes(store, settings)
    assert await hold(store, talk, "asked", 600)
    assert await hold(store, talk, "asked")

    assert await store.call("HGET", key("conversation", talk), "held") is not None
    assert await left(store, key("conversation", talk)) <= max(600, settings.keep("sms"))


async def test_the_person_ends_it_all_the_same(store: Store, settings: Settings) -> None:
    talk = await writes(store, settings)
    await hold(store, talk, "asked")
    await farewell.forget(store, talk)

    assert await store.call("KEYS", f"*{talk}*") == []
    assert not await hold(store, talk, "asked")
    assert await store.call("KEYS", f"*{talk}*") == []
