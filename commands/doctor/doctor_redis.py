"""The Redis checks of `quietline doctor`: whether it answers, is recent enough, and is durable without keeping snapshots."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any, TypeAlias

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from bot.settings import Settings
from commands.doctor.check_result import CheckResult, bad, ok, warn
from commands.runtime.redis_server import NoRedis, find_server, url_of

Plain: TypeAlias = dict[str, Any]
_OLDEST = (6, 2)
_FULL = 0.8  # of maxmemory
# Setting -> the required value, and the consequence of any other.
_WANTED = {
    "appendonly": ("yes", "what people wrote is gone when Redis starts again"),
    "appendfsync": ("always", "a power cut loses a second of what was accepted"),
    "save": ("", "an erased talk lives on in the snapshot"),
    "maxmemory-policy": ("noeviction", "Redis drops talks when memory is short"),
}


def redis_server(settings: Settings) -> Iterator[CheckResult]:
    """Check the Redis in the settings, or our own if none is set."""
    url = url_of(settings)
    # If Redis is down, report it at once instead of retrying.
    with closing(connected(url)) as client:
        try:
            about, configured = client.info(), _configured(client)
        except redis.AuthenticationError:
            yield bad(
                "Redis", "Redis refuses our password.", "Compare REDIS_URL with requirepass, or with the ACL user."
            )
        except redis.RedisError:
            yield _away(settings)
        else:
            yield from judged(settings, about, configured)


def connected(url: str, *, decode: bool = True) -> "redis.Redis":
    """Return a client with short timeouts and no retries."""
    return redis.Redis.from_url(
        url, decode_responses=decode, socket_timeout=3, socket_connect_timeout=3, retry=Retry(NoBackoff(), 0)
    )


def _configured(client: "redis.Redis") -> Plain | None:
    """Return the configuration; None if we are not allowed to read it."""
    found: Plain = {}
    for name in _WANTED:  # one at a time: Redis 6.2 takes no more
        try:
            found |= client.config_get(name)  # type: ignore[arg-type]  # typed for both kinds of client
        except redis.ResponseError:
            return None
    return found


def _away(settings: Settings) -> CheckResult:
    if settings.redis_url:
        return bad("Redis", "Redis does not answer.", "Is it running, and REDIS_URL right?")
    try:
        find_server()
    except NoRedis as error:
        return bad("Redis", str(error), "apt-get install redis-server, or valkey-server")
    return ok("Redis", "One of our own starts with the hotline.")


def judged(settings: Settings, about: Plain, configured: Plain | None) -> Iterator[CheckResult]:
    """Judge the output of INFO and, if readable, of CONFIG GET."""
    faults = [*_old(about), *_state(about), *_bounds(settings, about), *_set_up(settings, configured)]
    yield from faults or [ok("Redis", f"It answers, version {about.get('redis_version')}, set up as it should be.")]


def _old(about: Plain) -> Iterator[CheckResult]:
    # Valkey reports here the Redis version it is compatible with.
    version = str(about.get("redis_version", "0"))
    if tuple(int(part) for part in version.split(".")[:2] if part.isdigit()) < _OLDEST:
        yield bad("Redis", f"Redis {version} is too old.", "Take 6.2 or newer, or Valkey.")


def _state(about: Plain) -> Iterator[CheckResult]:
    if about.get("loading"):
        yield warn("Redis", "Redis is reading its file.", "Look again in a minute.")
    if about.get("aof_last_write_status", "ok") != "ok":
        yield bad("Redis", "Redis can not write its append-only file.", "Is its disk full? Nothing new is accepted.")
    if about.get("aof_last_bgrewrite_status", "ok") != "ok":
        do = "Is its disk full, is memory short? Until then what was erased is still on disk."
        yield bad("Redis", "Redis could not rewrite its append-only file.", do)
    most = int(about.get("maxmemory", 0))
    if most and int(about.get("used_memory", 0)) > most * _FULL:
        yield warn(
            "Redis", "Redis has used most of its memory.", "Raise maxmemory: when it is full, nothing is accepted."
        )


def _bounds(settings: Settings, about: Plain) -> Iterator[CheckResult]:
    if about.get("maxmemory") == 0:
        weak = bad if settings.production else warn
        says = (
            "maxmemory is '0': a flood gets Redis killed for its memory, and again each time that it has read its file."
        )
        yield weak(
            "Redis", says, "CONFIG SET maxmemory to 60 % of what it may use, and in its file; then it refuses instead."
        )


def _set_up(settings: Settings, configured: Plain | None) -> Iterator[CheckResult]:
    if configured is None:
        do = "Let it use CONFIG GET, or see to it yourself: appendonly yes, appendfsync always, save '', noeviction."
        yield warn("Redis", "Redis does not let us see how it is set up.", do)
        return
    weak = bad if settings.production else warn
    for name, (wanted, otherwise) in _WANTED.items():
        demonstration = name == "appendfsync" and not settings.production
        if configured.get(name, wanted) != wanted and not demonstration:
            yield weak(
                "Redis",
                f"{name} is {configured[name]!r}: {otherwise}.",
                f"CONFIG SET {name} '{wanted}', and in its file.",
            )
