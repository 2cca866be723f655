"""Many at once: waiting for a free connection is not the same as a Redis that is away."""

import asyncio

from bot.storage.store import Store


async def test_a_thousand_calls_at_once_all_get_their_answer(store: Store) -> None:
    answers = await asyncio.gather(*(store.call("PING") for _ in range(1_000)))
    assert all(answers)
