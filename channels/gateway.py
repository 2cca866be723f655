"""The public web server: mounts the channels and turns every error into a status in one middleware."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot import logs
from bot.messaging import provider_copies, text_budget
from bot.reporting import complaints
from bot.storage.store import Store, StoreAway
from channels import headers, local_only, metrics
from channels.contract import BadPayload, NotGenuine
from channels.engine_client import Engine
from channels.hsds import hsds_door
from channels.web.organisations.update_page import UpdatePage
from channels.web.webchat import Webchat
from channels.webhooks import Webhooks

BODY_CAP = 64 * 1024


def build(
    webchat: Webchat, webhooks: Webhooks, store: Store, engine: Engine, hsds: web.Application | None = None
) -> web.Application:
    """Build the public application. `hsds`: the read API of the directory, where it is open."""
    app = web.Application(client_max_size=BODY_CAP, middlewares=[_error_middleware(webchat)])
    app.add_routes([*webchat.routes(), *webhooks.routes()])
    if webchat.settings.organisation_links:
        app.add_routes(UpdatePage(store).routes())

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(request: web.Request) -> web.Response:
        local_only.demand_local(request)
        with suppress(StoreAway):
            await store.call("PING")
            if await engine.ready():
                return web.Response(text="ready\n")
        return web.Response(status=503, text="not ready\n")

    async def counts(request: web.Request) -> web.Response:
        local_only.demand_local(request)
        local_only.demand_token(request, webchat.settings, store.vault)
        with suppress(StoreAway):
            metrics.waiting.set(await store.call("ZCARD", "inbox_due"))
            metrics.copies_late.labels("sms").set(await provider_copies.count_late(store, "sms"))
            metrics.texts_this_hour.set(await text_budget.sent(store))
            metrics.complaints.set(len(await complaints.counts(store)))
            metrics.suspended.set(len(await complaints.suspended(store)))
        return web.Response(body=metrics.page(), content_type="text/plain", charset="utf-8")

    app.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", counts)])
    app.on_shutdown.append(webchat.end)
    app.on_response_prepare.append(headers.header_setter(webchat.settings.frame_hosts))
    if hsds:
        app.add_subapp(hsds_door.PREFIX, hsds)
    return app


@asynccontextmanager
async def serve(app: web.Application, host: str, port: int) -> AsyncIterator[None]:
    """Serve until closed. No access log: it would contain addresses (P02)."""
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=2)
    await runner.setup()
    site = web.TCPSite(runner, host, port, reuse_address=True)
    await site.start()
    try:
        yield
    finally:
        await runner.cleanup()


def _error_middleware(webchat: Webchat) -> Middleware:
    """Build the error middleware: a script gets a status and a word, a person gets a page with a number to call."""

    @web.middleware
    async def error_middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except BadPayload as bad:
            metrics.refused.labels(str(bad)).inc()
            return _sorry(webchat, request, 400, str(bad))
        except NotGenuine:
            metrics.refused.labels("signature").inc()
            return _sorry(webchat, request, 403, "signature")
        except web.HTTPException as known:
            if known.status < 400:
                raise
            # aiohttp's texts may echo parts of the request; the status says enough (P30).
            return _sorry(webchat, request, known.status, f"{known.status}")
        except Exception:
            logs.failure("request_failed")
            return _sorry(webchat, request, 500, "failed")

    return error_middleware


def _sorry(webchat: Webchat, request: web.Request, status: int, error: str) -> web.Response:
    if request.method == "POST" and "text/html" in request.headers.get("Accept", ""):
        return webchat.broken(request, status)
    return web.json_response({"error": error}, status=status)
