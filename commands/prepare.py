"""What must be there before a hotline can answer: the trained model and the compiled directory, made where they are old."""

import sys
from pathlib import Path

from bot.settings import Settings
from commands.train import train
from resources_directory.build import build
from resources_directory.entries_folder import ENTRIES
from resources_directory.shipped import receive


def prepared(settings: Settings) -> Path:
    """Give the model; raises TrainingFailed, BadEntry or BuildFailed."""
    directory_built(settings)
    return train(settings.var)


def directory_built(
    settings: Settings, folder: Path = ENTRIES, force: bool = False, shipped: Path | None = None
) -> Path:
    """Give the compiled directory, compiled anew where an entry has changed. `shipped`: files of a new version, taken in first."""
    kept = receive(shipped, folder) if shipped else []
    built = build(settings.directory_file, folder, force)
    for sentence in [*kept, *built.left_out]:
        print(sentence, file=sys.stderr)
    return built.path


def directory_renewed(settings: Settings, folder: Path = ENTRIES) -> None:
    """After a change: let a hotline that has a compiled directory answer by the new one."""
    if settings.directory_file.exists():
        directory_built(settings, folder)
