"""The engine as a child process: started, awaited until it answers, restarted when it dies."""

import asyncio
import os
from asyncio.subprocess import Process
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from bot import logs
from bot.crypto.vault import Vault, as_text
from bot.settings import Settings
from channels.engine_client import EngineClient
from commands.engine import COMMAND
from commands.setup.settings_file import write_private

_STDERR = 2
_START = 90.0  # seconds; a cold start on a slow disk takes about ten


class EngineFailed(Exception):
    """The engine exited or stayed silent while starting; its own last words are on stderr above."""


def child_environment(settings: Settings) -> dict[str, str]:
    """Return the environment with which an engine finds the same Redis, and a key of its own in place of ours."""
    return {
        **os.environ,
        "REDIS_URL": settings.redis_url,
        "HOTLINE_KEY_FILE": "",
        "ENGINE_KEY_FILE": str(settings.engine_key_file),
        "QUIETLINE_VAR": str(settings.var),
        "LOG_LEVEL": settings.log_level,
        # The default depends on whether a key file is set, and the child always has one.
        "DIRECTORY_UNCHECKED": "show" if settings.directory_unchecked else "hide",
        "PYTHONDONTWRITEBYTECODE": "",
    }


def write_engine_key(settings: Settings, vault: Vault) -> None:
    """Write the key that engines started here read. They run as the same user: elsewhere they have nothing but this key."""
    write_private(settings.engine_key_file, as_text(vault.for_engine()) + "\n")


class EngineProcess:
    """One engine on one port."""

    def __init__(self, port: int, model: Path, environment: Mapping[str, str], *, explain: bool = False) -> None:
        self.port = port
        self._command = [*COMMAND, "serve"]
        self._command += ["--port", str(port), "--model", str(model), "--parent", str(os.getpid())]
        self._command += ["--explain"] if explain else []
        self._environment = dict(environment)
        self._process: Process | None = None
        self._watch: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int:
        """Return the process id of the running engine."""
        assert self._process
        return self._process.pid

    async def start(self, client: EngineClient) -> None:
        """Start the engine and wait until it answers. Raises EngineFailed."""
        await self._spawn()
        assert self._process
        for _ in range(int(_START * 5)):
            if await client.healthy(f"http://127.0.0.1:{self.port}"):
                self._watch = asyncio.create_task(self._keep_alive())
                return
            if self._process.returncode is not None and self._process.returncode < 0:
                await self._spawn()  # killed from outside, not ended by a fault of its own
            elif self._process.returncode is not None:
                raise EngineFailed(f"The engine ended with code {self._process.returncode} while starting.")
            await asyncio.sleep(0.2)
        raise EngineFailed("The engine did not answer within 90 seconds.")

    async def stop(self) -> None:
        """Terminate the engine; kill it after 10 seconds."""
        if self._watch:
            self._watch.cancel()
        if self._process and self._process.returncode is None:
            self._process.terminate()
            try:
                await asyncio.wait_for(self._process.wait(), 10)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()

    async def _spawn(self) -> None:
        # Its stdout goes to stderr: what a library prints must not end up among the JSON lines of `quietline chat`.
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            env=self._environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=_STDERR,
            cwd=Path(__file__).parents[2],
        )

    async def _keep_alive(self) -> None:
        delay = 0.5
        while True:
            assert self._process
            code = await self._process.wait()
            logs.event("engine_ended", 40, code=code, port=self.port)
            await asyncio.sleep(delay)
            delay = min(delay * 2, 10.0)
            with suppress(OSError):
                await self._spawn()
