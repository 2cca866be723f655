"""The progress of a job in several parts, and the time left, estimated from its pace so far."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

MonotonicClock = Callable[[], float]
_MOST = 99  # percent, while it runs
_SILENT = 0.95  # of a part that reports no steps, at most: nobody knows when it ends
_ENOUGH = 0.05  # of a part, before its own pace is trusted


@dataclass(frozen=True)
class JobPart:
    """One part of a job. Its seconds, measured once on two cores, are its share of the whole and the first estimate."""

    name: str  # as the job reports it
    seconds: float
    shown: str = ""  # the name shown to people, if it differs
    steps: int = 0  # that those seconds were measured with; fewer steps take less

    def expected(self, steps: int) -> float:
        """Return the seconds that so many steps should take."""
        return self.seconds * steps / self.steps if self.steps else self.seconds

    @property
    def words(self) -> str:
        """The name shown to people."""
        return self.shown or self.name


class JobProgress:
    """The progress of a job. It only moves forward: a report that would take it back is ignored."""

    def __init__(self, parts: Sequence[JobPart], clock: MonotonicClock = time.monotonic) -> None:
        self._parts, self._clock = parts, clock
        self._at, self._done, self._steps = 0, 0.0, False
        self._here = parts[0].seconds  # expected of the current part
        self._begun, self._shown = clock(), 0
        self._worked: list[tuple[float, float]] = []  # seconds taken and expected, of the parts that reported steps
        self._lock = threading.Lock()  # one thread works, another shows the progress

    def tell(self, name: str, done: int, total: int) -> None:
        """Record how far a part is."""
        share = done / total if total else 1.0
        with self._lock:
            place = self._place(name, share)
            if place is None:
                return
            if place > self._at:
                self._go_to(place)
            self._here = self._parts[place].expected(total)
            self._done, self._steps = share, self._steps or 0 < share < 1
            if share >= 1 and self._at + 1 < len(self._parts):
                self._go_to(self._at + 1)

    def sentence(self) -> str:
        """Return the progress for people: `41 % (part 2 of 3, learning; about 4 minutes left)`."""
        with self._lock:
            words = f"part {self._at + 1} of {len(self._parts)}, {self._parts[self._at].words}"
            return f"{self._percent()} % ({words}; {in_words(self._left())} left)"

    def percent(self) -> int:
        """Return the percentage done; it never falls, and does not reach 100 while the job runs."""
        with self._lock:
            return self._percent()

    def _place(self, name: str, share: float) -> int | None:
        """Return the index of this part among the unfinished ones; a part that starts over is the next part of its name."""
        first = self._at + (share < self._done)
        return next((at for at in range(first, len(self._parts)) if self._parts[at].name == name), None)

    def _go_to(self, place: int) -> None:
        now = self._clock()
        if self._steps:
            self._worked.append((now - self._begun, self._here))
        self._here = self._parts[place].seconds
        self._at, self._done, self._steps, self._begun = place, 0.0, False, now

    def _percent(self) -> int:
        seconds = [part.seconds for part in self._parts]
        reached = sum(seconds[: self._at]) + self._share() * seconds[self._at]
        self._shown = max(self._shown, min(_MOST, int(100 * reached / sum(seconds))))
        return self._shown

    def _share(self) -> float:
        """Return how much of the current part is done: by its steps, or by the clock if it reports none."""
        if self._done:
            return self._done
        return min(_SILENT, (self._clock() - self._begun) / (self._here * self._pace()))

    def _left(self) -> float:
        later = sum(part.seconds for part in self._parts[self._at + 1 :])
        share, pace = self._share(), self._pace()
        if self._steps and share >= _ENOUGH:
            return (self._clock() - self._begun) * (1 - share) / share + later * pace
        return (self._here * (1 - share) + later) * pace

    def _pace(self) -> float:
        """Return how many times longer than expected the job takes on this machine right now."""
        worked = [*self._worked]
        if self._steps and self._done >= _ENOUGH:
            worked.append((self._clock() - self._begun, self._here * self._done))
        expected = sum(seconds for _, seconds in worked)
        return max(0.1, sum(taken for taken, _ in worked) / expected) if expected else 1.0


def in_words(seconds: float) -> str:
    """Return a duration as people say it."""
    if seconds < 45:
        return "less than a minute"
    minutes = max(1, round(seconds / 60))
    return "about a minute" if minutes == 1 else f"about {minutes} minutes"
