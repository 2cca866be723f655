"""SMS through Twilio: signed webhooks in, the REST API out, and no copy left at Twilio.

Twilio's own handling of STOP must be switched off (docs/twilio.md). We answer these words ourselves, so that no
automatic text names a service on a watched phone, and no one who writes "end" to leave a menu is cut off.
"""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs
from xml.sax.saxutils import escape, quoteattr

import aiohttp
import regex
from multidict import MultiDict
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http import AsyncHttpClient
from twilio.http.response import Response
from twilio.request_validator import RequestValidator, get_signature_algorithm
from twilio.rest import Client

from bot.messaging.message import Hints, Message
from bot.messaging.outbox import Outgoing
from bot.messaging.provider_copies import Copy
from bot.messaging.text_budget import TextBudget, TextPurpose
from bot.phrases.reply_kinds import kind_of
from bot.text.text_messages import parts, sparing
from channels import metrics
from channels.contract import (
    Abilities,
    BadPayload,
    DeliveryError,
    Event,
    HeldBack,
    IntakeOutcome,
    NotGenuine,
    NotTaken,
    Payload,
    Receipt,
    WebhookAnswer,
)
from channels.sms.away_answers import AwayAnswers
from channels.sms.texted_countries import may_be_texted, region_of

_API = "https://api.twilio.com"
_HOSTS = regex.compile(r"https://[a-z]+\.twilio\.com(?=/)")  # Twilio has a host for each family of calls
_TIMEOUT = aiohttp.ClientTimeout(total=15)
_KEPT_IN, _KEPT_OUT = 5, 300  # seconds until copies are due: incoming at once, outgoing once a receipt should be in
_PHONE = regex.compile(r"\+[1-9][0-9]{6,14}")
_SID = regex.compile(r"[A-Z]{2}[0-9a-f]{32}")
# The Retry-After seconds of this task's last refusal: Twilio's exceptions do not carry them.
_wait: ContextVar[float] = ContextVar("wait", default=0.0)
# Carrier keywords, as a whole message. STOP and its kin are quick words on every channel (data/words/any.yml).
_CARRIER_WORDS = {"help": "help", "info": "help", "aide": "help", "ayuda": "help", "start": "start", "unstop": "start"}
_ARRIVED = frozenset({"delivered", "read"})
_FAILED = frozenset({"failed", "undelivered"})
# Kinds of phrases in whose place nothing is said: somebody else may read along, or the conversation is over.
_SILENT = frozenset({"neutral", "rest"})
_POSSIBLE = "utter_unclear_"  # a crisis that is only possible
# https://www.twilio.com/docs/api/errors: errors that no retry fixes.
_OPTED_OUT = 21610
_NOTHING_THERE = frozenset({21211, 21214, 21217, 21408, 21612, 21614, 30003, 30004, 30005, 30006})
_AGAIN = frozenset({20429, 30001, 30008, 30022})


@dataclass(frozen=True)
class TwilioAccount:
    """Our account at Twilio."""

    account: str  # its SID
    token: str = field(repr=False)
    sender: str  # a phone number or the SID of a messaging service
    api_url: str


