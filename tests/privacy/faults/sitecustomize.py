"""What a test adds to each Python process of a hotline: it fails on a signal in every way, and its connections are written down.

Python imports this by itself where the folder is on its path.
"""

import asyncio
import logging
import os
import signal
import sys
import threading
import warnings
from pathlib import Path
from typing import Any

MARK = Path(os.environ["MARKED_TEXT"])
CONNECTIONS = os.environ["CONNECTIONS"]


class Held:
    """Something that fails when it is let go of, where nothing can catch it."""

    def __del__(self) -> None:
        raise ValueError(MARK.read_text())


def fail(*_: object) -> None:
    """Fail with the marked text in a thread, in a destructor, in a callback of the loop, and in a library's log."""
    text = MARK.read_text()
    threading.Thread(target=int, args=(text,), name=text).start()
    Held()
    asyncio.get_running_loop().call_soon(int, text)
    warnings.warn_explicit(text, UserWarning, text, 1)
    try:
        int(text)
    except ValueError:
        logging.getLogger("a.library").exception("%s", text, extra={"text": text})


def note(event: str, arguments: tuple[Any, ...]) -> None:
    """Write down whom this process connects to, or looks up."""
    if event in ("socket.connect", "socket.getaddrinfo"):
        to = arguments[1] if event == "socket.connect" else arguments[0]
        with open(CONNECTIONS, "a") as file:  # noqa: PTH123 - pathlib may not be imported yet
            file.write(f"{to!r}\n")


signal.signal(signal.SIGUSR1, fail)
sys.addaudithook(note)
