"""The `quietline doctor` command: what it can be asked; the bodies are in doctor.py and canary.py."""

from pathlib import Path
from typing import Annotated

import typer

from commands.exit_codes import end, settled, stop


def doctor(
    canary: Annotated[
        bool, typer.Option("--canary", help="Instead: somebody invented writes and leaves; then search for them.")
    ] = False,
    log: Annotated[
        list[Path] | None, typer.Option(exists=True, dir_okay=False, help="With --canary: a log to search too.")
    ] = None,
    at: Annotated[str, typer.Option(help="With --canary: your front, https://help.example.org.")] = "",
) -> None:
    """Look at every part of this installation: what is wrong, and what to do next."""
    from commands.doctor.doctor import doctor as look
    from commands.doctor.doctor import send_canary

    if (log or at) and not canary:
        stop("--log and --at belong to --canary.")
    settled(lambda settings: end(send_canary(settings, log or [], at) if canary else look(settings)))
