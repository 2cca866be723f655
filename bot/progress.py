"""The progress of a long job: for people at a terminal or reading a log, and as lines for the process that started this one."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskID, TextColumn
from rich.text import Text

from bot.heartbeat import Heartbeat
from bot.time_left import JobPart, JobProgress

Tell = Callable[[str, int, int], None]  # part, done, total
MARK = "::progress"


def silent(part: str, done: int, total: int) -> None:
    """Report to nobody."""


def as_lines(out: TextIO) -> Tell:
    """Return a reporter that writes a line for each percent of a part; `read_line` parses it."""
    told: dict[str, int] = {}

    def tell(part: str, done: int, total: int) -> None:
        hundredth = 100 * done // total
        if told.get(part) != hundredth:
            told[part] = hundredth
            out.write(f"{MARK} {done} {total} {part}\n")
            out.flush()

    return tell


def read_line(line: str) -> tuple[str, int, int] | None:
    """Parse a line that `as_lines` wrote; None for any other line."""
    mark, *rest = line.rstrip("\n").split(" ", 3)
    if mark != MARK or len(rest) != 3:
        return None
    return rest[2], int(rest[0]), int(rest[1])


@contextmanager
def shown(work: str, parts: Sequence[JobPart]) -> Iterator[Tell]:
    """Show the progress of a job on stderr: a bar at a terminal, otherwise a sentence at least every ten seconds."""
    progress = JobProgress(parts)
    if not sys.stderr.isatty():
        with Heartbeat(lambda: f"{work}: {progress.sentence()}."):
            yield progress.tell
        return
    columns = (TextColumn("{task.description}"), BarColumn(20), _Sentence(progress))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(work, total=100)

        def tell(part: str, done: int, total: int) -> None:
            progress.tell(part, done, total)
            bars.update(task, completed=progress.percent())

        yield tell


class _Sentence(ProgressColumn):
    """A column that asks for the progress each time the bar is drawn."""

    def __init__(self, progress: JobProgress) -> None:
        super().__init__()
        self._progress = progress

    def render(self, task: Task) -> Text:
        return Text(self._progress.sentence())


@contextmanager
def as_bar() -> Iterator[Tell]:
    """Draw a bar for each part on stderr; nothing if it is not a terminal."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not sys.stderr.isatty()) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(part: str, done: int, total: int) -> None:
            if part not in tasks:
                tasks[part] = bars.add_task(part, total=total)
            bars.update(tasks[part], completed=done, visible=done < total)

        yield tell
