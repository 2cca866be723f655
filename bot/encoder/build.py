"""Builds the encoder's files once into <var>/encoder/<build>/, so that installing needs no download but the packages."""

import hashlib
import shutil
import tempfile
from pathlib import Path

from bot.encoder import graph, tokens, weights

MODEL = "encoder.onnx"
_SOURCES = ("weights.py", "graph.py", "tokens.py")


def build_name() -> str:
    """Name what would be built: the weights and the code that reads them."""
    digest = hashlib.sha256(weights.SHA256.encode())
    for source in _SOURCES:
        digest.update((Path(__file__).parent / source).read_bytes())
    return digest.hexdigest()[:16]


def built(var: Path) -> Path:
    """Give the folder of the encoder, building it when it is not there; raises weights.WrongWeights."""
    folder = var / "encoder" / build_name()
    if not folder.exists():
        _build(folder)
    return folder


def _build(folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Two processes may start at once, or one may be killed here: only a rename makes the folder appear, whole.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".") as scratch:
        made = Path(scratch) / "made"
        made.mkdir()
        loaded = weights.load(weights.installed_file())
        graph.save(loaded, made / MODEL)
        tokens.save(loaded, made)
        try:
            made.rename(folder)
        except OSError:
            if not folder.exists():
                raise
    for other in folder.parent.iterdir():
        if other != folder and other.is_dir() and not other.name.startswith("."):
            shutil.rmtree(other, ignore_errors=True)
