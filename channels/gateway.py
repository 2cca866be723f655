"""The public web server: mounts the doors, and turns every error into a status at one edge."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from aiohttp import web

from bot import logs
from bot.store import Store, StoreAway
from channels import metrics
from channels.adapter import BadPayload
from channels.engine import EngineClient
from channels.webchat import Webchat

BODY_CAP = 64 * 1024
# The page may load its own three files and talk to its own server, nothing else (P05, P24).
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def build(webchat: Webchat, store: Store, engine: EngineClient) -> web.Application:
    """Put the public application together."""
    app = web.Application(client_max_size=BODY_CAP, middlewares=[_edge])
    app.add_routes(webchat.routes())

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(_: web.Request) -> web.Response:
        with suppress(StoreAway):
            await store.call("PING")
            if await engine.ready():
                return web.Response(text="ready\n")
        return web.Response(status=503, text="not ready\n")

    async def counts(_: web.Request) -> web.Response:
        with suppress(StoreAway):
            metrics.waiting.set(await store.call("ZCARD", "agenda"))
        return web.Response(body=metrics.page(), content_type="text/plain", charset="utf-8")

    app.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", counts)])
    app.on_response_prepare.append(_put_headers)
    return app


@asynccontextmanager
async def serve(app: web.Application, host: str, port: int) -> AsyncIterator[None]:
    """Serve until closed. No access log: it would hold addresses (P02)."""
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=2)
    await runner.setup()
    site = web.TCPSite(runner, host, port, reuse_address=True)
    await site.start()
    try:
        yield
    finally:
        await runner.cleanup()


async def _put_headers(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)
    response.headers.pop("Server", None)


@web.middleware
async def _edge(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except BadPayload as bad:
        metrics.refused.labels(str(bad)).inc()
        return web.json_response({"error": str(bad)}, status=400)
    except web.HTTPException as known:
        # aiohttp's texts may echo parts of the request; a status says enough (P30).
        if known.status >= 400:
            known.text = f"{known.status}\n"
        raise
    except Exception:
        logs.failure("request_failed")
        return web.json_response({"error": "failed"}, status=500)
