"""What the hotline understands of many messages, by `quietline understand`, as anybody can run it."""

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.encoder.reading import Context
from bot.settings import Settings
from commands.engine import COMMAND
from commands.runtime.composition import ROOT
from commands.training.train import train


class NotUnderstood(Exception):
    """The process that reads the messages ended early; the text holds its last words."""


def understood(settings: Settings, messages: Sequence[tuple[str, Context]]) -> list[dict[str, Any]]:
    """Return what `quietline understand` prints for each message in its context. Raises NotUnderstood."""
    lines = [f"{_one_line(text)}\t{json.dumps(asdict(context))}" for text, context in messages]
    done = subprocess.run(  # noqa: S603
        [*COMMAND, "understand", "--model", str(train(settings.var))],
        input="".join(f"{line}\n" for line in lines),
        cwd=ROOT,
        env={**os.environ, "QUIETLINE_VAR": str(Path(settings.var).resolve()), "LOG_LEVEL": "error"},
        capture_output=True,
        text=True,
        check=False,
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode or len(found) != len(lines):
        raise NotUnderstood(done.stderr.strip()[-500:])
    return found


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))
