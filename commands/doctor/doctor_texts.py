"""The `quietline doctor` check of what texts may cost: whom we answer, whom Twilio would send to, how old the token is."""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import aiohttp
from twilio.base.exceptions import TwilioException
from twilio.rest import Client

from bot.settings import Settings
from channels.sms.adapter import TwilioHttp
from channels.sms.texted_countries import ALL, answered
from commands.doctor.check_result import CheckResult, bad, ok, warn

_NAME = "text messages"
_SHOWN = 8  # countries named in one sentence
_YEAR = 365 * 86_400
_CONSOLE = "in Twilio's console under Messaging, Settings, Geo permissions"
OPEN_TO_ALL = (
    "Numbers of every country are answered by text: somebody who earns from a range of numbers can run up the bill."
)


async def texts(settings: Settings) -> list[CheckResult]:
    """Compare the countries that are answered with those that Twilio sends to."""
    if not settings.twilio_account:
        return []
    ours = answered(settings)
    return [*_list(settings, ours), *await _geo_permissions(settings, ours), *_token(settings)]


def _list(settings: Settings, ours: frozenset[str]) -> Iterator[CheckResult]:
    if ALL in ours:
        yield warn(_NAME, OPEN_TO_ALL, "Name the countries whose phones people have: SMS_COUNTRIES (docs/twilio.md).")
    elif not settings.sms_countries:
        says = f"Only numbers of {_named(ours)} are answered by text; nobody with a phone of another country is."
        yield warn(_NAME, says, "Name the other countries whose phones people have: SMS_COUNTRIES (docs/twilio.md).")
    else:
        yield ok(_NAME, f"Numbers of {_named(ours)} are answered, and no others.")


async def _geo_permissions(settings: Settings, ours: frozenset[str]) -> list[CheckResult]:
    http = TwilioHttp(settings.twilio_api_url)
    client = Client(settings.twilio_account, settings.twilio_token, http_client=http)
    try:
        found = await client.accounts.v1.messaging_geopermissions.fetch_async()
        sends = {str(each["country_code"]): bool(each["enabled"]) for each in found.permissions}
    except (TwilioException, aiohttp.ClientError, TimeoutError, OSError, LookupError, TypeError, ValueError):
        says = "Twilio does not say to which countries it sends text messages for this account."
        return [warn(_NAME, says, f"Allow only {_named(ours)}, {_CONSOLE}.")]
    finally:
        await http.close()
    return list(_compared(ours, sends))


def _compared(ours: frozenset[str], sends: Mapping[str, bool]) -> Iterator[CheckResult]:
    if ALL in ours:
        return
    if missing := frozenset(country for country in ours if not sends.get(country, True)):
        says = f"Twilio sends no text message to {_named(missing)}: whoever writes from there gets no answer."
        yield bad(_NAME, says, f"Allow it {_CONSOLE}.")
    if more := frozenset(country for country, enabled in sends.items() if enabled) - ours:
        says = f"Twilio would also send to {_named(more)}, for whoever has the token."
        yield warn(_NAME, says, f"Take them out {_CONSOLE}.")


def _token(settings: Settings) -> Iterator[CheckResult]:
    path = dict(settings.secret_files).get("TWILIO_AUTH_TOKEN_FILE")
    if path and _age(path) > _YEAR:
        says = "The file of Twilio's auth token is older than a year: a request that somebody kept is genuine until it is changed."
        yield warn(
            _NAME,
            says,
            "Make a secondary token in Twilio's console, promote it, and put it into the file (docs/twilio.md).",
        )


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0


def _named(countries: frozenset[str]) -> str:
    if ALL in countries:
        return "the countries that you need"
    shown = sorted(countries)
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    return f"{', '.join(shown[:_SHOWN])}{more}"
