"""An administrator who wants to read: neither alone and unseen, nor by a second account, nor by one that is shut out."""

import re

import pytest

from bot.storage.store import Store, key
from desk.accounts import Accounts
from desk.admin.audit_log import CONSOLE
from desk.alarms.alarm_dispatch import AlarmCalls, Call
from desk.alarms.alarms import Alarms
from desk.auth.people import Account
from desk.auth.roles import ROLES, Role, guarded, may, separate
from desk.web.refusals import Refused
from tests.desk.colleagues import Clock, Colleague
from tests.desk.desk_page import DeskSite, Seat

BOTH = [("administrator", "operator"), ("administrator", "supervisor"), ("administrator", "steward", "supervisor")]


@pytest.fixture
async def boss(desk_site: DeskSite) -> Colleague:
    return await desk_site.hires("Grey Otter", "administrator")


@pytest.fixture
async def second(desk_site: DeskSite) -> Colleague:
    return await desk_site.hires("Calm Owl", "administrator")


async def granted(desk_site: DeskSite) -> list[str]:
    """Of whom everybody is told that they were given roles by one alone."""
    return [each.account for each in await alarms(desk_site).open() if each.kind == "granted"]


def alarms(desk_site: DeskSite) -> Alarms:
    return Alarms(desk_site.services.store, desk_site.clock)


async def events(desk: Accounts, account: Account) -> list[str]:
    return [line.what async for line in desk.audit.lines() if line.which == account.id]


async def takes_link(seat: Seat, desk_site: DeskSite, path: str, name: str, /, **fields: str) -> Colleague:
    """An administrator makes a link, and follows it on the quiet."""
    status, source = await seat.sends(path, **fields)
    assert status == 200, source
    token = re.findall(r"/invitation/([\w-]{43})", source)[0]
    return await Colleague(desk_site.services.accounts, desk_site.clock, name).accepts(token)


# One account, both powers


@pytest.mark.parametrize("roles", BOTH)
async def test_no_account_gets_both_powers_by_page_by_link_or_by_command(
    desk_site: DeskSite, boss: Colleague, roles: tuple[Role, ...]
) -> None:
    heron = await (await desk_site.hires("Blue Heron", "steward")).account()
    wanted = {f"role_{role}": "on" for role in roles}
    async with desk_site.seat(boss) as seat:
        given = await seat.sends(f"/people/{heron.id}/roles", **wanted)
        invited = await seat.sends("/people", name="Night Desk", **wanted)
    assert [status for status, _ in (given, invited)] == [422, 422]
    with pytest.raises(Refused, match="both_powers"):
        await desk_site.services.accounts.invitations.invite("Night Desk", roles, CONSOLE)
    people = await desk_site.services.accounts.people.all()
    assert {each.name: each.roles for each in people} == {
        "Grey Otter": ("administrator",),
        "Blue Heron": ("steward",),
    }


@pytest.mark.parametrize("role", ROLES)
async def test_an_administrator_can_not_give_themselves_any_role(
    desk_site: DeskSite, boss: Colleague, role: Role
) -> None:
    id_ = (await boss.account()).id
    async with desk_site.seat(boss) as seat:
        status, source = await seat.sends(f"/people/{id_}/roles", **{f"role_{role}": "on"})
        assert (status, "change your own roles" in source) == (422, True)
        assert "Save roles" not in (await seat.opens(f"/people/{id_}"))[1]
    assert (await boss.account()).roles == ("administrator",)


def test_only_the_steward_is_given_by_one_alone_and_no_two_powers_go_together() -> None:
    assert [role for role in ROLES if not guarded(role)] == ["steward"]
    assert [role for role in ROLES if not separate(("administrator", role))] == ["supervisor", "operator"]


# Two administrators


async def test_an_administrator_who_makes_an_account_for_themselves_reads_nothing_until_a_second_one_agrees(
    desk_site: DeskSite, boss: Colleague, second: Colleague
) -> None:
    async with desk_site.seat(boss) as seat:
        puppet = await takes_link(seat, desk_site, "/people", "Night Desk", name="Night Desk", role_supervisor="on")
        account = await puppet.account()
        assert (account.roles, account.asked) == ((), ("supervisor",))
        status, source = await seat.sends(f"/people/{account.id}/confirm", role_supervisor="on")
        assert (status, "You cannot confirm roles that you asked for" in source) == (422, True)
        async with desk_site.seat(puppet) as theirs:
            assert [(await theirs.opens(path))[0] for path in ("/desk", "/load", "/log", "/people")] == [403] * 4
    assert await granted(desk_site) == []
    assert await events(desk_site.services.accounts, account) == ["invited", "roles_asked"]


