"""Serves the gateway: its loops, the public server and the desk, until a signal stops it."""

import asyncio
import resource
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.settings import Settings
from channels import gateway
from commands.runtime.composition import Gateway
from desk.web import app as desk_app


@asynccontextmanager
async def serving(settings: Settings, parts: Gateway) -> AsyncIterator[None]:
    """Serve every channel and the desk. On exit, first stop taking messages, then finish the turns that have begun."""
    public = gateway.build(parts.webchat, parts.webhooks, parts.store, parts.engine, parts.hsds)
    async with (
        parts.working(),
        gateway.serve(public, settings.host, settings.port),
        gateway.serve(desk_app.build(parts.desk), settings.desk_host, settings.desk_port),
    ):
        yield


def until_ended() -> asyncio.Event:
    """Return an event that is set when a signal asks this process to end."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


def allow_many_connections() -> None:
    """Raise the limit on open files to its maximum.

    Each open page holds a socket, and pages, Redis and engines share one limit, often 1,024.
    """
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
