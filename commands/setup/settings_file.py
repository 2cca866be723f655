"""The settings file: lines of NAME=value that every command reads and `quietline setup` writes.

The shell, Docker Compose (`env_file`) and systemd (`EnvironmentFile`) all have to parse it alike, so plain values are
written bare and all others in single quotes. The environment takes precedence over the file.
"""

import os
import re
import shlex
import tempfile
from collections.abc import Mapping, MutableMapping
from pathlib import Path

NAMED_BY = "QUIETLINE_SETTINGS"
_LINE = re.compile(r"(?:export\s+)?([A-Z][A-Z0-9_]*)=(.*)")
_BARE = re.compile(r"[A-Za-z0-9_./:@%+,-]*")


class BadSettingsFile(ValueError):
    """The settings file cannot be read or written; the text says why."""


def where(env: Mapping[str, str] | None = None) -> Path:
    """Return the path of the file, whether or not it exists: .env in this folder, or what QUIETLINE_SETTINGS names."""
    return Path((os.environ if env is None else env).get(NAMED_BY) or ".env").absolute()


def fill(env: MutableMapping[str, str]) -> None:
    """Add the settings of the file to the environment, which takes precedence. Raises BadSettingsFile."""
    path = where(env)
    if env.get(NAMED_BY) and not path.exists():
        raise BadSettingsFile(f"{NAMED_BY} names a file that is not there.")
    for name, value in read(path).items():
        env.setdefault(name, value)


def read(path: Path) -> dict[str, str]:
    """Return the settings in a file, or none if it is missing. Raises BadSettingsFile with a line number."""
    found: dict[str, str] = {}
    for number, line in enumerate(_lines(path), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        try:
            found |= {match[1]: " ".join(shlex.split(match[2], comments=" #" in match[2]))} if match else {}
        except ValueError:
            match = None
        if not match:
            raise BadSettingsFile(f"Line {number} of {path.name} is not NAME=value: a quote is missing, or a name.")
    return found


def changed(path: Path, values: Mapping[str, str]) -> str:
    """Return the text of the file with these values; every other line stays as it was."""
    left, lines = dict(values), []
    for line in _lines(path):
        match = _LINE.fullmatch(line.strip())
        lines.append(written(match[1], left.pop(match[1])) if match and match[1] in left else line)
    return "\n".join([*lines, *(written(name, value) for name, value in left.items()), ""])


def written(name: str, value: str) -> str:
    """Return one line. Raises BadSettingsFile for a value that not every reader would parse alike."""
    if "'" in value or not value.isprintable():
        raise BadSettingsFile(f"{name} must hold no single quote and no line break.")
    return f"{name}={value}" if _BARE.fullmatch(value) else f"{name}='{value}'"


def write_private(path: Path, text: str) -> None:
    """Write a file atomically, readable by its owner alone."""
    handle, new = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 600 from the start
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(new).replace(path)
    except BaseException:
        Path(new).unlink(missing_ok=True)
        raise


def _lines(path: Path) -> list[str]:
    if not path.is_file():
        return []
    try:
        return path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise BadSettingsFile(f"The file of settings ({path.name}) can not be read.") from None
