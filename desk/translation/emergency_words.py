"""What a machine never translates: numbers to call, and words of an emergency, in every language that we serve.

The words are those of our own reviewed replies (data/emergency_words.yml). A mistake there could cost a life, so operators
send the reviewed reply itself.
"""

import re
from functools import cache
from pathlib import Path

import yaml

from bot.text.cleaning import clean, words

WORDS = Path(__file__).parents[2] / "data" / "emergency_words.yml"
# Three digits, however they are grouped; \d has the digits of every script.
_NUMBER = re.compile(r"\d(?:[\s().\-]{0,2}\d){2,}")
_ALPHABETS = r"[a-z\u00c0-\u024f\u0400-\u04ff]"  # where words are parted by spaces and nothing is put before them


def has_number(text: str) -> bool:
    """Whether a text has a number that could be called."""
    return bool(_NUMBER.search(text))


def has_emergency(text: str) -> bool:
    """Whether a text, in any of our languages, has a word of an emergency."""
    return bool(_stems().search(_folded(text)))


@cache
def _stems() -> "re.Pattern[str]":
    listed = yaml.load(WORDS.read_text("utf-8"), Loader=yaml.CSafeLoader)
    stems = sorted({_folded(stem) for stems in listed.values() for stem in stems})
    return re.compile("|".join(_beginning(stem) for stem in stems))


def _folded(text: str) -> str:
    return " ".join(words(clean(text)))


def _beginning(stem: str) -> str:
    start = r"(?<!\w)" if re.match(_ALPHABETS, stem) else ""
    return start + re.escape(stem)
