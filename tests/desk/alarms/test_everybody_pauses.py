"""While everybody on duty pauses nobody waits for ever: after ten minutes they are told truly, once, with numbers to call."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest

from bot.handoff import on_duty
from bot.messaging import farewell, transcript
from bot.phrases.phrases import Phrasebook
from bot.settings import Settings
from bot.storage.store import Store
from desk.alarms.wait_watcher import WaitWatcher, WatchedDesk
from desk.auth.people import Account
from tests.desk.colleagues import Clock
from tests.desk.talking import Lines, account, watched
from tests.hotline import ROOT

ANA, BEN = account("a"), account("b")
NOBODY = "utter_person_nobody_now"


@dataclass
class Pause:
    """Two operators on duty, who pause, and the gateways that watch."""

    lines: Lines
    watched: WatchedDesk
    watches: list[WaitWatcher] = field(init=False)

    def __post_init__(self) -> None:
        self.watches = [WaitWatcher(self.watched) for _ in range(3)]

    async def begins(self, *who: Account) -> None:
        for each in who:
            await on_duty.pause(self.lines.store, each.id, self.lines.clock())
        await self.looks()

    async def looks(self, after: float = 0) -> None:
        """Time passes in which those who pause show themselves, and all gateways look at once."""
        self.lines.clock.now += after
        for each in (ANA, BEN):
            await on_duty.stay(self.lines.store, each.id, self.lines.clock())
        await asyncio.gather(*(watch.look() for watch in self.watches))

    async def told(self, talk: str) -> list[str | None]:
        lines = await transcript.read(self.lines.store, talk)
        return [line.say for line in lines if line.who == "us"]

    async def waiting(self) -> list[str]:
        return [each.id for each in await self.lines.handoffs.waiting(self.lines.clock())]


@pytest.fixture
async def pause(store: Store, settings: Settings, clock: Clock) -> Pause:
    lines = Lines(store, settings, clock)
    await lines.works(ANA, BEN)
    return Pause(lines, watched(lines, Phrasebook.load(ROOT), {ANA.id: "Sam", BEN.id: "Sam"}))


async def test_after_ten_minutes_who_waits_is_told_once_with_numbers_and_waits_no_more(pause: Pause) -> None:
    talk = await pause.lines.waits("+1", priority="P3")
    await pause.begins(ANA, BEN)
    await pause.looks(599)
    assert (await pause.told(talk), await pause.waiting()) == ([], [talk])

    for _ in range(2):
        await pause.looks(1)
    assert (await pause.told(talk), await pause.waiting()) == ([NOBODY], [])
    (line,) = [line for line in await transcript.read(pause.lines.store, talk) if line.say == NOBODY]
    assert any(sign.isdigit() for sign in line.text)


async def test_who_comes_back_finds_nobody_in_the_line_and_the_person_may_ask_again(pause: Pause) -> None:
    talk = await pause.lines.waits("+1")
    await pause.begins(ANA, BEN)
    await pause.looks(600)
    await on_duty.resume(pause.lines.store, ANA.id, pause.lines.clock())
    await pause.looks(3)
    assert await pause.waiting() == []  # they were told not to wait

    assert (await pause.lines.handoffs.ask(talk, "P2", "es", "sms", pause.lines.clock())).done
    await pause.looks(3)
    assert (await pause.told(talk), await pause.waiting()) == ([NOBODY], [talk])


async def test_while_one_is_free_everybody_stays_in_the_line(pause: Pause) -> None:
    talk = await pause.lines.waits("+1", priority="P3")
    await pause.begins(ANA)
    await pause.looks(601)
    assert (await pause.told(talk), await pause.waiting()) == ([], [talk])


async def test_a_pause_that_has_ended_is_not_added_to_the_next_one(pause: Pause) -> None:
    talk = await pause.lines.waits("+1", priority="P3")
    await pause.begins(ANA, BEN)
    await pause.looks(500)
    await on_duty.resume(pause.lines.store, BEN.id, pause.lines.clock())
    await pause.looks(3)
    await pause.begins(BEN)
    await pause.looks(500)
    assert (await pause.told(talk), await pause.waiting()) == ([], [talk])


async def test_gateways_that_start_anew_do_not_begin_to_count_again(pause: Pause) -> None:
    talk = await pause.lines.waits("+1")
    await pause.begins(ANA, BEN)
    await pause.looks(300)
    pause.watches = [WaitWatcher(pause.watched)]
    await pause.looks(300)
    assert await pause.told(talk) == [NOBODY]


async def test_a_talk_that_an_operator_has_stays_with_them_through_the_pause(pause: Pause) -> None:
    talk = await pause.lines.has(ANA, "+1")
    await pause.begins(ANA, BEN)
    await pause.looks(700)
    (still,) = (await pause.lines.conversations.desk()).handoffs
    assert (still.id, still.operator, await pause.told(talk)) == (talk, ANA.id, [])


async def test_who_loses_an_operator_then_is_not_put_into_a_line_to_which_nobody_comes(pause: Pause) -> None:
    talk = await pause.lines.has(ANA, "+1")
    await pause.begins(ANA, BEN)
    await pause.looks(700)
    await on_duty.off(pause.lines.store, ANA.id, pause.lines.clock())
    await pause.looks(3)
    assert (await pause.told(talk), await pause.waiting()) == ([NOBODY], [])


async def test_where_somebody_may_hold_the_phone_it_is_said_when_that_has_ended(pause: Pause) -> None:
    talk = await pause.lines.waits("+1", situation="quiet")
    await pause.begins(ANA, BEN)
    await pause.looks(600)
    assert await pause.told(talk) == []
    await pause.lines.remembers(talk, situation="talk")
    await pause.looks(3)
    assert await pause.told(talk) == [NOBODY]


ENDS: dict[str, Callable[[Pause, str], Awaitable[object]]] = {
    "erased": lambda pause, talk: farewell.forget(pause.lines.store, talk),
    "withdrawn": lambda pause, talk: pause.lines.handoffs.withdraw(talk, pause.lines.clock()),
}


@pytest.mark.parametrize("end", ENDS)
async def test_who_has_left_by_then_is_told_nothing(pause: Pause, end: str) -> None:
    talk = await pause.lines.waits("+1")
    await pause.begins(ANA, BEN)
    await ENDS[end](pause, talk)
    await pause.looks(600)
    assert await pause.told(talk) == []
