"""How a conversation ends: some seconds after the click, unless it is undone or the person writes; and what is counted of it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.recall import recall
from bot.conversation.record import Record
from bot.handoff import on_duty
from bot.handoff.pending_end import BLOCKED, UNDO, BadOutcome
from bot.messaging import blocks, farewell
from bot.messaging.transcript import Line
from bot.months import month
from bot.phrases.phrases import Phrasebook
from bot.reporting.helped_counts import ASKED
from bot.settings import Settings
from bot.storage.store import Store, StoreAway, key
from desk.accounts import Accounts
from desk.auth.people import People
from desk.console.conversation_access import NotAllowed
from desk.console.conversation_actions import TalkActions
from desk.console.pending_ends import EndWatcher
from tests.desk.colleagues import Clock
from tests.desk.desk_page import Told
from tests.desk.talking import Lines, account

BOOK = Phrasebook.load(Path(__file__).parents[3])
ANA, BEN, CAM = account("a"), account("b"), account("c", "supervisor")


class Shift:
    """Three at the desk, and the loop that carries out what they end."""

    def __init__(self, lines: Lines, actions: TalkActions, people: People, told: Told) -> None:
        self.lines, self.actions, self.told = lines, actions, told
        self.watcher = EndWatcher(actions, people)

    async def passes(self, seconds: int = UNDO) -> None:
        await self.lines.clock.passes(seconds)
        await self.watcher.look()

    async def state(self, talk: str) -> str:
        return str((await self.lines.store.call("HGET", key("handoff", talk), "state")).decode())

    async def counted(self) -> dict[str, int]:
        flat = await self.lines.store.call("HGETALL", f"handoff_counts:{month(self.lines.clock())}")
        pairs = flat.items() if isinstance(flat, dict) else zip(flat[::2], flat[1::2], strict=True)
        return {
            what.decode(): int(number) for what, number in pairs if what.startswith((b"ended", b"tagged", b"closed"))
        }


@pytest.fixture
async def shift(store: Store, settings: Settings, clock: Clock, desk: Accounts) -> Shift:
    lines, told = Lines(store, settings, clock), Told()
    await lines.works(ANA, BEN, CAM)
    actions = TalkActions(store, lines.handoffs, lines.conversations, desk.audit, told, BOOK, clock)
    return Shift(lines, actions, desk.people, told)


async def test_until_its_seconds_are_over_nothing_has_happened(shift: Shift) -> None:
    talk = await shift.lines.has(ANA, "+1")
    await shift.actions.close(ANA, talk)
    await shift.passes(UNDO - 1)
    assert (await shift.state(talk), shift.told.said) == ("operator", [])
    await shift.passes(1)
    assert (await shift.state(talk), shift.told.said) == ("closed", [(talk, ["utter_person_closed"], "")])


@pytest.mark.parametrize("who", [ANA, CAM])
async def test_an_end_that_is_undone_never_comes(shift: Shift, who: object) -> None:
    talk = await shift.lines.has(ANA, "+1")
    await shift.actions.close(ANA, talk)
    assert (await shift.actions.keep_open(ANA if who is ANA else CAM, talk)).done
    await shift.passes()
    assert (await shift.state(talk), shift.told.said, await shift.counted()) == ("operator", [], {})
    assert [line.what async for line in shift.actions.audit.lines()] == ["close", "keep_open"]


async def test_a_colleague_who_does_not_have_it_cannot_undo_it(shift: Shift) -> None:
    talk = await shift.lines.has(ANA, "+1")
    await shift.actions.close(ANA, talk)
    with pytest.raises(NotAllowed):
        await shift.actions.keep_open(BEN, talk)


async def test_who_writes_at_that_moment_is_not_left_alone(shift: Shift) -> None:
    talk = await shift.lines.has(ANA, "+1")
    await shift.actions.close(ANA, talk)
    await shift.lines.adds(talk, Line("you", "wait, one more thing"))
    await shift.passes()
    assert (await shift.state(talk), shift.told.said) == ("operator", [])
    await shift.passes()  # and it does not end later either
    assert await shift.state(talk) == "operator"


async def test_who_is_blocked_cannot_prevent_it_by_writing(shift: Shift, store: Store) -> None:
    talk = await shift.lines.has(ANA, "+1")
    await shift.actions.block(ANA, talk)
    assert await store.call("KEYS", "blocked:*") == []
    await shift.lines.adds(talk, Line("you", "again"))
    await shift.passes()
    assert await shift.state(talk) == "closed"
    assert len(await store.call("KEYS", "blocked:*")) == 1
    assert (await shift.counted())["ended abuse"] == 1


async def test_it_ends_also_where_the_operator_goes_home_at_once(shift: Shift) -> None:
    talk = await shift.lines.has(ANA, "+1")
    await shift.actions.close(ANA, talk)
    await on_duty.off(shift.lines.store, ANA.id, shift.lines.clock())
    await shift.lines.handoffs.lapse(shift.lines.clock())
    assert await shift.state(talk) == "operator"
    await shift.passes()
    assert await shift.state(talk) == "closed"


async def test_the_break_after_a_life_in_danger_begins_with_the_click(shift: Shift) -> None:
    talk, other = await shift.lines.has(ANA, "+1", priority="P0"), await shift.lines.waits("+2", priority="P3")
    await shift.actions.close(ANA, talk)
    assert (await shift.actions.claim(ANA, other)).refused == "break"
    await shift.passes()
    assert (await shift.actions.claim(ANA, other)).refused == "break"


async def test_what_was_undone_goes_back_to_the_queue_with_an_operator_who_left(shift: Shift) -> None:
    talk = await shift.lines.has(ANA, "+1")
    await shift.actions.close(ANA, talk)
    await shift.actions.keep_open(CAM, talk)
    await on_duty.off(shift.lines.store, ANA.id, shift.lines.clock())
    await shift.lines.handoffs.lapse(shift.lines.clock())
    assert await shift.state(talk) == "waiting"


async def test_who_takes_it_over_meanwhile_keeps_it(shift: Shift) -> None:
    talk = await shift.lines.has(ANA, "+1")
    await shift.actions.close(ANA, talk)
    await shift.actions.take_over(CAM, talk)
    await shift.passes()
    assert await shift.state(talk) == "operator"


async def test_two_gateways_carry_it_out_once(shift: Shift) -> None:
    talk = await shift.lines.has(ANA, "+1")
    await shift.actions.close(ANA, talk, "informed", ("wages",))
    await shift.passes()
    await shift.watcher.look()
    assert len(shift.told.said) == 1
    assert await shift.counted() == {"closed P2": 1, "ended informed": 1, "tagged wages": 1}


async def test_outcome_and_tags_are_optional_and_counted(shift: Shift) -> None:
    for number, (outcome, tags) in enumerate([("connected", ("wages", "debt", "violence")), ("connected", ("debt",))]):
        await shift.actions.close(ANA, await shift.lines.has(ANA, f"+{number}"), outcome, tags)
        await shift.passes()
    await shift.actions.close(ANA, await shift.lines.has(ANA, "+9"))
    await shift.passes()
    counted = await shift.counted()
    assert (counted["ended connected"], counted["ended not_stated"]) == (2, 1)
    assert (counted["tagged debt"], counted["tagged wages"]) == (2, 1)


@pytest.mark.parametrize(
    ("outcome", "tags"),
    [("happily", ()), ("connected", ("his name is",)), ("connected", ("wages", "debt", "violence", "threats"))],
)
async def test_nothing_is_counted_that_is_on_no_list(shift: Shift, outcome: str, tags: tuple[str, ...]) -> None:
    talk = await shift.lines.has(ANA, "+1")
    with pytest.raises(BadOutcome):
        await shift.actions.close(ANA, talk, outcome, tags)
    await shift.passes()
    assert await shift.state(talk) == "operator"


class BlinkingStore(Store):
    """A store that goes away at the moment in which a conversation has ended."""

    away = False

    async def run(self, script: str, keys: Sequence[str] = (), **given: Any) -> Any:
        if self.away:
            raise StoreAway("blinked")
        found = await super().run(script, keys, **given)
        self.away = script == "handoff_end"
        return found

    async def call(self, command: str, *args: Any) -> Any:
        if self.away:
            raise StoreAway("blinked")
        return await super().call(command, *args)


async def test_who_was_blocked_does_not_get_away_because_the_store_blinks_at_that_moment(
    store: Store, settings: Settings, clock: Clock
) -> None:
    blinking, told = BlinkingStore(store.redis, store.vault), Told()
    lines, desk = Lines(blinking, settings, clock), Accounts.build(blinking, clock)
    await lines.works(ANA)
    actions = TalkActions(blinking, lines.handoffs, lines.conversations, desk.audit, told, BOOK, clock)
    shift, talk = Shift(lines, actions, desk.people, told), await lines.has(ANA, "+1")
    await shift.actions.block(ANA, talk)
    with pytest.raises(StoreAway):
        await shift.passes()
    blinking.away = False
    await shift.passes()
    assert await shift.state(talk) == "closed"
    (block,) = await blocks.in_force(store)
    assert (block.by, round(block.left)) == (ANA.id, BLOCKED - UNDO)  # which have passed once more


async def test_who_undoes_a_block_in_time_blocks_nobody(shift: Shift, store: Store) -> None:
    talk = await shift.lines.has(ANA, "+1")
    await shift.actions.block(ANA, talk)
    await shift.actions.keep_open(ANA, talk)
    await shift.passes()
    assert await blocks.in_force(store) == []


GARBAGE = ["x", "1 2 3", "soon a end connected -", "1 a end happily wages", f"{10**14} a end connected - more"]


@pytest.mark.parametrize("garbage", GARBAGE)
async def test_what_another_version_has_noted_ends_nothing_and_breaks_no_page(shift: Shift, garbage: str) -> None:
    talk = await shift.lines.has(ANA, "+1")
    await shift.lines.store.call("HSET", key("handoff", talk), "ending", garbage)
    await shift.passes()
    assert await shift.state(talk) == "operator"
    assert await shift.lines.store.call("HGET", key("handoff", talk), "ending") == b""
    assert (await shift.actions.close(ANA, talk)).done


async def test_the_end_of_a_newer_gateway_is_left_to_it_for_a_minute(shift: Shift) -> None:
    talk = await shift.lines.has(ANA, "+1")
    newer = f"{int(shift.lines.clock() * 1000)} {ANA.id} end connected - softly"
    await shift.lines.store.call("HSET", key("handoff", talk), "ending", newer)
    await shift.passes(59)
    assert (await shift.lines.store.call("HGET", key("handoff", talk), "ending")).decode() == newer
    await shift.passes(1)
    assert await shift.lines.store.call("HGET", key("handoff", talk), "ending") == b""


async def test_an_erased_conversation_takes_its_end_along(shift: Shift) -> None:
    talk = await shift.lines.has(ANA, "+1")
    await shift.actions.close(ANA, talk)
    await farewell.forget(shift.lines.store, talk)
    await shift.passes()
    assert shift.told.said == []
    assert await shift.counted() == {}


# "Did this help?"


async def remembers(shift: Shift, talk: str, record: Record) -> None:
    """The computer has noted this of the person, before the operator came."""
    store = shift.lines.store
    seal = await store.seal_of(talk)
    assert seal
    await store.call("SET", key("record", talk), seal.shared.seal(record.dump(), "record"), "EX", 3600)


CALM = Record(situation="talk", answered={"find_legal_aid": 1})
HUSHED = Record(situation="talk", answered={"find_legal_aid": 1, "cannot_talk_safely": 1})
CRISIS = Record(situation="talk", answered={"find_legal_aid": 1, "immediate_danger": 1})


@pytest.mark.parametrize(
    ("channel", "record", "outcome", "asked"),
    [
        ("web", CALM, "informed", True),
        ("telegram", CALM, "not_stated", True),
        ("sms", CALM, "informed", False),
        ("web", CALM, "emergency", False),
        ("web", CALM, "left", False),
        ("web", HUSHED, "informed", False),
        ("web", CRISIS, "informed", False),
    ],
)
async def test_behind_a_calm_end_it_is_asked_once_whether_it_helped(
    shift: Shift, channel: str, record: Record, outcome: str, asked: bool
) -> None:
    talk = await shift.lines.has(ANA, "+1")
    await shift.lines.store.call("HSET", key("conversation", talk), "channel", channel)
    await remembers(shift, talk, record)
    await shift.actions.close(ANA, talk, outcome)
    await shift.passes()

    said = ["utter_person_closed", "utter_helped"] if asked else ["utter_person_closed"]
    assert shift.told.said == [(talk, said, "")]
    assert (ASKED in (await recall(shift.lines.store, talk)).told) == asked
