"""The feed of one's own shifts: times and the word "Shift" for whoever has the address, and nothing for anybody else."""

import re
from datetime import datetime

import aiohttp
import pytest

from bot.storage.store import Store
from desk.duty.duty_calendar import Duty
from desk.shifts.calendar_feed import KEPT, MOST, MOST_WRONG
from tests.desk.desk_page import DeskSite, Seat


async def address(seat: Seat) -> str:
    """Make an address on the page; its path."""
    status, source = await seat.sends("/duty/calendar", step="make")
    assert status == 200
    found = re.search(r'value="http://127\.0\.0\.1:\d+(/calendar/[A-Za-z0-9_-]{43}\.ics)"', source)
    assert found
    return found[1]


async def asked(site: DeskSite, path: str) -> tuple[int, str, aiohttp.ClientResponse]:
    """What a calendar gets, which is signed in nowhere."""
    async with aiohttp.ClientSession() as calendar, calendar.get(site.url + path) as response:
        return response.status, await response.text(), response


async def test_a_calendar_gets_the_times_of_its_owner_and_no_names(desk_site: DeskSite, store: Store) -> None:
    ana, ben = await desk_site.hires("Ana"), await desk_site.hires("Ben")
    duty = Duty(store, desk_site.clock, "UTC")
    await duty.add((await ana.account()).id, datetime(2027, 1, 16, 22), 480)
    await duty.add((await ben.account()).id, datetime(2027, 1, 17, 9), 60)
    await duty.add("", datetime(2027, 1, 18, 9), 60)
    async with desk_site.seat(ana) as seat:
        path = await address(seat)
    status, text, response = await asked(desk_site, path)
    assert (status, response.content_type) == (200, "text/calendar")
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"
    assert re.findall(r"DT(?:START|END):(\S+)\r\n", text) == ["20270116T220000Z", "20270117T060000Z"]
    assert set(re.findall(r"SUMMARY:(.*)\r\n", text)) == {"Shift"}
    assert text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n")
    account = await ana.account()
    assert not any(word in text for word in ("Ana", account.alias, account.id, "uietline", "http", "@", "desk"))
    assert (await asked(desk_site, path))[1] == text  # a calendar knows each again


async def test_a_wrong_address_is_found_by_nobody(desk_site: DeskSite) -> None:
    async with desk_site.seat(await desk_site.hires("Ana")) as seat:
        path = await address(seat)
    other = path[:-5] + ("A" if path[-5] != "A" else "B") + ".ics"
    for wrong in (other, "/calendar/x.ics", "/calendar/" + "é" * 43 + ".ics", "/calendar/.ics", path + "x"):
        assert (await asked(desk_site, wrong))[0] in (404, 401)
    assert (await asked(desk_site, other))[0] == 404


async def test_an_address_ends_when_its_owner_says_so_or_makes_another(desk_site: DeskSite) -> None:
    async with desk_site.seat(await desk_site.hires("Ana")) as seat:
        first = await address(seat)
        second = await address(seat)
        assert [(await asked(desk_site, path))[0] for path in (first, second)] == [404, 200]
        assert await seat.sends("/duty/calendar", step="end") == (303, "/duty?done=feed_ended")
    assert (await asked(desk_site, second))[0] == 404


async def test_an_address_ends_after_half_a_year(desk_site: DeskSite) -> None:
    async with desk_site.seat(await desk_site.hires("Ana")) as seat:
        path = await address(seat)
    await desk_site.clock.passes(KEPT + 1)
    assert (await asked(desk_site, path))[0] == 404


async def test_an_address_ends_with_the_account_of_its_owner(desk_site: DeskSite) -> None:
    async with desk_site.seat(await desk_site.hires("Ana")) as seat:
        path = await address(seat)
    await desk_site.services.accounts.disable("Ana")
    assert (await asked(desk_site, path))[0] == 404


async def test_nothing_of_an_address_is_in_the_store(desk_site: DeskSite, store: Store) -> None:
    ana = await desk_site.hires("Ana")
    async with desk_site.seat(ana) as seat:
        token = (await address(seat)).removeprefix("/calendar/").removesuffix(".ics")
    names = [name.decode() for name in await store.call("KEYS", "calendar*")]
    assert len(names) == 2
    for name in names:
        assert token not in name
        assert token.encode() not in await store.call("GET", name)
        assert 0 < await store.call("TTL", name) <= KEPT
    sealed = next(name for name in names if name.startswith("calendar:"))
    assert (await ana.account()).id.encode() not in await store.call("GET", sealed)


@pytest.mark.parametrize(("right", "kind"), [(True, "calendar_pace"), (False, "calendar_misses")])
async def test_no_calendar_is_shut_out_for_good_by_a_counter_that_has_lost_its_end(
    desk_site: DeskSite, store: Store, right: bool, kind: str
) -> None:
    async with desk_site.seat(await desk_site.hires("Ana")) as seat:
        path = await address(seat) if right else "/calendar/" + "a" * 43 + ".ics"
    assert (await asked(desk_site, path))[0] == (200 if right else 404)
    (counter,) = await store.call("KEYS", f"{kind}:*")
    await store.call("SET", counter, MOST_WRONG + 1)  # as if an hour had ended between two commands
    assert (await asked(desk_site, path))[0] == 429
    await desk_site.clock.passes(3601)
    assert (await asked(desk_site, path))[0] == (200 if right else 404)


@pytest.mark.parametrize(("right", "most"), [(True, MOST), (False, MOST_WRONG)])
async def test_who_asks_all_the_time_is_told_to_wait(desk_site: DeskSite, right: bool, most: int) -> None:
    async with desk_site.seat(await desk_site.hires("Ana")) as seat:
        path = await address(seat)
        asks = path if right else "/calendar/" + "a" * 43 + ".ics"
        found = [(await asked(desk_site, asks))[0] for _ in range(most + 1)]
        assert found == [200 if right else 404] * most + [429]
        assert (await asked(desk_site, path))[0] == (429 if right else 200)
    await desk_site.clock.passes(3601)
    assert (await asked(desk_site, path))[0] == 200
