"""Somebody has kept a genuine request of Twilio, and brings it again when the hotline has forgotten the usual things."""

import time

import pytest

from bot.messaging import taken_messages
from bot.months import KEPT
from tests.channels.conftest import doors_open
from tests.hotline import Hotline, ScriptedEngine, eventually
from tests.platforms import Knock, TelegramServer, TwilioServer


async def two_days_pass(hotline: Hotline) -> None:
    """All is gone that Redis drops within 48 hours."""
    for name in await hotline.keys():
        if not name.startswith("taken:"):
            await hotline.store.call("DEL", name)


async def remembered(hotline: Hotline) -> int:
    """How many requests are remembered."""
    sets = [name for name in await hotline.keys() if name.startswith("taken:")]
    return sum([int(await hotline.store.call("SCARD", name)) for name in sets])


async def is_answered(knock: Knock, hotline: Hotline, twilio: TwilioServer) -> None:
    before = len(twilio.said)
    assert (await twilio.knocks(*knock))[0] == 200
    await eventually(lambda: len(twilio.said) == before + 1)
    await eventually(hotline.quiet)


async def is_not_answered(knock: Knock, hotline: Hotline, twilio: TwilioServer) -> None:
    before, conversation = len(twilio.said), await hotline.conversation()
    assert (await twilio.knocks(*knock))[0] == 200
    await eventually(hotline.quiet)
    assert (len(twilio.said), await hotline.conversation()) == (before, conversation)


async def test_a_request_kept_for_more_than_48_hours_brings_no_text_to_the_phone(
    hotline_with_doors: Hotline, twilio: TwilioServer
) -> None:
    kept = twilio.knock("my boss has my passport")
    await is_answered(kept, hotline_with_doors, twilio)
    await two_days_pass(hotline_with_doors)
    await is_not_answered(kept, hotline_with_doors, twilio)
    await is_answered(twilio.knock("my boss has my passport"), hotline_with_doors, twilio)


async def test_a_request_of_last_year_is_known_by_another_gateway_too(
    hotline_with_doors: Hotline, engine: ScriptedEngine, telegram: TelegramServer, twilio: TwilioServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    kept = twilio.knock("my boss has my passport")
    last_year = time.time() - KEPT + 86_400
    with monkeypatch.context() as earlier:
        earlier.setattr("time.time", lambda: last_year)
        assert (await twilio.knocks(*kept))[0] == 200
    await eventually(lambda: twilio.said)
    await eventually(hotline_with_doors.quiet)
    for name in await hotline_with_doors.keys():
        if name.startswith("taken:"):
            await hotline_with_doors.store.call("PERSIST", name)
    await two_days_pass(hotline_with_doors)
    async with doors_open(hotline_with_doors.settings, engine, telegram, twilio) as another:
        await is_not_answered(kept, another, twilio)


async def test_a_request_that_could_not_be_kept_is_taken_when_it_comes_again(
    hotline_with_doors: Hotline, twilio: TwilioServer, engine: ScriptedEngine
) -> None:
    held = engine.holds("message 0")
    for number in range(100):
        assert (await twilio.knocks(*twilio.knock(f"message {number}")))[0] == 200
    refused = twilio.knock("and then this")
    assert (await twilio.knocks(*refused))[0] == 503
    assert await remembered(hotline_with_doors) == 100
    held.set()
    await eventually(lambda: "message 1" in engine.texts)
    assert (await twilio.knocks(*refused))[0] == 200
    assert await remembered(hotline_with_doors) == 101


async def test_what_is_remembered_of_a_request_tells_its_month_and_nothing_closer(
    hotline_with_doors: Hotline, twilio: TwilioServer
) -> None:
    for number in range(20):
        assert (await twilio.knocks(*twilio.knock(f"message {number}")))[0] == 200
    store = hotline_with_doors.store
    sets = [name for name in await hotline_with_doors.keys() if name.startswith("taken:")]
    ends = {round(time.time()) + await store.call("TTL", name) for name in sets}
    assert max(ends) - min(ends) <= 2  # the seconds in which this test looks
    assert KEPT < min(ends) - time.time() < KEPT + 32 * 86_400
    assert {await store.call("OBJECT", "ENCODING", name) for name in sets} == {b"intset"}
    assert await remembered(hotline_with_doors) == 20


def test_the_same_id_is_found_in_the_next_month_and_another_is_not() -> None:
    now = 1_800_000_000.0
    first, later = taken_messages.packed("ab" * 16, now), taken_messages.packed("ab" * 16, now + 40 * 86_400)
    assert first["sets"][0] in later["sets"]
    assert (later["number"], later["sets"][0] == first["sets"][0]) == (first["number"], False)
    assert taken_messages.packed("ab" * 15 + "ac", now)["sets"][0] == first["sets"][0]
    assert taken_messages.packed("ac" * 16, now)["number"] != first["number"]
