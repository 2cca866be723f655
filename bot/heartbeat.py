"""A sign of life in a log: whoever waits for a long job without a terminal sees a line at least every ten seconds."""

import sys
import threading
import time
from collections.abc import Callable
from typing import Self, TextIO

EVERY = 9.0  # seconds between lines: keeps the promise of ten even on a busy machine
Wait = Callable[[float], bool]  # at most so many seconds; True when the job has ended


class Heartbeat:
    """A thread that writes what `says` returns while its block runs; not at once if the job may be over in seconds."""

    def __init__(
        self, says: Callable[[], str], out: TextIO | None = None, wait: Wait | None = None, at_once: bool = True
    ) -> None:
        self._says, self._out, self._at_once = says, out or sys.stderr, at_once
        self._ended = threading.Event()
        self._wait = wait or self._ended.wait
        self._thread = threading.Thread(target=self.beat, daemon=True)

    def beat(self) -> None:
        """Write lines until the job has ended."""
        if self._at_once:
            self._write()
        while not (self._wait(EVERY) or self._ended.is_set()):
            self._write()

    def _write(self) -> None:
        self._out.write(f"{self._says()}\n")
        self._out.flush()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()


def so_far(work: str, clock: Callable[[], float] = time.monotonic) -> Callable[[], str]:
    """Return a `says` for a job without steps: how long it has taken so far."""
    begun = clock()

    def says() -> str:
        seconds = int(clock() - begun)
        return f"{work}: {seconds} seconds so far." if seconds else f"{work} …"

    return says
