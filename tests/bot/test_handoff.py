"""From the bot to a person and back: one owner at most, nobody in two places, nothing left of who is gone."""

import asyncio
import os
import random
import re
import signal
from collections.abc import AsyncIterator, Awaitable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pytest

from bot import aliases, blocks, farewell, identity, on_duty
from bot.case import Priority
from bot.handoff import LEAST_WAITS, MOST, SEVERE, Handoffs, Outcome
from bot.intake import Intake
from bot.message import Message
from bot.settings import Settings
from bot.store import Store, key
from bot.vault import Vault
from bot.waiting import Handoff
from commands.redis_server import OwnRedis
from tests.hotline import MASTER, Hotline, ScriptedEngine, echo, eventually

NOW = 1_800_000_000.0
DATA_MAP = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text("utf-8")
OURS = {"handoff", "handoffs", "handoff_counts", "operators", "paused", "pausing", "waits", "break", "severe", "nobody"}


@dataclass
class Shift:
    """People who write, operators on duty, and the steps between them."""

    store: Store
    settings: Settings
    handoffs: Handoffs = field(init=False)

    def __post_init__(self) -> None:
        self.handoffs = Handoffs(self.store)

    async def writes(self, person: str) -> str:
        """Somebody writes; give the id of their conversation."""
        await Intake(self.store, self.settings).accept(Message("sms", person, identity.new_id(), "hello"))
        found = await self.store.find(identity.address_key("sms", person, self.store.vault.pepper))
        assert found
        return found

    async def waits(self, person: str, priority: Priority = "P2", now: float = NOW) -> str:
        """Somebody writes and asks for a person."""
        conversation = await self.writes(person)
        assert (await self.asks(conversation, priority, now)).done
        return conversation

    async def asks(self, conversation: str, priority: Priority = "P2", now: float = NOW) -> Outcome:
        return await self.handoffs.ask(conversation, priority, "es", "sms", now)

    async def held(self, person: str, operator: str, priority: Priority = "P2") -> str:
        """Somebody is answered by an operator."""
        conversation = await self.waits(person, priority)
        assert (await self.handoffs.claim(conversation, operator, NOW)).done
        return conversation

    async def works(self, *operators: str) -> None:
        await asyncio.gather(*(on_duty.here(self.store, operator, NOW) for operator in operators))

    async def seen(self, conversation: str, now: float = NOW) -> Handoff:
        """The hand-over as the desk shows it."""
        (found,) = [each for each in (await self.handoffs.look(now)).handoffs if each.id == conversation]
        return found

    async def loads(self, now: float = NOW) -> dict[str, int]:
        return {operator.id: operator.load for operator in (await self.handoffs.look(now)).operators}

    async def who(self, conversation: str) -> str:
        """Who answers, as each turn reads it in the conversation."""
        found = await self.store.call("HGET", key("conversation", conversation), "who")
        return found.decode() if found else "bot"

    async def counted(self) -> dict[str, int]:
        flat = await self.store.redis.hgetall("handoff_counts:2027-01")
        return {name.decode(): int(number) for name, number in flat.items()}


@pytest.fixture
async def shift(store: Store, settings: Settings) -> Shift:
    shift = Shift(store, settings)
    await shift.works("ana", "ben")
    return shift


@pytest.fixture
async def brittle_shift(own_redis: OwnRedis, settings: Settings) -> AsyncIterator[Shift]:
    """On a Redis that a test may kill."""
    store = Store.connect(own_redis.url, Vault(MASTER))
    await store.call("CONFIG", "SET", "appendfsync", "always")
    shift = Shift(store, settings)
    await shift.works("ana", "ben")
    yield shift
    await store.close()


# Asking and waiting


async def test_somebody_blocked_asks_for_a_person_in_a_crisis_only(shift: Shift) -> None:
    await on_duty.here(shift.store, "ana", NOW)
    conversation = await shift.writes("+1")
    await blocks.block(shift.store, conversation, 60)
    assert (await shift.asks(conversation, "P1")).refused == "blocked"
    assert (await shift.asks(conversation, "P0")).done


