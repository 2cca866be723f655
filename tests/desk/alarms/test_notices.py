"""What stands on top of every page: a call for a supervisor, who looks into it, and what returns to the queue."""

from collections.abc import Sequence

import pytest

from bot.settings import Settings
from bot.storage.store import Store
from desk.alarms.alarms import Alarm, Alarms
from desk.alarms.unanswered_watcher import UnansweredWatcher
from tests.desk.desk_page import DeskSite, Seat, readable
from tests.desk.talking import Lines


async def above(seat: Seat, path: str = "/you") -> str:
    """The words of the notices on a page."""
    status, source = await seat.opens(path)
    assert status == 200
    _, _, rest = source.partition('<div class="notices"')
    return readable("<div" + rest.partition("<main")[0])


async def test_a_call_is_seen_on_every_page_and_the_caller_sees_who_comes(desk_site: DeskSite) -> None:
    ana, cam = await desk_site.hires("Ana"), await desk_site.hires("Cam", "supervisor")
    async with desk_site.seat(ana) as caller, desk_site.seat(cam) as called:
        await caller.sends("/debrief/call")
        assert "You called a supervisor. You will see here who comes." in await above(caller)
        for page in ("/desk", "/duty", "/directory", "/counts", "/people", "/log", "/you"):
            assert "Ana needs a supervisor. Nobody is on it yet." in await above(called, page)

        alarm = (await Alarms(desk_site.services.store, desk_site.clock).open())[0].id
        assert await called.sends("/load/alarm", alarm=alarm, step="take", next="/you") == (303, "/you")
        assert "Cam is looking into it." in await above(caller)
        assert "You are looking into the call of Ana." in await above(called)

        await called.sends("/load/alarm", alarm=alarm, step="end", next="/you")
        assert "Cam has looked into your call." in await above(caller)
        assert "Ana" not in await above(called)
        await caller.sends("/notices/call", step="dismiss", next="/you")
        assert "call" not in await above(caller)


async def test_another_supervisor_no_longer_sees_what_one_has_taken_on(desk_site: DeskSite) -> None:
    ana = await desk_site.hires("Ana")
    cam, dee = await desk_site.hires("Cam", "supervisor"), await desk_site.hires("Dee", "supervisor")
    async with desk_site.seat(ana) as caller, desk_site.seat(cam) as one, desk_site.seat(dee) as other:
        await caller.sends("/debrief/call")
        assert "Ana needs" in await above(other)
        alarm = (await Alarms(desk_site.services.store, desk_site.clock).open())[0].id
        await one.sends("/load/alarm", alarm=alarm, step="take")
        assert "Ana" not in await above(other)


async def test_who_calls_while_no_supervisor_is_there_is_told_so_and_can_withdraw(desk_site: DeskSite) -> None:
    ana = await desk_site.hires("Ana")
    async with desk_site.seat(ana) as seat:
        await seat.sends("/debrief/call")
        assert "No supervisor is at the desk now" in await above(seat)
        assert await seat.sends("/notices/call", step="withdraw", next="//elsewhere.example") == (303, "/")
        assert "called" not in await above(seat)
    assert await Alarms(desk_site.services.store, desk_site.clock).open() == []


async def test_an_operator_sees_no_call_of_a_colleague(desk_site: DeskSite) -> None:
    async with desk_site.seat(await desk_site.hires("Ana")) as seat:
        await Alarms(desk_site.services.store, desk_site.clock).call("b" * 32)
        assert "needs a supervisor" not in await above(seat)
        assert (await seat.sends("/load/alarm", alarm="call " + "b" * 32 + " ", step="take"))[0] == 403


async def test_other_alarms_are_counted_above_the_page_of_a_supervisor(desk_site: DeskSite) -> None:
    async with desk_site.seat(await desk_site.hires("Cam", "supervisor")) as seat:
        await Alarms(desk_site.services.store, desk_site.clock).raise_(Alarm("unmanned", "unmanned", 1.0))
        assert "1 alarm that nobody is on yet." in await above(seat)
        assert "1 alarm" not in await above(seat, "/load")  # all of them stand there


async def test_who_sees_no_conversations_has_no_notices(desk_site: DeskSite) -> None:
    async with desk_site.seat(await desk_site.hires("Grey Otter", "administrator")) as seat:
        await Alarms(desk_site.services.store, desk_site.clock).call("b" * 32)
        _, source = await seat.opens("/you")
        assert 'id="notices"' not in source
        assert (await seat.opens("/notices/part"))[0] == 403


@pytest.mark.parametrize("within", [(60, 120, 300, 600)])
async def test_an_operator_is_warned_and_then_told_that_it_went_back(
    desk_site: DeskSite, store: Store, settings: Settings, within: Sequence[int]
) -> None:
    lines = Lines(store, settings, desk_site.clock)
    ana, ben = await desk_site.hires("Ana"), await desk_site.hires("Ben")
    async with desk_site.seat(ana) as seat, desk_site.seat(ben) as colleague:
        talk = await lines.has(await ana.account(), "+1", priority="P1")
        alias = (await lines.handoffs.look(desk_site.clock())).handoffs[0].alias
        assert "Write to" not in await above(seat)
        desk_site.clock.now += 60
        assert f"Write to {alias}. They have heard nothing from you yet: in 1 min the conversation" in await above(seat)
        desk_site.clock.now += 60
        await UnansweredWatcher(lines.store, lines.handoffs, within, desk_site.clock).look()
        assert f"{alias} is back in the queue: nobody had written to them." in await above(seat)
        _, source = await colleague.opens("/desk")
        assert "Back in the queue: nobody had written to them." in readable(source)
        assert await colleague.sends(f"/desk/talk/{talk}/claim") == (303, f"/desk/talk/{talk}")
        assert alias not in await above(seat)
