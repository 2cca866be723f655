"""Reviewed words that settle a grave question whatever label was understood: who holds the phone, safe, alone."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.cleaning import clean, words

_DATA = Path(__file__).parent.parent / "data"
_PAUSE = re.compile(r"[,،.;؛!\n]")
_QUESTION = re.compile(r"[?؟]")


def from_stranger(text: str) -> bool:
    """Tell whether this is what somebody asks who found the talk on another person's phone."""
    said = _plain(text)
    lists = _lists("stranger_words.yml")
    beginnings = tuple(f"{start} " for start in lists["beginning"])
    return said in lists["whole"] or f"{said} ".startswith(beginnings)


def says_safe(text: str) -> bool:
    """Tell whether a whole message says yes to "safe to write?", and nothing else."""
    return _only_yes(text) and not _doubts(text)


def begins_safe(text: str) -> bool:
    """Tell whether a message says so before its first pause; what follows may be a story."""
    return _only_yes(_PAUSE.split(text.strip(), maxsplit=1)[0]) and not _doubts(text)


def says_not_alone(text: str) -> bool:
    """Tell whether a whole message says that somebody is there."""
    return _plain(text) in _lists("answer_words.yml")["not_alone"]


def says_alone(text: str) -> bool:
    """Tell whether a message speaks of being alone; "I am not alone" as the whole message does not."""
    said = f" {_plain(text)} "
    return not says_not_alone(text) and any(f" {word} " in said for word in _lists("answer_words.yml")["alone"])


def says_wrong(text: str) -> bool:
    """Tell whether a whole message takes back what was said or answered before."""
    return _plain(text) in _lists("answer_words.yml")["wrong"]


def settles_something(text: str) -> bool:
    """Tell whether a whole message is one that people send for a reason: yes, no, hello, "who is this?"."""
    lists = _lists("answer_words.yml")
    said = _plain(text)
    common = frozenset[str]().union(*lists["safe"].values(), lists["alone"], lists["no_word"]["common"])
    return said in common or says_not_alone(text) or from_stranger(text)


def is_question(text: str) -> bool:
    """Tell whether a message asks something, by its mark."""
    return bool(_QUESTION.search(text))


def asks_how(text: str) -> bool:
    """Tell whether a message asks how something is done."""
    return bool(set(words(clean(text))) & _lists("answer_words.yml")["how"])


def tells_topic(text: str) -> bool:
    """Tell whether a word of a message would give away what is talked about here."""
    said = f" {_plain(text)} "
    return any(f" {word} " in said for word in _lists("answer_words.yml")["no_word"]["topic"])


def _only_yes(text: str) -> bool:
    safe = _lists("answer_words.yml")["safe"]
    said = set(words(clean(text)))
    return bool(said & safe["yes"]) and said <= safe["yes"] | safe["beside"]


def _doubts(text: str) -> bool:
    return bool(_QUESTION.search(text)) or bool(set(words(clean(text))) & _lists("answer_words.yml")["safe"]["doubt"])


def _plain(text: str) -> str:
    return " ".join(words(clean(text)))


@cache
def _lists(file: str) -> dict[str, Any]:
    return {name: _joined(part) for name, part in yaml.safe_load((_DATA / file).read_text("utf-8")).items()}


def _joined(part: dict[str, Any]) -> Any:
    """Join the lists of the languages: who writes may use another language than the one we answer in."""
    if all(isinstance(value, list) for value in part.values()):
        return frozenset(_plain(str(entry)) for entries in part.values() for entry in entries)
    return {name: _joined(below) for name, below in part.items()}
