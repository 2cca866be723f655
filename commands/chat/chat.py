"""`quietline chat`: a conversation in the terminal, through the real dispatcher and a real engine."""

import asyncio
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Console

from bot import logs
from bot.messaging.message import Hints
from bot.messaging.outbox import Outgoing
from bot.settings import Settings
from commands.bench.private_hotline import PrivateTalk, private_hotline
from commands.chat.chat_json import converse
from commands.chat.reasons import readable
from commands.chat.script_lines import BadScript, step
from commands.runtime.preparation import prepared

_console = Console()


@dataclass(frozen=True)
class Form:
    """How the talk is held: by hand, by a script, or line by line with another program."""

    script: Path | None = None
    json: bool = False
    why: bool = False  # say what was heard and what answered


def chat(settings: Settings, channel: str, hints: str, form: Form) -> None:
    """Talk in the terminal, or print one JSON line for each message."""
    found = parse_hints(hints)
    lines = form.script.read_text("utf-8").splitlines() if form.script else []
    model = prepared(settings)
    quiet = replace(settings, log_level="error")
    logs.set_up(quiet.log_level)
    asyncio.run(_talk(quiet, model, Door(channel, found), form, lines))


def parse_hints(text: str) -> Hints:
    """Read `{"telegram": "es", "country": "MX", "accept": "fr"}`; raises BadScript."""
    try:
        plain = json.loads(text or "{}")
    except json.JSONDecodeError:
        raise BadScript('Hints are JSON, like {"telegram": "es", "country": "MX"}.') from None
    if not isinstance(plain, dict):
        raise BadScript("Hints are one JSON object.")
    return Hints.of(plain)


@dataclass(frozen=True)
class Door:
    """Where the person comes from."""

    channel: str
    hints: Hints


async def _talk(settings: Settings, model: Path, door: Door, form: Form, lines: Iterable[str]) -> None:
    by_hand = not (form.json or form.script)
    if by_hand:
        _console.print("[dim]Starting a private hotline … (Ctrl-D ends it)[/]")
    async with private_hotline(settings, model, explain=form.why) as hotline:
        talk = hotline.person(door.channel, door.hints)
        if form.json:
            await converse(talk, _line, sys.stdout, form.why)
        elif by_hand:
            await _by_hand(talk, form.why)
        else:
            await _play(talk, lines, form.why)


async def _play(talk: PrivateTalk, lines: Iterable[str], why: bool) -> None:
    for line in lines:
        if line.startswith("#") or not line:
            continue
        said = await step(talk, line)
        if line.startswith("@wait ") and not said:
            continue
        found: dict[str, Any] = {"person": line, "replies": [_plain(reply) for reply in said]}
        found |= {"why": talk.why()} if why else {}
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def _plain(reply: Outgoing) -> dict[str, Any]:
    return {"say": reply.say, "text": reply.text, "choices": reply.choices}


async def _line() -> bytes:
    """Read a line for another program, without holding up the hotline."""
    return await asyncio.to_thread(sys.stdin.buffer.readline)


async def _by_hand(talk: PrivateTalk, why: bool) -> None:
    while (line := await asyncio.to_thread(_read)) is not None:
        if not line.strip():
            continue
        try:
            said = await step(talk, line)
        except BadScript as bad:
            _console.print(f"[red]{bad}[/]")
            continue
        for reply in said:
            _show(reply)
        if why and said:
            _console.print(*readable(talk.why()), sep="\n", style="dim", highlight=False, markup=False)
            _console.print()


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
