"""`quietline run`: brings the whole hotline up on one machine and prints its addresses."""

import asyncio
import fcntl
import signal
import sys
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import IO

from rich.console import Console
from rich.panel import Panel

from bot import logs
from bot.heartbeat import Heartbeat, so_far
from bot.settings import Settings
from channels.local_only import needs_token
from commands.runtime.composition import Gateway, open_gateway_vault
from commands.runtime.disk_space import demand_room
from commands.runtime.ports import demand_ports
from commands.runtime.preparation import prepared
from commands.runtime.processes import EngineProcess, child_environment, write_engine_key
from commands.runtime.production import demand
from commands.runtime.redis_server import NoRedis, OwnRedis
from commands.runtime.serving import allow_many_connections, serving, until_ended

_console = Console(stderr=True)


class AlreadyRunning(Exception):
    """Another hotline uses the same run-time folder."""


def run(settings: Settings) -> None:
    """Bring everything up and serve until a signal comes."""
    demand(settings)
    allow_many_connections()
    demand_room(settings.var)
    with only_one(settings.var):
        demand_ports(settings)
        vault = open_gateway_vault(settings)
        own = None if settings.redis_url else OwnRedis(settings.var / "redis", each_write=settings.production)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # also during training
        try:
            if own:
                own.start()  # before the training, so that no one waits for it only to learn that Redis fails
                settings = replace(settings, redis_url=own.url)
            model = prepared(settings)
            write_engine_key(settings, vault)
            settings = replace(settings, engine_urls=())  # use only the engines started here
            logs.set_up(settings.log_level)
            asyncio.run(_serve(settings, Gateway.build(settings, vault), model, own))
        finally:
            if own:
                own.stop()


def only_one(var: Path) -> IO[str]:
    """Lock the run-time folder. Raises AlreadyRunning. The lock of a killed hotline is released with its process."""
    var.mkdir(parents=True, exist_ok=True)
    lock = (var / "running").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise AlreadyRunning("Quietline runs from this folder already: stop it first, or set QUIETLINE_VAR.") from None
    return lock


async def _serve(settings: Settings, parts: Gateway, model: Path, own: OwnRedis | None) -> None:
    stop = until_ended()
    engines = [EngineProcess(port, model, child_environment(settings)) for port in settings.engine_ports]
    async with AsyncExitStack() as stack:
        # The stack unwinds in reverse: the engines stop last.
        for engine in engines:
            stack.push_async_callback(engine.stop)
        await stack.enter_async_context(serving(settings, parts))
        with Heartbeat(so_far("Starting what understands"), at_once=False):
            await asyncio.gather(*(engine.start(parts.engine) for engine in engines))
        _tell(settings)
        watch = asyncio.create_task(keep_redis(own))
        await stop.wait()
        watch.cancel()
        _console.print("Finishing what has begun …")


async def keep_redis(own: OwnRedis | None) -> None:
    """Restart our own Redis whenever it dies, retrying until it works; an external Redis is not ours to restart."""
    while own:
        await asyncio.sleep(0.5)
        try:
            again = await asyncio.to_thread(own.restart_if_dead)
        except NoRedis:
            logs.event("redis_not_restarted", 40)
            continue
        if again:
            logs.event("redis_restarted", 40)


def _doors(settings: Settings) -> str:
    how = f"webhook {settings.public_url}/telegram" if settings.public_url else "long polling"
    telegram = f"Telegram      {how}\n" if settings.telegram_token else ""
    sms = f"Text messages {settings.public_url}/sms\n" if settings.twilio_account else ""
    return telegram + sms


def _tell(settings: Settings) -> None:
    where = f"http://{'127.0.0.1' if settings.host in ('0.0.0.0', '') else settings.host}:{settings.port}/"  # noqa: S104
    counts = "[bold]quietline metrics[/]" if needs_token(settings) else f"{where}metrics"
    text = f"Web chat      [bold]{where}[/]\nHealth        {where}healthz  {where}readyz  {counts}\n"
    text += f"The desk      {settings.desk_url or f'http://{settings.desk_host}:{settings.desk_port}'}/\n"
    text += f"{_doors(settings)}In a terminal [bold]quietline chat[/]\nStop          Ctrl-C"
    _console.print(Panel(text, title="Quietline is running", expand=False))
