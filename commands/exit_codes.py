"""How commands end: a failure becomes one sentence for people and an exit code for scripts."""

from collections.abc import Callable
from typing import NoReturn

import typer

from bot.settings import BadSetting, Settings


def settled(body: Callable[[Settings], object], code: int = 1) -> None:
    """Run a command with the settings. `code`: the exit code on failure."""
    from bot.crypto.vault import BadKeyFile
    from bot.storage.store import StoreAway
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

    try:
        body(Settings.from_env())
    except (
        *(AlreadyRunning, BadSetting, BadKeyFile, BadScript, EngineFailed, NoCounts, NoRedis, NoRoom, NoStock),
        *(BadEntry, BuildFailed, NoDirectory, NotFit, NotPlayed, PortTaken, TrainingFailed),
    ) as error:
        stop(str(error), code)
    except StoreAway:
        stop("Redis does not answer: is the hotline running, or REDIS_URL right?", code)
    except TimeoutError:
        stop("No answer came in time.", code)
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        stop(f"The system refused: {error.strerror or error}{where}.", code)


def end(code: int) -> NoReturn:
    """Exit with this code."""
    raise typer.Exit(code)


def stop(sentence: str, code: int = 1) -> NoReturn:
    """Print a sentence to stderr and exit."""
    typer.echo(sentence, err=True)
    raise typer.Exit(code)
