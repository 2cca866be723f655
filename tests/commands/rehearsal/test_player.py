"""How a scenario is played: line by line, by somebody new, with an operator only where it says so."""

import time
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from bot.handoff import on_duty
from bot.handoff.handoff_snapshot import snapshot
from bot.messaging.message import Hints
from bot.messaging.outbox import Outgoing
from bot.progress import silent
from bot.storage.store import Store, key
from commands.rehearsal.player import play, play_all
from commands.rehearsal.rehearsal_error import NotPlayed
from commands.rehearsal.scenario import Scenario, ScenarioStep

STEPS = (
    ScenarioStep(1, "person", "hello"),
    ScenarioStep(2, "wait", "PT3H"),
    ScenarioStep(2, "sent", "picture"),
    ScenarioStep(2, "person", "@wait 5h"),
)


@dataclass
class StandIn:
    """A hotline and its only person: everything is said back, but for what breaks it."""

    channel = "web"  # no field: every person writes there
    store: Store
    did: list[tuple[str, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.gateway = SimpleNamespace(store=self.store)

    async def begin_anew(self) -> None:
        await self.store.call("FLUSHALL")
        self.did.append(("anew",))

    def person(self, channel: str, hints: Hints) -> "StandIn":
        return self

    async def say(self, text: str, kind: str = "text", place: int | None = None) -> list[Outgoing]:
        if text == "too much":
            raise TimeoutError
        self.did.append((kind, text))
        return [Outgoing(text, "utter_menu")]

    async def wait(self, seconds: int) -> list[Outgoing]:
        self.did.append(("wait", str(seconds)))
        return []

    async def state(self) -> str:
        return "talk"

    def why(self) -> dict[str, Any]:
        return {}


@pytest.fixture
def hotline(store: Store) -> Any:
    return StandIn(store)


def scenario(*steps: ScenarioStep, on_duty: bool = False) -> Scenario:
    return Scenario("one", "sms", Hints(), on_duty, steps)


async def test_each_thing_is_done_in_its_order_and_words_are_only_words(hotline: Any) -> None:
    played = await play(hotline, scenario(*STEPS))
    assert hotline.did == [("anew",), ("text", "hello"), ("wait", "10800"), ("picture", ""), ("text", "@wait 5h")]
    assert [(turn.turn, turn.act, len(turn.replies)) for turn in played.turns] == [
        (1, "person", 1),
        (2, "wait", 0),
        (2, "sent", 1),
        (2, "person", 1),
    ]


async def test_each_scenario_meets_a_hotline_that_knows_nothing(hotline: Any) -> None:
    await play_all(hotline, [scenario(STEPS[0]), scenario(STEPS[0])], silent, "play 1")
    assert [did[0] for did in hotline.did] == ["anew", "text", "anew", "text"]


@pytest.mark.parametrize("there", [True, False])
async def test_an_operator_is_there_where_the_scenario_says_so(hotline: Any, store: Store, there: bool) -> None:
    await on_duty.here(store, "somebody", time.time())  # of the talk before
    await play(hotline, scenario(STEPS[0], on_duty=there))
    assert (await snapshot(store, "c", time.time())).open is there


async def test_nobody_is_told_to_write_slower(hotline: Any, store: Store) -> None:
    hotline.begin_anew = hotline.state  # what was counted stays
    await store.call("SET", key("pace", "c"), 29)
    await play(hotline, scenario(STEPS[0]))
    assert await store.call("EXISTS", key("pace", "c")) == 0


async def test_a_hotline_that_fails_is_told_by_scenario_and_line(hotline: Any) -> None:
    with pytest.raises(NotPlayed, match=r"^one: turns\.2: the hotline failed at this line \(TimeoutError\)\.$"):
        await play(hotline, scenario(STEPS[0], ScenarioStep(2, "person", "too much")))
