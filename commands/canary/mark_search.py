"""Where marks are searched for: in what Redis holds, in files, in lines. Each search says how much it has seen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import redis

from commands.canary.marks import Marks


@dataclass(frozen=True)
class Searched:
    """A place that was searched: how much of it, and which marks stand where in it."""

    place: str
    much: str
    found: tuple[str, ...] = ()


def in_values(place: str, values: Iterable[tuple[str, bytes]], marks: Marks, unit: str = "keys") -> Searched:
    """Search named values."""
    count, found = 0, []
    for name, content in values:
        count += 1
        found += [f"{mark} in {name}" for mark in marks.found_in(name.encode("utf-8", "replace") + b"\n" + content)]
    return Searched(place, f"{count} {unit}", tuple(found))


def in_files(place: str, files: Iterable[Path], marks: Marks) -> Searched:
    """Search files by name and content."""
    count, size, found = 0, 0, []
    for path in files:
        count, size = count + 1, size + _size(path)
        inside = dict.fromkeys((*marks.found_in(path.name.encode()), *marks.found_in_file(path)))
        found += [f"{mark} in {path.name}" for mark in inside]
    return Searched(place, f"{count} files, {size / 1e6:.1f} MB", tuple(found))


def files_below(folder: Path, since: float = 0) -> Iterator[Path]:
    """Yield the files below a folder, or only those written since a time."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink() and path.stat().st_mtime >= since:
            yield path


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def held_by(client: "redis.Redis") -> Iterator[tuple[str, bytes]]:
    """Yield each key of Redis with all that it holds: read and not dumped, since a dump is compressed and could hide a mark."""
    read: dict[bytes, Any] = {
        b"string": client.get,
        b"hash": client.hgetall,
        b"list": lambda name: client.lrange(name, 0, -1),
        b"set": client.smembers,
        b"zset": lambda name: client.zrange(name, 0, -1),
        b"stream": client.xrange,
    }
    for name in client.scan_iter(count=500):
        kind = client.type(name)
        if kind in read:  # else it has ended just now
            yield name.decode("utf-8", "replace"), b"\n".join(_flat(read[kind](name)))


def _flat(value: Any) -> Iterator[bytes]:
    if isinstance(value, bytes):
        yield value
    elif isinstance(value, dict):
        for pair in value.items():
            yield from _flat(pair)
    elif isinstance(value, list | tuple | set):
        for part in value:
            yield from _flat(part)
