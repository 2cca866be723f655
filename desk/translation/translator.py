"""The translator that the organisation runs itself (LibreTranslate): off unless its URL is set, and nothing waits long for it."""

import json
from collections.abc import Sequence
from typing import Any

import aiohttp

_WAIT = aiohttp.ClientTimeout(total=8)
_LARGEST = 1 << 20  # bytes of an answer
AUTO = "auto"  # the translator detects the language
_CODES = {"zh-Hans": "zh"}  # as old and new versions of it know them


class NotTranslated(Exception):
    """The translator gave no usable answer."""


async def translated(url: str, texts: Sequence[str], source: str, target: str) -> list[str]:
    """Return texts in another language, one for each; raises NotTranslated.

    source, target: BCP 47 tags; source may be AUTO.
    """
    asked = {"q": list(texts), "source": _code(source), "target": _code(target), "format": "text"}
    try:
        async with (
            aiohttp.ClientSession(timeout=_WAIT) as session,
            session.post(f"{url}/translate", json=asked, allow_redirects=False) as response,
        ):
            return _read(json.loads(await _content(response)), len(texts))
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError, RecursionError):
        raise NotTranslated from None  # without the error's text, which may hold what was sent


async def _content(response: aiohttp.ClientResponse) -> bytes:
    """Return the body, unpacked; raises ValueError for one without end, whatever its header says of its length."""
    content = bytearray()
    async for part in response.content.iter_any():
        content += part
        if len(content) > _LARGEST:
            raise ValueError
    return bytes(content)


def _code(tag: str) -> str:
    return _CODES.get(tag, tag)


def _read(answer: Any, number: int) -> list[str]:
    found = answer.get("translatedText") if isinstance(answer, dict) else None
    if not isinstance(found, list) or len(found) != number or not all(isinstance(text, str) for text in found):
        raise ValueError
    return found
