"""`quietline chat --json`: a line in, one JSON object out, and the next: so that another program can play a person who listens."""

import json
from collections.abc import Awaitable, Callable
from typing import Any, TextIO

from bot.messaging.outbox import Outgoing
from commands.bench.private_hotline import PrivateTalk
from commands.chat.script_lines import BadScript, act_of, step
from commands.rehearsal.played_talk import Bubble

ReadLine = Callable[[], Awaitable[bytes]]  # a line with its end; nothing at the end of input


async def converse(talk: PrivateTalk, read: ReadLine, out: TextIO, why: bool = False) -> None:
    """Answer line by line until the input ends. Each line gets exactly one object, an error too."""
    while line := await read():
        found = await _answer(talk, line.decode("utf-8", "replace").strip(), why)
        out.write(json.dumps(found, ensure_ascii=False) + "\n")
        out.flush()


async def _answer(talk: PrivateTalk, line: str, why: bool) -> dict[str, Any]:
    if not line:
        return {"error": "An empty line says nothing."}
    try:
        replies = await step(talk, line)
    except BadScript as bad:
        return {"error": str(bad)}
    except TimeoutError:
        return {"error": "No answer came in time."}
    return await plain(talk, line, replies, why)


async def plain(talk: PrivateTalk, line: str, replies: list[Outgoing], why: bool) -> dict[str, Any]:
    """Return what a line has led to, in the form of docs/rehearsal.md."""
    act, what = act_of(line)
    said = [Bubble.of(reply, talk.channel).plain() for reply in replies]
    found = {act: what, "state": await talk.state(), "replies": said}
    return {**found, "why": talk.why()} if why else found
