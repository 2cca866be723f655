"""A conversation that somebody has taken and not answered: back to the queue in its old place, and nothing false is said."""

import asyncio

import pytest

from bot.handoff.pending_end import PendingEnd
from bot.handoff.waiting_line import Handoff
from bot.messaging.outbox import OperatorMessage
from bot.storage.store import key
from desk.alarms.unanswered_watcher import UnansweredWatcher
from desk.alarms.wait_watcher import WaitWatcher, WatchedDesk
from desk.auth.people import Account
from tests.desk.alarms.looking import ANA, BEN, told
from tests.desk.talking import Lines

WITHIN = (60, 120, 300, 600)


@pytest.fixture
def unanswered(lines: Lines) -> UnansweredWatcher:
    return UnansweredWatcher(lines.store, lines.handoffs, WITHIN, lines.clock)


async def of(lines: Lines, conversation: str) -> Handoff:
    desk = await lines.handoffs.look(lines.clock())
    return next(each for each in desk.handoffs if each.id == conversation)


async def later(lines: Lines, seconds: float) -> None:
    lines.clock.now += seconds
    await lines.works(ANA, BEN)


@pytest.mark.parametrize(("priority", "seconds"), [("P0", 60), ("P1", 120), ("P2", 300), ("P3", 600)])
async def test_what_nobody_answers_returns_to_the_queue_by_its_priority(
    unanswered: UnansweredWatcher, lines: Lines, priority: str, seconds: int
) -> None:
    talk = await lines.has(ANA, "+1", priority=priority)
    await later(lines, seconds - 1)
    assert await unanswered.look() == []
    await later(lines, 1)
    assert await unanswered.look() == [talk]
    back = await of(lines, talk)
    assert (back.state, back.operator, back.returned) == ("waiting", "", ANA.id)


async def test_who_waits_again_keeps_their_place_in_time_and_hears_nothing(
    unanswered: UnansweredWatcher, watch: WaitWatcher, lines: Lines
) -> None:
    talk = await lines.waits("+1", priority="P1")
    asked = lines.clock()
    await later(lines, 100)
    await lines.waits("+2", priority="P1")
    await lines.handoffs.claim(talk, ANA.id, lines.clock())
    await later(lines, 120)
    await unanswered.look()
    await watch.look()
    assert (await of(lines, talk)).since == asked
    assert await lines.handoffs.place(talk, lines.clock()) == 1
    assert await told(lines, talk) == []


@pytest.mark.parametrize("garbage", ["x", "1 a end happily wages", f"{10**14} a end connected - more"])
async def test_nobody_is_kept_from_the_queue_by_an_end_that_nothing_can_read(
    unanswered: UnansweredWatcher, lines: Lines, garbage: str
) -> None:
    talk = await lines.has(ANA, "+1", priority="P0")
    await lines.store.call("HSET", key("handoff", talk), "ending", garbage)
    await later(lines, 60)
    assert await unanswered.look() == [talk]


async def test_a_line_is_an_answer(unanswered: UnansweredWatcher, watched: WatchedDesk, lines: Lines) -> None:
    talk = await lines.has(ANA, "+1", priority="P0")
    assert await watched.notifier.write(talk, OperatorMessage(ANA.id, "Sam", "I am here.", "once")) == "said"
    await later(lines, 3600)
    assert await unanswered.look() == []


async def test_who_does_something_in_it_has_the_whole_time_again(unanswered: UnansweredWatcher, lines: Lines) -> None:
    talk = await lines.has(ANA, "+1", priority="P0")
    await later(lines, 50)
    assert (await lines.handoffs.attend(talk, ANA.id, lines.clock())).done
    await later(lines, 59)
    assert await unanswered.look() == []
    await later(lines, 1)
    assert await unanswered.look() == [talk]


async def test_who_only_looks_on_keeps_nobody_waiting_for_another(unanswered: UnansweredWatcher, lines: Lines) -> None:
    talk = await lines.has(ANA, "+1", priority="P0")
    await later(lines, 60)
    assert (await lines.handoffs.attend(talk, BEN.id, lines.clock())).refused == "not_yours"
    assert await unanswered.look() == [talk]


async def test_nobody_is_pressed_to_write_to_a_phone_that_is_watched(
    unanswered: UnansweredWatcher, lines: Lines
) -> None:
    talk = await lines.has(ANA, "+1", priority="P0", situation="quiet")
    for _ in range(3):
        await later(lines, 60)
        assert await unanswered.look() == []
    await lines.remembers(talk, situation="talk")
    await later(lines, 59)  # only from now on is there somebody to write to
    assert await unanswered.look() == []
    await later(lines, 1)
    assert await unanswered.look() == [talk]


