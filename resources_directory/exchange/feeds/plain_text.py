"""Plain text and numbers from the values of a feed, which carry HTML, quotes inside quotes and numbers as text."""

import html
import math
import re
from typing import Any

from resources_directory.places.spelling import folded

LONGEST = 5_000
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘`´", " "))
_TAG = re.compile(r"<[^<>]{0,300}>")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]+")


def words(value: Any) -> str | None:
    """Return the text of a field on one line; None if there is none."""
    if isinstance(value, bool) or value is None or isinstance(value, dict | list):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    shown = _TAG.sub(" ", html.unescape(str(value)[:LONGEST]))
    shown = _UNSEEN.sub(" ", shown).encode("utf-8", "ignore").decode()
    shown = " ".join(shown.split())
    # Some feeds, including the official example, put quotes around the whole value.
    return (shown[1:-1].strip() if len(shown) > 1 and shown[0] == shown[-1] == '"' else shown) or None


def number(value: Any) -> float | None:
    """Return a number, even if it is written as text; None for anything else."""
    text = words(value)
    try:
        found = float(text.replace(",", ".")) if text else None
    except ValueError:
        return None
    return found if found is not None and math.isfinite(found) else None


def spaced(text: str) -> str:
    """Return folded words with a space at both ends, so that a phrase is found by whole words: " women s shelter "."""
    return f" {folded(text.translate(_APOSTROPHES))} "


def shortened(text: str, longest: int) -> str:
    """Return a text cut at the end of a word."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"
