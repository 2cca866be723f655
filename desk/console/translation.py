"""English of what a person wrote, by a machine of the organisation's own (LibreTranslate): off unless an address is set.

It is for the eye of an operator only, always labelled, beside the original, and kept nowhere. What we say is never made by it.
"""

from collections.abc import Sequence
from typing import Any

import aiohttp

from bot.messaging.transcript import Line

_WAIT = aiohttp.ClientTimeout(total=8)
_MOST = 30  # lines of one look: the last ones


class NotTranslated(Exception):
    """The machine gave no answer that can be read."""


async def english(url: str, lines: Sequence[Line]) -> dict[str, str]:
    """Give the English of the last lines of the person, by their ids; raises NotTranslated."""
    asked = [line for line in lines if line.who == "you" and line.text][-_MOST:]
    if not asked:
        return {}
    texts = await _translated(url, [line.text for line in asked])
    return {line.id: text for line, text in zip(asked, texts, strict=True) if text.strip() != line.text.strip()}


async def _translated(url: str, texts: list[str]) -> list[str]:
    # People mix languages: the machine looks for itself which one a line is in.
    asked = {"q": texts, "source": "auto", "target": "en", "format": "text"}
    try:
        async with (
            aiohttp.ClientSession(timeout=_WAIT) as session,
            session.post(f"{url}/translate", json=asked, allow_redirects=False) as response,
        ):
            return _read(await response.json(), len(texts))
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        raise NotTranslated from None  # no text of the error: it may hold what was asked


def _read(answer: Any, number: int) -> list[str]:
    found = answer.get("translatedText") if isinstance(answer, dict) else None
    if not isinstance(found, list) or len(found) != number or not all(isinstance(text, str) for text in found):
        raise ValueError
    return found
