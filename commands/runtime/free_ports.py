"""Free loopback ports for local servers: a private engine, a benchmark, a test.

A port picked by the kernel could be taken by another process or an outgoing connection before we bind it. So each
process reserves a block of ports below the kernel's own range; the first port of the block, kept bound, is the lock.
"""

import atexit
import itertools
import socket
from collections.abc import Iterator
from functools import cache

_FIRST, _LAST = 20_000, 32_000  # Linux picks from 32,768 on
_BLOCK = 200


def free_port() -> int:
    """Return a free loopback port. Raises OSError if there is none."""
    for port in itertools.islice(_mine(), _BLOCK):
        with _socket() as probe:
            if _bound(probe, port):
                return port
    raise OSError(f"None of {_BLOCK} loopback ports is free.")


@cache
def _mine() -> Iterator[int]:
    """Return an endless cycle over the ports of a block that is ours alone: a port used earlier may be free again."""
    for first in range(_FIRST, _LAST, _BLOCK):
        lock = _socket(shared=False)
        if _bound(lock, first):
            atexit.register(lock.close)
            return itertools.cycle(range(first + 1, first + _BLOCK))
        lock.close()
    raise OSError(f"All loopback ports from {_FIRST} to {_LAST} are in use.")


def _socket(shared: bool = True) -> socket.socket:
    found = socket.socket()
    if shared:  # as servers bind: a port with connections still in TIME_WAIT counts as free
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return found


def _bound(taken: socket.socket, port: int) -> bool:
    try:
        taken.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True
