"""The channel checks of `quietline doctor`: whether Telegram and Twilio know us and deliver messages to us.

The texts of exceptions are never shown: the Bot API has the token in its URLs, and its library may repeat them.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client

from bot.settings import Settings
from channels.sms.adapter import Sms, TwilioHttp
from channels.telegram.adapter import Telegram
from commands.doctor.check_result import CheckResult, bad, ok, warn

_MANY = 100  # pending updates at Telegram
_LATELY = timedelta(hours=1)
_AGAIN = "#rc=5&rp=all&ct=4000"  # URL fragment that makes Twilio retry a webhook


async def telegram(settings: Settings) -> list[CheckResult]:
    """Ask Telegram who we are and where it delivers updates."""
    if not settings.telegram_token:
        return [ok("Telegram", "This door is shut: no token is set.")]
    os.environ["PTB_TIMEDELTA"] = "true"  # as channels/telegram/adapter.py does
    request = HTTPXRequest(connection_pool_size=2)
    bot = Bot(settings.telegram_token, f"{settings.telegram_api_url}/bot", request=request)
    try:
        me, webhook = await bot.get_me(), await bot.get_webhook_info()
    except InvalidToken:
        return [
            bad(
                "Telegram", "Telegram refuses the token.", "Ask @BotFather (/mybots, API Token), and write the new one."
            )
        ]
    except TelegramError:
        return [bad("Telegram", "Telegram does not answer.", "Can this machine reach TELEGRAM_API_URL?")]
    finally:
        await request.shutdown()
    found = list(_webhook(settings, webhook))
    if me.can_join_groups:
        says = "The bot can be added to groups, where everybody would read along."
        found.append(warn("Telegram", says, "Tell @BotFather: /setjoingroups, Disable."))
    return found or [ok("Telegram", f"It knows us as @{me.username}, and brings messages.")]


def _webhook(settings: Settings, webhook: WebhookInfo) -> Iterator[CheckResult]:
    wanted = f"{settings.public_url}{Telegram.paths[0]}" if settings.public_url else ""
    if webhook.url and webhook.url != wanted:
        says = "Telegram brings messages to another address than ours: another hotline has this bot, or PUBLIC_URL changed."
        yield bad("Telegram", says, "Start the hotline: it sets the webhook. Let no other one use this bot.")
    elif wanted and not webhook.url:
        yield bad("Telegram", "Telegram has no webhook of ours yet.", "Start the hotline: it sets the webhook.")
    if webhook.pending_update_count > _MANY:
        says = f"{webhook.pending_update_count} messages wait at Telegram."
        yield bad("Telegram", says, "Is the hotline running, and PUBLIC_URL reachable from outside?")
    failed = webhook.last_error_date
    if wanted and failed and datetime.now(UTC) - failed < _LATELY:
        says = f"Telegram could not bring a message at {failed:%H:%M} UTC: {webhook.last_error_message}"
        yield warn("Telegram", says, "Look at the front with TLS: certificate, port 443, and the way to /telegram.")


async def twilio(settings: Settings) -> list[CheckResult]:
    """Ask Twilio whether it knows the account and where it delivers text messages."""
    if not settings.twilio_account:
        return [ok("Twilio", "This door is shut: no account is set.")]
    http = TwilioHttp(settings.twilio_api_url)
    client = Client(settings.twilio_account, settings.twilio_token, http_client=http)
    try:
        account = await client.api.v2010.accounts(settings.twilio_account).fetch_async()
        return list(_account(account)) or await _number(settings, client)
    except TwilioRestException as error:
        if error.status in (401, 403, 404):
            do = "Compare TWILIO_ACCOUNT_SID and the auth token with Twilio's console."
            return [bad("Twilio", "Twilio refuses the account or its token.", do)]
        return [
            bad(
                "Twilio", f"Twilio answers with an error ({error.status}).", "Look again in a while: status.twilio.com."
            )
        ]
    except (TwilioException, aiohttp.ClientError, TimeoutError, OSError):
        return [bad("Twilio", "Twilio does not answer.", "Can this machine reach TWILIO_API_URL?")]
    finally:
        await http.close()


def _account(account: Any) -> Iterator[CheckResult]:
    if account.status != "active":
        yield bad("Twilio", f"The account at Twilio is {account.status}.", "Look into Twilio's console: is it paid?")


async def _number(settings: Settings, client: Client) -> list[CheckResult]:
    if settings.twilio_sender.startswith("MG"):
        says = "The account is good. Where a messaging service brings messages can not be looked at from here."
        do = f"See in Twilio's console that it is {settings.public_url}{Sms.paths[0]}{_AGAIN}, HTTP POST."
        return [warn("Twilio", says, do)]
    numbers = await client.incoming_phone_numbers.list_async(phone_number=settings.twilio_sender, limit=1)
    if not numbers:
        return [
            bad(
                "Twilio",
                "TWILIO_SENDER is no number of this account.",
                "Write it as Twilio's console does: +15551234567.",
            )
        ]
    found = list(_brought(settings, numbers[0]))
    return found or [ok("Twilio", "It knows the account, and brings text messages.")]


def _brought(settings: Settings, number: Any) -> Iterator[CheckResult]:
    address, _, again = (number.sms_url or "").partition("#")
    wanted = f"{settings.public_url}{Sms.paths[0]}"
    do = f"Set it in Twilio's console: {wanted}{_AGAIN}, HTTP POST (docs/twilio.md)."
    if number.sms_application_sid or address != wanted:
        yield bad("Twilio", "Twilio brings text messages of our number elsewhere, or nowhere.", do)
    elif number.sms_method != "POST":
        yield bad("Twilio", "Twilio brings text messages with GET: they would stand in logs of addresses.", do)
    elif "rc=" not in again:
        yield warn("Twilio", "Twilio tries to bring a message only once: while we are away, it is lost.", do)
