"""Text messages by Twilio: the carriers' words, parts that make sense, and no copy left behind."""

import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.crypto.vault import Vault
from bot.settings import BadSetting, Settings
from bot.text.text_messages import parts
from channels.local_only import bearer
from commands.runtime.redis_server import OwnRedis
from tests.channels.conftest import doors_open
from tests.hotline import MASTER, Hotline, ScriptedEngine, echo, eventually
from tests.platforms import ACCOUNT, AUTH, OUR_NUMBER, THEIR_NUMBER, TelegramServer, TwilioServer, refuses


@pytest.fixture
async def hotline(hotline_with_doors: Hotline) -> AsyncIterator[Hotline]:
    yield hotline_with_doors


async def test_the_webhook_gets_an_empty_answer_and_the_reply_comes_by_the_api(
    hotline: Hotline, twilio: TwilioServer
) -> None:
    status, body = await twilio.brings(twilio.form("my boss has my passport"))
    assert (status, body) == (200, '<?xml version="1.0" encoding="UTF-8"?><Response></Response>')
    await eventually(lambda: twilio.texts == ["my boss has my passport"])
    assert (twilio.said[0]["from"], twilio.said[0]["to"]) == (OUR_NUMBER, THEIR_NUMBER)
    [sent] = [plain for name, plain in twilio.calls if name == "send"]
    assert sent["StatusCallback"] == "https://chat.example/sms/status"


async def test_a_changed_field_breaks_the_signature(hotline: Hotline, twilio: TwilioServer) -> None:
    body, headers = twilio.signed("/sms", twilio.form("hello"))
    assert (await twilio.knocks("/sms", body + b"&NumMedia=1", headers))[0] == 403
    assert (await twilio.knocks("/sms?extra=1", body, headers))[0] == 403
    assert (await twilio.knocks("/sms", body, headers))[0] == 200


@pytest.mark.parametrize("text", ["HELP", "help", "Info", "AYUDA!", "aide."])
async def test_help_as_the_whole_message_gets_what_carriers_want(
    hotline: Hotline, twilio: TwilioServer, engine: ScriptedEngine, text: str
) -> None:
    await twilio.hears(text)
    await eventually(lambda: engine.asked)
    assert (engine.asked[0].kind, engine.asked[0].text) == ("command", "help")


async def test_help_inside_a_sentence_is_a_cry_and_no_command(
    hotline: Hotline, twilio: TwilioServer, engine: ScriptedEngine
) -> None:
    await twilio.hears("help me he is outside")
    await eventually(lambda: engine.asked)
    assert (engine.asked[0].kind, engine.asked[0].text) == ("text", "help me he is outside")


@pytest.mark.parametrize(
    "word", ["STOP", "StopAll", "UNSUBSCRIBE", "cancel", "END", "quit", "REVOKE", "optout", "OPT OUT", "ARRET", "stop."]
)
async def test_stop_clears_the_talk_says_one_neutral_line_and_nothing_more(
    hotline: Hotline, twilio: TwilioServer, word: str
) -> None:
    await twilio.hears("my boss has my passport")
    await eventually(lambda: len(twilio.said) == 1)
    await eventually(hotline.quiet)
    await twilio.hears(word)
    await eventually(lambda: len(twilio.said) == 2)
    assert twilio.texts[1] == "OK. No more messages from this number."
    assert [id_ async for id_ in hotline.store.conversations()] == []
    assert [name for name in await hotline.keys() if name.startswith("stopped:")]


async def test_after_stop_whoever_writes_again_is_answered_again(hotline: Hotline, twilio: TwilioServer) -> None:
    await twilio.hears("stop")
    await eventually(lambda: len(twilio.said) == 1)
    await twilio.hears("please help me")
    await eventually(lambda: len(twilio.said) == 2)
    assert not [name for name in await hotline.keys() if name.startswith("stopped:")]


async def test_the_stop_list_holds_no_number(hotline: Hotline, twilio: TwilioServer) -> None:
    await twilio.hears("stop")
    await eventually(lambda: len(twilio.said) == 1)
    assert not [name for name in await hotline.keys() if THEIR_NUMBER.strip("+") in name]
    [name] = [name for name in await hotline.keys() if name.startswith("stopped:")]
    assert 360 * 86_400 < int(await hotline.store.call("TTL", name)) <= 365 * 86_400


