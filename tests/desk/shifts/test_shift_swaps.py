"""Two operators swap shifts: with a yes both change at once, and nothing changes where one of the two is not as it was."""

import asyncio
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from playwright.async_api import Browser, expect

from bot.crypto.vault import Vault
from bot.storage.store import Store
from desk.duty import duty_calendar
from desk.duty.duty_calendar import SWAPS, Duty, Shift, take_out
from desk.shifts import shift_swaps
from desk.shifts.calendar_feed import CalendarFeeds
from desk.shifts.shift_places import ShiftPlaces, ShiftRefused
from desk.shifts.shift_swaps import MOST, ShiftDay, ShiftSwaps, SwapProposal
from tests.accessible import faults
from tests.desk.colleagues import Clock
from tests.desk.desk_page import DeskSite, readable
from tests.hotline import MASTER

NEW = b"n" * 32
ANA, BEN, CAM = "a" * 32, "b" * 32, "c" * 32
MONDAY, TUESDAY = datetime(2027, 1, 18, 8, 0), datetime(2027, 1, 19, 20, 0)


@pytest.fixture
def duty(store: Store, clock: Clock) -> Duty:
    clock.now = datetime(2027, 1, 17, 8, 0, tzinfo=UTC).timestamp()
    return Duty(store, clock)


@pytest.fixture
def swaps(store: Store, duty: Duty) -> ShiftSwaps:
    return ShiftSwaps(store, duty, confirm=False)


def on(shift: Shift, day: date | None = None) -> ShiftDay:
    return ShiftDay(shift.id, (day or datetime.fromisoformat(shift.begins).date()).isoformat())


async def asked(duty: Duty, swaps: ShiftSwaps, clock: Clock) -> tuple[SwapProposal, Shift, Shift]:
    """Ana asks Ben: her Monday for his Tuesday."""
    hers, his = await duty.add(ANA, MONDAY, 240), await duty.add(BEN, TUESDAY, 600)
    return await swaps.ask(ANA, on(hers), on(his), clock()), hers, his


async def who_has(duty: Duty, *shifts: Shift) -> list[str]:
    kept = {shift.id: shift.account for shift in await duty.shifts()}
    return [kept.get(shift.id, "") for shift in shifts]


async def test_with_a_yes_both_shifts_change_at_once(duty: Duty, swaps: ShiftSwaps, clock: Clock) -> None:
    swap, hers, his = await asked(duty, swaps, clock)
    assert await who_has(duty, hers, his) == [ANA, BEN]
    assert await swaps.accept(swap.id, BEN, clock())
    assert await who_has(duty, hers, his) == [BEN, ANA]
    assert await duty.on_duty_now(clock() + 86_400) == [BEN]
    assert await swaps.open(clock()) == []


async def test_of_weekly_shifts_that_one_day_is_swapped(duty: Duty, swaps: ShiftSwaps, clock: Clock) -> None:
    hers, his = await duty.add(ANA, MONDAY, 240, weekly=True), await duty.add(BEN, TUESDAY, 600, weekly=True)
    swap = await swaps.ask(ANA, on(hers, date(2027, 1, 25)), on(his), clock())
    await swaps.accept(swap.id, BEN, clock())
    turns = await duty.between(clock(), clock() + 14 * 86_400)
    assert [(turn.shift.account, duty.day(turn).day) for turn in turns] == [
        (ANA, 18), (ANA, 19), (BEN, 25), (BEN, 26),
    ]  # fmt: skip


async def test_nobody_says_yes_for_another(duty: Duty, swaps: ShiftSwaps, clock: Clock) -> None:
    swap, hers, his = await asked(duty, swaps, clock)
    for who in (ANA, CAM):
        with pytest.raises(ShiftRefused, match="swap_gone"):
            await swaps.accept(swap.id, who, clock())
    with pytest.raises(ShiftRefused, match="swap_gone"):
        await swaps.end(swap.id, CAM)
    with pytest.raises(ShiftRefused, match="swap_gone"):
        await swaps.confirm(swap.id, clock())
    with pytest.raises(ShiftRefused, match="swap_gone"):
        await swaps.end(swap.id)  # a supervisor, of what nobody has agreed on
    assert await who_has(duty, hers, his) == [ANA, BEN]


