"""What must be there before a hotline can answer: the trained model and the compiled directory, made where they are old."""

import sys
from pathlib import Path

from commands.train import train
from resources_directory.build import build

DIRECTORY = "directory.sqlite"  # in the folder of run-time files


def prepared(var: Path) -> Path:
    """Give the model; raises TrainingFailed, BadEntry or BuildFailed."""
    directory_built(var)
    return train(var)


def directory_built(var: Path, force: bool = False) -> Path:
    """Give the compiled directory, compiled anew where an entry has changed."""
    built = build(var / DIRECTORY, force=force)
    for sentence in built.left_out:
        print(sentence, file=sys.stderr)
    return built.path
