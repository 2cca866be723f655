"""The transcript as the desk shows it: the computer's lines between two others as one group, which can be folded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.messaging.transcript import Line

LONG = 8  # lines by the computer; from more on its groups are folded when a conversation is opened


@dataclass(frozen=True)
class LineGroup:
    """Lines that follow each other: several by the computer, or any one line."""

    lines: Sequence[Line]
    folded: bool = False  # until the reader opens it

    @property
    def folds(self) -> bool:
        """Whether it can be folded: one line would be as long folded."""
        return len(self.lines) > 1

    @property
    def key(self) -> str:
        """The name of this group on the page, the same while lines are added at its end."""
        return f"group-{self.lines[0].id}"


def groups(lines: Sequence[Line]) -> list[LineGroup]:
    """Return the groups of a transcript, in order. The last one stays open: an operator reads first what was said last."""
    found = list(_groups(lines))
    if sum(_computer(line) for line in lines) <= LONG:
        return found
    return [*(LineGroup(each.lines, each.folds) for each in found[:-1]), *found[-1:]]


def _groups(lines: Sequence[Line]) -> Iterator[LineGroup]:
    for by_computer, together in groupby(lines, _computer):
        if by_computer:
            yield LineGroup(list(together))
        else:
            yield from (LineGroup([line]) for line in together)


def _computer(line: Line) -> bool:
    return line.who == "us" and not line.by
