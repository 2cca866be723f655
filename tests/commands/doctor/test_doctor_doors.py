"""`quietline doctor` at the doors: do Telegram and Twilio know us, and do they bring messages to us?"""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from email.utils import formatdate

import pytest
from aiohttp import web

from bot.settings import Settings
from commands.doctor.check_result import CheckResult
from commands.doctor.doctor_clock import clock
from commands.doctor.doctor_doors import telegram, twilio
from commands.runtime.free_ports import free_port
from tests.platforms import ACCOUNT, AUTH, OUR_NUMBER, TOKEN, TelegramServer, TwilioServer

OURS = "https://chat.example/telegram"


@pytest.fixture
async def far() -> AsyncIterator[TelegramServer]:
    async with TelegramServer().open() as server:
        assert isinstance(server, TelegramServer)
        yield server


@pytest.fixture
async def wires() -> AsyncIterator[TwilioServer]:
    async with TwilioServer().open() as server:
        assert isinstance(server, TwilioServer)
        yield server


def at_telegram(url: str, **more: str) -> Settings:
    return Settings.from_env({"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": url, **more})


def at_twilio(url: str, **more: str) -> Settings:
    who = {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": AUTH, "TWILIO_SENDER": OUR_NUMBER, "TWILIO_API_URL": url}
    return Settings.from_env({**who, "PUBLIC_URL": "https://chat.example", **more})


def one(found: list[CheckResult]) -> tuple[str, str]:
    (finding,) = found
    assert TOKEN not in str(found)
    assert AUTH not in str(found)
    return finding.state, finding.says


async def test_a_door_that_is_shut_is_well() -> None:
    nothing = Settings.from_env({})
    assert one(await telegram(nothing)) == ("ok", "This door is shut: no token is set.")
    assert one(await twilio(nothing)) == ("ok", "This door is shut: no account is set.")


async def test_a_bot_with_its_webhook_is_well(far: TelegramServer) -> None:
    far.calls.append(("setWebhook", {"url": OURS}))
    settings = at_telegram(far.url, PUBLIC_URL="https://chat.example")
    assert one(await telegram(settings)) == ("ok", "It knows us as @plain_bot, and brings messages.")


async def test_a_bot_that_asks_for_its_messages_needs_no_webhook(far: TelegramServer) -> None:
    assert one(await telegram(at_telegram(far.url)))[0] == "ok"


async def test_a_token_that_is_refused_is_said_and_not_shown(far: TelegramServer) -> None:
    (found,) = await telegram(at_telegram(far.url, TELEGRAM_TOKEN="99:another-token"))
    assert (found.state, found.says) == ("bad", "Telegram refuses the token.")
    assert "another-token" not in str(found)


async def test_a_telegram_that_is_away_is_said() -> None:
    away = at_telegram(f"http://127.0.0.1:{free_port()}")
    assert one(await telegram(away)) == ("bad", "Telegram does not answer.")


@pytest.mark.parametrize(
    ("url", "words"), [("", "has no webhook of ours yet"), ("https://elsewhere.example/telegram", "to another address")]
)
async def test_a_webhook_that_is_not_ours_is_seen(far: TelegramServer, url: str, words: str) -> None:
    far.calls.append(("setWebhook", {"url": url}))
    state, says = one(await telegram(at_telegram(far.url, PUBLIC_URL="https://chat.example")))
    assert (state, words in says, "elsewhere" in says) == ("bad", True, False)


async def test_what_waits_and_what_failed_at_telegram_is_seen(far: TelegramServer) -> None:
    far.calls.append(("setWebhook", {"url": OURS}))
    far.not_brought, far.failed, far.joins_groups = 400, (int(time.time()) - 60, "Connection refused"), True
    found = await telegram(at_telegram(far.url, PUBLIC_URL="https://chat.example"))
    assert [finding.state for finding in found] == ["bad", "warn", "warn"]
    assert found[0].says == "400 messages wait at Telegram."
    assert "Connection refused" in found[1].says
    assert "/setjoingroups" in found[2].do


async def test_a_failure_of_yesterday_is_none_of_today(far: TelegramServer) -> None:
    far.calls.append(("setWebhook", {"url": OURS}))
    far.failed = (int(time.time()) - 90_000, "Connection refused")
    assert one(await telegram(at_telegram(far.url, PUBLIC_URL="https://chat.example")))[0] == "ok"


async def test_an_account_with_its_number_is_well(wires: TwilioServer) -> None:
    found = one(await twilio(at_twilio(wires.url)))
    assert found == ("ok", "It knows the account, and brings text messages.")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"TWILIO_AUTH_TOKEN": "another"}, "refuses the account or its token"),
        ({"TWILIO_ACCOUNT_SID": "AC" + "1" * 32}, "refuses the account or its token"),
        ({"TWILIO_SENDER": "+15005550999"}, "no number of this account"),
        ({"PUBLIC_URL": "https://new.example"}, "elsewhere, or nowhere"),
    ],
)
async def test_what_twilio_does_not_know_is_said(wires: TwilioServer, wrong: dict[str, str], words: str) -> None:
    state, says = one(await twilio(at_twilio(wires.url, **wrong)))
    assert (state, words in says) == ("bad", True)


