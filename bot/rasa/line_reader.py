"""Reads messages line by line and says what is understood of each: the engine's understanding without a conversation."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from bot.encoder.reading import Context
from bot.engine.understood import Understood
from bot.language.locale import detect
from bot.rasa.components.label_bound import heard_from
from bot.rasa.understanding import Understanding
from bot.text.line_with_object import line_with_object

_HOLDS_FROM = 0.5  # chance of watched and free
# What the reader's marks call a crisis. An unsafe chat is always the writer's own, and now.
KINDS = {"immediate_danger": "danger", "self_harm": "selfharm", "medical_emergency": "medical"}


def read_lines(lines: Iterable[bytes], out: TextIO, understanding: Understanding) -> None:
    """Write one JSON line for each line `text` or `text<TAB>{"question": …, "mode": …}`, empty ones too."""
    for line in lines:
        text, context = _split(line.decode("utf-8", "replace").rstrip("\r\n"))
        out.write(json.dumps(_plain(text, context, understanding.read(text, context)), ensure_ascii=False) + "\n")
        out.flush()


def _split(line: str) -> tuple[str, Context]:
    text, told = line_with_object(line)
    return text, Context(str(told.get("question") or ""), str(told.get("mode") or ""))


def _plain(text: str, context: Context, found: Understood) -> dict[str, Any]:
    return {
        "text": text,
        "locale": detect(text).locale,
        "intent": found.intent,
        "confidence": round(found.confidence, 4),
        "crisis": found.crisis,
        "entities": found.entities,
        "guesses": {label: round(likely, 4) for label, likely in found.ranking},
        "labels": [
            {"name": name, "confidence": round(chance, 4)} for name, chance in _likely(found.heard.get("many", {}))
        ],
        "about": _likeliest(found.heard.get("about", {})),
        "watched": found.heard.get("marks", {}).get("watched", 0.0) >= _HOLDS_FROM,
        "free": found.heard.get("marks", {}).get("free", 0.0) >= _HOLDS_FROM,
        "answer": _likeliest(found.heard.get("answer", {})) if context.question else None,
        "ages": [int(entity["value"]) for entity in found.entities if entity["entity"] == "age"],
        "places": [entity for entity in found.entities if entity["entity"] in ("country", "place")],
        "crises": [_crisis(label, found) for label in found.crises],
    }


def _crisis(label: str, found: Understood) -> dict[str, Any]:
    chance, band = found.crises[label]
    kind = KINDS.get(label, "")
    marks = {name: likely for name, likely in found.heard.get("marks", {}).items() if name.startswith(f"{kind}:")}
    _, whose, when = (_likeliest(marks) or "::").split(":") if kind else ("", "me", "now")
    return {"kind": label, "about": whose, "when": when, "confidence": round(chance, 4), "band": band}


def _likely(chances: Mapping[str, float]) -> list[tuple[str, float]]:
    told = [(name, chance) for name, chance in chances.items() if chance >= heard_from()]
    return sorted(told, key=lambda item: -item[1])


def _likeliest(chances: Mapping[str, float]) -> str | None:
    return max(chances, key=lambda name: chances[name], default=None)