async def test_a_yes_twice_swaps_once(duty: Duty, swaps: ShiftSwaps, clock: Clock) -> None:
    swap, hers, his = await asked(duty, swaps, clock)
    done = await asyncio.gather(*(swaps.accept(swap.id, BEN, clock()) for _ in range(3)), return_exceptions=True)
    assert sorted(type(each).__name__ for each in done) == ["ShiftRefused", "ShiftRefused", "bool"]
    assert await who_has(duty, hers, his) == [BEN, ANA]


@pytest.mark.parametrize("which", ["hers", "his"])
@pytest.mark.parametrize("change", ["given away", "removed", "wanted by a colleague", "begun"])
async def test_where_one_shift_has_changed_neither_changes_hands(
    duty: Duty, swaps: ShiftSwaps, clock: Clock, which: str, change: str
) -> None:
    swap, hers, his = await asked(duty, swaps, clock)
    shift, other = (hers, his) if which == "hers" else (his, hers)
    if change == "removed":
        await duty.remove(shift.id)
    elif change == "begun":
        clock.now = datetime.fromisoformat(shift.begins).replace(tzinfo=UTC).timestamp()
    else:
        wanted = change == "wanted by a colleague"
        await duty.change(shift.id, lambda now: replace(now, asked=CAM) if wanted else replace(now, account=CAM))
    before = await duty.shifts()
    with pytest.raises(ShiftRefused, match="swap_gone"):
        await swaps.accept(swap.id, BEN, clock())
    assert await duty.shifts() == before
    assert await who_has(duty, other) == [other.account]
    assert await swaps.open(clock()) == []  # nor is it shown to anybody


@pytest.mark.parametrize("which", [0, 1])
async def test_a_shift_that_changes_in_the_same_moment_leaves_nothing_half_done(
    duty: Duty, swaps: ShiftSwaps, clock: Clock, which: int
) -> None:
    swap, hers, his = await asked(duty, swaps, clock)
    shift = (hers, his)[which]

    async def noted(_: SwapProposal) -> None:  # after the last look, and before the change
        await duty.change(shift.id, lambda now: replace(now, account=CAM))

    late = ShiftSwaps(swaps._store, duty, False, noted)
    with pytest.raises(ShiftRefused, match="swap_gone"):
        await late.accept(swap.id, BEN, clock())
    assert sorted(await who_has(duty, hers, his)) == sorted([CAM, {hers.id: BEN, his.id: ANA}[shift.id]])


async def test_two_swaps_of_one_shift_at_once_move_it_once(duty: Duty, swaps: ShiftSwaps, clock: Clock) -> None:
    swap, hers, his = await asked(duty, swaps, clock)
    cams = await duty.add(CAM, datetime(2027, 1, 22, 8, 0), 240)
    other = await swaps.ask(ANA, on(hers), on(cams), clock())
    tries = (swaps.accept(swap.id, BEN, clock()), swaps.accept(other.id, CAM, clock()))
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert [type(each).__name__ for each in done].count("ShiftRefused") == 1
    assert sorted(await who_has(duty, hers, his, cams)) == [ANA, BEN, CAM]


async def test_nobody_has_two_shifts_at_the_same_time_after_a_swap(duty: Duty, swaps: ShiftSwaps, clock: Clock) -> None:
    hers, his = await duty.add(ANA, MONDAY, 240), await duty.add(BEN, TUESDAY, 600)
    await duty.add(BEN, datetime(2027, 1, 18, 10, 0), 240)
    with pytest.raises(ShiftRefused, match="swap_clash"):
        await swaps.ask(ANA, on(hers), on(his), clock())
    overlapping = await duty.add(CAM, datetime(2027, 1, 18, 9, 0), 60)  # with the one that is given, which is no clash
    assert (await swaps.ask(ANA, on(hers), on(overlapping), clock())).of == CAM


async def test_a_clash_that_came_since_it_was_asked_stops_the_swap(duty: Duty, swaps: ShiftSwaps, clock: Clock) -> None:
    swap, hers, his = await asked(duty, swaps, clock)
    await duty.add(BEN, datetime(2027, 1, 18, 10, 0), 240)
    with pytest.raises(ShiftRefused, match="swap_clash"):
        await swaps.accept(swap.id, BEN, clock())
    assert await who_has(duty, hers, his) == [ANA, BEN]


