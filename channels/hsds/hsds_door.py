"""The read API of the directory over HTTP (docs/api.md): GET alone, for any site, without an account.

What it says is handed in; doors know nothing of the directory.
"""

import asyncio
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from aiohttp import ETag, hdrs, web
from aiohttp.typedefs import Handler

from bot import logs
from bot.reporting import complaints
from bot.storage.store import Store, StoreAway
from channels import metrics
from channels.hsds.answer_slots import AnswerSlots
from channels.hsds.request_limit import RequestLimit

PREFIX = "/hsds"
_FRESH = 60  # seconds that an answer may be kept: a service that is held back must soon be gone everywhere
_KEPT = f"public, max-age={_FRESH}, must-revalidate"
_SENTENCES = {404: "There is no such path.", 405: "Only GET and HEAD are answered here."}


class AnswersQueries(Protocol):
    """What is asked for an answer: its status, content type, body, the tag of a body of status 200, and for 301 the location."""

    def answer(
        self, path: str, query: Iterable[tuple[str, str]], held_back: frozenset[str]
    ) -> tuple[int, str, bytes, str, str]:
        """Answer a request, in any thread. `held_back`: ids of services that are given to nobody just now."""


def build(api: AnswersQueries, store: Store, limit: RequestLimit, slots: AnswerSlots | None = None) -> web.Application:
    """Build the application that the gateway mounts at PREFIX."""
    slots = slots or AnswerSlots()
    # One thread of its own: those of the loop take in the messages of people, and must not wait for a listing.
    thread = ThreadPoolExecutor(1, PREFIX)

    async def get(request: web.Request) -> web.Response:
        if wait := limit.wait(request.remote):
            metrics.refused.labels("hsds_limit").inc()
            return _refusal(429, "Too many requests.", {"Retry-After": str(wait)})
        try:
            async with slots.taken():
                response = await answered(request)
                await slots.send(request, response)
                return response
        except TimeoutError:
            metrics.refused.labels("hsds_busy").inc()
            return _refusal(503, "Too many answers are under way.", {"Retry-After": "5"})

    async def answered(request: web.Request) -> web.Response:
        try:
            held_back = await complaints.suspended(store)
        except StoreAway:
            # Nobody knows now what is held back.
            return _refusal(503, "The directory cannot be read just now.", {"Retry-After": "5"})
        path, query = request.match_info.get("path", ""), list(request.query.items())
        asked = asyncio.get_running_loop().run_in_executor(thread, api.answer, path, query, held_back)
        return _response(request, *await asked)

    async def stop(_: web.Application) -> None:
        thread.shutdown(wait=False, cancel_futures=True)

    app = web.Application(middlewares=[_error_middleware])
    app.add_routes([web.get("", get), web.get("/{path:.*}", get)])
    app.on_response_prepare.append(_for_any_site)
    app.on_cleanup.append(stop)
    return app


def _response(
    request: web.Request, status: int, content_type: str, body: bytes, tag: str, location: str
) -> web.Response:
    if status != 200:
        headers = {"Location": location} if location else None
        return web.Response(status=status, body=body, content_type=content_type, headers=headers)
    known = request.if_none_match or ()
    unchanged = any(one.value in (tag, "*") for one in known)
    response = web.Response(status=304) if unchanged else web.Response(body=body, content_type=content_type)
    response.etag = ETag(tag)
    return response


@web.middleware
async def _error_middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException as known:
        allowed = {"Allow": "GET, HEAD"} if known.status == 405 else {}
        return _refusal(known.status, _SENTENCES.get(known.status, "The request could not be read."), allowed)
    except Exception:
        logs.failure("request_failed")
        return _refusal(500, "Something went wrong.", {})


def _refusal(status: int, sentence: str, headers: dict[str, str]) -> web.Response:
    return web.json_response({"error": sentence}, status=status, headers=headers)


async def _for_any_site(_: web.Request, response: web.StreamResponse) -> None:
    """Let scripts of any site read it, and caches keep it: no cookie or account changes what is said.

    It is called after the headers of all doors are set, which forbid both.
    """
    if response.status in (200, 301, 304):
        response.headers[hdrs.CACHE_CONTROL] = _KEPT
    response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = "*"
    response.headers[hdrs.ACCESS_CONTROL_EXPOSE_HEADERS] = "ETag, Retry-After"
