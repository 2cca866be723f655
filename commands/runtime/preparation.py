"""Prepares a hotline to answer: trains the model and compiles the directory, if they are missing or out of date."""

import sys
from pathlib import Path

from bot.heartbeat import Heartbeat, so_far
from bot.settings import Settings
from bot.time_left import in_words
from resources_directory.files.entries_folder import ENTRIES
from resources_directory.files.version_merge import receive
from resources_directory.search.directory_build import build


def prepared(settings: Settings) -> Path:
    """Prepare everything and return the model. Raises NoRoom, TrainingFailed, BadEntry or BuildFailed."""
    # The commands of the directory start without what trains a model.
    from commands.runtime.disk_space import demand_room
    from commands.training.train import model_file, train
    from commands.training.training_parts import seconds_to_train

    demand_room(settings.var)
    if not model_file(settings.var).exists():
        time = in_words(seconds_to_train(settings.var))
        what = "the directory and the encoder are made in seconds, then the model is trained"
        print(f"This start takes {time} on two cores: {what}. Later starts take seconds.", file=sys.stderr)
    directory_built(settings)
    return train(settings.var)


def directory_built(
    settings: Settings, folder: Path = ENTRIES, force: bool = False, shipped: Path | None = None
) -> Path:
    """Return the compiled directory, recompiled if an entry has changed. `shipped`: entries of a new version, merged first."""
    kept = receive(shipped, folder) if shipped else []
    with Heartbeat(so_far("Compiling the directory"), at_once=False):
        built = build(settings.directory_file, folder, force)
    for sentence in [*kept, *built.left_out]:
        print(sentence, file=sys.stderr)
    return built.path


def directory_renewed(settings: Settings, folder: Path = ENTRIES) -> None:
    """Recompile the directory after a change, if there is a compiled directory, so that the hotline answers from the new one."""
    if settings.directory_file.exists():
        directory_built(settings, folder)