class Sms:
    """The SMS adapter."""

    name = "sms"
    abilities = Abilities()
    paths: tuple[str, ...] = ("/sms", "/sms/status")

    def __init__(
        self,
        twilio: TwilioAccount,
        public_url: str,
        countries: Collection[str],  # whose numbers are answered
        budget: TextBudget,
        sorry: Callable[[str, Hints], str],  # the text to answer with where a message gets no other answer
    ) -> None:
        self._twilio, self._public_url, self._countries = twilio, public_url, countries
        self._budget, self._sorry, self._away = budget, sorry, AwayAnswers()
        self._validator = RequestValidator(twilio.token)
        self._client: Client
        self._http: TwilioHttp

    def verify(self, payload: Payload) -> None:
        """Check Twilio's signature over our public URL and every field."""
        algorithm = get_signature_algorithm(payload.headers.get("x-twilio-webhooks-signature-settings", ""))
        signature = payload.headers.get("x-twilio-signature", "")
        if not signature.isascii() or not self._validator.validate(payload.url, _fields(payload), signature, algorithm):
            raise NotGenuine

    def parse(self, payload: Payload) -> Sequence[Event]:
        """Parse a text message, or a delivery report on one of ours."""
        fields = _fields(payload)
        sid = fields.get("MessageSid", "")
        if not _SID.fullmatch(sid) or fields.get("AccountSid") != self._twilio.account:
            raise BadPayload("sid")
        if payload.path == self.paths[1]:
            return _receipts(fields, sid)
        copy = Copy("sms", sid, _KEPT_IN)
        address = fields.get("From", "")
        if not _PHONE.fullmatch(address):
            # A short code or a sender name: a machine, which would chat with ours forever.
            return [NotTaken("machine", (copy,))]
        message = _message(fields, sid, copy)
        if not may_be_texted(address, self._countries):
            return [NotTaken("country", (copy,), message)]
        return [message]

    def answer(self, outcome: IntakeOutcome, payload: Payload) -> WebhookAnswer:
        """Return empty TwiML, since replies go out through the REST API; if nothing can be stored, say so with a number to call.

        When the inbox is full, a 503 makes Twilio retry (docs/twilio.md). The same goes for delivery reports.
        """
        if outcome == "kept":
            return _twiml("")
        if outcome == "full" or payload.path != self.paths[0]:
            return WebhookAnswer(503)
        fields = _fields(payload)
        address = fields.get("From", "")
        if not (_PHONE.fullmatch(address) and may_be_texted(address, self._countries)):
            return _twiml("")
        if not self._away.may_answer(address):
            return WebhookAnswer(503)
        text = self._sorry(fields.get("Body", "")[:200], Hints(country=region_of(address)))
        # `action` has Twilio report on this message, so that we can delete it.
        status = quoteattr(f"{self._public_url}{self.paths[1]}")
        return _twiml(f"<Message action={status}>{escape(sparing(text))}</Message>")

    async def send(self, address: str, outgoing: Outgoing) -> list[Copy]:
        """Send one text message."""
        if not may_be_texted(address, self._countries):
            raise DeliveryError("country", permanent=True)  # of a conversation from before the list was shortened
        text = sparing(outgoing.text)
        count, excused = parts(text), kind_of(outgoing.say) not in _SILENT
        payment = await self._budget.pay(address, count, _purpose(outgoing), excused=excused)
        metrics.text_parts.labels(payment.paid or "held_back").inc(count)
        if not payment.paid:
            raise HeldBack(f"budget_{payment.why}", await self._excuse(address, text) if payment.excuse else ())
        try:
            return await self._post(address, text)
        except DeliveryError:
            await self._budget.give_back(address, count, payment)
            raise

    async def _excuse(self, address: str, text: str) -> list[Copy]:
        """Send a line with a number to call in place of a text that is held back, in the same language."""
        try:
            return await self._post(address, sparing(self._sorry(text, Hints(country=region_of(address)))))
        except DeliveryError:
            return []

    async def _post(self, address: str, text: str) -> list[Copy]:
        service = self._twilio.sender.startswith("MG")
        how: dict[str, Any] = {"messaging_service_sid" if service else "from_": self._twilio.sender}
        status = f"{self._public_url}{self.paths[1]}"
        try:
            sent = await self._client.messages.create_async(to=address, body=text, status_callback=status, **how)
        except TwilioRestException as error:
            raise self._failure(error) from None
        except (TwilioException, aiohttp.ClientError, TimeoutError, OSError):
            raise DeliveryError("network", permanent=False) from None
        return [Copy("sms", str(sent.sid), _KEPT_OUT)]

    async def delete(self, copy: Copy) -> None:
        """Delete a message along with its media. Twilio refuses while the message is still in transit."""
        try:
            await self._client.messages(copy.id).delete_async()
        except TwilioRestException as error:
            # Whatever the error, retry: the message must go as long as it exists. The 48-hour limit ends this.
            if error.status != 404:
                raise DeliveryError("still_there", False, _wait.get()) from None
        except (TwilioException, aiohttp.ClientError, TimeoutError, OSError):
            raise DeliveryError("network", permanent=False) from None

    async def start(self) -> None:
        """Open the client. The webhooks of the numbers are set by hand in Twilio's console (docs/twilio.md)."""
        self._http = TwilioHttp(self._twilio.api_url)
        self._client = Client(self._twilio.account, self._twilio.token, http_client=self._http)

    async def introduce(self) -> None:
        """Do nothing: SMS has nothing to show but the text."""

    async def stop(self) -> None:
        """Close the connections."""
        if hasattr(self, "_http"):
            await self._http.close()

    def _failure(self, error: TwilioRestException) -> DeliveryError:
        if error.code == _OPTED_OUT:
            return DeliveryError("opted_out", permanent=True)
        if error.code in _NOTHING_THERE:
            return DeliveryError("no_such_number", permanent=True)
        if error.status == 429 or error.code in _AGAIN:
            return DeliveryError("too_fast", False, _wait.get())
        if error.status in (401, 403) or error.status >= 500:
            # Credentials can be fixed, and a provider that is down comes back.
            return DeliveryError(f"status_{error.status}", permanent=False)
        return DeliveryError("refused", permanent=True)


