"""How far a long work is: for people at a terminal or behind a log, and as lines for the process that started this one."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskID, TextColumn
from rich.text import Text

from bot.heartbeat import Heartbeat
from bot.time_left import Course, Part

Tell = Callable[[str, int, int], None]  # part, done, of how many
MARK = "::progress"


def silent(part: str, done: int, total: int) -> None:
    """Tell nobody."""


def as_lines(out: TextIO) -> Tell:
    """Write a line each time that one more hundredth of a part is done; `read_line` reads it."""
    told: dict[str, int] = {}

    def tell(part: str, done: int, total: int) -> None:
        hundredth = 100 * done // total
        if told.get(part) != hundredth:
            told[part] = hundredth
            out.write(f"{MARK} {done} {total} {part}\n")
            out.flush()

    return tell


def read_line(line: str) -> tuple[str, int, int] | None:
    """Read what `as_lines` wrote; None for any other line."""
    mark, *rest = line.rstrip("\n").split(" ", 3)
    if mark != MARK or len(rest) != 3:
        return None
    return rest[2], int(rest[0]), int(rest[1])


@contextmanager
def shown(work: str, parts: Sequence[Part]) -> Iterator[Tell]:
    """Show a work of these parts on stderr: a bar at a terminal, else a sentence at least every ten seconds."""
    course = Course(parts)
    if not sys.stderr.isatty():
        with Heartbeat(lambda: f"{work}: {course.sentence()}."):
            yield course.tell
        return
    columns = (TextColumn("{task.description}"), BarColumn(20), _Sentence(course))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(work, total=100)

        def tell(part: str, done: int, total: int) -> None:
            course.tell(part, done, total)
            bars.update(task, completed=course.percent())

        yield tell


class _Sentence(ProgressColumn):
    """Asks where the work is each time that the bar is drawn."""

    def __init__(self, course: Course) -> None:
        super().__init__()
        self._course = course

    def render(self, task: Task) -> Text:
        return Text(self._course.sentence())


@contextmanager
def as_bar() -> Iterator[Tell]:
    """Draw bars on stderr, one for each part; nothing where it is no terminal."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not sys.stderr.isatty()) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(part: str, done: int, total: int) -> None:
            if part not in tasks:
                tasks[part] = bars.add_task(part, total=total)
            bars.update(tasks[part], completed=done, visible=done < total)

        yield tell
