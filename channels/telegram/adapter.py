"""Telegram: webhook or long polling in, the Bot API out.

A bot chat is stored in Telegram's cloud and shows up in the person's chat list. So messages arrive silently, nothing
around the conversation names a topic, and both sides' messages are deleted along with the conversation (a bot can
delete them only within 48 hours).
"""

import asyncio
import hmac
import json
import os
from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlencode

import telegram
from aiolimiter import AsyncLimiter
from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext.filters import StatusUpdate
from telegram.request import HTTPXRequest

from bot import logs
from bot.messaging.message import Hints, Message
from bot.messaging.outbox import Outgoing
from bot.messaging.provider_copies import Copy
from bot.understanding.geography import nearest_city
from channels import metrics
from channels.contract import (
    Abilities,
    BadPayload,
    DeliveryError,
    Event,
    IntakeOutcome,
    NotGenuine,
    NotTaken,
    Payload,
    PersonGone,
    WebhookAnswer,
)

_T = TypeVar("_T")
KEEP = 24 * 3_600  # seconds that Telegram may keep both sides' messages; after 48 hours a bot can no longer delete them
UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
COMMANDS = ("start", "menu", "language", "human", "bye")
_SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105
_PER_SECOND = 29  # messages across all chats; the Bot API allows 30
_PAUSE = 1_000  # milliseconds between two messages to one chat
# Kinds of message besides text, by the name of the field.
_KINDS = {
    "photo": "picture", "animation": "picture", "sticker": "sticker", "voice": "voice", "audio": "voice",
    "video_note": "video", "video": "video", "document": "file", "contact": "contact", "location": "location",
    "venue": "location", "poll": "file", "dice": "sticker", "story": "picture",
}  # fmt: skip
_GONE_ALREADY = ("message to delete not found", "message_id_invalid")


