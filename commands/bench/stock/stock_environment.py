"""A separate environment for stock Rasa: the Python it needs and its own requirements, each file verified by hash."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from commands.runtime.composition import ROOT

PYTHON = "3.10"  # the newest that Rasa 3.6 supports; uv finds or downloads it
LOCKED = Path(__file__).parent / "requirements.txt"
_UNREACHED = ("Failed to fetch", "Failed to download", "error sending request", "dns error")


class NoStock(Exception):
    """Stock Rasa cannot be installed, trained or started; one sentence says why."""


def environment(folder: Path) -> Path:
    """Return the environment inside a folder, rebuilt if it is missing, incomplete or built from other requirements."""
    made = folder / "environment"
    stamp, wanted = made / ".made", hashlib.sha256(LOCKED.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return made
    uv = _uv()
    folder.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(made, ignore_errors=True)
    # Run in its own folder: otherwise uv would read our project's settings, which are not stock.
    _run([uv, "venv", "--quiet", "--no-project", "--python", PYTHON, str(made)], folder)
    sync = [uv, "pip", "sync", "--quiet", "--no-config", "--require-hashes", "--compile-bytecode"]
    _run([*sync, "--python", str(made / "bin" / "python"), str(LOCKED)], folder)
    stamp.write_text(wanted)
    return made


def _uv() -> str:
    found = shutil.which("uv") or shutil.which(str(ROOT / ".uv" / "bin" / "uv"))
    if not found:
        raise NoStock("Stock Rasa needs uv to be installed: `make run` brings it.")
    return found


def _run(command: list[str], folder: Path) -> None:
    # A python3.10 shim of pyenv only starts if the version is named.
    environment = {**os.environ, "PYENV_VERSION": PYTHON}
    done = subprocess.run(  # noqa: S603
        command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise NoStock(_sentence(done.stderr))


def _sentence(said: str) -> str:
    """Return a sentence on what went wrong, without the URLs that uv prints."""
    if any(words in said for words in _UNREACHED):
        return "Stock Rasa could not be fetched (about 1 GB): the package index was not reached. Is there a network?"
    if "No interpreter found" in said:
        return f"Stock Rasa needs Python {PYTHON}, and there is none on this machine."
    last = (said.strip().splitlines() or ["it gave no reason"])[-1].strip()
    return f"Stock Rasa could not be installed: {last}"
