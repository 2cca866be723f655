"""Dialogues as people have them, against the trained model: tests/conversations/<what_happens>.yml."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.message import Hints
from bot.settings import Settings
from commands.chat import PrivateHotline, private_hotline, step
from commands.train import train

pytestmark = [pytest.mark.rasa, pytest.mark.asyncio(loop_scope="module")]

FOLDER = Path(__file__).parent / "conversations"


def dialogues() -> list[Any]:
    return [
        pytest.param(dialogue, id=f"{path.stem}: {dialogue['name']}")
        for path in sorted(FOLDER.glob("*.yml"))
        for dialogue in yaml.safe_load(path.read_text("utf-8"))
    ]


@pytest.fixture(scope="module")
async def hotline() -> AsyncIterator[PrivateHotline]:
    settings = Settings.from_env({"LOG_LEVEL": "error"})
    async with private_hotline(settings, train(settings.var)) as running:
        yield running


@pytest.mark.parametrize("dialogue", dialogues())
async def test_conversation(hotline: PrivateHotline, dialogue: dict[str, Any]) -> None:
    talk = hotline.person(dialogue.get("channel", "web"), Hints.of(dialogue.get("hints") or {}))
    heard = []
    wanted = []
    for turn in dialogue["turns"]:
        replies = await step(talk, turn["person"]) or []
        shown = "\n".join(reply.text for reply in replies)
        wanted.append((turn["person"], turn.get("says"), turn.get("shows", []), turn.get("hides", [])))
        heard.append(
            (
                turn["person"],
                [reply.say for reply in replies] if turn.get("says") is not None else None,
                [words for words in turn.get("shows", []) if words in shown],
                [words for words in turn.get("hides", []) if words not in shown],
            )
        )
    assert heard == wanted