@pytest.mark.parametrize("sender", ["12345", "INFOSMS", "", "whatsapp:+5215512345678", "+0123", "+1 500 555"])
async def test_a_machine_is_not_answered_and_its_message_is_deleted_at_twilio(
    hotline: Hotline, twilio: TwilioServer, engine: ScriptedEngine, sender: str
) -> None:
    status, _ = await twilio.brings(twilio.form("buy now", sender))
    assert status == 200
    await hotline.store.call("ZADD", "copies", 1, *(await hotline.store.call("ZRANGE", "copies", 0, -1)))
    await eventually(lambda: twilio.kept == {})
    assert (engine.asked, twilio.said) == ([], [])


async def test_the_country_of_the_phone_is_told_and_the_number_is_not(
    hotline: Hotline, twilio: TwilioServer, engine: ScriptedEngine
) -> None:
    await twilio.hears("please help me")
    await eventually(lambda: engine.asked)
    assert engine.asked[0].country == "MX"
    assert THEIR_NUMBER not in str(engine.asked[0])


async def test_files_are_dropped_unread(hotline: Hotline, twilio: TwilioServer, engine: ScriptedEngine) -> None:
    await twilio.brings(twilio.form("", NumMedia="1", MediaUrl0=f"{twilio.url}/a-picture"))
    await eventually(lambda: engine.asked)
    assert (engine.asked[0].kind, engine.asked[0].text) == ("picture", "")
    await due_now(hotline)
    await eventually(lambda: [name for name, _ in twilio.calls if name not in ("send", "delete")] == [])


async def due_now(hotline: Hotline) -> None:
    for name in await hotline.store.call("ZRANGE", "copies", 0, -1):
        await hotline.store.call("ZADD", "copies", 1, name)


@pytest.mark.long
async def test_copies_are_deleted_in_both_directions_once_they_have_arrived(
    hotline: Hotline, twilio: TwilioServer
) -> None:
    await twilio.hears("please help me")
    await eventually(lambda: twilio.said)
    await eventually(hotline.quiet)
    dues: Any = await hotline.store.redis.zrange("copies", 0, -1, withscores=True)
    assert max(score / 1000 - time.time() for _, score in dues) < 310
    assert (await twilio.tells(twilio.said[0]["id"], "delivered"))[0] == 200
    await eventually(lambda: twilio.said[0]["id"] not in twilio.kept)
    await eventually(lambda: twilio.kept == {})


async def one_copy_is_owed(hotline: Hotline) -> bool:
    return bool(await hotline.store.call("ZCARD", "copies_since:sms") == 1)


async def test_a_copy_that_is_still_on_its_way_is_deleted_later_and_counted_when_late(
    hotline: Hotline, twilio: TwilioServer
) -> None:
    await twilio.hears("please help me")
    await eventually(lambda: twilio.said)
    await eventually(hotline.quiet)
    twilio.moods = [refuses(409, code=20009, message="Cannot delete because resource is not complete")]
    await due_now(hotline)
    await eventually(lambda: twilio.moods == [])
    await eventually(lambda: one_copy_is_owed(hotline))
    # An hour passes.
    for name in await hotline.store.call("ZRANGE", "copies_since:sms", 0, -1):
        await hotline.store.call("ZADD", "copies_since:sms", 1, name)
    async with hotline.web.get(f"{hotline.url}/metrics", headers={"Authorization": bearer(Vault(MASTER))}) as answer:
        counted = [line for line in (await answer.text()).splitlines() if line.startswith("quietline_copies_older")]
    assert counted == ['quietline_copies_older_than_an_hour{channel="sms"} 1.0']
    await due_now(hotline)
    await eventually(lambda: twilio.kept == {})


async def test_a_receipt_of_a_message_that_we_died_before_noting_deletes_it(
    hotline: Hotline, twilio: TwilioServer
) -> None:
    sid = twilio.sid()
    twilio.kept[sid] = {"text": "said before the crash"}
    await twilio.tells(sid, "delivered")
    await eventually(lambda: twilio.kept == {})


@pytest.fixture
async def brittle(
    own_redis: OwnRedis, tmp_path: Path, engine: ScriptedEngine, telegram: TelegramServer, twilio: TwilioServer
) -> AsyncIterator[Hotline]:
    """A hotline with its doors on a Redis that a test may stop."""
    settings = Settings.from_env({"QUIETLINE_VAR": str(tmp_path / "var"), "REDIS_URL": own_redis.url})
    async with doors_open(settings, engine, telegram, twilio) as hotline:
        yield hotline


