"""Stands in for LibreTranslate, on a port of its own."""

import asyncio
import gzip
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from commands.runtime.free_ports import free_port


@dataclass
class Machine:
    """Puts a letter before each text, as its translation; or answers what it is told to."""

    port: int = field(default_factory=free_port)
    asked: list[dict[str, Any]] = field(default_factory=list)
    answer: Any = None
    slow: float = 0.0  # seconds
    unpacked: bytes = b""  # sent packed, in place of any answer, without a length

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def translate(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(await request.json())
        await asyncio.sleep(self.slow)
        if self.unpacked:
            return await self._packed(request)
        letter = self.asked[-1]["target"][0].upper()
        said = {"translatedText": [f"{letter} {text}" for text in self.asked[-1]["q"]]}
        return web.json_response(said if self.answer is None else self.answer)

    async def _packed(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Encoding": "gzip"})
        await response.prepare(request)
        await response.write(gzip.compress(self.unpacked))
        return response
