"""`quietline bench --waiting N`: measures one gateway with N open pages, each waiting for its next line."""

import asyncio
import os
import secrets
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import aiohttp
from redis.asyncio import Redis
from rich.console import Console
from rich.markdown import Markdown

from bot.crypto import identity
from bot.crypto.vault import Vault, read_key_file
from bot.settings import Settings
from bot.storage.store import key
from commands.bench.bench import keep
from commands.bench.child_hotline import ChildHotline, memory, processor_seconds
from commands.bench.virtual_users import WORDS, PagePerson, spread, talks
from commands.runtime.preparation import prepared
from commands.runtime.redis_server import OwnRedis
from commands.runtime.serving import allow_many_connections

_AT_ONCE = 100  # pages opened at the same moment
_A_SECOND = 500  # pages opened per second
_SETTLED = 5.0  # seconds until all of them are waiting
_REST = 30.0  # seconds over which CPU time is measured: each page polls once or twice
_KEPT = 3_600


@dataclass(frozen=True)
class _Found:
    pages: int
    empty: float  # MB of the gateway before the pages open
    full: float  # MB with all pages open
    busy: float  # share of one core while all pages only wait
    turn: float  # median milliseconds of a turn of one user meanwhile


def bench(settings: Settings, pages: int, write: bool) -> None:
    """Measure and print the report; with `write`, also update docs/performance.md."""
    prepared(settings)
    allow_many_connections()
    with tempfile.TemporaryDirectory(prefix="quietline-bench-") as folder:
        report = _report(asyncio.run(_measure(settings.var.resolve(), Path(folder), pages)))
    Console().print(Markdown(report))
    if write:
        keep(report)


async def _measure(var: Path, folder: Path, pages: int) -> _Found:
    hotline = ChildHotline(folder, var, log_level="error")
    waiting: list[asyncio.Task[None]] = []
    try:
        await hotline.ready(300)
        gateway, vault = hotline.process.pid, Vault(read_key_file(folder / "var" / "master.key"))
        tokens = await talks_begun(OwnRedis(folder / "var" / "redis").url, vault, pages)
        connector, patience = aiohttp.TCPConnector(limit=0), aiohttp.ClientTimeout(total=None)
        async with aiohttp.ClientSession(connector=connector, timeout=patience) as session:
            await _median_turn(session, hotline.url)
            empty = memory(gateway)
            for start in range(0, pages, _AT_ONCE):
                waiting += [
                    asyncio.create_task(_waits(session, hotline.url, one)) for one in tokens[start : start + _AT_ONCE]
                ]
                await asyncio.sleep(_AT_ONCE / _A_SECOND)
            await asyncio.sleep(_SETTLED)
            before = processor_seconds(gateway)
            await asyncio.sleep(_REST)
            busy = (processor_seconds(gateway) - before) / _REST
            full = memory(gateway)
            return _Found(pages, empty, full, busy, await _median_turn(session, hotline.url))
    finally:
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        hotline.stop()


async def talks_begun(url: str, vault: Vault, pages: int) -> list[str]:
    """Create empty conversations and return their tokens: ten thousand first turns would take minutes."""
    tokens = [secrets.token_urlsafe(32) for _ in range(pages)]
    async with Redis.from_url(url) as redis:
        for token in tokens:
            id_, pointer = identity.new_id(), identity.address_key("web", token, vault.pepper)
            wrapped, seal = vault.new_key(id_)
            fields: list[str | bytes] = [
                "key",
                wrapped,
                "channel",
                "web",
                "address",
                seal.seal(token.encode(), "address"),
                "pointer",
                pointer,
            ]
            async with redis.pipeline() as pipe:
                pipe.set(f"address:{pointer}", id_, ex=_KEPT)
                pipe.hset(key("conversation", id_), items=fields)
                pipe.expire(key("conversation", id_), _KEPT)
                await pipe.execute()
    return tokens


async def _waits(session: aiohttp.ClientSession, url: str, token: str) -> None:
    """Long-poll for the next line as a page does, over and over, since none ever comes."""
    while True:
        form = {"token": token, "after": ""}
        async with session.post(f"{url}/next", data=form, headers={"Accept": "application/json"}) as response:
            response.raise_for_status()
            await response.read()


async def _median_turn(session: aiohttp.ClientSession, url: str) -> float:
    measured = await talks(lambda: PagePerson(session, url), 1, len(WORDS))
    return spread(measured.turns)[0]


def _report(found: _Found) -> str:
    return f"""## Pages that wait

Written by `quietline bench --waiting {found.pages} --write` on {date.today().isoformat()}: {found.pages:,} open pages at one
gateway, each with a conversation in which nothing is said, asking again every 25 seconds; all on one machine with
{os.cpu_count()} cores.

- Memory of the gateway: {found.empty:.0f} MB before, {found.full:.0f} MB with all of them.
- While they only wait, it takes {found.busy:.0%} of one core.
- Meanwhile a turn of one user takes {found.turn:.0f} ms at the median.
"""
