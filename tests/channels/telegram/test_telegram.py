"""Telegram: quiet, neutral, and gone when the talk is."""

import time
from collections.abc import AsyncIterator
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest

from bot.messaging.message import Choice, Reply
from bot.settings import Settings
from channels.telegram.adapter import Telegram
from channels.telegram.polling import Polling
from tests.channels.conftest import doors_open
from tests.hotline import Hotline, ScriptedEngine, eventually
from tests.platforms import CHAT, SECRET, TOKEN, TelegramServer, TwilioServer, refuses


async def due_in(hotline: Hotline) -> list[tuple[str, float]]:
    """Each duty to delete a copy, and in how many seconds it is due."""
    found: Any = await hotline.store.redis.zrange("copies", 0, -1, withscores=True)
    return [(name.decode(), score / 1000 - time.time()) for name, score in found]


def door_of(hotline: Hotline) -> Telegram:
    found = hotline.adapters["telegram"]
    assert isinstance(found, Telegram)
    return found


YES_NO = (Choice("choice_yes", "affirm"), Choice("choice_no", "deny"))


@pytest.fixture
async def hotline(hotline_with_doors: Hotline) -> AsyncIterator[Hotline]:
    yield hotline_with_doors


async def test_a_sign_that_somebody_writes_goes_to_the_chat(hotline: Hotline, telegram: TelegramServer) -> None:
    door_of(hotline).typing("7")
    signs = [("sendChatAction", {"chat_id": "7", "action": "typing"})]
    await eventually(lambda: [call for call in telegram.calls if call[0] == "sendChatAction"] == signs)


async def test_nothing_rings_and_no_link_is_shown(hotline: Hotline, telegram: TelegramServer) -> None:
    await telegram.hears("help me please")
    await eventually(lambda: telegram.said)
    assert telegram.said[0]["silent"]
    [sent] = [plain for method, plain in telegram.calls if method == "sendMessage"]
    assert "is_disabled" in sent["link_preview_options"]


async def test_the_webhook_is_set_with_the_secret_and_the_menu_is_neutral_in_every_language(
    hotline: Hotline, telegram: TelegramServer
) -> None:
    await door_of(hotline).introduce()
    [webhook] = [plain for name, plain in telegram.calls if name == "setWebhook"]
    assert (webhook["url"], webhook["secret_token"]) == ("https://chat.example/telegram", SECRET)
    menus = {plain.get("language_code"): plain["commands"] for name, plain in telegram.calls if name == "setMyCommands"}
    assert {None, "es", "zh", "tl", "ur"} <= menus.keys()
    assert not any(word in menus[None].lower() for word in ("traffick", "hotline", "police", "abuse"))


@pytest.mark.parametrize(
    ("text", "kind", "heard"),
    [
        ("/start", "command", "start"),
        ("/start src_poster-in-the-laundry", "command", "start"),
        ("/START@some_bot", "command", "start"),
        ("/menu", "command", "menu"),
        ("/human", "command", "human"),
        ("/language", "command", "language"),
        ("/restart", "text", "/restart"),
        ("/ what is this", "text", "/ what is this"),
    ],
)
async def test_words_of_the_menu_are_known_and_what_a_link_carries_is_not_looked_at(
    hotline: Hotline, telegram: TelegramServer, engine: ScriptedEngine, text: str, kind: str, heard: str
) -> None:
    await telegram.hears(text)
    await eventually(lambda: engine.asked)
    assert (engine.asked[0].kind, engine.asked[0].text) == (kind, heard)


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ({"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]}, "picture"),
        ({"voice": {"file_id": "f", "file_unique_id": "u", "duration": 1}}, "voice"),
        ({"sticker": {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1, "is_animated": False,
                      "is_video": False, "type": "regular"}}, "sticker"),
        ({"contact": {"phone_number": "+15005550006", "first_name": "x"}}, "contact"),
        ({"document": {"file_id": "f", "file_unique_id": "u"}}, "file"),
        ({"dice": {"emoji": "x", "value": 1}}, "sticker"),
    ],
)  # fmt: skip
async def test_what_is_no_text_is_dropped_unread(
    hotline: Hotline, telegram: TelegramServer, engine: ScriptedEngine, field: dict[str, Any], kind: str
) -> None:
    await telegram.brings(telegram.update(**field))
    await eventually(lambda: engine.asked)
    assert (engine.asked[0].kind, engine.asked[0].text) == (kind, "")
    assert not any(method.startswith(("getFile", "download")) for method, _ in telegram.calls)


