"""Telegram: webhook or long polling in, the Bot API out.

A bot chat lies in Telegram's cloud and in the person's chat list. So nothing rings, nothing beside the talk names
a topic, and both sides' messages are deleted when the talk is (only within 48 hours can a bot do that).
"""

import asyncio
import hmac
import json
import os
from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import timedelta
from typing import Any, TypeVar

import telegram
from aiolimiter import AsyncLimiter
from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot import logs
from bot.copies import Copy
from bot.geography import nearest_city
from bot.message import Hints, Message
from bot.outbox import Outgoing
from bot.text_messages import within
from channels.adapter import Abilities, Answer, BadPayload, DeliveryError, Event, Gone, NotGenuine, Outcome, Payload

_T = TypeVar("_T")
KEEP = 24 * 3_600  # seconds that Telegram may keep both sides' messages; after 48 hours it deletes nothing for us
LONGEST = 4_096  # letters of one message
UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
COMMANDS = ("start", "menu", "language", "human", "bye")
_SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105
_PER_SECOND = 29  # messages to all chats; the Bot API allows 30
_PAUSE = 1_000  # milliseconds between two messages to one chat
# What a message can be besides text, by the name of its field.
_KINDS = {
    "photo": "picture", "animation": "picture", "sticker": "sticker", "voice": "voice", "audio": "voice",
    "video_note": "video", "video": "video", "document": "file", "contact": "contact", "location": "location",
    "venue": "location", "poll": "file", "dice": "sticker", "story": "picture",
}  # fmt: skip
_GONE_ALREADY = ("message to delete not found", "message_id_invalid")


