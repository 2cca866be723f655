"""Stand-ins at the far end of the providers' APIs: Telegram's Bot API and Twilio's REST API, on loopback.

They speak the real protocols, keep what they are sent as the real ones do, and can be in a bad mood. They also
bring messages in: signed, and again until they are taken.
"""

import asyncio
import io
import itertools
import json
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from twilio.request_validator import RequestValidator

TOKEN = "123456:an-invented-token_of_a-bot"
SECRET = "an-invented-secret-of-a-webhook"
ACCOUNT, AUTH = "AC" + "0" * 32, "an invented auth token"
OUR_NUMBER, THEIR_NUMBER, CHAT = "+15005550006", "+5215512345678", 4711
OK = {"ok": True, "result": True}
Mood = Callable[[], web.Response]
Knock = tuple[str, bytes, dict[str, str]]  # path, body, headers


def refuses(status: int, **plain: Any) -> Mood:
    """A platform that answers the next request with this."""
    return lambda: web.json_response(plain, status=status, headers={"Retry-After": str(plain.get("wait", 1))})


@dataclass
class Platform(ABC):
    """A provider: its own web server, and the person behind it."""

    name: ClassVar[str]  # of our door
    moods: list[Mood] = field(default_factory=list)  # of the next requests that send or delete
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    kept: dict[str, dict[str, Any]] = field(default_factory=dict)  # messages of both sides, by the provider's id
    said: list[dict[str, Any]] = field(default_factory=list)  # what we sent, in order
    waiting: list[dict[str, Any]] = field(default_factory=list)  # updates that nobody has asked for yet
    gateway: str = ""  # where webhooks go
    url: str = ""
    _numbers: Any = field(default_factory=lambda: itertools.count(1))
    _tasks: set["asyncio.Task[None]"] = field(default_factory=set)

    @property
    def texts(self) -> list[str]:
        return [str(message["text"]) for message in self.said]

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Self]:
        app = web.Application()
        app.add_routes(self.routes())
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            async with aiohttp.ClientSession() as self.web:
                yield self
        finally:
            await runner.cleanup()

    @abstractmethod
    def routes(self) -> list[web.RouteDef]:
        """Return what the provider's server answers to."""

    @abstractmethod
    def knock(self, text: str) -> Knock:
        """A message of a person, as the provider brings it."""

    @abstractmethod
    def forged(self, text: str) -> Knock:
        """The same from somebody who does not know the secret."""

    @abstractmethod
    def garbage(self) -> list[Knock]:
        """Genuine by its secret, and nothing that the provider sends."""

    @abstractmethod
    def unknown(self) -> Knock:
        """Something that the provider may send and we do not understand."""

    async def knocks(self, path: str, body: bytes | io.BytesIO, headers: dict[str, str]) -> tuple[int, str]:
        """Bring a webhook once; give what it got."""
        async with self.web.post(f"{self.gateway}{path}", data=body, headers=headers) as answer:
            return answer.status, await answer.text()

    async def insists(self, path: str, body: bytes, headers: dict[str, str]) -> None:
        """Bring a webhook until it is taken."""
        while True:
            try:
                status, _ = await self.knocks(path, body, headers)
                if status == 200:
                    return
            except (aiohttp.ClientError, OSError):
                pass
            await asyncio.sleep(0.05)