@pytest.mark.long
async def test_words_beside_a_picture_are_heard_and_the_picture_is_said_to_be_dropped(
    hotline: Hotline, telegram: TelegramServer, engine: ScriptedEngine
) -> None:
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    await telegram.brings(telegram.update(photo=photo, caption="please help me"))
    await eventually(lambda: len(telegram.said) == 2)
    assert (engine.asked[0].text, telegram.texts[0]) == ("please help me", "please help me")
    assert "only read words" in telegram.texts[1]


async def test_a_place_is_rounded_to_a_city_before_it_is_kept(
    hotline: Hotline, telegram: TelegramServer, engine: ScriptedEngine
) -> None:
    await telegram.brings(telegram.update(location={"latitude": 48.858222, "longitude": 2.2945}))
    await eventually(lambda: engine.asked)
    assert engine.asked[0].kind == "location"
    assert engine.asked[0].text.endswith(", FR")
    assert engine.asked[0].place.isdecimal()
    stored = b"".join([str(await hotline.store.call("DUMP", name)).encode() for name in await hotline.keys()])
    assert b"48.85" not in stored


async def test_a_changed_message_is_not_read_and_that_is_said(
    hotline: Hotline, telegram: TelegramServer, engine: ScriptedEngine
) -> None:
    update = telegram.update(text="a new text")
    await telegram.brings({"update_id": 5, "edited_message": {**update["message"], "edit_date": 1}})
    await eventually(lambda: engine.asked)
    assert (engine.asked[0].kind, engine.asked[0].text) == ("edit", "")


async def test_a_button_says_what_stands_on_it_and_goes(
    hotline: Hotline, telegram: TelegramServer, engine: ScriptedEngine
) -> None:
    engine.answers("is it safe to write here", Reply("utter_opening", choices=YES_NO))
    await telegram.hears("is it safe to write here")
    await eventually(lambda: telegram.said)
    status, _ = await telegram.presses(telegram.said[0], 2)
    assert status == 200
    await eventually(lambda: engine.texts[-1] == "no")
    await eventually(lambda: {"answerCallbackQuery", "editMessageReplyMarkup"} <= {name for name, _ in telegram.calls})


async def test_a_group_is_left_without_a_word(
    hotline: Hotline, telegram: TelegramServer, engine: ScriptedEngine
) -> None:
    group = {"id": -100123, "type": "supergroup", "title": "x"}
    person = {"id": CHAT, "is_bot": False, "first_name": "x"}
    bot = {"id": 1, "is_bot": True, "first_name": "b"}
    change = {"chat": group, "from": person, "date": 0, "old_chat_member": {"user": bot, "status": "left"},
              "new_chat_member": {"user": bot, "status": "member"}}  # fmt: skip
    await telegram.brings({"update_id": 1, "my_chat_member": change})
    await telegram.brings({"update_id": 2, "message": {"message_id": 1, "date": 0, "chat": group, "text": "hi"}})
    await eventually(lambda: "leaveChat" in {name for name, _ in telegram.calls})
    assert (engine.texts, telegram.said) == ([], [])


async def test_who_blocks_the_bot_is_forgotten_and_both_sides_are_deleted(
    hotline: Hotline, telegram: TelegramServer
) -> None:
    await telegram.hears("help me please")
    await eventually(lambda: telegram.said)
    await eventually(hotline.quiet)
    private = {"id": CHAT, "type": "private"}
    bot = {"id": 1, "is_bot": True, "first_name": "b"}
    change = {"chat": private, "from": {"id": CHAT, "is_bot": False, "first_name": "x"}, "date": 0,
              "old_chat_member": {"user": bot, "status": "member"},
              "new_chat_member": {"user": bot, "status": "kicked", "until_date": 0}}  # fmt: skip
    assert (await telegram.brings({"update_id": 9, "my_chat_member": change}))[0] == 200
    assert [id_ async for id_ in hotline.store.conversations()] == []
    await eventually(lambda: telegram.kept == {})


async def test_bye_deletes_both_sides_at_once(hotline: Hotline, telegram: TelegramServer) -> None:
    await telegram.hears("my boss has my passport")
    await eventually(lambda: telegram.said)
    await eventually(hotline.quiet)
    await telegram.hears("bye")
    await eventually(lambda: len(telegram.said) == 2)
    # The one neutral line is all that is left, for a day.
    await eventually(lambda: [m["text"] for m in telegram.kept.values()] == [telegram.texts[-1]])


