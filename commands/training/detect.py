"""`quietline detect`: reads lines of text, with or without hints, and prints JSON lines that name the language."""

import json
from io import TextIOWrapper
from typing import TextIO

from bot.language.locale import detect
from bot.messaging.message import Hints
from bot.text.line_with_object import line_with_object


def detect_lines(stdin: TextIO, stdout: TextIO) -> None:
    """Answer every line, even an empty one, with one JSON line at once.

    Only "\\n" ends a line. Whatever follows the last tab is read as hints if it is a JSON object; otherwise it is part
    of the text.
    """
    if isinstance(stdin, TextIOWrapper):
        # Broken UTF-8 must not stop the run, and a "\r" inside a message does not end a line.
        stdin.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")
    for line in stdin:
        text, told = line_with_object(line.removesuffix("\n").removesuffix("\r"))
        found = detect(text, Hints.of(told) if told else Hints())
        answer = {"locale": found.locale, "confidence": found.confidence, "candidates": found.candidates}
        stdout.write(json.dumps(answer) + "\n")
        stdout.flush()
