"""Somebody writes from numbers that are dear to answer: other countries, satellites, premium ranges. Nothing is sent to them."""

from dataclasses import replace
from io import StringIO

import pytest

from bot.crypto.vault import Vault
from bot.settings import BadSetting, Settings
from channels.local_only import bearer
from channels.sms.texted_countries import answered, may_be_texted
from commands.runtime.redis_server import OwnRedis
from tests.channels.conftest import doors_open
from tests.hotline import MASTER, Hotline, ScriptedEngine, eventually
from tests.platforms import ACCOUNT, AUTH, OUR_NUMBER, THEIR_NUMBER, TelegramServer, TwilioServer

MOBILE = "+525512345678"
SATELLITE, PREMIUM, ABROAD = "+8816123456789", "+19005551234", "+25261234567"
TWILIO = {
    "TWILIO_ACCOUNT_SID": ACCOUNT,
    "TWILIO_AUTH_TOKEN": AUTH,
    "TWILIO_SENDER": OUR_NUMBER,
    "PUBLIC_URL": "https://chat.example",
}


@pytest.mark.parametrize("number", [SATELLITE, PREMIUM, ABROAD, "+18765551234", "+9991234567", "+870773123456"])
async def test_cries_from_a_dear_number_get_no_text_and_leave_nothing(
    hotline_with_doors: Hotline, twilio: TwilioServer, engine: ScriptedEngine, log: StringIO, number: str
) -> None:
    for _ in range(20):
        assert (await twilio.brings(twilio.form("he has a knife", number)))[0] == 200
    assert (await twilio.brings(twilio.form("hello", THEIR_NUMBER)))[0] == 200
    await eventually(lambda: twilio.said)
    assert [message["to"] for message in twilio.said] == [THEIR_NUMBER]
    assert engine.texts == ["hello"]
    assert len([id_ async for id_ in hotline_with_doors.store.conversations()]) == 1
    assert '"reason": "country"' in log.getvalue()
    assert number not in log.getvalue()


async def test_what_a_number_abroad_wrote_is_deleted_at_twilio_and_counted(
    hotline_with_doors: Hotline, twilio: TwilioServer
) -> None:
    async def counted() -> float:
        key = {"Authorization": bearer(Vault(MASTER))}
        async with hotline_with_doors.web.get(f"{hotline_with_doors.url}/metrics", headers=key) as answer:
            lines = (await answer.text()).splitlines()
        found = [line for line in lines if line.startswith('quietline_messages_refused_total{reason="country"}')]
        return float(found[0].split()[1]) if found else 0.0

    before = await counted()
    await twilio.brings(twilio.form("he has a knife", ABROAD))
    assert await counted() == before + 1
    for name in await hotline_with_doors.store.call("ZRANGE", "copies", 0, -1):
        await hotline_with_doors.store.call("ZADD", "copies", 1, name)
    await eventually(lambda: twilio.kept == {})


async def test_a_conversation_from_before_the_list_was_shortened_can_still_be_erased_and_gets_no_text(
    settings: Settings, engine: ScriptedEngine, telegram: TelegramServer, twilio: TwilioServer
) -> None:
    async with doors_open(settings, engine, telegram, twilio) as before:
        await twilio.hears("my boss has my passport")
        await eventually(lambda: twilio.said)
        await eventually(before.quiet)
    async with doors_open(settings, engine, telegram, twilio, sms_countries=("GT",)) as hotline:
        await twilio.hears("are you there")
        await eventually(hotline.quiet)
        assert await hotline.conversation()
        await twilio.hears("bye")
        await eventually(hotline.quiet)
        assert not await hotline.conversation()
        await twilio.hears("are you there")
        assert not await hotline.conversation()
    assert twilio.texts == ["my boss has my passport"]


async def test_with_redis_gone_a_dear_number_gets_no_text_either(
    own_redis: OwnRedis, settings: Settings, engine: ScriptedEngine, telegram: TelegramServer, twilio: TwilioServer
) -> None:
    async with doors_open(replace(settings, redis_url=own_redis.url), engine, telegram, twilio):
        own_redis.stop()
        for number in (SATELLITE, PREMIUM, ABROAD, "12345"):
            status, body = await twilio.brings(twilio.form("he has a knife", number))
            assert (status, "<Message" in body) == (200, False)
        assert "<Message" in (await twilio.brings(twilio.form("he has a knife", THEIR_NUMBER)))[1]


@pytest.mark.parametrize(
    ("number", "countries", "answered"),
    [
        (MOBILE, {"MX"}, True),
        (THEIR_NUMBER, {"MX"}, True),  # as Mexican mobiles were written until 2019
        (MOBILE, {"US"}, False),
        ("+12025550123", {"US"}, True),
        ("+12025550123", {"CA"}, False),  # one calling code, many countries
        ("+18765551234", {"US"}, False),  # Jamaica
        ("+15551234567", {"US"}, True),  # a range that the library does not know
        ("+15551234567", {"JM"}, False),
        ("+77011234567", {"RU"}, False),  # Kazakhstan
        (ABROAD, {"all"}, True),
        (SATELLITE, {"all"}, False),
        ("+870773123456", {"all"}, False),
        ("+882161234567", {"all"}, False),
        ("+97912345678", {"all"}, False),
        (PREMIUM, {"all", "US"}, False),
        ("+447012345678", {"GB"}, False),  # a personal number: it looks like a mobile, and is dear
        ("+18005551234", {"US"}, False),
        ("+999", {"all"}, False),
        ("", {"all"}, False),
    ],
)
def test_who_is_answered(number: str, countries: set[str], answered: bool) -> None:
    assert may_be_texted(number, countries) is answered


@pytest.mark.parametrize(
    ("env", "countries"),
    [
        ({}, {"US"}),  # the country of our own number
        ({"HOME_COUNTRY": "MX"}, {"US", "MX"}),
        ({"HOME_COUNTRY": "MX", "SMS_COUNTRIES": "gt, HN,gt"}, {"US", "MX", "GT", "HN"}),
        ({"SMS_COUNTRIES": "all"}, {"all"}),
        ({"TWILIO_SENDER": "MG" + "0" * 32, "HOME_COUNTRY": "MX"}, {"MX"}),
    ],
)
def test_the_countries_are_those_of_home_of_our_number_and_those_that_are_named(
    env: dict[str, str], countries: set[str]
) -> None:
    assert answered(Settings.from_env(TWILIO | env)) == countries


@pytest.mark.parametrize(
    "env", [{"SMS_COUNTRIES": "Mexico"}, {"SMS_COUNTRIES": "MX,all"}, {"TWILIO_SENDER": "MG" + "0" * 32}]
)
def test_a_list_that_says_nothing_stops_the_start(env: dict[str, str]) -> None:
    with pytest.raises(BadSetting, match="SMS_COUNTRIES must"):
        Settings.from_env(TWILIO | env)