async def test_after_a_day_both_sides_are_deleted(hotline: Hotline, telegram: TelegramServer) -> None:
    await telegram.hears("my boss has my passport")
    await eventually(lambda: telegram.said)
    await eventually(hotline.quiet)
    assert len(telegram.kept) == 2
    for duty, due in await due_in(hotline):
        assert 23 * 3_600 < due < 25 * 3_600
        await hotline.store.call("ZADD", "copies", 1, duty)
    await eventually(lambda: telegram.kept == {})


async def test_what_the_person_deleted_already_is_no_error(hotline: Hotline, telegram: TelegramServer) -> None:
    await telegram.hears("help me please")
    await eventually(lambda: telegram.said)
    telegram.kept.clear()
    await telegram.hears("bye")
    await eventually(lambda: sum(name == "deleteMessage" for name, _ in telegram.calls) >= 3)

    async def only_the_farewell() -> bool:
        return int(await hotline.store.call("ZCARD", "copies")) == 1

    await eventually(only_the_farewell)


@pytest.mark.long
async def test_a_busy_telegram_is_asked_to_delete_again(hotline: Hotline, telegram: TelegramServer) -> None:
    await telegram.hears("help me please")
    await eventually(lambda: telegram.said)
    await eventually(hotline.quiet)
    await telegram.hears("0")
    await eventually(lambda: len(telegram.said) == 2)
    telegram.moods = [refuses(500, ok=False, error_code=500, description="x")]
    await eventually(lambda: [m["text"] for m in telegram.kept.values()] == [telegram.texts[-1]])


@pytest.mark.long
async def test_long_polling_takes_each_update_once_and_acknowledges_it(
    settings: Settings, engine: ScriptedEngine, telegram: TelegramServer, twilio: TwilioServer
) -> None:
    async with doors_open(settings, engine, telegram, twilio) as hotline:
        polling = Polling(door_of(hotline), hotline.webhooks)
        telegram.waiting = [telegram.update(text="one"), telegram.update(text="two")]
        assert await polling.poll()
        assert await polling.poll()
        assert telegram.waiting == []
        await eventually(lambda: telegram.texts == ["one", "two"])
        assert engine.texts == ["one", "two"]


async def test_without_a_public_address_the_webhook_is_taken_away(settings: Settings, telegram: TelegramServer) -> None:
    door = Telegram(TOKEN, SECRET, telegram.url, "", lambda phrase: {"en": phrase})
    await door.start()
    await door.stop()
    assert telegram.calls[0][0] == "deleteWebhook"


@pytest.mark.long
async def test_the_token_stands_in_no_log(hotline: Hotline, telegram: TelegramServer, log: StringIO) -> None:
    telegram.moods = [refuses(401, ok=False, error_code=401, description="Unauthorized")]
    await telegram.hears("help me please")
    await eventually(lambda: telegram.said)
    telegram.url = ""
    assert log.getvalue()
    assert TOKEN not in log.getvalue()
    assert SECRET not in log.getvalue()
    assert "help me please" not in log.getvalue()


def test_a_token_that_is_none_stops_the_start(settings: Settings) -> None:
    with pytest.raises(ValueError, match="TELEGRAM_TOKEN"):
        replace(settings, telegram_token="abc").checked()


async def test_somebody_who_reads_another_language_stays_in_it_after_pressing_a_button_in_two(
    hotline: Hotline, telegram: TelegramServer, engine: ScriptedEngine
) -> None:
    engine.answers("hi", Reply("utter_opening", choices=YES_NO))
    await telegram.hears("hi", language="es")
    await eventually(lambda: telegram.said)
    assert telegram.said[0]["choices"] == ["sí / yes", "no"]
    await telegram.presses(telegram.said[0], 1, language="es")
    await eventually(lambda: len(engine.asked) == 2)
    assert (engine.asked[1].kind, engine.asked[1].text) == ("choice", "sí")
    assert "es" in (engine.asked[1].locale, *engine.asked[1].unsure.split(","))


async def test_a_button_that_is_pressed_twice_counts_once(
    hotline: Hotline, telegram: TelegramServer, engine: ScriptedEngine
) -> None:
    engine.answers("is it safe to write here", Reply("utter_opening", choices=YES_NO))
    await telegram.hears("is it safe to write here")
    await eventually(lambda: telegram.said)
    await telegram.presses(telegram.said[0], 1)
    await telegram.presses(telegram.said[0], 1)
    await telegram.hears("and then")
    await eventually(lambda: engine.texts[-1] == "and then")
    assert engine.texts.count("yes") == 1