async def test_with_redis_gone_the_answer_itself_has_a_number_and_no_copy_is_forgotten(
    brittle: Hotline, own_redis: OwnRedis, twilio: TwilioServer, telegram: TelegramServer
) -> None:
    own_redis.stop()
    status, body = await twilio.brings(twilio.form("ayuda por favor, no me pagan"))
    assert status == 200
    assert "<Message action=" in body and "112" in body and "/sms/status" in body
    # Telegram brings it again until it is kept.
    assert (await telegram.knocks(*telegram.knock("please help me")))[0] == 503
    own_redis.start()
    await twilio.hears("please help me")
    await eventually(lambda: twilio.texts == ["please help me"])
    await due_now(brittle)
    await eventually(lambda: not [m for m in twilio.kept.values() if "ayuda" in m["text"]])


async def test_a_redis_that_is_gone_for_a_moment_while_we_send_makes_nothing_come_twice(
    brittle: Hotline, own_redis: OwnRedis, twilio: TwilioServer
) -> None:
    def goes() -> web.Response:
        sid = twilio.sid()
        twilio.said.append({"to": THEIR_NUMBER, "text": "sent once", "id": sid})
        twilio.kept[sid] = {"text": "sent once"}
        own_redis.stop()
        return web.json_response({"sid": sid, "status": "queued", "account_sid": ACCOUNT}, status=201)

    brittle.store._lease = 15_000  # as in earnest, it outlasts a Redis that is gone for a moment
    twilio.moods = [goes]
    await twilio.hears("please help me")
    await eventually(lambda: len(twilio.said) == 1)
    own_redis.start()
    await twilio.hears("and then")
    await eventually(lambda: "and then" in twilio.texts)
    assert twilio.texts == ["sent once", "and then"]
    await due_now(brittle)
    await eventually(lambda: twilio.said[0]["id"] not in twilio.kept)


async def test_when_too_many_wait_it_is_to_be_brought_again_but_a_cry_is_taken(
    hotline: Hotline, twilio: TwilioServer, engine: ScriptedEngine
) -> None:
    engine.holds("message 0")
    for number in range(100):
        assert (await twilio.brings(twilio.form(f"message {number}")))[0] == 200
    assert (await twilio.brings(twilio.form("message 100")))[0] == 503
    assert (await twilio.brings(twilio.form("he has a knife")))[0] == 200
    assert (await twilio.brings(twilio.form("STOP")))[0] == 200


@pytest.mark.long
async def test_what_is_written_after_the_word_that_ends_a_talk_opens_a_new_one(
    hotline: Hotline, twilio: TwilioServer, engine: ScriptedEngine
) -> None:
    held = engine.holds("my boss has my passport")
    await twilio.hears("my boss has my passport")
    await eventually(lambda: engine.asked)
    for text in ("bye", "STOP", "he is back with a knife"):
        await twilio.hears(text)
    engine.away = True
    held.set()
    await eventually(lambda: "OK. No more messages from this number." in twilio.texts)
    engine.away = False
    await eventually(lambda: "he is back with a knife" in twilio.texts)
    assert [name for name in await hotline.keys() if name.startswith("stopped:")]


async def test_curly_quotes_are_sent_plainly_where_that_saves_a_part(
    hotline: Hotline, twilio: TwilioServer, engine: ScriptedEngine
) -> None:
    engine.answers("please help me", echo("“You can write” – when it’s safe… " * 4))
    await twilio.hears("please help me")
    await eventually(lambda: twilio.said)
    assert twilio.texts[0].startswith('"You can write" - when it\'s safe...')
    assert parts(twilio.texts[0]) == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"twilio_token": ""}, "belong together"),
        ({"public_url": ""}, "belong together"),
        ({"twilio_sender": "5005550006"}, "TWILIO_SENDER"),
    ],
)
def test_settings_that_do_not_fit_together_stop_the_start(
    settings: Settings, changed: dict[str, Any], words: str
) -> None:
    whole: dict[str, Any] = {
        "twilio_account": ACCOUNT,
        "twilio_token": AUTH,
        "twilio_sender": OUR_NUMBER,
        "public_url": "https://x",
    }
    assert replace(settings, **whole).checked()
    with pytest.raises(BadSetting, match=words):
        replace(settings, **{**whole, **changed}).checked()
