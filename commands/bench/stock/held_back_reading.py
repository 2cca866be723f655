"""Has stock Rasa and us read the same held-back messages, by writers who saw only the labels (tests/evaluation)."""

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from commands.engine import COMMAND
from commands.evaluation.scores import Scores
from commands.runtime.composition import ROOT

HELD_BACK = ROOT / "tests" / "evaluation"


@dataclass(frozen=True)
class HeldBackMessage:
    """One line of a <locale>.tsv file."""

    locale: str
    label: str
    text: str


def held_back(folder: Path = HELD_BACK, every: int = 1) -> list[HeldBackMessage]:
    """Return the held-back messages, or every n-th of them."""
    return list(_messages(folder))[::every]


def read_by_us(model: Path, var: Path, messages: Sequence[HeldBackMessage]) -> list[str | None]:
    """Return the labels that our whole production path finds; None for a message with nothing to read."""
    command = [*COMMAND, "understand", "--model", str(model)]
    environment = {
        **os.environ,
        "QUIETLINE_VAR": str(var.resolve()),
        "LOG_LEVEL": "error",
        "PYTHONDONTWRITEBYTECODE": "",
    }
    asked = "".join(f"{one.text}\n" for one in messages)
    told = subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=environment, input=asked, stdout=subprocess.PIPE, text=True, check=True
    )
    return [json.loads(line)["intent"] for line in told.stdout.splitlines()]


async def read_by_stock(
    session: aiohttp.ClientSession, url: str, messages: Sequence[HeldBackMessage]
) -> list[str | None]:
    """Return the labels that /model/parse finds."""
    found: list[str | None] = []
    for one in messages:
        async with session.post(f"{url}/model/parse", json={"text": one.text}) as response:
            response.raise_for_status()
            found.append((await response.json())["intent"]["name"])
    return found


def by_language(messages: Sequence[HeldBackMessage], understood: Sequence[str | None]) -> dict[str, Scores]:
    """Return the scores for each language, and for `all`."""
    pairs = list(zip(messages, understood, strict=True))
    return {
        locale: _scores([pair for pair in pairs if locale in (pair[0].locale, "all")])
        for locale in [*sorted({one.locale for one in messages}), "all"]
    }


def _scores(pairs: Sequence[tuple[HeldBackMessage, str | None]]) -> Scores:
    return Scores.of([one.label for one, _ in pairs], [got for _, got in pairs])


def _messages(folder: Path) -> Iterator[HeldBackMessage]:
    for file in sorted(folder.glob("*.tsv")):
        for line in file.read_text("utf-8").splitlines():
            label, tab, text = line.partition("\t")
            if tab and not line.startswith("#"):
                yield HeldBackMessage(file.stem, label, text.strip())
