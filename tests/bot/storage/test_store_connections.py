"""Many at once: waiting for a free connection is not the same as a Redis that is away."""

import asyncio

from bot.storage.store import _CONNECTIONS, Store


async def test_three_times_as_many_calls_as_connections_all_get_their_answer(store: Store) -> None:
    # No more: each may wait for two seconds, which a thousand need on a machine that is busy with something else.
    answers = await asyncio.gather(*(store.call("PING") for _ in range(3 * _CONNECTIONS)))
    assert all(answers)
