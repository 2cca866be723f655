"""`quietline gateway` and `quietline engine`: one part of the hotline per process; something else starts the others.

Nothing is created here: key, Redis, model and directory must exist, or the start ends with a sentence.
"""

import asyncio
import os
import sys
from pathlib import Path
from typing import NoReturn

from bot import logs
from bot.crypto.vault import OF_ENGINES, read_key_file
from bot.settings import BadSetting, Settings
from commands.engine import COMMAND
from commands.runtime.composition import ROOT, Gateway, open_gateway_vault
from commands.runtime.production import demand
from commands.runtime.serving import allow_many_connections, serving, until_ended
from commands.training.train import TrainingFailed, model_file


def gateway(settings: Settings) -> None:
    """Serve the channels and the desk until a signal comes."""
    demand(settings)
    vault = open_gateway_vault(_placed(settings))
    allow_many_connections()
    logs.set_up(settings.log_level)
    asyncio.run(_serve(settings, Gateway.build(settings, vault)))


def engine(settings: Settings) -> NoReturn:
    """Become an engine. This process is replaced, so that signals reach the engine directly."""
    if not settings.redis_url:
        raise BadSetting("An engine alone needs REDIS_URL and ENGINE_KEY_FILE.")
    read_key_file(settings.engine_key_file, OF_ENGINES)  # it would find out later, with a model in memory
    model = _trained(settings.var)
    command = [*COMMAND, "serve", "--model", str(model)]
    command += ["--host", settings.engine_host, "--port", str(settings.engine_ports[0])]
    os.chdir(ROOT)
    os.execv(sys.executable, command)  # noqa: S606 - our own program


async def _serve(settings: Settings, parts: Gateway) -> None:
    stop = until_ended()
    async with serving(settings, parts):
        logs.event("gateway_serves")
        await stop.wait()


def _placed(settings: Settings) -> Settings:
    """Return the settings if they name the shared Redis and key file; otherwise raise BadSetting."""
    if not settings.redis_url or not settings.key_file_given:
        raise BadSetting("A gateway alone needs REDIS_URL and HOTLINE_KEY_FILE, the same for all of them.")
    return settings


def _trained(var: Path) -> Path:
    model = model_file(var)
    if not model.exists():
        raise TrainingFailed("There is no trained model of this version: quietline train makes it.")
    return model
