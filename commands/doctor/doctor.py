"""`quietline doctor`: checks every part of an installation and says what is wrong and what to do next. It changes nothing."""

import asyncio
import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from bot.settings import Settings
from commands.canary.canary import canary
from commands.doctor import (
    doctor_clock,
    doctor_doors,
    doctor_keys,
    doctor_machine,
    doctor_memory,
    doctor_redis,
    doctor_texts,
)
from commands.doctor.check_result import CheckResult, CheckState, bad, ok, warn
from commands.runtime.production import refusals

DoctorCheck = Callable[[Settings], Any]  # returns results, or an awaitable of them
_LIMIT = 20.0  # seconds per check
_STYLES: dict[CheckState, str] = {"ok": "green", "warn": "yellow", "bad": "bold red"}
_WIDE = 160  # columns, when the output is not a terminal

# The reasons to refuse a production start, and the sentence for each that is in order.
_STRONG = {
    "key": "It is in a file of its own that nobody else can read.",
    "secret files": "None is open to others.",
    "Redis password": "Nobody reaches Redis without one that is hard to guess.",
    "public address": "It is set, and nobody can read along on the way to it.",
    "languages": "Each was read by people from the field, or you have accepted it by name.",
    "demonstration directory": "Places that no steward has checked are not given out.",
}


def doctor(settings: Settings) -> int:
    """Print the results. Return 1 if something is wrong."""
    with Console(stderr=True).status("Looking …"):
        found = asyncio.run(looked(settings, LOOKS))
    _print(Group(_table(found), _sum(found)))
    return int(any(one.state == "bad" for one in found))


def send_canary(settings: Settings, logs: Sequence[Path], at: str) -> int:
    """Send the canary to the running hotline, and print what was found of it. Return 1 if anything was."""
    with Console(stderr=True).status("Somebody invented writes …"):
        found = asyncio.run(canary(settings, logs, at))
    _print(Group(_table(found), _sum(found)))
    return int(any(one.state == "bad" for one in found))


def _print(shown: Group) -> None:
    terminal = Console()
    if terminal.is_terminal:
        terminal.print(shown)
        return
    # A table pads its lines with spaces, which are a nuisance in a file or an e-mail.
    console = Console(width=_WIDE)
    with console.capture() as text:
        console.print(shown)
    print("\n".join(line.rstrip() for line in text.get().splitlines()))


async def looked(
    settings: Settings, looks: Iterable[tuple[str, DoctorCheck]], limit: float = _LIMIT
) -> list[CheckResult]:
    """Run all checks concurrently; a check that fails or times out is itself a finding."""
    found = await asyncio.gather(*(_looked(settings, name, look, limit) for name, look in looks))
    return [one for some in found for one in some]


async def _looked(settings: Settings, name: str, look: DoctorCheck, limit: float) -> list[CheckResult]:
    try:
        async with asyncio.timeout(limit):
            if inspect.iscoroutinefunction(look):
                return list(await look(settings))
            return await asyncio.to_thread(lambda: list(look(settings)))
    except TimeoutError:
        return [bad(name, f"This took longer than {limit:.0f} seconds.", "Look again; does the disk or the net hang?")]
    except Exception as error:  # its text could contain a token: the Bot API puts one into its URLs
        return [bad(name, f"This could not be looked at ({type(error).__name__}).", "Tell those who build Quietline.")]


def strength(settings: Settings) -> Iterator[CheckResult]:
    """Yield the reasons to refuse a production start; in a demonstration most are only warnings."""
    if not settings.production:
        says = "This is a demonstration: it starts with weak settings too."
        yield warn("start", says, "Where people in need may reach it: QUIETLINE_ENV=production.")
    found = list(refusals(settings))
    weak = {one.name for one in found}
    yield from (ok(name, says) for name, says in _STRONG.items() if name not in weak)
    for one in found:
        # Each language has to be decided on, in a demonstration too.
        must = settings.production or one.name == "languages"
        yield one if must else replace(one, state="warn")


LOOKS: Sequence[tuple[str, DoctorCheck]] = (
    ("start", strength),
    ("own key", doctor_machine.own_key),
    ("ports", doctor_machine.ports),
    ("engines", doctor_machine.engines),
    ("model", doctor_machine.model),
    ("directory", doctor_machine.directory),
    ("Redis", doctor_redis.redis_server),
    ("erased talks", doctor_memory.epochs),
    ("swap", doctor_memory.swap),
    ("change of key", doctor_keys.change_of_key),
    ("Telegram", doctor_doors.telegram),
    ("Twilio", doctor_doors.twilio),
    ("text messages", doctor_texts.texts),
    ("clock", doctor_clock.clock),
    ("time zones", doctor_machine.time_zones),
    ("desk", doctor_machine.desk),
    ("alarms", doctor_machine.alarms),
    ("disk", doctor_machine.disk),
)


def _table(found: Iterable[CheckResult]) -> Table:
    table = Table.grid(padding=(0, 2))
    for one in found:
        text = Text(one.says)
        if one.do:
            text.append(f"\n→ {one.do}", style="dim")
        table.add_row(Text(one.state, style=_STYLES[one.state]), Text(one.name), text)
    return table


def _sum(found: Sequence[CheckResult]) -> Text:
    wrong, better = (sum(one.state == state for one in found) for state in ("bad", "warn"))
    if not wrong:
        return Text(f"Nothing is wrong; {better} could be better." if better else "All is well.", style="bold green")
    return Text(f"{wrong} wrong, {better} could be better.", style="bold red")
