"""The clock check of `quietline doctor`: compares this machine's clock with someone else's.

A wrong clock shows closed services as open, locks everyone out of the desk (sign-in codes change every 30 seconds) and
ends conversations too early or too late.
"""

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import aiohttp
import redis

from bot.settings import Settings
from commands.doctor.check_result import CheckResult, bad, ok, warn
from commands.doctor.doctor_redis import connected

_A_LITTLE, _TOO_MUCH = 5, 30  # seconds
_WAIT = aiohttp.ClientTimeout(total=5)
_SET = "Let the machine set its clock by the net: timedatectl set-ntp true, then timedatectl."


async def clock(settings: Settings) -> list[CheckResult]:
    """Compare with the first external clock that answers."""
    async for who, ahead in _compared(settings):
        return [_judged(who, ahead)]
    return [
        warn(
            "clock", "There was nobody to compare it with: no door is set up, or none answers.", "timedatectl shows it."
        )
    ]


async def _compared(settings: Settings) -> AsyncIterator[tuple[str, float]]:
    """Yield the name of each external clock and how many seconds this machine is ahead of it."""
    doors = (("Telegram", settings.telegram_token, settings.telegram_api_url),
             ("Twilio", settings.twilio_account, settings.twilio_api_url))  # fmt: skip
    async with aiohttp.ClientSession(timeout=_WAIT) as session:
        for who, is_open, url in doors:
            if is_open:
                for ahead in await _by_header(session, url):
                    yield who, ahead
    for ahead in _by_redis(settings.redis_url):
        yield "Redis", ahead


async def _by_header(session: aiohttp.ClientSession, url: str) -> list[float]:
    try:
        before = time.time()
        async with session.head(url, allow_redirects=False) as answer:
            now = (before + time.time()) / 2
            # The header has whole seconds, rounded down: adding half a second is right on average.
            told = parsedate_to_datetime(answer.headers["Date"]).timestamp() + 0.5
    except (aiohttp.ClientError, TimeoutError, OSError, KeyError, ValueError):
        return []
    return [now - told]


def _by_redis(url: str) -> Iterator[float]:
    if urlsplit(url).hostname in (None, "localhost", "127.0.0.1", "::1"):
        return  # the same clock
    with closing(connected(url)) as client:
        try:
            seconds, millionths = client.time()
        except redis.RedisError:
            return
    yield time.time() - seconds - millionths / 1e6


def _judged(who: str, ahead: float) -> CheckResult:
    off = abs(ahead)
    if off <= _A_LITTLE:
        return ok("clock", f"It agrees with that of {who}.")
    says = f"It is {off:.0f} seconds {'ahead of' if ahead > 0 else 'behind'} that of {who}."
    return (bad if off > _TOO_MUCH else warn)("clock", says, _SET)
