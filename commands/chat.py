"""`quietline chat`: a conversation in the terminal, through the real dispatcher and a real engine.

It has a Redis of its own that keeps nothing, so it never meets a conversation of the running hotline.
"""

import asyncio
import json
import re
import secrets
import shlex
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Console

from bot import logs
from bot.geography import City, nearest_city
from bot.message import Hints, Message
from bot.outbox import Outgoing
from bot.settings import Settings
from channels.terminal import Terminal
from commands.free_ports import free_port
from commands.parts import ABILITIES, Gateway, open_vault
from commands.prepare import prepared
from commands.processes import EngineProcess, child_environment
from commands.redis_server import OwnRedis

_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_PATIENCE = 20.0  # seconds for one answer; the dispatcher itself gives up on an engine after eight
_POINT = re.compile(r"(-?\d+(?:\.\d+)?), ?(-?\d+(?:\.\d+)?)")
_console = Console()


class BadScript(ValueError):
    """A line of a script that says nothing we know; the text says which."""


@dataclass
class Talk:
    """One person at one door."""

    gateway: Gateway
    terminal: Terminal
    hints: Hints
    address: str

    async def say(self, text: str, kind: str = "text", place: int | None = None) -> list[Outgoing]:
        """Send a message and give everything that is said back."""
        id_ = secrets.token_hex(8)
        message = Message(self.terminal.name, self.address, id_, text, kind, self.hints, place=place)
        await self.gateway.intake.accept(message)
        self.gateway.dispatcher.signals.due.set()
        async with asyncio.timeout(_PATIENCE):
            while not await self._quiet():
                await asyncio.sleep(0.01)
        return self.terminal.take()

    async def wait(self, seconds: int) -> None:
        """Let time pass."""
        await self.gateway.store.let_time_pass(seconds)
        await asyncio.sleep(0.05)

    async def _quiet(self) -> bool:
        """Nothing is queued for anybody, in or out, and no farewell is left to say."""
        names = ("agenda", "postbox", "duties")
        return not any([await self.gateway.store.call("EXISTS", name) for name in names])


@dataclass
class PrivateHotline:
    """A hotline that nobody else can reach, with a terminal at each door."""

    gateway: Gateway
    terminals: dict[str, Terminal]

    def person(self, channel: str, hints: Hints) -> Talk:
        """Let somebody new come to a door."""
        return Talk(self.gateway, self.terminals[channel], hints, secrets.token_hex(8))


@asynccontextmanager
async def private_hotline(settings: Settings, model: Path) -> AsyncIterator[PrivateHotline]:
    """Bring up a hotline with a Redis of its own that keeps nothing, and a real engine."""
    terminals = {name: Terminal(name, abilities) for name, abilities in ABILITIES.items()}
    with tempfile.TemporaryDirectory(prefix="quietline-") as folder:
        redis = OwnRedis(Path(folder), keep=False)
        redis.start()
        try:
            mine = replace(settings, redis_url=redis.url, engine_ports=(free_port(),), engine_urls=())
            gateway = Gateway.build(mine, open_vault(mine), dict(terminals), pulling=frozenset())
            engine = EngineProcess(mine.engine_ports[0], model, child_environment(mine))
            async with gateway.working():
                try:
                    await engine.start(gateway.engine)
                    yield PrivateHotline(gateway, terminals)
                finally:
                    await engine.stop()
        finally:
            redis.stop()


def chat(settings: Settings, channel: str, hints: str, script: Path | None) -> None:
    """Talk in the terminal, or play a script and print one JSON line for each message."""
    found = parse_hints(hints)
    lines = script.read_text("utf-8").splitlines() if script else None
    model = prepared(settings)
    quiet = replace(settings, log_level="error")
    logs.set_up(quiet.log_level)
    asyncio.run(
        _play(quiet, channel, found, model, lines) if lines is not None else _by_hand(quiet, channel, found, model)
    )


def parse_hints(text: str) -> Hints:
    """Read `{"telegram": "es", "country": "MX", "accept": "fr"}`; raises BadScript."""
    try:
        plain = json.loads(text or "{}")
    except json.JSONDecodeError:
        raise BadScript('Hints are JSON, like {"telegram": "es", "country": "MX"}.') from None
    if not isinstance(plain, dict):
        raise BadScript("Hints are one JSON object.")
    return Hints.of(plain)


async def _play(settings: Settings, channel: str, hints: Hints, model: Path, lines: Iterable[str]) -> None:
    async with private_hotline(settings, model) as hotline:
        talk = hotline.person(channel, hints)
        for line in lines:
            if line.startswith("#") or (not line.strip() and not line):
                continue
            said = await step(talk, line)
            if said is not None:
                replies = [_plain(reply) for reply in said]
                sys.stdout.write(json.dumps({"person": line, "replies": replies}, ensure_ascii=False) + "\n")
                sys.stdout.flush()


async def step(talk: Talk, line: str) -> list[Outgoing] | None:
    """Do one line of a script; None for a line that says nothing. Raises BadScript."""
    if line.startswith("@wait "):
        await talk.wait(_seconds(line.removeprefix("@wait ").strip()))
        return None
    if line.startswith("@send "):
        kind, *rest = shlex.split(line.removeprefix("@send ")) or [""]
        if kind not in ("picture", "voice", "video", "file", "sticker", "contact", "location"):
            raise BadScript(f"@send knows no {kind!r}.")
        city = _city(" ".join(rest)) if kind == "location" else None
        return await (talk.say(city.name, kind, city.id) if city else talk.say(" ".join(rest), kind))
    return await talk.say(line)


def _city(text: str) -> City | None:
    """Round "48.85,2.35" to a city, as a door does; None for what is no point, like "Paris, FR"."""
    point = _POINT.fullmatch(text)
    return nearest_city(float(point[1]), float(point[2])) if point else None


def _seconds(text: str) -> int:
    number, unit = text[:-1], text[-1:]
    if unit not in _UNITS or not number.isdigit():
        raise BadScript("@wait takes a number and one of s, m, h, d: @wait 20h")
    return int(number) * _UNITS[unit]


def _plain(reply: Outgoing) -> dict[str, Any]:
    return {"say": reply.say, "text": reply.text, "choices": reply.choices}


async def _by_hand(settings: Settings, channel: str, hints: Hints, model: Path) -> None:
    _console.print("[dim]Starting a private hotline … (Ctrl-D ends it)[/]")
    async with private_hotline(settings, model) as hotline:
        talk = hotline.person(channel, hints)
        while (line := await asyncio.to_thread(_read)) is not None:
            if not line.strip():
                continue
            try:
                said = await step(talk, line)
            except BadScript as bad:
                _console.print(f"[red]{bad}[/]")
                continue
            for reply in said or []:
                _show(reply)


def _read() -> str | None:
    try:
        return input("you › ")
    except (EOFError, KeyboardInterrupt):
        return None


def _show(reply: Outgoing) -> None:
    _console.print(f"[green]{reply.text}[/]", highlight=False, markup=True)
    if not any(line.startswith(f"{choice['number']} ") for choice in reply.choices for line in reply.text.split("\n")):
        for choice in reply.choices:
            _console.print(f"  [bold]{choice['number']}[/] {choice['text']}", highlight=False)
    _console.print()