class TelegramServer(Platform):
    """The Bot API, as far as we use it."""

    name = "telegram"
    secret = SECRET
    joins_groups = False
    not_brought = 0  # updates that wait for the webhook
    failed: tuple[int, str] | None = None  # when it was last tried in vain, and why

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/bot{token}/{method}", self._call)]

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if request.match_info["token"] != TOKEN:
            return web.json_response({"ok": False, "error_code": 401, "description": "Unauthorized"}, status=401)
        plain = {name: str(value) for name, value in [*request.query.items(), *(await request.post()).items()]}
        self.calls.append((method, plain))
        if self.moods and method in ("sendMessage", "deleteMessage", "getUpdates"):
            return self.moods.pop(0)()
        if method == "sendMessage":
            return web.json_response({"ok": True, "result": self._keep(plain)})
        if method == "deleteMessage":
            return self._delete(plain)
        if method == "getUpdates":
            return await self._updates(plain)
        asked = {"getMe": self._me, "getWebhookInfo": self._webhook}.get(method)
        return web.json_response({"ok": True, "result": asked()} if asked else OK)

    def _me(self) -> dict[str, Any]:
        me = {"id": 1, "is_bot": True, "first_name": "x", "username": "plain_bot"}
        return {**me, "can_join_groups": self.joins_groups}

    def _webhook(self) -> dict[str, Any]:
        set_up = [plain.get("url", "") for method, plain in self.calls if method in ("setWebhook", "deleteWebhook")]
        known = {"url": ["", *set_up][-1], "has_custom_certificate": False, "pending_update_count": self.not_brought}
        when, why = self.failed or (0, "")
        return {**known, **({"last_error_date": when, "last_error_message": why} if self.failed else {})}

    def _keep(self, plain: dict[str, str]) -> dict[str, Any]:
        id_, chat = next(self._numbers), int(plain["chat_id"])
        rows = json.loads(plain.get("reply_markup", "{}")).get("inline_keyboard", [])
        message = {"message_id": id_, "date": 0, "chat": {"id": chat, "type": "private"}, "text": plain["text"]}
        self.kept[f"{chat}:{id_}"] = message
        shown = [button["text"] for row in rows for button in row]
        silent = plain.get("disable_notification") == "true"
        self.said.append(
            {"to": chat, "text": plain["text"], "choices": shown, "rows": rows, "silent": silent, "id": id_}
        )
        return message

    def _delete(self, plain: dict[str, str]) -> web.Response:
        if self.kept.pop(f"{plain['chat_id']}:{plain['message_id']}", None) is None:
            gone = {"ok": False, "error_code": 400, "description": "Bad Request: message to delete not found"}
            return web.json_response(gone, status=400)
        return web.json_response(OK)

    async def _updates(self, plain: dict[str, str]) -> web.Response:
        self.waiting = [update for update in self.waiting if update["update_id"] >= int(plain.get("offset", 0))]
        if not self.waiting:
            await asyncio.sleep(0.05)
        return web.json_response({"ok": True, "result": self.waiting[:100]})

    def knock(self, text: str) -> Knock:
        return "/telegram", json.dumps(self.update(text=text)).encode(), self.headers()

    def forged(self, text: str) -> Knock:
        return "/telegram", json.dumps(self.update(text=text)).encode(), self.headers("somebody-else")

    def garbage(self) -> list[Knock]:
        bodies = (
            b"",
            b"{",
            b"[]",
            b'"x"',
            b'{"update_id": "x", "message": 5}',
            b"\xff\xfe",
            b'{"message": {"text": "x"}}',
            b"[" * 100_000,
        )
        return [("/telegram", body, self.headers()) for body in bodies]

    def unknown(self) -> Knock:
        return "/telegram", json.dumps({"update_id": 5, "a_new_thing": {"id": 1}}).encode(), self.headers()

    def update(self, chat: int = CHAT, language: str = "en", **message: Any) -> dict[str, Any]:
        """A message as Telegram tells of it."""
        number = next(self._numbers)
        person = {"id": chat, "is_bot": False, "first_name": "x", "language_code": language}
        whole = {"message_id": number, "date": 0, "chat": {"id": chat, "type": "private"}, "from": person, **message}
        self.kept[f"{chat}:{number}"] = whole
        return {"update_id": 1_000_000 + number, "message": whole}

    async def brings(self, update: dict[str, Any], secret: str | None = None) -> tuple[int, str]:
        """Bring an update once."""
        return await self.knocks("/telegram", json.dumps(update).encode(), self.headers(secret))

    async def hears(self, text: str, chat: int = CHAT, language: str = "en") -> None:
        """A person writes; Telegram brings it until it is taken."""
        update = self.update(chat, language, text=text)
        await self.insists("/telegram", json.dumps(update).encode(), self.headers())

    def headers(self, secret: str | None = None) -> dict[str, str]:
        given = self.secret if secret is None else secret
        return {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": given}

    async def presses(self, said: dict[str, Any], number: int, language: str = "en") -> tuple[int, str]:
        """The person presses a button of a message."""
        chat = said["to"]
        message = {"message_id": said["id"], "date": 0, "chat": {"id": chat, "type": "private"}, "text": said["text"]}
        message["reply_markup"] = {"inline_keyboard": said["rows"]}
        person = {"id": chat, "is_bot": False, "first_name": "x", "language_code": language}
        query = {"id": "1", "from": person, "chat_instance": "1", "data": str(number), "message": message}
        return await self.brings({"update_id": 1_000_000 + next(self._numbers), "callback_query": query})


class TwilioServer(Platform):
    """Twilio's messages, as far as we use them."""

    name = "sms"
    public_url = "https://chat.example"
    receipts = False  # bring news of each message by itself
    status = "active"  # of the account
    sends_to: tuple[str, ...] = ("US", "MX")  # its geo permissions
    sends_not_to: tuple[str, ...] = ("SO",)
    sms_url, sms_method = "https://chat.example/sms#rc=5&rp=all&ct=4000", "POST"  # where our number's messages go

    async def _receipt(self, sid: str) -> None:
        fields = {"MessageSid": sid, "AccountSid": ACCOUNT, "MessageStatus": "delivered", "ErrorCode": ""}
        await self.insists("/sms/status", *self.signed("/sms/status", fields))

    def routes(self) -> list[web.RouteDef]:
        account = f"/2010-04-01/Accounts/{ACCOUNT}"
        base = f"{account}/Messages"
        return [
            web.get(f"{account}.json", self._account),
            web.get("/v1/Messaging/GeoPermissions", self._geo_permissions),
            web.get(f"{account}/IncomingPhoneNumbers.json", self._numbers_of_account),
            web.post(f"{base}.json", self._send),
            web.delete(base + "/{sid}.json", self._delete),
            web.delete(base + "/{sid}/Media/{media}.json", self._delete),
        ]

    def _stranger(self, request: web.Request) -> web.Response | None:
        if request.headers.get("Authorization") == aiohttp.encode_basic_auth(ACCOUNT, AUTH):
            return None
        return web.json_response({"code": 20003, "message": "Authenticate", "status": 401}, status=401)

    async def _geo_permissions(self, request: web.Request) -> web.StreamResponse:
        if self.moods:
            return self.moods.pop(0)()
        both = [(code, True) for code in self.sends_to] + [(code, False) for code in self.sends_not_to]
        shown = [{"country_code": code, "type": "country", "enabled": enabled} for code, enabled in both]
        return self._stranger(request) or web.json_response({"permissions": shown})

    async def _account(self, request: web.Request) -> web.StreamResponse:
        return self._stranger(request) or web.json_response({"sid": ACCOUNT, "status": self.status})

    async def _numbers_of_account(self, request: web.Request) -> web.StreamResponse:
        ours = {"phone_number": OUR_NUMBER, "sms_url": self.sms_url, "sms_method": self.sms_method}
        found = [ours] if request.query.get("PhoneNumber") == OUR_NUMBER else []
        return self._stranger(request) or web.json_response({"incoming_phone_numbers": found, "next_page_uri": None})

    def sid(self, kind: str = "SM") -> str:
        return f"{kind}{next(self._numbers):032x}"

    async def _send(self, request: web.Request) -> web.StreamResponse:
        plain = {name: str(value) for name, value in (await request.post()).items()}
        self.calls.append(("send", plain))
        if refused := self._stranger(request):
            return refused
        if self.moods:
            return self.moods.pop(0)()
        sid = self.sid()
        message = {"to": plain["To"], "text": plain["Body"], "id": sid, "from": plain.get("From")}
        self.kept[sid] = message
        self.said.append(message)
        if self.receipts:
            task = asyncio.create_task(self._receipt(sid))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return web.json_response({"sid": sid, "status": "queued", "account_sid": ACCOUNT}, status=201)

    async def _delete(self, request: web.Request) -> web.StreamResponse:
        id_ = "/".join(request.match_info.values())
        self.calls.append(("delete", {"id": id_}))
        if self.moods:
            return self.moods.pop(0)()
        if self.kept.pop(id_, None) is None:
            return web.json_response({"code": 20404, "message": "not found", "status": 404}, status=404)
        return web.Response(status=204)

    def knock(self, text: str) -> Knock:
        return "/sms", *self.signed("/sms", self.form(text))

    def forged(self, text: str) -> Knock:
        return "/sms", *self.signed("/sms", self.form(text), "another token")

    def garbage(self) -> list[Knock]:
        forms: tuple[dict[str, str], ...] = (
            {},
            {"From": THEIR_NUMBER},
            {**self.form("x"), "MessageSid": "x"},
            {**self.form("x"), "AccountSid": "AC1"},
        )
        broken = ("/sms", b"\xff=%ff", {"X-Twilio-Signature": "x", "Content-Type": "application/x-www-form-urlencoded"})
        return [*(("/sms", *self.signed("/sms", form)) for form in forms), broken]

    def unknown(self) -> Knock:
        return "/sms/status", *self.signed("/sms/status", {**self.form("x"), "MessageStatus": "a new one"})

    def form(self, text: str, sender: str = THEIR_NUMBER, **more: str) -> dict[str, str]:
        """A text message as Twilio tells of it."""
        sid = self.sid()
        self.kept[sid] = {"text": text}
        fields = {"MessageSid": sid, "SmsSid": sid, "AccountSid": ACCOUNT, "From": sender, "To": OUR_NUMBER}
        return {**fields, "Body": text, "NumMedia": "0", "NumSegments": "1", "FromCountry": "MX", **more}

    def signed(self, path: str, fields: dict[str, str], key: str = AUTH) -> tuple[bytes, dict[str, str]]:
        """The body and the headers of a request with Twilio's signature."""
        signature = RequestValidator(key).compute_signature(f"{self.public_url}{path}", fields)
        form = "application/x-www-form-urlencoded"
        return urlencode(fields).encode(), {"X-Twilio-Signature": signature, "Content-Type": form}

    async def brings(self, fields: dict[str, str], path: str = "/sms", key: str = AUTH) -> tuple[int, str]:
        """Bring a webhook once."""
        return await self.knocks(path, *self.signed(path, fields, key))

    async def hears(self, text: str, sender: str = THEIR_NUMBER) -> None:
        """A person texts; Twilio brings it until it is taken (with the retries that docs/twilio.md asks for)."""
        await self.insists("/sms", *self.signed("/sms", self.form(text, sender)))

    async def tells(self, sid: str, status: str, code: str = "") -> tuple[int, str]:
        """News of a message of ours."""
        fields = {"MessageSid": sid, "AccountSid": ACCOUNT, "MessageStatus": status, "ErrorCode": code}
        return await self.brings(fields, "/sms/status")
