"""`quietline chat`: a conversation in the terminal, through the real dispatcher and a real engine."""

import asyncio
import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.console import Console

from bot import logs
from bot.message import Hints
from bot.outbox import Outgoing
from bot.settings import Settings
from commands.prepare import prepared
from commands.private_hotline import private_hotline
from commands.script_lines import BadScript, step

_console = Console()


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
