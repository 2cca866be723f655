"""Taking replies to a platform: in order for each person, again when it was busy, and never for a stranger's sake."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest

from bot.messaging import transcript
from bot.messaging.outbox import Outgoing
from bot.messaging.provider_copies import Copy
from bot.settings import Settings
from channels.contract import DeliveryError
from tests.hotline import ABILITIES, ADDRESS, UNCLAIMED, Hotline, ScriptedEngine, echo, eventually, stays

BUSY = DeliveryError("busy", permanent=False)
GONE = DeliveryError("gone", permanent=True)


class Platform:
    """A platform that has its moods: each message to it meets the next one, and then it is well."""

    def __init__(self) -> None:
        self.name, self.abilities = "sms", ABILITIES["sms"]
        self.moods: Sequence[Exception] = ()
        self.tried: list[str] = []
        self.taken: list[tuple[str, str]] = []
        self.slow_for: dict[str, asyncio.Event] = {}

    async def send(self, address: str, outgoing: Outgoing) -> list[Copy]:
        self.tried.append(outgoing.text)
        if address in self.slow_for:
            await self.slow_for[address].wait()
        if self.moods:
            mood, *self.moods = self.moods
            raise mood
        self.taken.append((address, outgoing.text))
        return []

    async def delete(self, copy: Copy) -> None:
        """Nothing is kept anywhere."""

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.taken]


@pytest.fixture
def platform() -> Platform:
    return Platform()


@pytest.fixture
async def hotline(settings: Settings, engine: ScriptedEngine, platform: Platform) -> AsyncIterator[Hotline]:
    async with Hotline(settings, engine, {"sms": platform}).working() as hotline:
        yield hotline


@pytest.mark.long
async def test_a_message_to_a_busy_platform_is_tried_again_before_the_next_one(
    hotline: Hotline, platform: Platform
) -> None:
    platform.moods = [BUSY]
    await hotline.receives("one")
    await hotline.receives("two")
    await eventually(lambda: platform.texts == ["one", "two"])
    assert platform.tried == ["one", "one", "two"]


async def test_a_message_that_can_never_arrive_is_given_up_and_the_next_is_sent(
    hotline: Hotline, platform: Platform
) -> None:
    platform.moods = [GONE]
    await hotline.receives("one")
    await hotline.receives("two")
    await eventually(hotline.quiet)
    assert platform.tried == ["one", "two"]


@pytest.mark.long
@pytest.mark.parametrize("on_its_way", [False, True])
async def test_what_waits_when_somebody_takes_the_phone_is_not_sent_any_more(
    hotline: Hotline, platform: Platform, engine: ScriptedEngine, on_its_way: bool
) -> None:
    engine.answers("blue bird", echo("OK."), hush=True)
    platform.moods, arrives = [BUSY], asyncio.Event()
    platform.slow_for = {ADDRESS: arrives} if on_its_way else {}
    await hotline.receives("one")
    await eventually(lambda: platform.tried == ["one"])
    await hotline.receives("two")
    await hotline.receives("blue bird")
    conversation = await hotline.conversation()

    async def answered() -> bool:
        return not await hotline.store.call("EXISTS", "inbox_due")

    await eventually(answered)
    arrives.set()
    await eventually(hotline.quiet)
    assert (platform.tried, platform.texts) == (["one", "OK."], ["OK."])
    found, lines = await transcript.delivered(hotline.store, conversation), await read(hotline, conversation)
    assert {lines[id_] for id_ in found.lost} == {"one", "two"}
    assert found.of(max(lines, key=transcript.order)) == "sent"


async def read(hotline: Hotline, conversation: str) -> dict[str, str]:
    return {line.id: line.text for line in await transcript.read(hotline.store, conversation)}


@pytest.mark.long
async def test_a_mistake_in_an_adapter_does_not_stop_the_sender(hotline: Hotline, platform: Platform) -> None:
    platform.moods = [RuntimeError("a bug")]
    await hotline.receives("one")
    await eventually(lambda: platform.texts == ["one"])


@pytest.mark.parametrize("mood", [BUSY, GONE, RuntimeError("a bug")])
async def test_a_farewell_is_tried_once_and_the_sender_goes_on(
    hotline: Hotline, platform: Platform, mood: Exception
) -> None:
    await hotline.hears("hello")
    platform.moods = [mood]
    await hotline.hears("bye")
    await hotline.hears("hello again")
    assert platform.texts == ["hello", "hello again"]


async def test_a_slow_person_does_not_hold_up_another(hotline: Hotline, platform: Platform) -> None:
    platform.slow_for["+1"] = asyncio.Event()
    await hotline.receives("one", address="+1")
    await hotline.receives("two", address="+2")
    await eventually(lambda: platform.taken == [("+2", "two")])
    platform.slow_for["+1"].set()


@pytest.mark.long
async def test_two_gateways_do_not_send_the_same_message_even_when_the_platform_is_slow(
    hotline: Hotline, platform: Platform
) -> None:
    slow = platform.slow_for["+1"] = asyncio.Event()
    async with hotline.another().working():
        await hotline.receives("one", address="+1")
        await eventually(lambda: platform.tried)
        await stays(lambda: platform.tried == ["one"], UNCLAIMED)
        slow.set()
        await eventually(hotline.quiet)
    assert platform.tried == ["one"]


async def test_two_gateways_do_not_both_say_a_farewell(hotline: Hotline, platform: Platform) -> None:
    people = [f"+{number}" for number in range(20)]
    async with hotline.another().working() as other:
        await asyncio.gather(*(hotline.hears("hello", address=person) for person in people))
        await asyncio.gather(*((hotline, other)[int(person) % 2].hears("bye", address=person) for person in people))
    assert sorted(platform.texts) == ["Thanks, bye."] * 20 + ["hello"] * 20


async def test_a_farewell_goes_to_the_person_who_left(hotline: Hotline, platform: Platform) -> None:
    await hotline.hears("hello", address="+1")
    await hotline.hears("hello", address="+2")
    await hotline.hears("bye", address="+2")
    assert platform.taken[-1] == ("+2", "Thanks, bye.")
