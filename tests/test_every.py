"""Many cases in one test prove what a test of each would."""

from dataclasses import dataclass, field

import pytest

from tests.every import every


@dataclass
class Notebook:
    lines: list[str] = field(default_factory=list)


def test_all_cases_that_fail_are_named_and_none_hides_another() -> None:
    @every("number", [1, 2, 3, 4])
    def even(number: int) -> None:
        assert number % 2 == 0

    with pytest.raises(ExceptionGroup) as failed:
        even()
    assert [failure.__notes__ for failure in failed.value.exceptions] == [["with number=1"], ["with number=3"]]


async def test_a_case_that_is_awaited_fails_too() -> None:
    @every(("text", "length"), [("one", 3), ("three", 3)])
    async def long(text: str, length: int) -> None:
        assert len(text) == length

    with pytest.raises(ExceptionGroup) as failed:
        await long()
    assert [failure.__notes__ for failure in failed.value.exceptions] == [["with text='three', length=3"]]


def test_each_case_gets_a_notebook_of_its_own() -> None:
    @every("line", ["a", "b"])
    def written(notebook: Notebook, line: str) -> None:
        notebook.lines.append(line)
        assert notebook.lines == [line]

    written(notebook=Notebook())


def test_two_lists_of_cases_are_tried_in_every_combination() -> None:
    seen = []

    @every("x", [1, 2])
    @every("y", [3, 4])
    def noted(x: int, y: int) -> None:
        seen.append((x, y))

    noted()
    assert seen == [(1, 3), (1, 4), (2, 3), (2, 4)]


def test_without_a_case_nothing_would_be_proved() -> None:
    with pytest.raises(ValueError, match="no case"):
        every("number", [])