async def test_only_own_shifts_are_given_and_only_a_colleagues_is_asked_for(
    duty: Duty, swaps: ShiftSwaps, clock: Clock
) -> None:
    hers, his = await duty.add(ANA, MONDAY, 240), await duty.add(BEN, TUESDAY, 600)
    (free,) = await ShiftPlaces(duty, confirm=False).open(TUESDAY, 60, False, 1)
    for gives, takes in ((his, hers), (hers, hers), (hers, free)):
        with pytest.raises(ShiftRefused):
            await swaps.ask(ANA, on(gives), on(takes), clock())
    with pytest.raises(ShiftRefused, match="shift_gone"):
        await swaps.ask(ANA, on(hers), on(his, date(2027, 1, 20)), clock())
    for garbage in ("", "x", f"{his.id} someday", "' OR 1=1 --"):
        with pytest.raises(ValueError):
            ShiftDay.of(garbage)
    assert await swaps.open(clock()) == []


async def test_asked_again_it_is_the_same_proposal_and_ten_are_the_most(
    duty: Duty, swaps: ShiftSwaps, clock: Clock
) -> None:
    hers = await duty.add(ANA, MONDAY, 60)
    his = [await duty.add(BEN, datetime(2027, 1, 20 + n, 8), 60) for n in range(MOST + 1)]
    first = await swaps.ask(ANA, on(hers), on(his[0]), clock())
    assert await swaps.ask(ANA, on(hers), on(his[0]), clock()) == first
    for shift in his[1:MOST]:
        await swaps.ask(ANA, on(hers), on(shift), clock())
    with pytest.raises(ShiftRefused, match="swaps_full"):
        await swaps.ask(ANA, on(hers), on(his[MOST]), clock())
    await swaps.end(first.id, ANA)
    assert (await swaps.ask(ANA, on(hers), on(his[MOST]), clock())).by == ANA


async def test_where_it_is_set_nothing_changes_before_a_supervisor_has_confirmed(
    store: Store, duty: Duty, clock: Clock
) -> None:
    swaps = ShiftSwaps(store, duty, confirm=True)
    swap, hers, his = await asked(duty, swaps, clock)
    assert not await swaps.accept(swap.id, BEN, clock())
    assert await who_has(duty, hers, his) == [ANA, BEN]
    await swaps.confirm(swap.id, clock())
    assert await who_has(duty, hers, his) == [BEN, ANA]


async def test_who_is_shut_out_swaps_nothing_any_more(
    store: Store, duty: Duty, swaps: ShiftSwaps, clock: Clock
) -> None:
    swap, hers, _ = await asked(duty, swaps, clock)
    await take_out(store, BEN)
    with pytest.raises(ShiftRefused, match="swap_gone"):
        await swaps.accept(swap.id, BEN, clock())
    assert await who_has(duty, hers) == [ANA]


async def test_what_is_over_goes_with_the_next_proposal_and_all_of_it_with_time(
    store: Store, duty: Duty, swaps: ShiftSwaps, clock: Clock
) -> None:
    swap, hers, his = await asked(duty, swaps, clock)
    await duty.remove(his.id)
    again = await swaps.ask(ANA, on(hers), on(await duty.add(BEN, TUESDAY, 60)), clock())
    assert [*await shift_swaps.sealed_swaps(store)] == [again.id] != [swap.id]
    assert 0 < await store.call("TTL", SWAPS) <= shift_swaps.AHEAD


async def test_a_proposal_outlives_a_new_master_key(store: Store, duty: Duty, swaps: ShiftSwaps, clock: Clock) -> None:
    swap, hers, his = await asked(duty, swaps, clock)
    between = Store(store.redis, Vault(NEW, before=MASTER))
    await duty_calendar.reseal(between)
    await shift_swaps.reseal(between)
    after = Store(store.redis, Vault(NEW))
    renewed = Duty(after, clock)
    assert await ShiftSwaps(after, renewed, False).accept(swap.id, BEN, clock())
    assert await who_has(renewed, hers, his) == [BEN, ANA]


