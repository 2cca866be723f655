"""Reads messages line by line and says what is understood of each: the engine's understanding without a conversation."""

import json
from collections.abc import Iterable
from typing import TextIO

from bot.language.locale import detect
from bot.rasa.understanding import Understanding


def read_lines(lines: Iterable[bytes], out: TextIO, understanding: Understanding) -> None:
    """Write one JSON line for each line, empty ones too."""
    for line in lines:
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        found = understanding.read(text)
        plain = {
            "text": text,
            "locale": detect(text).locale,
            "intent": found.intent,
            "confidence": round(found.confidence, 4),
            "crisis": found.crisis,
            "entities": found.entities,
            "guesses": {label: round(likely, 4) for label, likely in found.ranking},
        }
        out.write(json.dumps(plain, ensure_ascii=False) + "\n")
        out.flush()