async def test_what_a_second_administrator_confirms_counts_from_the_next_click_on(
    desk_site: DeskSite, boss: Colleague, second: Colleague
) -> None:
    heron = await desk_site.hires("Blue Heron", "steward")
    id_ = (await heron.account()).id
    async with desk_site.seat(boss) as seat, desk_site.seat(second) as other, desk_site.seat(heron) as theirs:
        asked = await seat.sends(f"/people/{id_}/roles", role_operator="on")
        assert asked == (303, f"/people/{id_}?done=roles_asked")
        assert (await heron.account()).roles == ()  # what is taken away does not wait
        assert "this applies once a second administrator" in (await theirs.opens("/you"))[1]
        assert "Grey Otter asked for" in (await other.opens(f"/people/{id_}"))[1]
        done = await other.sends(f"/people/{id_}/confirm", role_operator="on")
        assert done == (303, f"/people/{id_}?done=roles_changed")
        assert (await theirs.opens("/desk"))[0] == 200
    account = await heron.account()
    assert (account.roles, account.asked, account.asked_by) == (("operator",), (), "")
    assert (await events(desk_site.services.accounts, account))[-2:] == ["roles_asked", "roles_confirmed"]


async def test_what_is_confirmed_is_what_was_shown(desk_site: DeskSite, boss: Colleague, second: Colleague) -> None:
    heron = await (await desk_site.hires("Blue Heron", "steward")).account()
    async with desk_site.seat(boss) as seat, desk_site.seat(second) as other:
        await seat.sends(f"/people/{heron.id}/roles", role_operator="on")
        await seat.sends(f"/people/{heron.id}/roles", role_supervisor="on")  # while the other looks at the page
        status, source = await other.sends(f"/people/{heron.id}/confirm", role_operator="on")
    assert (status, "This request has changed" in source) == (422, True)


async def test_a_link_is_confirmed_only_after_somebody_has_come_by_it(
    desk_site: DeskSite, boss: Colleague, second: Colleague
) -> None:
    async with desk_site.seat(boss) as seat, desk_site.seat(second) as other:
        await seat.sends("/people", name="Night Desk", role_operator="on")
        account = await desk_site.services.accounts.people.named("Night Desk")
        assert account
        status, source = await other.sends(f"/people/{account.id}/confirm", role_operator="on")
    assert (status, "They have not accepted the invitation yet" in source) == (422, True)


async def test_an_administrator_can_not_take_over_the_account_of_a_supervisor_by_a_new_link(
    desk_site: DeskSite, boss: Colleague, second: Colleague
) -> None:
    lead = await (await desk_site.hires("Cam", "supervisor")).account()
    async with desk_site.seat(boss) as seat:
        await seat.sends(f"/people/{lead.id}/disable")
        taken = await takes_link(seat, desk_site, f"/people/{lead.id}/link", "Cam")
    assert (await taken.account()).roles == ()
    assert (await taken.account()).asked == ("supervisor",)


async def test_a_second_administrator_can_not_be_made_up_by_one_where_there_are_two(
    desk_site: DeskSite, boss: Colleague, second: Colleague
) -> None:
    async with desk_site.seat(boss) as seat:
        puppet = await takes_link(seat, desk_site, "/people", "Night Desk", name="Night Desk", role_administrator="on")
    assert not may((await puppet.account()).roles, "invite")


# One administrator


@pytest.mark.parametrize("role", ["operator", "supervisor", "administrator"])
async def test_a_single_administrator_gives_roles_and_everybody_is_told_for_a_day(
    desk_site: DeskSite, boss: Colleague, role: Role
) -> None:
    heron = await desk_site.hires("Blue Heron")
    async with desk_site.seat(boss) as seat, desk_site.seat(heron) as theirs:
        assert "by one administrator alone" not in (await theirs.opens("/desk"))[1]
        puppet = await takes_link(seat, desk_site, "/people", "Night Desk", name="Night Desk", **{f"role_{role}": "on"})
        for each, path in ((theirs, "/desk"), (theirs, "/you"), (seat, "/people")):
            assert "Night Desk was given roles by one administrator alone" in (await each.opens(path))[1]
    assert (await puppet.account()).roles == (role,)
    assert await granted(desk_site) == [(await puppet.account()).id]
    assert await events(desk_site.services.accounts, await puppet.account()) == ["invited"]


