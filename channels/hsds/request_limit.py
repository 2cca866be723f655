"""The limit on requests in a minute, of one place and of all: whoever fetches the directory takes no time from those who write.

Where somebody asks from is stored nowhere (P02): a count by a hash under a key that dies with this process, for a minute.
"""

import hmac
import secrets
from collections import Counter
from collections.abc import Callable

from channels.web.crowding import household

_MINUTE = 60


class RequestLimit:
    """The requests of the current minute. No more places are remembered than requests are answered in it."""

    def __init__(self, clock: Callable[[], float], of_one: int = 120, of_all: int = 600) -> None:
        self._clock, self._of_one, self._of_all = clock, of_one, of_all
        self._key = secrets.token_bytes(16)
        self._minute = 0
        self._asked: Counter[bytes] = Counter()

    def wait(self, remote: str | None) -> int:
        """Count a request, and return 0; if it is one too many, return the seconds until the next may come."""
        now = int(self._clock())
        if now // _MINUTE != self._minute:
            self._minute = now // _MINUTE
            self._asked.clear()
        place = hmac.digest(self._key, household(remote or ""), "sha256")[:8]
        if self._asked[place] >= self._of_one or self._asked.total() >= self._of_all:
            return _MINUTE - now % _MINUTE
        self._asked[place] += 1
        return 0
