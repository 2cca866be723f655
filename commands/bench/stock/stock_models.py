"""Trains stock Rasa with `rasa train`; its model is cached until something changes."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from commands.bench.stock.project import write_project
from commands.bench.stock.stock_environment import LOCKED, NoStock
from commands.examples.label_examples import Example

_DEFAULTS = Path("rasa/engine/recipes/config_files/default_config.yml")


def stock_model(folder: Path, environment: Path, examples: list[Example], epochs: int | None) -> Path:
    """Return the model of stock Rasa for these examples. Raises NoStock."""
    (pipeline,) = environment.glob(f"lib/python*/site-packages/{_DEFAULTS}")
    project = folder / "project"
    shutil.rmtree(project, ignore_errors=True)
    write_project(project, examples, pipeline, epochs)
    model = folder / "models" / f"{_fingerprint(project)}.tar.gz"
    return _once(model, lambda: _rasa_train(environment, project, model))


def process_environment(home: Path) -> dict[str, str]:
    """Return the environment for stock Rasa: its own home, and no telemetry."""
    home.mkdir(parents=True, exist_ok=True)
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
    return {"PATH": os.environ["PATH"], "HOME": str(home), **quiet}


def _once(model: Path, work: Callable[[], object]) -> Path:
    """Do the work if the model is missing."""
    if not model.is_file():
        work()
    return model


def _rasa_train(environment: Path, project: Path, model: Path) -> None:
    log = project.parent / "training.log"
    print(f"Training stock Rasa, which tells {log} how far it is …", file=sys.stderr, flush=True)
    model.parent.mkdir(parents=True, exist_ok=True)
    command = [str(environment / "bin" / "rasa"), "train", "--force", "--fixed-model-name", "model", "--out"]
    with tempfile.TemporaryDirectory(dir=model.parent, prefix=".") as scratch, log.open("wb") as told:
        done = subprocess.run(  # noqa: S603
            [*command, scratch], cwd=project, env=process_environment(project.parent / "home"),
            stdin=subprocess.DEVNULL, stdout=told, stderr=told, check=False,
        )  # fmt: skip
        made = Path(scratch) / "model.tar.gz"
        if done.returncode or not made.is_file():
            raise NoStock(f"Stock Rasa could not be trained: {log} says why.")
        made.rename(model)


def _fingerprint(project: Path) -> str:
    digest = hashlib.sha256(LOCKED.read_bytes())
    for file in sorted(path for path in project.rglob("*") if path.is_file()):
        digest.update(f"{file.relative_to(project)} {file.stat().st_size} ".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
