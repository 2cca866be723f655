"""Dialogues as people have them, against the trained model: tests/conversations/<what_happens>.yml.

With UPDATE_CONVERSATIONS=1 the phrases that are said now are written into the files; the diff must be read.
"""

import json
import os
import re
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.messaging.message import Hints
from bot.phrases.phrases import Phrasebook
from bot.settings import Settings
from bot.text.text_messages import fits
from commands.bench.private_hotline import PrivateHotline, private_hotline
from commands.chat.script_lines import step
from commands.runtime.preparation import prepared

pytestmark = pytest.mark.rasa

UPDATE = bool(os.environ.get("UPDATE_CONVERSATIONS"))
UPDATED: dict[Path, list[dict[str, Any]]] = defaultdict(list)
LINE = 130
QUESTION = re.compile("[?؟？]")
FOLDER = Path(__file__).parent / "conversations"


def dialogues() -> list[Any]:
    return [
        pytest.param({**dialogue, "file": path}, id=f"{path.stem}: {dialogue['name']}")
        for path in sorted(FOLDER.glob("*.yml"))
        for dialogue in yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    ]


@pytest.fixture(scope="module")
async def hotline() -> AsyncIterator[PrivateHotline]:
    settings = Settings.from_env({"LOG_LEVEL": "error"})
    async with private_hotline(settings, prepared(settings)) as running:
        yield running


@pytest.fixture(autouse=True)
def nothing_left_open() -> None:
    """Look for nothing: the hotline outlives each test, and its pools open and close connections as they need them."""


@pytest.mark.parametrize("dialogue", dialogues())
async def test_conversation(hotline: PrivateHotline, dialogue: dict[str, Any]) -> None:
    await hotline.begin_anew()  # a complaint of one person takes a service from the next
    talk = hotline.person(dialogue.get("channel", "web"), Hints.of(dialogue.get("hints") or {}))
    heard, wanted = [], []
    for turn in dialogue["turns"]:
        replies = await step(talk, turn["person"])
        choices = [str(choice["text"]) for reply in replies for choice in reply.choices]
        shown = "\n".join([*(reply.text for reply in replies), *choices])
        shown_in = int(dialogue.get("languages", 1))  # while it is not known which one is read, replies come in two
        holds_in_every_conversation([reply.text for reply in replies], talk.terminal.name, shown_in)
        heard.append(
            {
                **turn,
                "says": [reply.say for reply in replies],
                "shows": [words for words in turn.get("shows", []) if words in shown],
                "hides": [words for words in turn.get("hides", []) if words not in shown],
            }
        )
        wanted.append({**turn, "shows": turn.get("shows", []), "hides": turn.get("hides", [])})
    if UPDATE:
        UPDATED[dialogue["file"]].append({**dialogue, "turns": heard})
    else:
        assert heard == wanted


def holds_in_every_conversation(texts: list[str], channel: str, languages: int) -> None:
    """At most one question in each language, and nothing too long for a text message."""
    said = "\n".join(texts)
    assert len(QUESTION.findall(said)) <= languages, said
    if channel == "sms":
        assert [text for text in texts if not fits(text)] == []


async def test_there_are_enough_of_them_and_each_crisis_label_in_each_language() -> None:
    found = [
        one for path in FOLDER.glob("*.yml") for one in yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    ]
    assert len(found) >= 60
    crisis = ("utter_danger", "utter_self_harm", "utter_medical", "utter_cannot_talk")
    answered = {
        (locale, phrase)
        for one in found
        for turn in one["turns"]
        for phrase in crisis
        for locale in _languages(one)
        if any(said.startswith(phrase) for said in turn["says"])
    }
    assert answered == {
        (locale, phrase) for locale in Phrasebook.load(FOLDER.parent.parent).locales for phrase in crisis
    }


def _languages(dialogue: dict[str, Any]) -> list[str]:
    hints = dialogue["hints"]
    by_country = {"US": "en", "GB": "en", "MX": "es", "EG": "ar"}
    return [hints.get("accept") or hints.get("telegram") or by_country[hints["country"]]]


@pytest.fixture(scope="module", autouse=True)
def update() -> Iterator[None]:
    yield
    for path, found in UPDATED.items():
        text = path.read_text("utf-8")
        played = {dialogue["name"]: dialogue for dialogue in found}
        every = [played.get(one["name"], one) for one in yaml.load(text, Loader=yaml.CSafeLoader)]
        path.write_text("\n".join([text.partition("\n")[0], *map(_as_yaml, every)]), "utf-8")


def _as_yaml(dialogue: dict[str, Any]) -> str:
    hints = ", ".join(f"{name}: {value}" for name, value in (dialogue.get("hints") or {}).items())
    lines = [f"- name: {_quoted(dialogue['name'])}", f"  hints: {{{hints}}}", f"  channel: {dialogue['channel']}"]
    lines += [f"  languages: {dialogue['languages']}"] if "languages" in dialogue else []
    return "\n".join([*lines, "  turns:", *map(_turn_as_yaml, dialogue["turns"]), ""])


def _turn_as_yaml(turn: dict[str, Any]) -> str:
    parts = [f"person: {json.dumps(turn['person'], ensure_ascii=False)}", f"says: [{', '.join(turn['says'])}]"]
    parts += [f"{name}: {json.dumps(turn[name], ensure_ascii=False)}" for name in ("shows", "hides") if turn.get(name)]
    short = f"    - {{{', '.join(parts)}}}"
    return short if len(short) <= LINE else "    - " + "\n      ".join(parts)


def _quoted(name: str) -> str:
    return json.dumps(name, ensure_ascii=False) if ":" in name else name