async def test_operators_swap_on_the_page_and_each_step_is_in_the_log(desk_site: DeskSite, store: Store) -> None:
    ana, ben = await desk_site.hires("Ana"), await desk_site.hires("Ben")
    duty = Duty(store, desk_site.clock)
    hers = await duty.add((await ana.account()).id, datetime(2027, 1, 16, 8), 240)
    his = await duty.add((await ben.account()).id, datetime(2027, 1, 17, 8), 240)
    feed = await CalendarFeeds(store, desk_site.services.accounts.people).make((await ben.account()).id)
    async with desk_site.seat(ana) as one, desk_site.seat(ben) as other:
        form = {"gives": f"{hers.id} 2027-01-16", "takes": f"{his.id} 2027-01-17"}
        assert await one.sends("/duty/swaps", **form) == (303, "/duty?done=swap_asked")
        assert await one.sends("/duty/swaps", **form) == (303, "/duty?done=swap_asked")
        assert (await one.sends("/duty/swaps", gives="x", takes="y"))[0] == 400
        assert "A colleague asks you to swap shifts." in readable((await other.opens("/desk"))[1])
        _, page = await other.opens("/duty")
        assert "Ana would take your Sun 17 Jan" in readable(page)
        (swap,) = set(re.findall(r"/duty/swaps/([0-9a-f]{32})/accept", page))
        assert (await one.sends(f"/duty/swaps/{swap}/accept"))[0] == 409
        assert await other.sends(f"/duty/swaps/{swap}/accept") == (303, "/duty?done=shifts_swapped")
        status, page = await other.sends(f"/duty/swaps/{swap}/accept")
        assert (status, "no longer possible" in page) == (409, True)
        _, calendar = await other.opens(f"/calendar/{feed}.ics")
        assert re.findall(r"DTSTART:(\d+)", calendar) == ["20270116"]
    lines = [line async for line in desk_site.services.accounts.audit.lines()]
    acts = [(line.what, line.which) for line in lines if "swap" in line.what]
    assert acts == [("swap_asked", his.id), ("shifts_swapped", his.id)]


async def test_a_supervisor_confirms_a_swap_on_the_page(desk_site: DeskSite, store: Store) -> None:
    settings = replace(desk_site.services.settings, confirm_shifts=True)
    object.__setattr__(desk_site.services, "settings", settings)
    ana, ben, cam = [await desk_site.hires(*who) for who in (("Ana",), ("Ben",), ("Cam", "supervisor"))]
    duty, people = Duty(store, desk_site.clock), [(await who.account()).id for who in (ana, ben)]
    hers = await duty.add(people[0], datetime(2027, 1, 16, 8), 240)
    his = await duty.add(people[1], datetime(2027, 1, 17, 8), 240)
    async with desk_site.seat(ana) as one, desk_site.seat(ben) as other, desk_site.seat(cam) as lead:
        await one.sends("/duty/swaps", gives=f"{hers.id} 2027-01-16", takes=f"{his.id} 2027-01-17")
        ((swap, _),) = (await shift_swaps.sealed_swaps(store)).items()
        assert (await other.sends(f"/duty/swaps/{swap}/answer", step="confirm"))[0] == 403
        assert await other.sends(f"/duty/swaps/{swap}/accept") == (303, "/duty?done=swap_agreed")
        assert await who_has(duty, hers, his) == people
        assert "Ana gives Sat 16 Jan" in readable((await lead.opens("/duty"))[1])
        done = await lead.sends(f"/duty/swaps/{swap}/answer", step="confirm")
        assert done == (303, "/duty?done=shifts_swapped")
    assert await who_has(duty, hers, his) == people[::-1]


@pytest.mark.browser
async def test_in_a_browser_two_swap_with_three_clicks(browser: Browser, desk_site: DeskSite, store: Store) -> None:
    ana, ben = await desk_site.hires("Ana"), await desk_site.hires("Ben")
    duty = Duty(store, desk_site.clock)
    hers = await duty.add((await ana.account()).id, datetime(2027, 1, 16, 8), 240)
    his = await duty.add((await ben.account()).id, datetime(2027, 1, 17, 8), 240)
    one = await desk_site.sits_down(browser, ana, "/duty")
    await one.get_by_role("button", name="Ask for the swap").click()
    await expect(one.get_by_text("no answer yet")).to_be_visible()
    assert await faults(one) == []
    phone = {"width": 390, "height": 800}
    other = await desk_site.sits_down(browser, ben, "/desk", viewport=phone, color_scheme="dark")
    await other.get_by_role("link", name="A colleague asks you to swap shifts.").click()
    assert await faults(other) == []
    await other.get_by_role("button", name="Swap : Ana").click()
    await expect(other.get_by_text("Swapped. Both shifts have changed.")).to_be_visible()
    assert await who_has(duty, hers, his) == [(await ben.account()).id, (await ana.account()).id]
