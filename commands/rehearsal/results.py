"""Writes the files of a rehearsal, aside first and then in place: a reader finds either all of them or the old ones."""

import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from commands.rehearsal.checks.invariants import BrokenInvariant
from commands.rehearsal.played_talk import Played
from commands.rehearsal.rehearsal_error import NotPlayed


@contextmanager
def aside(out: Path) -> Iterator[Path]:
    """Create `out`, and in it a temporary folder to write to. Raises NotPlayed."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".rehearsal-", dir=out))
    except OSError as error:
        raise NotPlayed(f"--out: nothing can be written to {out}: {error.strerror}.") from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write(folder: Path, number: int, played: Sequence[Played], broken: Sequence[BrokenInvariant]) -> None:
    """Write one play: for each conversation a file and one for its reasons, and a file for all breaches."""
    here = folder / f"play-{number}"
    here.mkdir()
    for talk in played:
        _lines(here / f"{talk.scenario.id}.jsonl", (turn.plain() for turn in talk.turns))
        _lines(here / f"{talk.scenario.id}.why.jsonl", (turn.plain_why() for turn in talk.turns))
    _lines(here / "broken.jsonl", (each.plain() for each in broken))


def put_in_place(folder: Path, out: Path) -> None:
    """Replace the plays of an earlier rehearsal with the new ones."""
    for old in [path for path in out.iterdir() if path.is_dir() and re.fullmatch(r"play-\d+", path.name)]:
        old.rename(folder / f"old-{old.name}")
    for new in sorted(folder.glob("play-*")):
        new.rename(out / new.name)


def _lines(path: Path, objects: Iterable[Mapping[str, Any]]) -> None:
    path.write_text("".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in objects), "utf-8")
