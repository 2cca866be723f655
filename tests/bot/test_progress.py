"""How far a work is travels as lines between two processes."""

import io

from bot.progress import as_lines, read_line


def test_a_line_is_read_as_it_was_told() -> None:
    out = io.StringIO()
    as_lines(out)("reading the examples", 5, 10)
    assert read_line(out.getvalue()) == ("reading the examples", 5, 10)


def test_at_most_a_hundred_lines_are_written_for_a_part() -> None:
    out = io.StringIO()
    tell = as_lines(out)
    for done in range(1, 10_001):
        tell("learning", done, 10_000)
    assert len(out.getvalue().splitlines()) <= 101


def test_other_lines_are_none_of_it() -> None:
    assert read_line("Contradicting rules") is None
