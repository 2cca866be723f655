"""What a test left open: tasks that still run, and connections of the event loop.

All tests share one event loop, so what one of them forgets would go on beneath the next, and be blamed on it.
"""

import asyncio
import socket
from dataclasses import dataclass
from typing import Any

_DRIVER = "/playwright/"  # the browser's driver lives as long as the loop
_PATIENCE = 2.0  # seconds for what was cancelled or closed at the very end to be gone


@dataclass(frozen=True)
class OpenEnds:
    """The tasks and the watched file descriptors of a loop at one moment."""

    tasks: frozenset[asyncio.Task[Any]]
    watched: frozenset[tuple[int, int]]  # a descriptor, and the transport or callback that it belongs to

    @classmethod
    def of(cls, loop: asyncio.AbstractEventLoop) -> "OpenEnds":
        tasks = frozenset(task for task in asyncio.all_tasks(loop) if not _is_drivers(task))
        # There is no public way to ask. A connection at rest may be watched by nothing: httpx leaves its own like that.
        watched = {(key.fd, id(key.fileobj)) for key in loop._selector.get_map().values()}  # type: ignore[attr-defined]
        transports = dict(loop._transports).items()  # type: ignore[attr-defined]
        return cls(tasks, frozenset(watched | {(fd, id(one)) for fd, one in transports if not one.is_closing()}))

    def since(self, before: "OpenEnds") -> list[str]:
        """Return what was not there before, in words."""
        tasks = [f"a task that still runs: {task.get_coro()}" for task in self.tasks - before.tasks]
        return tasks + [f"descriptor {fd}, still open" for fd, _ in self.watched - before.watched]


def left_open(loop: asyncio.AbstractEventLoop, before: OpenEnds) -> list[str]:
    """Return what was opened since and is not closed, after the loop had time to end what is ending."""
    deadline = loop.time() + _PATIENCE
    while (found := OpenEnds.of(loop).since(before)) and loop.time() < deadline:
        loop.run_until_complete(asyncio.sleep(0.001))
    return found


def close_late_ones(loop: asyncio.AbstractEventLoop) -> None:
    """Close the connections whose server has stopped: asyncio leaves one open that arrives just then, as a browser's may."""
    for transport in dict(loop._transports).values():  # type: ignore[attr-defined]
        server = getattr(transport, "_server", None)
        if server is not None and not server.is_serving() and not transport.is_closing():
            transport.abort()


def close_refused_ones(loop: asyncio.AbstractEventLoop) -> None:
    """Close, from now on, each connection whose server has stopped between accepting it and taking it.

    asyncio forgets such a connection without closing it, and the next test would be blamed for it.
    """
    take = loop._accept_connection2  # type: ignore[attr-defined]

    async def take_or_close(
        protocol: Any, connection: socket.socket, extra: Any, tls: Any, server: asyncio.Server | None, *rest: Any
    ) -> None:
        if server is not None and not server.is_serving():
            connection.close()
        else:
            await take(protocol, connection, extra, tls, server, *rest)

    loop._accept_connection2 = take_or_close  # type: ignore[attr-defined]


def _is_drivers(task: "asyncio.Task[Any]") -> bool:
    code = getattr(task.get_coro(), "cr_code", None)
    return code is not None and _DRIVER in code.co_filename