class Telegram:
    """The door at Telegram."""

    name = "telegram"
    abilities = Abilities(buttons=True, pause=_PAUSE)
    paths: tuple[str, ...] = ("/telegram",)

    def __init__(
        self,
        token: str,
        secret: str,
        api_url: str,
        public_url: str,
        texts: Callable[[str], Mapping[str, str]],  # phrase -> its text by locale
    ) -> None:
        os.environ["PTB_TIMEDELTA"] = "true"  # the library warns of its older way with every refusal
        request = HTTPXRequest(connection_pool_size=32, read_timeout=10, pool_timeout=5)
        updates = HTTPXRequest(connection_pool_size=1, read_timeout=40)
        base = f"{api_url}/bot"
        self.bot = telegram.Bot(token, base_url=base, request=request, get_updates_request=updates)
        self._requests = (request, updates)
        self._secret, self._public_url, self._texts = secret, public_url, texts
        self._limiter = AsyncLimiter(_PER_SECOND, 1)
        self._asides: set[asyncio.Task[None]] = set()

    def verify(self, payload: Payload) -> None:
        """Compare the secret that only Telegram and we know, in constant time."""
        given = payload.headers.get(_SECRET, "")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), self._secret.encode()):
            raise NotGenuine

    def parse(self, payload: Payload) -> Sequence[Event]:
        """Read one update as the webhook brings it."""
        try:
            plain = json.loads(payload.body)
            update = telegram.Update.de_json(plain, self.bot)
        except (ValueError, TypeError, KeyError, AttributeError):
            raise BadPayload("json") from None
        return self.events(update)

    def events(self, update: telegram.Update) -> list[Event]:
        """Give what an update tells. We talk with people alone: a group would show everybody what one of them writes."""
        chat = update.effective_chat
        if chat is None:
            return []
        if chat.type != "private":
            if update.my_chat_member and update.my_chat_member.new_chat_member.status in ("member", "administrator"):
                self._aside(self.bot.leave_chat(chat.id))
            return []
        if update.my_chat_member:
            left = update.my_chat_member.new_chat_member.status in ("kicked", "left")
            return [Gone(str(chat.id))] if left else []
        if update.callback_query:
            return self._pressed(update.callback_query, update.update_id, chat.id)
        if update.effective_message:
            return [self._message(update, update.effective_message, chat.id)]
        return []

    def answer(self, outcome: Outcome, payload: Payload) -> Answer:
        """Telegram repeats an update until it gets a 200: what was not kept must come again."""
        return Answer(200 if outcome == "kept" else 503)

    async def send(self, address: str, outgoing: Outgoing) -> list[Copy]:
        """Send one reply; one that is too long in several messages, the choices under the last."""
        texts = within(outgoing.text, LONGEST)
        copies = []
        for number, text in enumerate(texts, 1):
            keyboard = _keyboard(outgoing.choices) if number == len(texts) else None
            async with self._limiter:
                sent = await _told(
                    self.bot.send_message(
                        int(address),
                        text,
                        reply_markup=keyboard,
                        disable_notification=True,  # a phone that rings is looked at
                        link_preview_options=telegram.LinkPreviewOptions(is_disabled=True),
                    )
                )
            copies.append(_copy(int(address), sent.message_id))
        return copies

    async def delete(self, copy: Copy) -> None:
        """Delete one message of either side."""
        chat, _, message = copy.id.partition(":")
        async with self._limiter:
            try:
                await _told(self.bot.delete_message(int(chat), int(message)))
            except DeliveryError as error:
                if error.reason != "gone_already":
                    raise

    async def start(self) -> None:
        """Tell Telegram where updates go, and what stands beside the talk in each language."""
        for request in self._requests:
            await request.initialize()
        if self._public_url:
            await self.bot.set_webhook(
                f"{self._public_url}{self.paths[0]}", secret_token=self._secret, allowed_updates=UPDATES
            )
        else:
            await self.bot.delete_webhook()
        about = self._texts("command_about")
        for locale, text in about.items():
            language = None if locale == "en" else locale.partition("-")[0]
            commands = [BotCommand(name, self._texts(f"command_{name}")[locale]) for name in COMMANDS]
            await self.bot.set_my_commands(commands, language_code=language)
            await self.bot.set_my_description(text, language_code=language)
            await self.bot.set_my_short_description(text, language_code=language)

    async def stop(self) -> None:
        """Let connections go."""
        for task in tuple(self._asides):
            task.cancel()
        for request in self._requests:
            await request.shutdown()

    async def updates(self, after: int | None) -> tuple[telegram.Update, ...]:
        """Ask for updates, where no webhook can reach us; waits up to 25 seconds for one."""
        return await _told(self.bot.get_updates(offset=after, timeout=25, allowed_updates=UPDATES))

    def _message(self, update: telegram.Update, message: telegram.Message, chat: int) -> Message:
        text, kind = message.text or "", "text"
        if update.edited_message:
            text, kind = "", "edit"
        elif message.location:
            kind, text = "location", nearest_city(message.location.latitude, message.location.longitude)
        elif not text:
            kind = next((name for field, name in _KINDS.items() if getattr(message, field)), "file")
            text = message.caption or ""
            kind = "captioned" if text else kind
        elif command := _command(text):
            kind, text = command
        # An edit is the message that we have already, changed.
        copies = () if kind == "edit" else (_copy(chat, message.message_id),)
        return Message("telegram", str(chat), str(update.update_id), text, kind, _hints(message.from_user), copies)

    def _pressed(self, query: telegram.CallbackQuery, id_: int, chat: int) -> list[Event]:
        """Take a button for its words: an old one still means what stands on it, whatever was asked since."""
        self._aside(query.answer())
        rows = getattr(query.message, "reply_markup", None)
        pressed = [button for row in rows.inline_keyboard for button in row] if rows else []
        words = next((button.text for button in pressed if button.callback_data == query.data), query.data or "")
        text = words.partition(" / ")[0]  # where it stands in two languages, one of them says it
        if pressed:
            self._aside(query.edit_message_reply_markup(None))  # pressed once; nobody else can see what was offered
        return [Message("telegram", str(chat), str(id_), text, "text", _hints(query.from_user))]

    def _aside(self, call: Coroutine[Any, Any, Any]) -> None:
        """Do something that nothing depends on, beside the answer."""

        async def quietly() -> None:
            try:
                await _told(call)
            except DeliveryError as error:
                logs.event("aside_failed", 20, channel="telegram", reason=error.reason)

        task = asyncio.get_running_loop().create_task(quietly())
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)


async def _told(call: "Coroutine[Any, Any, _T]") -> _T:
    """Do a call of the Bot API; every way in which it fails becomes a word."""
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
        # A wrong token, two hotlines with one bot: the administrator can mend that, so nothing is given up yet.
        raise DeliveryError(type(error).__name__, permanent=False) from None


def _seconds(time: int | timedelta) -> float:
    return time.total_seconds() if isinstance(time, timedelta) else float(time)


def _command(text: str) -> tuple[str, str] | None:
    """Read a word of the menu. What a link put behind /start says who led somebody here, and is not looked at."""
    name = text.split(maxsplit=1)[0].partition("@")[0].lstrip("/").casefold() if text.startswith("/") else ""
    if name == "bye":
        return "text", "bye"  # a cover word, which works while the engine is away
    return ("command", name) if name in COMMANDS else None


def _keyboard(choices: list[dict[str, Any]]) -> InlineKeyboardMarkup | None:
    if not choices:
        return None
    rows = [[InlineKeyboardButton(choice["text"], callback_data=str(choice["number"]))] for choice in choices]
    return InlineKeyboardMarkup(rows)


def _copy(chat: int, message: int) -> Copy:
    return Copy("telegram", f"{chat}:{message}", KEEP)


def _hints(person: telegram.User | None) -> Hints:
    return Hints(telegram=person.language_code if person else None)
