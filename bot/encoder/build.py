"""The build of the reader's files, made once, in <var>/encoder/<build>/: installing downloads nothing but packages."""

import hashlib
import shutil
import tempfile
from pathlib import Path

from bot.encoder import graph, numbers, tokens, weights

MODEL = "reader.onnx"
_SOURCES = ("weights.py", "numbers.py", "graph.py", "tokens.py", "context_words.py")


def build_name() -> str:
    """Return the name of the build: a hash of all numbers and of the code that reads them."""
    digest = hashlib.sha256(weights.SHA256.encode())
    digest.update((numbers.FOLDER / numbers.NAMES).read_bytes() if (numbers.FOLDER / numbers.NAMES).exists() else b"")
    for source in _SOURCES:
        digest.update((Path(__file__).parent / source).read_bytes())
    return digest.hexdigest()[:16]


def built(var: Path) -> Path:
    """Return the reader's folder, building it if it is not there; raises WrongWeights or WrongNumbers."""
    folder = var / "encoder" / build_name()
    if not folder.exists():
        _build(folder)
    return folder


def _build(folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Two processes may start at once, or be killed here: the rename makes the folder appear atomically.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".") as scratch:
        made = Path(scratch) / "made"
        made.mkdir()
        loaded, learned = weights.load(weights.installed_file()), numbers.load()
        graph.save(loaded, learned, made / MODEL)
        tokens.save(loaded, made)
        shutil.copy(numbers.FOLDER / numbers.NAMES, made)
        try:
            made.rename(folder)
        except OSError:
            if not folder.exists():
                raise
    for other in folder.parent.iterdir():
        if other != folder and other.is_dir() and not other.name.startswith("."):
            shutil.rmtree(other, ignore_errors=True)