@pytest.mark.parametrize(
    ("name", "value", "state", "words"),
    [
        ("sms_url", "", "bad", "nowhere"),
        ("sms_url", "https://chat.example/sms", "warn", "only once"),
        ("sms_method", "GET", "bad", "with GET"),
        ("status", "suspended", "bad", "is suspended"),
    ],
)
async def test_how_twilio_brings_messages_is_judged(
    wires: TwilioServer, name: str, value: str, state: str, words: str
) -> None:
    setattr(wires, name, value)
    found = one(await twilio(at_twilio(wires.url)))
    assert (found[0], words in found[1]) == (state, True)


async def test_a_twilio_that_is_away_is_said() -> None:
    assert one(await twilio(at_twilio(f"http://127.0.0.1:{free_port()}"))) == ("bad", "Twilio does not answer.")


async def test_of_a_messaging_service_it_is_said_where_to_look(wires: TwilioServer) -> None:
    (found,) = await twilio(at_twilio(wires.url, TWILIO_SENDER="MG" + "0" * 32, HOME_COUNTRY="MX"))
    assert (found.state, "https://chat.example/sms#rc=5" in found.do) == ("warn", True)


@dataclass
class Clock:
    """A server whose time is another one."""

    url: str = ""
    ahead: float = 0.0  # seconds that this machine is ahead of it

    async def tell(self, request: web.Request, answer: web.StreamResponse) -> None:
        answer.headers["Date"] = formatdate(time.time() - self.ahead, usegmt=True)


@pytest.fixture
async def another() -> AsyncIterator[Clock]:
    app, another = web.Application(), Clock()
    app.on_response_prepare.append(another.tell)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    another.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield another
    await runner.cleanup()


@pytest.mark.parametrize(
    ("ahead", "state", "words"),
    [
        (0, "ok", "It agrees with that of Telegram."),
        (3600, "bad", "seconds ahead of that of Telegram."),
        (-3600, "bad", "seconds behind that of Telegram."),
        (15, "warn", "seconds ahead of"),
    ],
)
async def test_the_clock_is_compared_with_somebody_elses(another: Clock, ahead: float, state: str, words: str) -> None:
    another.ahead = ahead
    found = one(await clock(at_telegram(another.url)))
    assert (found[0], words in found[1]) == (state, True)


async def test_a_clock_that_telegram_does_not_tell_is_compared_with_twilio(another: Clock) -> None:
    settings = replace(at_twilio(another.url), telegram_token=TOKEN, telegram_api_url=f"http://127.0.0.1:{free_port()}")
    assert one(await clock(settings)) == ("ok", "It agrees with that of Twilio.")


async def test_without_anybody_to_compare_with_that_is_said() -> None:
    state, says = one(await clock(Settings.from_env({"REDIS_URL": "redis://localhost"})))
    assert (state, says.startswith("There was nobody to compare it with")) == ("warn", True)