async def test_shutting_the_other_administrator_out_first_does_not_hide_it(
    desk_site: DeskSite, boss: Colleague, second: Colleague
) -> None:
    heron = await (await desk_site.hires("Blue Heron", "steward")).account()
    async with desk_site.seat(boss) as seat:
        await seat.sends(f"/people/{(await second.account()).id}/disable")
        await seat.sends(f"/people/{heron.id}/roles", role_supervisor="on")
    assert await granted(desk_site) == [heron.id]


async def test_who_was_let_in_by_one_alone_can_not_end_the_news_of_it(desk_site: DeskSite, boss: Colleague) -> None:
    heron = await desk_site.hires("Blue Heron", "steward")
    async with desk_site.seat(boss) as seat, desk_site.seat(heron) as theirs:
        await seat.sends(f"/people/{(await heron.account()).id}/roles", role_supervisor="on")
        (alarm,) = await alarms(desk_site).open()
        await theirs.sends("/load/alarm", alarm=alarm.id, step="end")
        assert "by one administrator alone" in (await theirs.opens("/load"))[1]
    assert await granted(desk_site) == [(await heron.account()).id]


async def test_outside_the_desk_it_is_told_without_a_name_and_not_for_the_whole_day(
    desk_site: DeskSite, boss: Colleague
) -> None:
    heron = await (await desk_site.hires("Blue Heron", "steward")).account()
    await desk_site.services.accounts.give_roles(heron, ("operator",), (await boss.account()).id)
    heard = Heard()
    calls = AlarmCalls(desk_site.services.store, alarms(desk_site), {"webhook": heard})
    while await calls.one():  # each target is called once, and there is one
        pass
    assert [
        ("roles given by one administrator alone: 1" in call.text, "Heron" in call.text) for call in heard.calls
    ] == [(True, False)]
    desk_site.clock.now += 3_600
    assert (await alarms(desk_site).to_call(), len(await alarms(desk_site).open())) == ([], 1)


async def test_a_steward_is_made_without_any_alarm(desk_site: DeskSite, boss: Colleague) -> None:
    heron = await (await desk_site.hires("Blue Heron")).account()
    async with desk_site.seat(boss) as seat:
        await seat.sends(f"/people/{heron.id}/roles", role_steward="on")
    assert await granted(desk_site) == []


class Heard:
    """Somebody outside who is called."""

    def __init__(self) -> None:
        self.calls: list[Call] = []

    async def tell(self, call: Call) -> None:
        self.calls.append(call)


# An update


async def held_both(desk: Accounts, store: Store, who: Colleague, *roles: Role) -> Account:
    """Give an account roles as an earlier version could: sealed in the store, past all rules."""
    await who.comes("operator")
    account = (await who.account()).model_dump_json(exclude={"asked", "asked_by", "parted"})
    listed = ",".join(f'"{role}"' for role in roles)
    plain = account.replace('"roles":["operator"]', f'"roles":[{listed}]').encode()
    id_ = (await who.account()).id
    await store.call("SET", key("account", id_), store.vault.desk.seal(plain, f"account {id_}"), "EX", 86_400)
    return await who.account()


@pytest.mark.parametrize("roles", BOTH)
async def test_who_had_both_before_the_update_still_answers_people_and_gives_no_roles(
    desk: Accounts, store: Store, heron: Colleague, roles: tuple[Role, ...]
) -> None:
    account = await held_both(desk, store, heron, *roles)
    assert account.roles == tuple(role for role in roles if role != "administrator")
    await heron.signs_in()  # saves the account
    assert (await heron.account()).parted


async def test_who_had_both_makes_one_account_to_administer_with_and_no_second(
    desk_site: DeskSite, store: Store, clock: Clock
) -> None:
    desk = desk_site.services.accounts
    heron = Colleague(desk, clock, "Blue Heron")
    await held_both(desk, store, heron, "administrator", "operator")
    async with desk_site.seat(heron) as seat:
        assert "This account can no longer give roles" in (await seat.opens("/desk"))[1]
        status, source = await seat.sends("/you/administration", name="a@b")
        assert (status, "is not an e-mail address" in source) == (422, True)
        admin = await takes_link(seat, desk_site, "/you/administration", "Day Desk", name="Day Desk")
        assert (await seat.sends("/you/administration", name="Third"))[0] == 403
        assert "Administration now needs its own account" not in (await seat.opens("/you"))[1]
    assert (await admin.account()).roles == ("administrator",)
    assert (await heron.account()).roles == ("operator",)


async def test_who_never_had_both_makes_no_such_account(desk_site: DeskSite) -> None:
    async with desk_site.seat(await desk_site.hires("Cam", "supervisor")) as seat:
        assert (await seat.sends("/you/administration", name="Day Desk"))[0] == 403