async def test_while_somebody_waits_the_bot_still_answers(shift: Shift) -> None:
    conversation = await shift.waits("+1")

    assert (await shift.seen(conversation)).state == "waiting"
    assert await shift.who(conversation) == "bot"
    assert await shift.handoffs.place(conversation, NOW) == 1


async def test_the_desk_is_shown_what_it_needs_and_nothing_more(shift: Shift) -> None:
    conversation = await shift.waits("+15550001111", "P1")

    (shown,) = await shift.handoffs.waiting(NOW + 200)
    assert re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+", shown.alias)
    assert asdict(shown) == {
        "id": conversation, "alias": shown.alias, "channel": "sms", "locale": "es", "priority": "P1",
        "state": "waiting", "since": NOW, "operator": "", "offered": "", "answered": None, "joined": "",
    }  # fmt: skip
    assert shown.late(NOW + 200) == 1


async def test_where_nobody_is_on_duty_nobody_waits(store: Store, settings: Settings) -> None:
    shift = Shift(store, settings)
    conversation = await shift.writes("+1")

    assert await shift.asks(conversation, "P0") == Outcome("nobody", "bot", "")
    assert await shift.handoffs.waiting(NOW) == []
    assert await shift.counted() == {"nobody P0": 1}


async def test_where_all_pause_nobody_new_waits_and_who_waits_already_stays(shift: Shift) -> None:
    early, late = await shift.waits("+1"), await shift.writes("+2")
    await on_duty.pause(shift.store, "ana", NOW)
    await on_duty.pause(shift.store, "ben", NOW)

    assert (await shift.asks(late)).refused == "nobody"
    assert (await shift.asks(early)).done
    await on_duty.resume(shift.store, "ben", NOW)
    assert (await shift.asks(late)).done


async def test_who_asks_again_keeps_the_place(shift: Shift) -> None:
    first, second = await shift.waits("+1", now=NOW), await shift.waits("+2", now=NOW + 5)
    await shift.asks(first, now=NOW + 60)

    assert [each.id for each in await shift.handoffs.waiting(NOW + 60)] == [first, second]


async def test_who_asks_again_in_more_danger_rises_and_in_less_does_not_sink(shift: Shift) -> None:
    conversation = await shift.waits("+1", "P2")
    await shift.asks(conversation, "P0")
    await shift.asks(conversation, "P3")

    assert (await shift.seen(conversation)).priority == "P0"
    assert await shift.counted() == {"asked P2": 1, "raised P2 P0": 1}


async def test_who_returns_keeps_priority_and_alias_and_waits_from_now_on(shift: Shift) -> None:
    conversation = await shift.waits("+1", "P1")
    alias = (await shift.seen(conversation)).alias
    assert (await shift.handoffs.withdraw(conversation, NOW + 10)).state == "bot"
    assert await shift.handoffs.place(conversation, NOW + 10) is None
    await shift.asks(conversation, "P3", NOW + 600)

    again = await shift.seen(conversation)
    assert (again.priority, again.alias, again.since) == ("P1", alias, NOW + 600)


async def test_who_does_not_wait_can_not_leave_the_queue(shift: Shift) -> None:
    held = await shift.held("+1", "ana")

    assert await shift.handoffs.withdraw(held, NOW) == Outcome("taken", "operator", "ana")
    assert (await shift.handoffs.withdraw(await shift.writes("+2"), NOW)).refused == "gone"


async def test_no_two_that_live_are_called_alike(shift: Shift, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aliases, "draw", lambda: ["Blue Heron", "Calm Owl"])
    talks = [await shift.waits(f"+{number}") for number in range(4)]

    assert [(await shift.seen(talk)).alias for talk in talks] == [
        "Blue Heron", "Calm Owl", "Blue Heron 2", "Blue Heron 3",
    ]  # fmt: skip
    await farewell.forget(shift.store, talks[0])
    assert (await shift.seen(await shift.waits("+9"))).alias == "Blue Heron"


