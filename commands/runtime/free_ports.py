"""Free loopback ports for servers that this machine runs for itself: a private engine, a measurement, a test.

A port that the kernel picks may be taken, before it is used, by another process that asks or by any outgoing connection.
So each process holds a block of ports below the kernel's own, and the first port of a block, kept bound, is its lock.
"""

import atexit
import itertools
import socket
from collections.abc import Iterator
from functools import cache

_FIRST, _LAST = 20_000, 32_000  # Linux picks from 32,768 on
_BLOCK = 200


def free_port() -> int:
    """Return a loopback port that nobody listens on; raise OSError where there is none."""
    for port in itertools.islice(_mine(), _BLOCK):
        with _socket() as probe:
            if _bound(probe, port):
                return port
    raise OSError(f"None of {_BLOCK} loopback ports is free.")


@cache
def _mine() -> Iterator[int]:
    """Yield the ports of a block that no other process holds, round and round: one used a while ago may be free again."""
    for first in range(_FIRST, _LAST, _BLOCK):
        lock = _socket(shared=False)
        if _bound(lock, first):
            atexit.register(lock.close)
            return itertools.cycle(range(first + 1, first + _BLOCK))
        lock.close()
    raise OSError(f"All loopback ports from {_FIRST} to {_LAST} are in use.")


def _socket(shared: bool = True) -> socket.socket:
    found = socket.socket()
    if shared:  # as a server binds it: a port whose last connections have just ended is free
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return found


def _bound(taken: socket.socket, port: int) -> bool:
    try:
        taken.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True
