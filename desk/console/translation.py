"""English of what a person wrote, from a translator the organisation runs itself (LibreTranslate): off unless its URL is set.

It is for operators' eyes only, always labeled, beside the original, and kept nowhere. Nothing we say comes from it.
"""

from collections.abc import Sequence
from typing import Any

import aiohttp

from bot.messaging.transcript import Line

_WAIT = aiohttp.ClientTimeout(total=8)
_MOST = 30  # lines in one request: the last ones


class NotTranslated(Exception):
    """The translator gave no usable answer."""


async def english(url: str, lines: Sequence[Line]) -> dict[str, str]:
    """Return the English of the person's last lines, by line id; raises NotTranslated."""
    asked = [line for line in lines if line.who == "you" and line.text][-_MOST:]
    if not asked:
        return {}
    texts = await _translated(url, [line.text for line in asked])
    return {line.id: text for line, text in zip(asked, texts, strict=True) if text.strip() != line.text.strip()}


async def _translated(url: str, texts: list[str]) -> list[str]:
    # People mix languages, so the translator detects which language a line is in.
    asked = {"q": texts, "source": "auto", "target": "en", "format": "text"}
    try:
        async with (
            aiohttp.ClientSession(timeout=_WAIT) as session,
            session.post(f"{url}/translate", json=asked, allow_redirects=False) as response,
        ):
            return _read(await response.json(), len(texts))
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        raise NotTranslated from None  # without the error's text, which may hold what was sent


def _read(answer: Any, number: int) -> list[str]:
    found = answer.get("translatedText") if isinstance(answer, dict) else None
    if not isinstance(found, list) or len(found) != number or not all(isinstance(text, str) for text in found):
        raise ValueError
    return found