# Claiming


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


async def test_who_comes_second_learns_who_was_first(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana")

    assert await shift.handoffs.claim(conversation, "ben", NOW) == Outcome("taken", "operator", "ana")
    assert await shift.who(conversation) == "operator"


async def test_a_second_click_of_the_owner_is_no_second_claim(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana")

    assert await shift.handoffs.claim(conversation, "ana", NOW + 9) == Outcome(None, "operator", "ana")
    assert (await shift.seen(conversation)).since == NOW
    assert await shift.loads() == {"ana": 1, "ben": 0}


async def test_nobody_is_claimed_who_did_not_ask_or_no_longer_wants(shift: Shift) -> None:
    never, withdrawn = await shift.writes("+1"), await shift.waits("+2")
    await shift.handoffs.withdraw(withdrawn, NOW)

    assert (await shift.handoffs.claim(never, "ana", NOW, supervisor=True)).refused == "gone"
    assert (await shift.handoffs.claim(withdrawn, "ana", NOW, supervisor=True)).refused == "not_waiting"


@pytest.mark.parametrize(
    ("held", "asked", "refused"),
    [
        (["P2", "P2"], "P2", None),
        (["P2", "P2", "P3"], "P2", "full"),
        (["P2"], "P0", None),
        (["P2", "P2"], "P0", "full"),
        (["P0"], "P3", None),
        (["P0", "P3"], "P3", "full"),
        (["P0"], "P0", "full"),
    ],
)
async def test_an_operator_has_three_at_most_and_a_crisis_counts_as_two(
    shift: Shift, held: list[Priority], asked: Priority, refused: str | None
) -> None:
    await asyncio.gather(*(shift.held(f"+1{at}", "ana", priority) for at, priority in enumerate(held)))
    one_more = await shift.waits("+2", asked)

    assert (await shift.handoffs.claim(one_more, "ana", NOW)).refused == refused
    assert (await shift.handoffs.claim(one_more, "ben", NOW)).done == bool(refused)


async def test_who_pauses_keeps_what_they_have_and_gets_nothing_new(shift: Shift) -> None:
    held, waits = await shift.held("+1", "ana"), await shift.waits("+2")
    await on_duty.pause(shift.store, "ana", NOW)

    assert (await shift.handoffs.claim(waits, "ana", NOW)).refused == "paused"
    assert (await shift.seen(held)).operator == "ana"
    await on_duty.resume(shift.store, "ana", NOW)
    assert (await shift.handoffs.claim(waits, "ana", NOW)).done


async def test_a_pause_outlives_a_sign_of_life(shift: Shift) -> None:
    await on_duty.pause(shift.store, "ana", NOW)
    await on_duty.here(shift.store, "ana", NOW + 60)

    assert [each.paused for each in (await shift.handoffs.look(NOW)).operators if each.id == "ana"] == [True]


async def test_who_is_not_on_duty_takes_nobody(shift: Shift) -> None:
    conversation = await shift.waits("+1")

    assert (await shift.handoffs.claim(conversation, "stranger", NOW)).refused == "off_duty"
    assert (await shift.handoffs.claim(conversation, "ana", NOW + on_duty.STAYS)).refused == "off_duty"


async def test_a_supervisor_takes_over_whatever_they_have_already(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana")
    await asyncio.gather(*(shift.held(f"+2{number}", "ben") for number in range(MOST)))

    assert (await shift.handoffs.claim(conversation, "ben", NOW)).refused == "taken"
    assert await shift.handoffs.claim(conversation, "ben", NOW, supervisor=True) == Outcome(None, "operator", "ben")
    assert (await shift.handoffs.release(conversation, "ana", NOW)).refused == "not_yours"
    assert await shift.loads() == {"ana": 0, "ben": MOST + 1}


# Giving back


async def test_after_a_release_the_bot_answers_and_a_second_release_changes_nothing(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana")

    assert await shift.handoffs.release(conversation, "ana", NOW) == Outcome(None, "bot", "")
    assert await shift.who(conversation) == "bot"
    assert await shift.handoffs.release(conversation, "ana", NOW) == Outcome("not_yours", "bot", "")
    assert await shift.counted() == {"asked P2": 1, "claimed P2": 1, "released P2": 1}


async def test_a_late_release_does_not_take_the_talk_from_its_next_operator(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana")
    await shift.handoffs.release(conversation, "ana", NOW)
    await shift.asks(conversation)
    await shift.handoffs.claim(conversation, "ben", NOW)

    assert await shift.handoffs.release(conversation, "ana", NOW) == Outcome("not_yours", "operator", "ben")


async def test_a_closed_talk_is_off_the_desk_and_who_writes_again_may_ask_again(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana", "P1")
    assert (await shift.handoffs.close(conversation, "ana", NOW)).state == "closed"

    assert (await shift.handoffs.look(NOW)).handoffs == ()
    assert await shift.who(conversation) == "bot"
    assert (await shift.handoffs.claim(conversation, "ben", NOW, supervisor=True)).refused == "not_waiting"
    assert (await shift.asks(conversation, "P3")).state == "waiting"
    assert (await shift.seen(conversation)).priority == "P1"


async def test_who_is_given_back_to_the_queue_waits_with_the_same_priority(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana", "P1")

    assert (await shift.handoffs.transfer(conversation, "ana", NOW + 60)).state == "waiting"
    assert await shift.who(conversation) == "bot"
    shown = await shift.seen(conversation)
    assert (shown.priority, shown.since, shown.operator) == ("P1", NOW + 60, "")


async def test_a_talk_that_is_offered_stays_with_its_operator_until_the_other_takes_it(shift: Shift) -> None:
    await shift.works("cem")
    conversation = await shift.held("+1", "ana")
    assert await shift.handoffs.transfer(conversation, "ana", NOW, to="ben") == Outcome(None, "operator", "ana")

    assert (await shift.handoffs.claim(conversation, "cem", NOW)).refused == "taken"
    assert await shift.handoffs.claim(conversation, "ben", NOW) == Outcome(None, "operator", "ben")
    assert (await shift.seen(conversation)).offered == ""
    assert (await shift.handoffs.claim(conversation, "ana", NOW)).refused == "taken"


async def test_an_offer_is_taken_back_by_offering_it_to_oneself(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana")
    await shift.handoffs.transfer(conversation, "ana", NOW, to="ben")
    await shift.handoffs.transfer(conversation, "ana", NOW, to="ana")

    assert (await shift.handoffs.claim(conversation, "ben", NOW)).refused == "taken"


async def test_nothing_is_offered_to_who_pauses_is_gone_or_has_enough(shift: Shift) -> None:
    await shift.works("cem", "dua")
    conversation = await shift.held("+1", "ana")
    await on_duty.pause(shift.store, "ben", NOW)
    await on_duty.off(shift.store, "cem", NOW)
    await asyncio.gather(*(shift.held(f"+2{number}", "dua") for number in range(MOST)))

    offers = [await shift.handoffs.transfer(conversation, "ana", NOW, to=other) for other in ("ben", "cem", "dua")]
    assert [offer.refused for offer in offers] == ["paused", "off_duty", "full"]
    assert (await shift.seen(conversation)).operator == "ana"


async def test_only_who_has_a_talk_gives_it_away(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana")

    assert (await shift.handoffs.transfer(conversation, "ben", NOW, to="ben")).refused == "not_yours"
    assert (await shift.handoffs.transfer(conversation, "ben", NOW)).refused == "not_yours"
    assert (await shift.handoffs.close(conversation, "ben", NOW)).refused == "not_yours"


# What a supervisor judges


async def test_a_supervisor_changes_how_urgent_it_is_and_the_place_in_time_stays(shift: Shift) -> None:
    first, second = await shift.waits("+1", "P0"), await shift.waits("+2", "P2", NOW + 5)
    await shift.handoffs.rank(first, "P2", NOW + 60)
    await shift.handoffs.rank(second, "P2", NOW + 60)

    assert [each.id for each in await shift.handoffs.waiting(NOW + 60)] == [first, second]
    await shift.handoffs.rank(second, "P0", NOW + 61)
    assert [each.id for each in await shift.handoffs.waiting(NOW + 61)] == [second, first]
    counted = await shift.counted()
    assert (counted["ranked P0 P2"], counted["ranked P2 P0"], "ranked P2 P2" in counted) == (1, 1, False)


async def test_a_talk_that_does_not_wait_and_is_not_answered_has_no_rank(shift: Shift) -> None:
    held = await shift.held("+1", "ana")
    await shift.handoffs.close(held, "ana", NOW)

    assert (await shift.handoffs.rank(held, "P0", NOW)).refused == "not_waiting"
    assert (await shift.handoffs.rank(await shift.writes("+2"), "P0", NOW)).refused == "gone"


# Operators who vanish


async def test_nobody_stays_with_an_operator_who_has_vanished(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana", "P1")
    gone = NOW + on_duty.STAYS
    await on_duty.here(shift.store, "ben", gone)

    both = await asyncio.gather(shift.handoffs.lapse(gone), shift.handoffs.lapse(gone))
    assert sorted(both, key=len) == [{}, {conversation: "waiting"}]
    assert await shift.who(conversation) == "bot"
    assert (await shift.seen(conversation, gone)).priority == "P1"


@pytest.mark.parametrize("later", [0, on_duty.STAYS])
async def test_when_the_last_operator_goes_or_vanishes_nobody_waits_in_vain(shift: Shift, later: int) -> None:
    held, waits = await shift.held("+1", "ana"), await shift.waits("+2")
    await on_duty.off(shift.store, "ana", NOW)
    await (on_duty.pause if later else on_duty.off)(shift.store, "ben", NOW)

    assert await shift.handoffs.lapse(NOW + later) == {held: "bot", waits: "bot"}
    assert await shift.handoffs.lapse(NOW + later) == {}
    assert (await shift.handoffs.look(NOW + later)).handoffs == ()


async def test_who_shows_a_sign_in_time_keeps_their_talks(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana")
    await on_duty.here(shift.store, "ana", NOW + 600)

    assert await shift.handoffs.lapse(NOW + on_duty.STAYS + 1) == {}
    assert (await shift.seen(conversation)).operator == "ana"


async def test_who_lost_their_operator_stands_as_untold_until_they_were_told(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana", "P1")
    await on_duty.off(shift.store, "ana", NOW)
    await shift.handoffs.lapse(NOW)

    (moved,) = await shift.handoffs.untold()
    assert (moved.id, moved.why, moved.state, moved.priority) == (conversation, "lapsed", "waiting", "P1")
    assert await shift.handoffs.untold() == [moved]  # whoever took it first may have died

    await shift.handoffs.told(moved.id, moved.since)
    assert await shift.handoffs.untold() == []


async def test_who_has_another_operator_by_now_is_not_told_of_the_one_before(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana")
    await on_duty.off(shift.store, "ana", NOW)
    await shift.handoffs.lapse(NOW)
    await shift.handoffs.claim(conversation, "ben", NOW + 1)
    assert await shift.handoffs.untold() == []


async def test_each_step_by_which_an_operator_leaves_stands_as_untold(shift: Shift) -> None:
    released, closed, queued = [await shift.held(f"+{number}", "ana") for number in range(3)]
    given, taken = [await shift.held(f"+{number}", "ben") for number in (3, 4)]
    await shift.handoffs.release(released, "ana", NOW)
    await shift.handoffs.close(closed, "ana", NOW)
    await shift.handoffs.transfer(queued, "ana", NOW)
    await shift.handoffs.transfer(given, "ben", NOW, to="ana")
    done = await shift.handoffs.claim(given, "ana", NOW)
    await shift.handoffs.claim(taken, "ana", NOW, supervisor=True)

    untold = {each.id: (each.why, each.state, each.operator, each.before) for each in await shift.handoffs.untold()}
    assert untold == {
        released: ("left", "bot", "", "ana"),
        closed: ("left", "closed", "", "ana"),
        queued: ("left", "waiting", "", "ana"),
        given: ("left", "operator", "ana", "ben"),
        taken: ("left", "operator", "ana", "ben"),
    }
    await shift.handoffs.told(given, done.since)
    assert given not in {each.id for each in await shift.handoffs.untold()}


async def test_where_nobody_left_nobody_has_to_be_told(shift: Shift) -> None:
    await shift.held("+1", "ana")
    await shift.handoffs.withdraw(await shift.waits("+2"), NOW)
    assert await shift.handoffs.untold() == []


# After what is hard


async def test_a_life_in_danger_that_erases_the_talk_is_followed_by_a_break_too(shift: Shift) -> None:
    await shift.works("ana")
    held = await shift.held("+1", "ana", "P0")
    await farewell.forget(shift.store, held)

    assert (await shift.handoffs.claim(await shift.waits("+2"), "ana", NOW)).refused == "break"
    assert await shift.store.call("GET", "severe:ana") == b"1"


@pytest.mark.parametrize("step", ["release", "close", "transfer"])
async def test_after_a_life_in_danger_there_is_a_break_of_ten_minutes(shift: Shift, step: str) -> None:
    held = await shift.held("+1", "ana", "P0")
    await getattr(shift.handoffs, step)(held, "ana", NOW)
    waits = await shift.waits("+2")

    assert (await shift.handoffs.claim(waits, "ana", NOW)).refused == "break"
    await shift.handoffs.claim(waits, "ben", NOW)
    assert (await shift.handoffs.transfer(waits, "ben", NOW, to="ana")).refused == "break"
    await shift.store.let_time_pass(600)
    assert (await shift.handoffs.transfer(waits, "ben", NOW, to="ana")).done


async def test_after_another_talk_there_is_none(shift: Shift) -> None:
    await shift.handoffs.close(await shift.held("+1", "ana", "P1"), "ana", NOW)
    assert (await shift.handoffs.claim(await shift.waits("+2"), "ana", NOW)).done


async def test_who_is_on_a_break_is_still_there_for_who_asks(shift: Shift) -> None:
    await on_duty.off(shift.store, "ben", NOW)
    await shift.handoffs.close(await shift.held("+1", "ana", "P0"), "ana", NOW)
    assert (await shift.asks(await shift.writes("+2"))).done


async def test_after_six_severe_talks_only_others_are_taken_in_this_shift(shift: Shift) -> None:
    for number in range(SEVERE - 1):
        await shift.handoffs.close(await shift.held(f"+{number}", "ana", "P1"), "ana", NOW)
    await shift.held("+10", "ana", "P1")  # the one that is going on counts

    severe = await shift.waits("+11", "P1")
    assert (await shift.handoffs.claim(severe, "ana", NOW)).refused == "enough"
    assert (await shift.handoffs.claim(await shift.waits("+12", "P2"), "ana", NOW)).done
    assert (await shift.handoffs.claim(severe, "ben", NOW)).done
    await shift.store.let_time_pass(12 * 3600)
    assert (await shift.handoffs.claim(await shift.waits("+13", "P1"), "ana", NOW)).done


@pytest.mark.parametrize("hindrance", ["break", "severe"])
async def test_a_life_in_danger_that_nobody_came_to_goes_before_a_break_and_a_measure(
    shift: Shift, hindrance: str
) -> None:
    await shift.store.call("SET", f"{hindrance}:ana", SEVERE, "EX", 600)
    conversation = await shift.waits("+1", "P0")

    assert (await shift.handoffs.claim(conversation, "ana", NOW + 59)).refused in ("break", "enough")
    assert (await shift.handoffs.claim(conversation, "ana", NOW + 60)).done


async def test_a_supervisor_who_takes_over_is_held_by_no_break(shift: Shift) -> None:
    await shift.store.call("SET", "break:ben", "1", "EX", 600)
    conversation = await shift.held("+1", "ana", "P1")
    assert (await shift.handoffs.claim(conversation, "ben", NOW, supervisor=True)).done


# Erasing, expiring, crashing


async def test_who_erases_while_waiting_is_out_of_the_queue_at_once(shift: Shift) -> None:
    first, second = await shift.waits("+1"), await shift.waits("+2", now=NOW + 1)
    await farewell.forget(shift.store, first)

    assert not await shift.store.call("SISMEMBER", "handoffs", first)  # before anybody looks
    assert await shift.handoffs.place(second, NOW) == 1
    assert await shift.handoffs.claim(first, "ana", NOW) == Outcome("gone", "bot", "")
    assert [name async for name in shift.store.redis.scan_iter(f"*{first}*")] == []


async def test_who_erases_while_an_operator_answers_leaves_room_for_another(shift: Shift) -> None:
    talks = [await shift.held(f"+{number}", "ana") for number in range(MOST)]
    await farewell.forget(shift.store, talks[0])

    assert await shift.loads() == {"ana": MOST - 1, "ben": 0}
    assert (await shift.handoffs.release(talks[0], "ana", NOW)).refused == "gone"
    assert (await shift.handoffs.claim(await shift.waits("+9"), "ana", NOW)).done


async def test_what_is_erased_does_not_come_back_by_any_step(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana")
    await farewell.forget(shift.store, conversation)
    outcomes = await asyncio.gather(
        shift.asks(conversation),
        shift.handoffs.withdraw(conversation, NOW),
        shift.handoffs.claim(conversation, "ben", NOW, supervisor=True),
        shift.handoffs.close(conversation, "ana", NOW),
        shift.handoffs.transfer(conversation, "ana", NOW),
        shift.handoffs.transfer(conversation, "ana", NOW, to="ben"),
    )

    assert [outcome.refused for outcome in outcomes] == ["gone"] * 6
    assert await shift.handoffs.lapse(NOW + on_duty.STAYS) == {}
    assert [name async for name in shift.store.redis.scan_iter(f"*{conversation}*")] == []


async def test_what_expires_leaves_queue_and_load(shift: Shift) -> None:
    await shift.waits("+1")
    await shift.held("+2", "ana")
    await shift.store.let_time_pass(shift.settings.keep_phone - 60)
    stays = await shift.waits("+3")
    await shift.works("ana", "ben")
    await shift.store.let_time_pass(120)
    await asyncio.sleep(0.01)

    assert [each.id for each in (await shift.handoffs.look(NOW)).handoffs] == [stays]
    assert await shift.loads() == {"ana": 0, "ben": 0}
    assert await shift.store.redis.smembers("handoffs") == {stays.encode()}


async def test_a_hand_over_lives_as_long_as_its_conversation(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana")
    a_day = shift.settings.keep_phone - 60
    await shift.store.let_time_pass(a_day)
    assert await shift.writes("+1") == conversation
    await shift.store.let_time_pass(a_day)
    assert await shift.writes("+1") == conversation
    await shift.store.let_time_pass(a_day)

    assert (await shift.seen(conversation)).operator == "ana"
    lives = [await shift.store.call("PTTL", key(kind, conversation)) for kind in ("conversation", "handoff")]
    assert abs(lives[0] - lives[1]) < 50


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


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_whatever_is_done_at_once_each_talk_has_one_state_and_no_operator_too_much(
    shift: Shift, seed: int
) -> None:
    chance, operators = random.Random(seed), ["ana", "ben", "cem"]
    await shift.works("cem")
    talks = [await shift.writes(f"+{number}") for number in range(9)]

    def step() -> Awaitable[Outcome]:
        talk, operator, other = chance.choice(talks), chance.choice(operators), chance.choice(operators)
        handoffs = shift.handoffs
        return chance.choice(
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
        )()

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


# What is told and what is kept


async def test_a_wait_is_told_from_ten_real_ones_on_and_never_guessed(shift: Shift) -> None:
    operators = [f"operator {number}" for number in range(LEAST_WAITS)]
    await shift.works(*operators)

    async def taken_after(number: int) -> None:
        conversation = await shift.waits(f"+{number}", "P2")
        await shift.handoffs.claim(conversation, operators[number], NOW + number * 10)

    await asyncio.gather(*map(taken_after, range(LEAST_WAITS - 1)))
    assert await shift.handoffs.usual_wait("P2") is None
    await taken_after(LEAST_WAITS - 1)
    assert await shift.handoffs.usual_wait("P2") == 45
    assert await shift.handoffs.usual_wait("P1") is None


async def test_a_talk_taken_from_another_operator_is_no_wait(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana")
    await shift.handoffs.transfer(conversation, "ana", NOW + 500, to="ben")
    await shift.handoffs.claim(conversation, "ben", NOW + 500)

    assert await shift.store.redis.lrange("waits:P2", 0, -1) == [b"0"]
    assert await shift.counted() == {"asked P2": 1, "claimed P2": 1, "transferred P2": 1}


async def test_every_key_has_an_end_and_stands_in_the_data_map(shift: Shift) -> None:
    await shift.handoffs.close(await shift.held("+15550003333", "ben", "P0"), "ben", NOW)
    await shift.held("+15550001111", "ana")
    await shift.waits("+15550002222")
    await on_duty.pause(shift.store, "ana", NOW)
    await on_duty.pause(shift.store, "ben", NOW)
    assert (await shift.asks(await shift.writes("+15550004444"))).refused == "nobody"
    await shift.handoffs.lapse(NOW)

    names = [name.decode() async for name in shift.store.redis.scan_iter()]
    kinds = {name.partition(":")[0] for name in names}
    assert kinds >= OURS
    assert [name for name in names if await shift.store.call("TTL", name) < 0] == []
    assert [kind for kind in OURS if not re.search(rf"`{kind}\b", DATA_MAP)] == []


async def test_while_an_operator_answers_only_what_is_always_said_is_said(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    shift = Shift(hotline.store, hotline.settings)
    await shift.works("ana")
    engine.answers("help", echo("112", always=True), echo("more"))
    await hotline.hears("hello", by="sms")
    conversation = await hotline.conversation()
    await shift.asks(conversation)
    assert await hotline.hears("anybody?", by="sms") == ["anybody?"]

    await shift.handoffs.claim(conversation, "ana", NOW)
    assert await hotline.hears("hello", by="sms") == []
    assert await hotline.hears("help", by="sms") == ["112"]
    await shift.handoffs.release(conversation, "ana", NOW)
    assert await hotline.hears("thanks", by="sms") == ["thanks"]


def cut(file: Path, before: int, written: float) -> None:
    """Leave only a part of what was written last, as a machine does that dies meanwhile."""
    added = file.stat().st_size - before
    with file.open("r+b") as opened:
        opened.truncate(before + int(added * written))


async def together(steps: Iterable[Awaitable[Outcome]]) -> list[Outcome]:
    """Take steps side by side, as many at once as one store has connections for."""
    free = asyncio.Semaphore(60)

    async def taken(step: Awaitable[Outcome]) -> Outcome:
        async with free:
            return await step

    return await asyncio.gather(*map(taken, steps))
