"""`quietline doctor` on text messages: is the list open to all, does Twilio agree with it, is the token old?"""

import os
import time
from collections.abc import AsyncIterator
from io import StringIO
from pathlib import Path

import pytest

from bot.crypto.vault import Vault
from bot.settings import Settings
from bot.storage.store import Store
from commands.doctor.doctor_texts import OPEN_TO_ALL, texts
from commands.runtime.composition import doors
from commands.runtime.free_ports import free_port
from tests.hotline import MASTER, phrasebook
from tests.platforms import ACCOUNT, AUTH, OUR_NUMBER, TwilioServer, refuses


@pytest.fixture
async def wires() -> AsyncIterator[TwilioServer]:
    async with TwilioServer().open() as server:
        yield server


def at_twilio(url: str, **more: str) -> Settings:
    who = {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": AUTH, "TWILIO_SENDER": OUR_NUMBER, "TWILIO_API_URL": url}
    return Settings.from_env({**who, "PUBLIC_URL": "https://chat.example", **more})


async def found(settings: Settings) -> list[tuple[str, str]]:
    return [(one.state, one.says) for one in await texts(settings)]


async def test_a_list_that_twilio_agrees_with_is_well(wires: TwilioServer) -> None:
    assert await found(at_twilio(wires.url, SMS_COUNTRIES="MX")) == [
        ("ok", "Numbers of MX, US are answered, and no others.")
    ]
    assert await found(Settings.from_env({})) == []


async def test_a_list_that_nobody_thought_about_is_said(wires: TwilioServer) -> None:
    wires.sends_to = ("US",)
    [(state, says)] = await found(at_twilio(wires.url))
    assert (state, says) == (
        "warn",
        "Only numbers of US are answered by text; nobody with a phone of another country is.",
    )


async def test_a_list_that_is_open_to_all_is_said_and_stands_in_the_log_of_the_start(
    wires: TwilioServer, log: StringIO
) -> None:
    settings = at_twilio(wires.url, SMS_COUNTRIES="all")
    assert await found(settings) == [("warn", OPEN_TO_ALL)]
    doors(settings, Store.connect("redis://nowhere", Vault(MASTER)), phrasebook(), [])
    assert "texts_to_all_countries" in log.getvalue()


async def test_whom_twilio_would_send_to_beside_the_list_is_said_and_whom_it_would_not(wires: TwilioServer) -> None:
    wires.sends_to, wires.sends_not_to = ("US", *(f"A{letter}" for letter in "ABCDEFGHIJ")), ("MX", "SO")
    _, missing, more = await found(at_twilio(wires.url, SMS_COUNTRIES="MX"))
    assert missing == ("bad", "Twilio sends no text message to MX: whoever writes from there gets no answer.")
    assert more == (
        "warn",
        "Twilio would also send to AA, AB, AC, AD, AE, AF, AG, AH and 2 more, for whoever has the token.",
    )


@pytest.mark.parametrize("plain", [{"code": 20404, "message": "not found"}, {"permissions": "?"}])
async def test_where_twilio_does_not_tell_the_deployer_is_told_where_to_look(
    wires: TwilioServer, plain: dict[str, str]
) -> None:
    wires.moods = [refuses(404 if "code" in plain else 200, **plain)]
    (_, told) = await texts(at_twilio(wires.url, SMS_COUNTRIES="MX"))
    assert (told.state, told.do) == (
        "warn",
        "Allow only MX, US, in Twilio's console under Messaging, Settings, Geo permissions.",
    )
    away = at_twilio(f"http://127.0.0.1:{free_port()}", SMS_COUNTRIES="MX")
    assert [state for state, _ in await found(away)] == ["ok", "warn"]


async def test_a_token_of_more_than_a_year_is_said(wires: TwilioServer, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text(AUTH)
    settings = at_twilio(wires.url, SMS_COUNTRIES="MX", TWILIO_AUTH_TOKEN="", TWILIO_AUTH_TOKEN_FILE=str(token))
    assert len(await found(settings)) == 1
    long_ago = time.time() - 366 * 86_400
    os.utime(token, (long_ago, long_ago))
    _, (state, says) = await found(settings)
    assert (state, "older than a year" in says, AUTH in says) == ("warn", True, False)
