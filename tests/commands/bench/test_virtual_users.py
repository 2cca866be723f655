"""Whoever is measured, the same persons write the same messages to it."""

from commands.bench.virtual_users import WORDS, RoundTimes, long_talk, talks
from tests.every import every


class Noting:
    """A person who notes down what they would write."""

    def __init__(self, lines: list[list[str]]) -> None:
        self._mine: list[str] = []
        lines.append(self._mine)

    async def turn(self, text: str, measured: RoundTimes) -> None:
        self._mine.append(text)
        measured.turns.append(float(len(measured.turns) + 1))


@every(("persons", "turns", "each"), [(1, 20, [10, 10]), (2, 24, [10, 10, 2, 2]), (3, 3, [1, 1, 1]), (2, 1, [1, 1])])
async def test_each_person_says_the_same_and_comes_anew_after_ten_turns(
    persons: int, turns: int, each: list[int]
) -> None:
    lines: list[list[str]] = []
    measured = await talks(lambda: Noting(lines), persons, turns)
    assert sorted(map(len, lines), reverse=True) == each
    assert [tuple(said) == WORDS[: len(said)] for said in lines] == [True] * len(lines)
    assert len(measured.turns) == sum(each)


async def test_the_ends_of_a_long_talk_hold_the_same_messages() -> None:
    lines: list[list[str]] = []
    minutes: list[int] = []
    early, late = await long_talk(lambda: Noting(lines), 100, lambda: minutes.append(len(lines[0])))
    assert (early, late) == (9.5, 95.5)
    assert minutes == list(range(0, 100, 10))  # nobody is told to write slower
    assert sorted(lines[0][4:14]) == sorted(lines[0][-10:])
