"""Each step happens whole or not at all: many at once, between two gateways, and in a crash."""

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from pathlib import Path

import pytest

from bot.crypto.vault import Vault
from bot.handoff.handoff import MOST, HandoffOutcome, Handoffs
from bot.settings import Settings
from bot.storage.store import Store
from commands.runtime.redis_server import OwnRedis
from tests.bot.handoff.shift import NOW, Shift
from tests.hotline import MASTER, eventually


@pytest.fixture
async def brittle_shift(own_redis: OwnRedis, settings: Settings) -> AsyncIterator[Shift]:
    """On a Redis that a test may kill."""
    store = Store.connect(own_redis.url, Vault(MASTER))
    await store.call("CONFIG", "SET", "appendfsync", "always")
    shift = Shift(store, settings)
    await shift.works("ana", "ben")
    yield shift
    await store.close()


async def test_of_many_who_claim_at_once_exactly_one_has_each(shift: Shift) -> None:
    operators = [f"operator {number}" for number in range(10)]
    await shift.works(*operators)
    talks = [await shift.waits(f"+{number}") for number in range(20)]
    clicks = [(talk, operator) for talk in talks for operator in operators]
    random.Random(7).shuffle(clicks)
    outcomes = await together(shift.handoffs.claim(talk, operator, NOW) for talk, operator in clicks)

    won = [click for click, outcome in zip(clicks, outcomes, strict=True) if outcome.done]
    owners = {talk: outcome.operator for (talk, _), outcome in zip(clicks, outcomes, strict=True) if outcome.operator}
    assert sorted(talk for talk, _ in won) == sorted(talks)
    assert dict(won) == owners == {talk: (await shift.seen(talk)).operator for talk in talks}
    assert max((await shift.loads()).values()) <= MOST


async def test_in_five_hundred_races_between_two_gateways_each_talk_has_exactly_one_operator(shift: Shift) -> None:
    elsewhere = Store.connect(shift.settings.redis_url, Vault(MASTER))
    sides = {"ana": shift.handoffs, "ben": Handoffs(elsewhere)}
    conversation = await shift.writes("+1")
    wins = []
    for number in range(500):
        await shift.asks(conversation, now=NOW + number)
        order = random.Random(number).sample(sorted(sides), 2)
        both = await together(sides[each].claim(conversation, each, NOW + number) for each in order)
        (winner,) = [each for each, outcome in zip(order, both, strict=True) if outcome.done]
        assert {outcome.operator for outcome in both} == {winner}
        assert sorted(str(outcome.refused) for outcome in both) == ["None", "taken"]
        wins.append(winner)
        assert (await shift.handoffs.release(conversation, winner, NOW + number)).done
    await elsewhere.close()

    assert (await shift.counted())["claimed P2"] == 500
    assert set(wins) == {"ana", "ben"}


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_whatever_is_done_at_once_each_talk_has_one_state_and_no_operator_too_much(
    shift: Shift, seed: int
) -> None:
    chance, operators = random.Random(seed), ["ana", "ben", "cem"]
    await shift.works("cem")
    talks = [await shift.writes(f"+{number}") for number in range(9)]

    def step() -> Awaitable[HandoffOutcome]:
        talk, operator, other = chance.choice(talks), chance.choice(operators), chance.choice(operators)
        handoffs = shift.handoffs
        chosen: Callable[[], Awaitable[HandoffOutcome]] = chance.choice(
            [
                lambda: shift.asks(talk, chance.choice(["P1", "P2", "P3"])),
                lambda: handoffs.claim(talk, operator, NOW),
                lambda: handoffs.transfer(talk, operator, NOW, to=other),
                lambda: handoffs.transfer(talk, operator, NOW),
                lambda: handoffs.release(talk, operator, NOW),
                lambda: handoffs.withdraw(talk, NOW),
                lambda: handoffs.close(talk, operator, NOW),
                lambda: handoffs.join(talk, operator, NOW),
                lambda: handoffs.depart(talk, operator, NOW),
            ]
        )
        return chosen()

    await together(step() for _ in range(400))

    shown = (await shift.handoffs.look(NOW)).handoffs
    assert {each.id: "operator" if each.state == "operator" else "bot" for each in shown} == {
        each.id: await shift.who(each.id) for each in shown
    }
    assert {await shift.who(talk) for talk in set(talks) - {each.id for each in shown}} <= {"bot"}
    assert [each for each in shown if bool(each.operator) != (each.state == "operator")] == []
    assert [each for each in shown if each.joined and (not each.operator or each.joined == each.operator)] == []
    assert len({each.alias for each in shown}) == len(shown) > 0
    assert max((await shift.loads()).values()) <= MOST


@pytest.mark.parametrize(
    ("written", "left"),
    [(0.99, ("bot", "", 0, 0)), (1.0, ("operator", "ana", 1, 1))],
)
async def test_a_crash_in_the_middle_of_a_claim_leaves_all_of_it_or_nothing(
    brittle_shift: Shift, own_redis: OwnRedis, tmp_path: Path, written: float, left: tuple[str, str, int, int]
) -> None:
    conversation = await brittle_shift.waits("+1")
    (file,) = [path for path in (tmp_path / "redis").rglob("*.aof") if conversation.encode() in path.read_bytes()]
    before = file.stat().st_size
    await brittle_shift.handoffs.claim(conversation, "ana", NOW)
    os.kill(own_redis.pid, signal.SIGKILL)
    cut(file, before, written)
    await eventually(own_redis.restart_if_dead)

    waits = await brittle_shift.store.redis.llen("waits:P2")
    operator, load = (await brittle_shift.seen(conversation)).operator, (await brittle_shift.loads())["ana"]
    assert (await brittle_shift.who(conversation), operator, waits, load) == left


def cut(file: Path, before: int, written: float) -> None:
    """Leave only a part of what was written last, as a machine does that dies meanwhile."""
    added = file.stat().st_size - before
    with file.open("r+b") as opened:
        opened.truncate(before + int(added * written))


async def together(steps: Iterable[Awaitable[HandoffOutcome]]) -> list[HandoffOutcome]:
    """Take steps side by side, as many at once as one store has connections for."""
    free = asyncio.Semaphore(60)

    async def taken(step: Awaitable[HandoffOutcome]) -> HandoffOutcome:
        async with free:
            return await step

    return await asyncio.gather(*map(taken, steps))
