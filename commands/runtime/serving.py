"""What the gateway is for as long as it runs: its loops, the public server and the desk, until somebody ends it."""

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
    """Answer at every door and at the desk. On leaving: first no new messages, then the turns that have begun."""
    public = gateway.build(parts.webchat, parts.webhooks, parts.store, parts.engine)
    async with (
        parts.working(),
        gateway.serve(public, settings.host, settings.port),
        gateway.serve(desk_app.build(parts.desk), settings.desk_host, settings.desk_port),
    ):
        yield


def until_ended() -> asyncio.Event:
    """Give what is set when a signal asks this process to end."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


def allow_many_connections() -> None:
    """Each open page holds a socket; the door, Redis and the engines share one limit, which is often 1,024."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
