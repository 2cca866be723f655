"""Who waits without a terminal reads a line at least every ten seconds, whatever the work does meanwhile."""

import io
import threading
from itertools import pairwise

import pytest

from bot.heartbeat import Heartbeat, so_far
from bot.progress import shown
from bot.time_left import JobPart
from tests.hotline import PATIENCE


class Log(io.StringIO):
    """No terminal; remembers when each line came, by a clock that only moves while somebody waits."""

    def __init__(self, ends_after: float) -> None:
        super().__init__()
        self.now, self._end = 0.0, ends_after
        self.times: list[float] = []
        self.second = threading.Event()

    def write(self, text: str) -> int:
        self.times.append(self.now)
        if len(self.times) > 1:
            self.second.set()
        return super().write(text)

    def wait(self, seconds: float) -> bool:
        self.now = min(self.now + seconds, self._end)
        return self.now >= self._end


def test_there_is_a_line_at_least_every_ten_seconds_until_the_end() -> None:
    log = Log(ends_after=600)
    Heartbeat(lambda: "Working", log, log.wait).beat()
    times = [0.0, *log.times, 600.0]
    assert max(after - before for before, after in pairwise(times)) <= 10


def test_what_is_over_in_seconds_is_not_worth_a_line() -> None:
    log = Log(ends_after=5)
    Heartbeat(lambda: "Working", log, log.wait, at_once=False).beat()
    assert log.times == []


def test_lines_come_while_the_work_is_busy_and_none_after_it() -> None:
    log, never = Log(ends_after=600), threading.Event()
    with Heartbeat(lambda: "Working", log, lambda _: never.wait(0.001)) as heartbeat:
        assert log.second.wait(PATIENCE)
    assert not heartbeat._thread.is_alive()


def test_a_work_without_steps_tells_how_long_it_has_taken() -> None:
    times = iter([0.0, 0.5, 12.0])
    says = so_far("Compiling the directory", lambda: next(times))
    assert [says(), says()] == ["Compiling the directory …", "Compiling the directory: 12 seconds so far."]


def test_where_there_is_no_terminal_a_work_begins_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with shown("Training the model", [JobPart("learning", 120)]) as tell:
        tell("learning", 0, 10)
    assert capsys.readouterr().err == "Training the model: 0 % (part 1 of 1, learning; about 2 minutes left).\n"
