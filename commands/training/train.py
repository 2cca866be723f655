"""`quietline train`: builds the reader and puts the model together if anything has changed since the last time."""

import fcntl
import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import time
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

from bot.heartbeat import Heartbeat, so_far
from bot.progress import Tell, read_line, shown
from commands.engine import COMMAND
from commands.runtime.disk_space import demand_room
from commands.training.training_parts import parts_of_training

ROOT = Path(__file__).resolve().parents[2]
# The crisis phrases are not part of this: the engine reads them when it starts.
_MADE_OF = ("config.yml", "domain.yml")
# An old model would not match changed code.
_CODE = ("bot/rasa/components", "bot/rasa/training.py")
_LIBRARIES = ("rasa",)
_PIECE = 1 << 20  # bytes per read
_KEPT = 3  # newest models to keep


class TrainingFailed(Exception):
    """There is no model; the text gives Rasa's reason. It is about our own files, never about a person."""


def train(var: Path, root: Path = ROOT, force: bool = False) -> Path:
    """Return the trained model, training it first if needed. Raises NoRoom or TrainingFailed."""
    demand_room(var)
    model = model_file(var, root)
    models = model.parent
    models.mkdir(parents=True, exist_ok=True)
    with _alone(models / ".lock"):
        whole = is_whole(model)
        if model.exists() and not whole:
            _tell("The file of the model is damaged: it is made anew.")
        if force or not whole:
            _drop_scratch(models)
            begun = time.monotonic()
            _run(root, var, model)
            _tell(f"Trained in {time.monotonic() - begun:.0f} seconds.")
            _drop_old(models)
    return model


def model_file(var: Path, root: Path = ROOT) -> Path:
    """Return the path of the model for the current files, whether or not it exists."""
    return var / "models" / f"{fingerprint(root)}.tar.gz"


def is_whole(model: Path) -> bool:
    """Whether the model file is complete: after a power cut, half of it may be missing."""
    size = 0
    try:
        with gzip.open(model) as file:
            while piece := file.read(_PIECE):
                size += len(piece)
    except (OSError, EOFError, zlib.error):
        return False
    return size > 0  # gzip accepts an empty file


def fingerprint(root: Path = ROOT) -> str:
    """Return a hash of everything that a model depends on."""
    digest = hashlib.sha256(" ".join(f"{name} {metadata.version(name)}" for name in _LIBRARIES).encode())
    for base, file in _files(root):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(base)} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def _files(root: Path) -> Iterator[tuple[Path, Path]]:
    for base, names in ((root, _MADE_OF), (ROOT, _CODE)):
        for path in (base / name for name in names):
            inside = sorted(file for file in path.rglob("*") if file.suffix in (".yml", ".py"))
            yield from ((base, file) for file in (inside if path.is_dir() else [path]))


def _run(root: Path, var: Path, model: Path) -> None:
    # A separate process: its memory is freed afterwards, and it can limit numpy to one thread before loading it.
    command = [*COMMAND, "train", "--root", str(root), "--out", str(model)]
    environment = {**os.environ, "QUIETLINE_VAR": str(var.resolve()), "PYTHONDONTWRITEBYTECODE": ""}
    said: deque[str] = deque(maxlen=20)
    with (
        subprocess.Popen(  # noqa: S603
            command,
            env=environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as training,
        shown("Training the model", [*parts_of_training(var)]) as tell,
    ):
        try:
            _follow(training.stdout or (), tell, said)
        except BaseException:
            training.terminate()  # we are being stopped, and would otherwise wait for the child
            raise
    if training.returncode or not model.exists():
        raise TrainingFailed("\n".join(said))


def _follow(lines: Iterable[str], tell: Tell, said: deque[str]) -> None:
    """Read the output of the training process: show progress lines, keep all others."""
    for line in lines:
        progress = read_line(line)
        if progress:
            tell(*progress)
        else:
            said.append(line.rstrip())


def _drop_old(models: Path) -> None:
    newest = sorted(models.glob("*.tar.gz"), key=lambda file: file.stat().st_mtime, reverse=True)
    for old in newest[_KEPT:]:
        old.unlink(missing_ok=True)


def _drop_scratch(models: Path) -> None:
    """Remove what a killed training left behind; we hold the lock, so no other training is running."""
    for left in models.glob(".*"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Hold the training lock: two simultaneous starts must not train twice."""
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with Heartbeat(so_far("Another start is training the model, this one waits for it")):
                fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