class Telegram:
    """The Telegram adapter."""

    name = "telegram"
    abilities = Abilities(buttons=True, pause=_PAUSE, longest=4_096)
    paths: tuple[str, ...] = ("/telegram",)

    def __init__(
        self,
        token: str,
        secret: str,
        api_url: str,
        public_url: str,
        texts: Callable[[str], Mapping[str, str]],  # phrase -> its text by locale
    ) -> None:
        os.environ["PTB_TIMEDELTA"] = "true"  # without it, the library logs a deprecation warning on every RetryAfter
        request = HTTPXRequest(connection_pool_size=32, read_timeout=10, pool_timeout=5)
        self.bot = telegram.Bot(token, base_url=f"{api_url}/bot", request=request)
        self._request = request
        self._secret, self._public_url, self._texts = secret, public_url, texts
        self._limiter = AsyncLimiter(_PER_SECOND, 1)
        self._asides: set[asyncio.Task[None]] = set()

    def verify(self, payload: Payload) -> None:
        """Compare the secret shared with Telegram, in constant time."""
        given = payload.headers.get(_SECRET, "")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), self._secret.encode()):
            raise NotGenuine

    def parse(self, payload: Payload) -> Sequence[Event]:
        """Parse one update from the webhook."""
        try:
            plain = json.loads(payload.body)
        except (ValueError, RecursionError):
            raise BadPayload("json") from None
        return self.events(plain)

    def events(self, plain: Any) -> list[Event]:
        """Return the events in an update; none if it cannot be parsed, since a refused update would be repeated all day."""
        try:
            return self._events(telegram.Update.de_json(plain, self.bot))
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError, OSError):  # the last two: dates
            metrics.refused.labels("update").inc()
            return []

    def _events(self, update: telegram.Update) -> list[Event]:
        # Private chats only: in a group, everyone would see what one person writes.
        chat, change = update.effective_chat, update.my_chat_member
        if chat is None:
            return []
        if chat.type != "private":
            if change and change.new_chat_member.status in ("member", "administrator"):
                self._aside(self.bot.leave_chat(chat.id))
            return []
        if change:
            left = change.new_chat_member.status in ("kicked", "left")
            return [PersonGone(str(chat.id), f"{update.update_id}")] if left else []
        return self._said(update, chat.id)

    def _said(self, update: telegram.Update, chat: int) -> list[Event]:
        if update.callback_query:
            return self._pressed(update.callback_query, chat)
        if update.edited_message:
            return _edited(update.edited_message, chat)
        if update.message and StatusUpdate.ALL.check_update(update):
            # A service message (timer set, message pinned): no one said anything.
            return [NotTaken("service", (_copy(chat, update.message.message_id),))]
        return [_message(update.message, f"{update.update_id}")] if update.message else []

    def answer(self, outcome: IntakeOutcome, payload: Payload) -> WebhookAnswer:
        """Return 200 only if the update was stored: Telegram repeats it until it gets a 200."""
        return WebhookAnswer(200 if outcome == "kept" else 503)

    async def send(self, address: str, outgoing: Outgoing) -> list[Copy]:
        """Send one message."""
        async with self._limiter:
            sent = await _told(
                self.bot.send_message(
                    int(address),
                    outgoing.text,
                    reply_markup=_keyboard(outgoing.choices),
                    disable_notification=True,  # a phone that rings draws attention
                    link_preview_options=telegram.LinkPreviewOptions(is_disabled=True),
                )
            )
        return [_copy(int(address), sent.message_id)]

    def typing(self, address: str) -> None:
        """Show a typing indicator. It leaves no message behind and makes no sound."""
        if self._limiter.has_capacity(_PER_SECOND / 2):  # messages take precedence over indicators
            self._aside(self.bot.send_chat_action(int(address), "typing"))

    async def delete(self, copy: Copy) -> None:
        """Delete one message from either side."""
        chat, _, message = copy.id.partition(":")
        async with self._limiter:
            try:
                await _told(self.bot.delete_message(int(chat), int(message)))
            except DeliveryError as error:
                if error.reason != "gone_already":
                    raise

    async def start(self) -> None:
        """Tell Telegram where to send updates."""
        await self._request.initialize()
        if self._public_url:
            await self.bot.set_webhook(
                f"{self._public_url}{self.paths[0]}", secret_token=self._secret, allowed_updates=UPDATES
            )
        else:
            await self.bot.delete_webhook()

    async def introduce(self) -> None:
        """Set the bot's menu and description in each language."""
        about = self._texts("command_about")
        for locale, text in about.items():
            language = None if locale == "en" else locale.partition("-")[0]
            commands = [BotCommand(name, self._texts(f"command_{name}")[locale]) for name in COMMANDS]
            await self.bot.set_my_commands(commands, language_code=language)
            await self.bot.set_my_description(text, language_code=language)
            await self.bot.set_my_short_description(text, language_code=language)

    async def stop(self) -> None:
        """Close the connections."""
        asides = tuple(self._asides)
        for task in asides:
            task.cancel()
        # If the pool shut down while a call is still being cancelled, that call's connection would leak.
        await asyncio.gather(*asides, return_exceptions=True)
        await self._request.shutdown()

    async def updates(self, after: int) -> list[dict[str, Any]]:
        """Long-poll for updates, for up to 25 seconds, where no webhook can reach us.

        The updates are returned as raw JSON: the library would fail on the whole batch if it could not parse one.
        """
        asked = urlencode({"offset": after, "timeout": 25, "allowed_updates": json.dumps(UPDATES)})
        found: Any = await _told(self._request.post(f"{self.bot.base_url}/getUpdates?{asked}", read_timeout=40))
        return [update for update in found if isinstance(update, dict) and isinstance(update.get("update_id"), int)]

    def _pressed(self, query: telegram.CallbackQuery, chat: int) -> list[Event]:
        """Read a button press as the button's label: an old button still means what it says, whatever was asked since."""
        self._aside(query.answer())
        message = query.message
        rows = getattr(message, "reply_markup", None)
        pressed = [button for row in rows.inline_keyboard for button in row] if rows else []
        words = next((button.text for button in pressed if button.callback_data == query.data), None)
        if message is None or words is None:
            return []  # too old for Telegram to include the buttons
        # Pressed once is enough, and no one else should see what was offered.
        self._aside(query.edit_message_reply_markup(None))
        text = words.partition(" / ")[0]  # a label in two languages; the first is enough
        # A trembling finger presses twice; the second press must not answer the next question.
        id_ = f"press {chat}:{message.message_id}:{query.data}"
        return [Message("telegram", str(chat), id_, text, "choice", _hints(query.from_user))]

    def _aside(self, call: Coroutine[Any, Any, Any]) -> None:
        """Run a call in the background that nothing depends on."""

        async def quietly() -> None:
            try:
                await _told(call)
            except DeliveryError as error:
                logs.event("aside_failed", 20, channel="telegram", reason=error.reason)

        task = asyncio.get_running_loop().create_task(quietly())
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)


