"""Classifies a reply by the name of its phrase: opening, check, rest, neutral, crisis, number, question or answer."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import yaml

from bot.phrases.phrases import SOURCE, Phrasebook

ReplyKind = Literal["opening", "check", "rest", "neutral", "crisis", "number", "question", "answer"]

_ROOT = Path(__file__).parents[2]
KINDS: tuple[ReplyKind, ...] = get_args(ReplyKind)


def kind_of(say: str) -> ReplyKind:
    """Return the kind of a phrase. An operator's own words have no phrase name and count as an answer."""
    named, beginnings = _table()
    if say in named:
        return named[say]
    found = [beginning for beginning in beginnings if say.startswith(beginning)]
    if found:
        return beginnings[max(found, key=len)]
    return "question" if "?" in Phrasebook.load(_ROOT).texts[SOURCE].get(say, "") else "answer"


@cache
def listed() -> Mapping[ReplyKind, tuple[str, ...]]:
    """Return the table of data/reply_kinds.yml."""
    plain = yaml.load((_ROOT / "data" / "reply_kinds.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    return {kind: tuple(plain.get(kind) or ()) for kind in KINDS}


@cache
def _table() -> tuple[Mapping[str, ReplyKind], Mapping[str, ReplyKind]]:
    rows = [(name, kind) for kind, names in listed().items() for name in names]
    named = {name: kind for name, kind in rows if not name.endswith("*")}
    return named, {name.removesuffix("*"): kind for name, kind in rows if name.endswith("*")}