async def test_who_read_on_their_page_that_somebody_has_come_is_told_each_time_that_they_have_gone(
    unanswered: UnansweredWatcher, watch: WaitWatcher, lines: Lines
) -> None:
    talk = await lines.waits("page", by="web", priority="P1")
    asked = lines.clock()
    for times in (1, 2):
        await lines.works(ANA, BEN)
        await lines.handoffs.claim(talk, ANA.id, lines.clock())
        await later(lines, 120)
        assert await unanswered.look() == [talk]
        await watch.look()
        assert await told(lines, talk) == ["utter_person_back_in_queue"] * times
        assert (await of(lines, talk)).since == asked
    assert await lines.handoffs.untold() == []


async def test_who_was_told_of_a_colleague_is_told_that_another_was_asked_for(
    unanswered: UnansweredWatcher, watch: WaitWatcher, lines: Lines
) -> None:
    await lines.works(BEN)
    talk = await lines.has(ANA, "+1", priority="P1")
    await lines.handoffs.transfer(talk, ANA.id, lines.clock(), BEN.id)
    done = await lines.handoffs.claim(talk, BEN.id, lines.clock())
    await lines.handoffs.told(talk, done.since)  # "Kim is here now"
    await later(lines, 120)
    assert await unanswered.look() == [talk]
    await watch.look()
    assert await told(lines, talk) == ["utter_person_back_in_queue"]
    assert await lines.handoffs.untold() == []


async def test_several_gateways_that_look_at_once_return_it_once(lines: Lines) -> None:
    talk = await lines.has(ANA, "+1", priority="P1")
    await later(lines, 120)
    gates = [UnansweredWatcher(lines.store, lines.handoffs, WITHIN, lines.clock) for _ in range(4)]
    assert [id_ for found in await asyncio.gather(*(gate.look() for gate in gates)) for id_ in found] == [talk]


async def test_a_line_written_at_the_last_moment_and_the_return_never_both_happen(
    unanswered: UnansweredWatcher, watched: WatchedDesk, lines: Lines
) -> None:
    talk = await lines.has(ANA, "+1", priority="P1")
    await later(lines, 120)
    words = OperatorMessage(ANA.id, "Sam", "I am here.", "once")
    back, written = await asyncio.gather(unanswered.look(), watched.notifier.write(talk, words))
    assert (back, written) in (([talk], "not_yours"), ([], "said"))


async def test_who_wrote_nothing_has_no_break_and_can_take_it_again(
    unanswered: UnansweredWatcher, lines: Lines
) -> None:
    talk = await lines.has(ANA, "+1", priority="P0")
    await later(lines, 60)
    await unanswered.look()
    assert (await lines.handoffs.claim(talk, ANA.id, lines.clock())).done
    assert (await of(lines, talk)).returned == ""


@pytest.mark.parametrize(("next_", "draft"), [(ANA, "I am Sam"), (BEN, "")])
async def test_what_somebody_had_begun_to_write_is_theirs_when_they_take_it_again_and_nobody_elses(
    unanswered: UnansweredWatcher, lines: Lines, next_: Account, draft: str
) -> None:
    talk = await lines.has(ANA, "+1", priority="P1")
    await lines.notes.keep_draft(talk, "I am Sam")
    await later(lines, 120)
    await unanswered.look()
    assert await lines.notes.draft(talk) == ""
    await lines.handoffs.claim(talk, next_.id, lines.clock())
    assert await lines.notes.draft(talk) == draft
    kept = await lines.store.call("PTTL", key("draft", talk))
    assert kept == -2 if not draft else 0 < kept <= await lines.store.call("PTTL", key("conversation", talk)) + 1_000


async def test_what_was_erased_meanwhile_returns_nowhere(unanswered: UnansweredWatcher, lines: Lines) -> None:
    talk = await lines.has(ANA, "+1", priority="P1")
    taken = await of(lines, talk)
    await lines.store.call("DEL", key("conversation", talk))
    await later(lines, 600)
    assert await unanswered.look() == []
    assert (await lines.handoffs.return_unanswered(taken, 60, lines.clock())).refused == "gone"


async def test_what_is_just_being_ended_stays(unanswered: UnansweredWatcher, lines: Lines) -> None:
    talk = await lines.has(ANA, "+1", priority="P1")
    await later(lines, 120)
    end = PendingEnd(int(lines.clock() * 1000) + 10_000, ANA.id)
    assert (await lines.handoffs.end_later(talk, ANA.id, lines.clock(), end)).done
    assert await unanswered.look() == []


async def test_where_it_is_switched_off_nothing_returns(lines: Lines) -> None:
    await lines.has(ANA, "+1", priority="P0")
    await later(lines, 3600)
    assert await UnansweredWatcher(lines.store, lines.handoffs, (), lines.clock).look() == []
