"""The figures of today: what happened since midnight of the place, without small numbers for those who lead no shift."""

import time

import pytest

from bot.handoff.pending_end import PendingEnd
from bot.messaging.outbox import OperatorMessage
from bot.phrases.phrases import Phrasebook
from bot.settings import Settings
from bot.storage.store import Store, key
from desk.duty.todays_figures import TodaysFigures, today
from tests.desk import talking
from tests.desk.colleagues import Clock
from tests.desk.desk_page import DeskSite, readable
from tests.desk.talking import Lines, account
from tests.hotline import ROOT

ANA = account("a")


@pytest.fixture
async def lines(store: Store, settings: Settings, clock: Clock) -> Lines:
    lines = Lines(store, settings, clock)
    await lines.works(ANA)
    return lines


async def figures(lines: Lines, *, zone: str = "UTC", exact: bool = True) -> TodaysFigures:
    waiting = await lines.handoffs.waiting(lines.clock())
    return await today(lines.store, len(waiting), lines.clock(), zone, exact)


async def test_what_happened_today_is_counted(lines: Lines) -> None:
    await lines.has(ANA, "+1")
    for person in ("+2", "+3"):
        await lines.waits(person)
    gone = await lines.waits("+4")
    await lines.handoffs.withdraw(gone, lines.clock())
    assert await figures(lines) == TodaysFigures(2, 1, 1, None, 0, 0)


async def test_the_day_begins_at_midnight_of_the_place(lines: Lines) -> None:
    await lines.has(ANA, "+1")  # on a Friday at eight in the morning, UTC
    assert (await figures(lines, zone="America/Anchorage")).taken == 1
    lines.clock.now += 3600  # midnight in Anchorage
    assert (await figures(lines, zone="America/Anchorage")).taken == 0
    assert (await figures(lines)).taken == 1
    lines.clock.now += 16 * 3600
    assert (await figures(lines)).taken == 0


async def test_who_erases_or_goes_while_they_wait_has_left(store: Store, settings: Settings) -> None:
    lines = Lines(store, settings, Clock(store, time.time()))
    await lines.works(ANA)
    shut = await lines.waits("+1")
    await store.call("DEL", key("conversation", shut))  # the page was shut, and the conversation has expired
    assert (await figures(lines)).left == 1
    assert (await figures(lines)).left == 1


async def test_the_usual_wait_is_from_asking_to_the_first_line(store: Store, settings: Settings) -> None:
    clock = Clock(store, time.time() - 90)
    lines = Lines(store, settings, clock)
    await lines.works(ANA)
    notifier = talking.watched(lines, Phrasebook.load(ROOT), {}).notifier
    talk = await lines.has(ANA, "+1")
    clock.now += 90
    for number in range(2):  # a second line is no first one
        await notifier.write(talk, OperatorMessage(ANA.id, "Sam", "I am here.", f"once {number}"))
    first_line = (await figures(lines)).first_line
    assert first_line is not None and 89 <= first_line <= 100


@pytest.mark.parametrize(("outcome", "helped"), [("connected", 1), ("informed", 1), ("left", 0), ("not_stated", 0)])
async def test_what_operators_note_as_help_is_counted(lines: Lines, outcome: str, helped: int) -> None:
    talk = await lines.has(ANA, "+1")
    end = PendingEnd(int(lines.clock() * 1000), ANA.id, outcome=outcome)
    await lines.handoffs.end_later(talk, ANA.id, lines.clock(), end)
    assert (await lines.handoffs.end(talk, lines.clock(), end)).done
    assert (await figures(lines)).helped == helped


async def test_what_nobody_answered_was_not_taken(lines: Lines) -> None:
    await lines.has(ANA, "+1", priority="P1")
    (taken,) = (await lines.handoffs.look(lines.clock())).handoffs
    lines.clock.now += 120
    assert (await lines.handoffs.return_unanswered(taken, 120, lines.clock())).done
    assert (await figures(lines)).taken == 0


async def test_a_supervisor_sees_small_numbers_and_an_operator_none(desk_site: DeskSite) -> None:
    ana = await desk_site.hires("Ana")
    lines = Lines(desk_site.services.store, desk_site.services.settings, desk_site.clock)
    async with desk_site.seat(ana) as operator, desk_site.seat(await desk_site.hires("Cam", "supervisor")) as lead:
        await lines.has(await ana.account(), "+1")
        for page in ("/load", "/duty"):
            assert "Taken 1 Left before a person came 0" in readable((await lead.opens(page))[1])
        assert "Taken – Left before a person came –" in readable((await operator.opens("/duty"))[1])


async def test_the_figures_are_gone_after_a_day_and_a_half(lines: Lines, clock: Clock) -> None:
    await lines.has(ANA, "+1")
    assert len(await lines.store.redis.keys("waits:today:*")) == 1
    await clock.passes(36 * 3600 + 1)
    assert await lines.store.redis.keys("waits:today:*") == []
