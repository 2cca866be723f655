"""A reply as pieces for a page that can show more than text: sentences, and each line to call as a card.

Nothing is said that the text does not say. A line inside a sentence stays there.
"""

import re
from collections.abc import Mapping
from typing import Any

from bot.phrases.phrases import Phrasebook

_CARDS = frozenset({"line_national", "line_service", "line_short"})
_SHOWN = frozenset({"name", "number", "call", "chat"})  # arguments that have a place of their own; all others are facts
_LAST = ("seen",)  # how old it is comes after what to know first
# Where a card stands while the text around it is rendered: letters of the private use area, in no language.
_PLACE = re.compile("\ue000(\\d+)\ue001")
_DIALLED = re.compile(r"[+*#]?\d[\d*#]*")
Piece = dict[str, Any]  # {"text": …}, or {"card": {name number call facts locale}}


def pieces(book: Phrasebook, say: str, arguments: Mapping[str, Any], locale: str, channel: str) -> list[Piece]:
    """Return the pieces of a reply in order; none if there is no card in it."""
    lines: list[Mapping[str, Any]] = []
    text = book.render(say, {name: _marked(value, lines) for name, value in arguments.items()}, locale, channel)
    found = [_piece(book, row, lines, locale, channel) for row in text.split("\n")]
    if not any("card" in piece for piece in found):
        return []
    return _joined(found)


def dialled(number: str) -> str:
    """Return a number as it is dialed; empty if it is none."""
    call = re.sub(r"[\s().\u2010-\u2015-]", "", number)
    return call if _DIALLED.fullmatch(call) else ""


def _marked(value: Any, lines: list[Mapping[str, Any]]) -> Any:
    """Put a mark in place of each line to call, and remember the line."""
    if isinstance(value, list):
        return [_marked(part, lines) for part in value]
    if isinstance(value, Mapping):
        if value["say"] in _CARDS:
            lines.append(value)
            return f"\ue000{len(lines) - 1}\ue001"
        inside = value.get("arguments") or {}
        return {**value, "arguments": {name: _marked(part, lines) for name, part in inside.items()}}
    return _PLACE.sub("", value) if isinstance(value, str) else value


def _piece(book: Phrasebook, row: str, lines: list[Mapping[str, Any]], locale: str, channel: str) -> Piece:
    alone = _PLACE.fullmatch(row.strip())
    if alone:
        return {"card": _card(book, lines[int(alone[1])]["arguments"], locale, channel)}
    return {"text": _PLACE.sub(lambda place: _said(book, lines[int(place[1])], locale, channel), row)}


def _said(book: Phrasebook, line: Mapping[str, Any], locale: str, channel: str) -> str:
    return book.render(line["say"], line["arguments"], locale, channel)


def _card(book: Phrasebook, line: Mapping[str, Any], locale: str, channel: str) -> dict[str, Any]:
    first = [value for name, value in line.items() if name not in _SHOWN and name not in _LAST]
    chat = [{"say": "line_chat", "arguments": {"address": line["chat"]}}] if line.get("chat") else []
    told = book.render_each([*first, *chat, *(line.get(name, "") for name in _LAST)], locale, channel)
    call = dialled(line.get("call", ""))
    return {
        "name": line["name"],
        "number": line["number"],
        "call": call,
        "facts": [fact for some in told for fact in some.split("\n") if fact],
        "locale": locale,
    }


def _joined(found: list[Piece]) -> list[Piece]:
    """Join sentences that stand next to each other."""
    joined: list[Piece] = []
    for piece in found:
        if "text" in piece and joined and "text" in joined[-1]:
            joined[-1] = {"text": f"{joined[-1]['text']}\n{piece['text']}"}
        else:
            joined.append(piece)
    return [piece for piece in joined if "card" in piece or piece["text"].strip()]