def _message(message: telegram.Message, id_: str) -> Message:
    text, kind = message.text or "", "text"
    city = nearest_city(message.location.latitude, message.location.longitude) if message.location else None
    if city:
        kind, text = "location", city.name
    elif not text:
        kind = next((name for field, name in _KINDS.items() if getattr(message, field)), "file")
        text = message.caption or ""
        kind = "captioned" if text else kind
    elif command := _command(text):
        kind, text = command
    copies = (_copy(message.chat.id, message.message_id),)
    return Message(
        "telegram", str(message.chat.id), id_, text, kind, _hints(message.from_user), copies, city.id if city else None
    )


def _edited(message: telegram.Message, chat: int) -> list[Event]:
    """Turn the edit of a message into an event, so that we say once that edits are not read; live locations change all the time."""
    if message.location:
        return []
    hints = _hints(message.from_user)
    return [Message("telegram", str(chat), f"edit {chat}:{message.message_id}", "", "edit", hints)]


async def _told(call: "Coroutine[Any, Any, _T]") -> _T:
    """Await a Bot API call; turn every failure into a DeliveryError with a fixed word."""
    try:
        return await call
    except RetryAfter as error:
        raise DeliveryError("too_fast", False, _seconds(error.retry_after)) from None
    except (Forbidden, ChatMigrated) as error:
        raise DeliveryError("blocked" if isinstance(error, Forbidden) else "migrated", permanent=True) from None
    except BadRequest as error:
        gone = any(words in error.message.lower() for words in _GONE_ALREADY)
        raise DeliveryError("gone_already" if gone else "refused", permanent=True) from None
    except NetworkError:
        raise DeliveryError("network", permanent=False) from None
    except TelegramError as error:
        # A wrong token or two hotlines sharing one bot: the administrator can fix that, so keep retrying.
        raise DeliveryError(type(error).__name__, permanent=False) from None


def _seconds(time: int | timedelta) -> float:
    return time.total_seconds() if isinstance(time, timedelta) else float(time)


def _command(text: str) -> tuple[str, str] | None:
    """Parse a menu command. The parameter of a /start link says who sent the person here, so it is ignored."""
    name = text.split(maxsplit=1)[0].partition("@")[0].lstrip("/").casefold() if text.startswith("/") else ""
    if name == "bye":
        return "text", "bye"  # a cover word, which works while the engine is down
    return ("command", name) if name in COMMANDS else None


def _keyboard(choices: list[dict[str, Any]]) -> InlineKeyboardMarkup | None:
    if not choices:
        return None
    rows = [[InlineKeyboardButton(choice["text"], callback_data=str(choice["number"]))] for choice in choices]
    return InlineKeyboardMarkup(rows)


def _copy(chat: int, message: int) -> Copy:
    return Copy("telegram", f"{chat}:{message}", KEEP)


def _hints(person: telegram.User | None) -> Hints:
    code = person.language_code if person else None
    return Hints(telegram=code if isinstance(code, str) else None)