async def test_a_place_that_is_shared_all_the_time_and_a_timer_draw_no_answer(
    hotline: Hotline, telegram: TelegramServer, engine: ScriptedEngine
) -> None:
    live = telegram.update(location={"latitude": 48.85, "longitude": 2.29, "live_period": 600})["message"]
    for number in range(3):
        await telegram.brings({"update_id": number, "edited_message": {**live, "edit_date": 1}})
    timer = telegram.update(message_auto_delete_timer_changed={"message_auto_delete_time": 86_400})
    await telegram.brings(timer)
    await telegram.hears("please help me")
    await eventually(lambda: engine.asked)
    assert engine.texts == ["please help me"]


async def test_an_update_that_the_library_does_not_understand_holds_up_nobody(
    settings: Settings, engine: ScriptedEngine, telegram: TelegramServer, twilio: TwilioServer
) -> None:
    async with doors_open(settings, engine, telegram, twilio) as hotline:
        polling = Polling(door_of(hotline), hotline.webhooks)
        strange = {"update_id": 7, "message": {"message_id": "x", "chat": 5}}
        telegram.waiting = [strange, telegram.update(text="please help me")]
        assert await polling.poll()
        await eventually(lambda: telegram.texts == ["please help me"])
        status, _ = await telegram.brings(strange)
        assert status == 200


async def test_an_update_of_an_impossible_moment_or_language_holds_up_nobody(
    settings: Settings, engine: ScriptedEngine, telegram: TelegramServer, twilio: TwilioServer
) -> None:
    async with doors_open(settings, engine, telegram, twilio) as hotline:
        polling = Polling(door_of(hotline), hotline.webhooks)
        never = telegram.update(text="never", date=10**30)
        no_word = telegram.update(text="please help me", language=7)  # type: ignore[arg-type]
        telegram.waiting = [never, no_word]
        assert await polling.poll()
        await eventually(lambda: telegram.texts == ["please help me"])
        assert (await telegram.brings(never))[0] == 200


async def test_while_polling_somebody_who_floods_us_holds_up_nobody_else(
    settings: Settings, engine: ScriptedEngine, telegram: TelegramServer, twilio: TwilioServer
) -> None:
    async with doors_open(settings, engine, telegram, twilio) as hotline:
        engine.holds("flood 0")
        polling = Polling(door_of(hotline), hotline.webhooks)
        flood = [telegram.update(1, text=f"flood {number}") for number in range(101)]
        telegram.waiting = [*flood[:99]]
        assert await polling.poll()
        telegram.waiting = [*flood[99:], telegram.update(2, text="please help me")]
        assert not await polling.poll()
        await eventually(lambda: telegram.texts == ["please help me"])
        assert [update["message"]["text"] for update in telegram.waiting] == ["flood 99", "flood 100", "please help me"]


@pytest.mark.long
async def test_the_answer_to_a_crisis_goes_before_replies_that_wait(
    hotline: Hotline, telegram: TelegramServer, engine: ScriptedEngine
) -> None:
    engine.answers("he has a knife", Reply("utter_echo", {"text": "call 112"}, always=True), crisis=True)
    for number in range(8):
        await telegram.hears(f"message {number}")
    await telegram.hears("he has a knife")
    await eventually(lambda: "he has a knife" in engine.texts)
    gone = len(telegram.texts)  # one message a second: on a busy machine some have gone before it is heard
    await eventually(lambda: len(telegram.texts) == 9)
    assert telegram.texts.index("call 112") <= gone + 2
    assert [text for text in telegram.texts if text != "call 112"] == [f"message {number}" for number in range(8)]


async def test_a_service_message_is_not_answered_and_is_deleted(
    hotline_with_doors: Hotline, telegram: TelegramServer, engine: ScriptedEngine
) -> None:
    update = telegram.update(message_auto_delete_timer_changed={"message_auto_delete_time": 86_400})
    assert (await telegram.brings(update))[0] == 200
    for name in await hotline_with_doors.store.call("ZRANGE", "copies", 0, -1):
        await hotline_with_doors.store.call("ZADD", "copies", 1, name)
    await eventually(lambda: telegram.kept == {})
    assert (engine.texts, telegram.said) == ([], [])
