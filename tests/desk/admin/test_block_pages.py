"""Blocks in force: how many, when, by whom and at which door; an address stands nowhere, and one click ends one."""

import re

import pytest

from bot.messaging import blocks
from bot.settings import Settings
from bot.storage.store import Store
from desk.auth.people import Account
from desk.auth.roles import Role
from tests.desk.desk_page import DeskSite, Seat
from tests.desk.talking import Lines

NUMBER = "+15550001111"


async def blocked_by(site: DeskSite, store: Store, settings: Settings, who: Account, seat: Seat) -> blocks.Block:
    """Somebody at the desk ends an abusive talk, by the form."""
    talk = await Lines(store, settings, site.clock).has(who, NUMBER)
    assert (await seat.sends(f"/desk/talk/{talk}/block"))[0] == 303
    await site.ends()
    (found,) = await blocks.in_force(store)
    return found


@pytest.mark.parametrize("role", ["supervisor", "administrator"])
async def test_a_block_is_seen_without_the_address_and_lifted_by_a_click(
    desk_site: DeskSite, store: Store, settings: Settings, role: Role
) -> None:
    ana, cam = await desk_site.hires("Ana", "operator"), await desk_site.hires("Cam", role)
    async with desk_site.seat(ana) as theirs, desk_site.seat(cam) as seat:
        block = await blocked_by(desk_site, store, settings, await ana.account(), theirs)
        _, source = await seat.opens("/people")
        shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", source))
        assert "Blocked for abuse 1" in shown
        assert re.search(r"SMS, by Ana \d{4}-\d\d-\d\d \d\d:\d\d UTC, (7 d 0 h|6 d 23 h) left", shown)
        pointers = [name.decode().partition(":")[2] for name in await store.call("KEYS", "blocked:*")]
        assert not [word for word in (NUMBER.strip("+"), *pointers) if word in source]

        assert await seat.sends(f"/blocks/{block.id}/lift") == (303, "/people?done=block_lifted")
        assert "Nobody is blocked." in (await seat.opens("/people?done=block_lifted"))[1]
        assert (await seat.sends(f"/blocks/{block.id}/lift"))[0] == 404
    assert await store.call("KEYS", "blocked:*") == []
    noted = [
        (line.who, line.which) async for line in desk_site.services.accounts.audit.lines() if line.what == "lift_block"
    ]
    assert noted == [((await cam.account()).id, block.id)]


async def test_an_operator_lifts_no_block(desk_site: DeskSite, store: Store, settings: Settings) -> None:
    ana = await desk_site.hires("Ana", "operator")
    async with desk_site.seat(ana) as seat:
        block = await blocked_by(desk_site, store, settings, await ana.account(), seat)
        assert (await seat.sends(f"/blocks/{block.id}/lift"))[0] == 403
    assert [each.id for each in await blocks.in_force(store)] == [block.id]


async def test_a_block_that_has_ended_is_not_in_force(desk_site: DeskSite, store: Store, settings: Settings) -> None:
    talk = await Lines(store, settings, desk_site.clock).writes(NUMBER)
    await blocks.block(store, talk, 60)
    await desk_site.clock.passes(61)
    assert await blocks.in_force(store) == []
    assert await store.call("EXISTS", "blocks") == 0


async def test_a_second_block_of_one_address_takes_the_place_of_the_first(
    desk_site: DeskSite, store: Store, settings: Settings
) -> None:
    talk = await Lines(store, settings, desk_site.clock).writes(NUMBER)
    await blocks.block(store, talk, 60, "a" * 32)
    await blocks.block(store, talk, 600, "b" * 32)
    (block,) = await blocks.in_force(store)
    assert (block.by, block.door, block.left > 60) == ("b" * 32, "sms", True)
