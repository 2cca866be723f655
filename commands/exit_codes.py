"""How commands end: a failure becomes one sentence for people and an exit code for scripts."""

from collections.abc import Callable
from typing import NoReturn

import typer

from bot.settings import BadSetting, Settings


def settled(body: Callable[[Settings], object], code: int = 1) -> None:
    """Run a command with the settings. `code`: the exit code on failure."""
    try:
        body(Settings.from_env())
    except typer.Exit:
        raise
    except Exception as error:
        # Only a failure is worth the second that it takes to load all that can fail.
        sentence = _sentence(error)
        if sentence is None:
            raise
        stop(sentence, code)


def _sentence(error: Exception) -> str | None:
    """Return what a person can do about a failure; None if nobody expected it."""
    from bot.storage.store import StoreAway

    if isinstance(error, _expected()):
        return str(error)
    if isinstance(error, StoreAway):
        return "Redis does not answer: is the hotline running, or REDIS_URL right?"
    if isinstance(error, TimeoutError):
        return "No answer came in time."
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        return f"The system refused: {error.strerror or error}{where}."
    return None


def _expected() -> tuple[type[Exception], ...]:
    """Return the failures whose text is a sentence for people."""
    from bot.crypto.epochs import BadEpochFolder
    from bot.crypto.vault import BadKeyFile
    from commands.bench.stock.stock_environment import NoStock
    from commands.chat.script_lines import BadScript
    from commands.rehearsal.rehearsal_error import NotPlayed
    from commands.runtime.disk_space import NoRoom
    from commands.runtime.ports import PortTaken
    from commands.runtime.processes import EngineFailed
    from commands.runtime.production import NotFit
    from commands.runtime.redis_server import NoRedis
    from commands.runtime.run import AlreadyRunning
    from commands.scrape import NoCounts
    from commands.training.train import TrainingFailed
    from resources_directory.files.entries_folder import BadEntry
    from resources_directory.search.database import NoDirectory
    from resources_directory.search.directory_build import BuildFailed

    return (
        *(
            AlreadyRunning,
            BadEpochFolder,
            BadSetting,
            BadKeyFile,
            BadScript,
            EngineFailed,
            NoCounts,
            NoRedis,
            NoRoom,
            NoStock,
        ),
        *(BadEntry, BuildFailed, NoDirectory, NotFit, NotPlayed, PortTaken, TrainingFailed),
    )


def end(code: int) -> NoReturn:
    """Exit with this code."""
    raise typer.Exit(code)


def stop(sentence: str, code: int = 1) -> NoReturn:
    """Print a sentence to stderr and exit."""
    typer.echo(sentence, err=True)
    raise typer.Exit(code)
