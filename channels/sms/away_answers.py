"""How often a number is answered while Redis is away: the answer is in the webhook's own response, and no budget can be asked."""

import time
from collections import Counter
from collections.abc import Callable

_MOST, _HOUR = 3, 3_600.0  # answers to one number by one gateway


class AwayAnswers:
    """A count by number, in memory alone; numbers are not kept, only what Python hashes them to in this process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._began = clock, clock()
        self._counts: Counter[int] = Counter()

    def may_answer(self, address: str) -> bool:
        """Whether this number is still answered, and count it."""
        if self._clock() - self._began > _HOUR:
            self._counts.clear()
            self._began = self._clock()
        self._counts[hash(address)] += 1
        return self._counts[hash(address)] <= _MOST