class TwilioHttp(AsyncHttpClient):  # type: ignore[misc]  # no types of its own
    """The HTTP client for Twilio's library: it calls the configured API URL, with a timeout."""

    def __init__(self, api_url: str) -> None:
        super().__init__(logging.getLogger("twilio"), True)
        self._api_url = api_url
        self._session = aiohttp.ClientSession(timeout=_TIMEOUT)

    async def request(self, method: str, url: str, **how: Any) -> Response:
        """Send one request."""
        user, password = how.get("auth") or ("", "")
        async with self._session.request(
            method,
            url if self._api_url == _API else _HOSTS.sub(self._api_url, url, count=1),
            params=how.get("params"),
            data=how.get("data"),
            headers={**(how.get("headers") or {}), "Authorization": aiohttp.encode_basic_auth(user, password)},
            allow_redirects=False,
        ) as answer:
            wait = answer.headers.get("Retry-After", "")
            _wait.set(float(wait) if answer.status == 429 and wait.isdigit() else 0.0)
            return Response(answer.status, await answer.text(), dict(answer.headers))

    async def close(self) -> None:
        """Close the connections."""
        await self._session.close()


def _fields(payload: Payload) -> "MultiDict[str]":
    """Parse a form. The signature covers all values of a name; we use the first."""
    try:
        parsed = parse_qs(payload.body.decode(), keep_blank_values=True, errors="strict", max_num_fields=200)
    except ValueError:
        raise BadPayload("form") from None
    return MultiDict((name, value) for name, values in parsed.items() for value in values)


def _purpose(outgoing: Outgoing) -> TextPurpose:
    if not outgoing.say:
        return "person"
    crisis = kind_of(outgoing.say) == "crisis" or outgoing.say.startswith(_POSSIBLE)
    return "crisis" if crisis else "answer"


def _message(fields: Mapping[str, str], sid: str, copy: Copy) -> Message:
    text, address = fields.get("Body", ""), fields["From"]
    files = fields.get("NumMedia", "0") not in ("", "0")
    kind = "captioned" if files and text.strip() else "picture" if files else "text"
    word = _CARRIER_WORDS.get(text.strip(" .!\n").casefold()) if kind == "text" else None
    if word:
        kind, text = "command", word
    return Message("sms", address, sid, text, kind, Hints(country=region_of(address)), (copy,), undated=True)


def _receipts(fields: Mapping[str, str], sid: str) -> list[Event]:
    status, code = fields.get("MessageStatus", ""), fields.get("ErrorCode", "")
    if status in _ARRIVED:
        return [Receipt(sid)]
    if status in _FAILED:
        return [Receipt(sid, "opted_out" if code == str(_OPTED_OUT) else "undelivered")]
    return []


def _twiml(inside: str) -> WebhookAnswer:
    return WebhookAnswer(200, f'<?xml version="1.0" encoding="UTF-8"?><Response>{inside}</Response>', "text/xml")
