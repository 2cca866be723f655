"""The break after a life in danger, the measure of a shift, and a supervisor one click away."""

import pytest

from bot.handoff.handoff import SEVERE
from bot.settings import Settings
from bot.storage.store import Store
from desk.alarms.alarms import Alarms
from desk.duty.wellbeing import OperatorWellbeing, Wellbeing
from tests.desk.colleagues import Clock
from tests.desk.talking import Lines, account

ANA = account("a")


@pytest.fixture
def wellbeing(store: Store, clock: Clock) -> Wellbeing:
    return Wellbeing(store, Alarms(store, clock))


@pytest.fixture
async def lines(store: Store, settings: Settings, clock: Clock) -> Lines:
    lines = Lines(store, settings, clock)
    await lines.works(ANA)
    return lines


async def test_a_supervisor_lifts_a_break(wellbeing: Wellbeing, lines: Lines) -> None:
    held = await lines.has(ANA, "+1", priority="P0")
    assert await wellbeing.of(ANA.id) == OperatorWellbeing(0, 1, SEVERE)
    await lines.handoffs.close(held, ANA.id, lines.clock())
    waits = await lines.waits("+2")
    assert 590 < (await wellbeing.of(ANA.id)).break_left <= 600
    assert (await lines.handoffs.claim(waits, ANA.id, lines.clock())).refused == "break"

    await wellbeing.lift_break(ANA.id)

    assert (await lines.handoffs.claim(waits, ANA.id, lines.clock())).done


async def test_a_supervisor_lifts_the_measure_of_a_shift(wellbeing: Wellbeing, lines: Lines) -> None:
    for number in range(SEVERE):
        held = await lines.has(ANA, f"+{number}", priority="P1")
        await lines.handoffs.release(held, ANA.id, lines.clock())
    assert (await wellbeing.of(ANA.id)).enough
    waits = await lines.waits("+9", priority="P1")
    assert (await lines.handoffs.claim(waits, ANA.id, lines.clock())).refused == "enough"

    await wellbeing.lift_measure(ANA.id)

    assert await wellbeing.of(ANA.id) == OperatorWellbeing(0, 0, SEVERE)
    assert (await lines.handoffs.claim(waits, ANA.id, lines.clock())).done


async def test_enough_is_shown_where_a_claim_would_be_refused_for_talks_that_go_on(
    wellbeing: Wellbeing, lines: Lines
) -> None:
    for number in range(SEVERE - 1):
        held = await lines.has(ANA, f"+{number}", priority="P1")
        await lines.handoffs.release(held, ANA.id, lines.clock())
    assert not (await wellbeing.of(ANA.id)).enough
    await lines.has(ANA, "+8", priority="P1")

    assert (await wellbeing.of(ANA.id)).enough
    waits = await lines.waits("+9", priority="P1")
    assert (await lines.handoffs.claim(waits, ANA.id, lines.clock())).refused == "enough"


async def test_one_click_calls_a_supervisor(wellbeing: Wellbeing, store: Store, clock: Clock) -> None:
    alarm = await wellbeing.call_supervisor(ANA.id, "c" * 32)
    assert await Alarms(store, clock).open() == [alarm]
