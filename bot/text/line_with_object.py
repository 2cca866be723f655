"""A line of text with an object of JSON behind its last tab, as commands read it."""

import json
from typing import Any


def line_with_object(line: str) -> tuple[str, dict[str, Any]]:
    """Return the text and the object. What stands behind the last tab and is no object belongs to the text."""
    text, tab, behind = line.rpartition("\t")
    if not tab:
        return line, {}
    try:
        told = json.loads(behind)
    except (ValueError, RecursionError):
        return line, {}
    return (text, told) if isinstance(told, dict) else (line, {})
