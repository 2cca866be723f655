"""Who works here, by its pages: administrators give roles and shut out, supervisors look."""

from tests.desk.desk_page import DeskSite


async def test_everybody_is_shown_with_roles_and_state(desk_site: DeskSite) -> None:
    boss = await desk_site.hires("Grey Otter", "administrator")
    await desk_site.hires("Blue Heron", "operator", "steward")
    await desk_site.services.accounts.invitations.invite("Calm Owl", ("supervisor",))
    async with desk_site.seat(boss) as seat:
        _, source = await seat.opens("/people")
    for words in ("Blue Heron", "Directory steward", "Calm Owl", "Invited"):
        assert words in source


async def test_roles_that_are_given_count_from_the_next_click_on(desk_site: DeskSite) -> None:
    boss, heron = await desk_site.hires("Grey Otter", "administrator"), await desk_site.hires("Blue Heron")
    id_ = (await heron.account()).id
    async with desk_site.seat(boss) as seat, desk_site.seat(heron) as theirs:
        assert (await theirs.opens("/log"))[0] == 403
        given = await seat.sends(f"/people/{id_}/roles", role_supervisor="on")
        assert given == (303, f"/people/{id_}?done=roles_changed")
        assert (await theirs.opens("/log"))[0] == 200
    lines, _ = await desk_site.services.accounts.audit.latest()
    assert [(line.what, line.which) for line in lines if line.what == "roles_changed"] == [("roles_changed", id_)]


async def test_an_administrator_notes_languages_and_a_supervisor_sees_them(desk_site: DeskSite) -> None:
    boss, heron = await desk_site.hires("Grey Otter", "administrator"), await desk_site.hires("Blue Heron")
    lead, id_ = await desk_site.hires("Calm Owl", "supervisor"), (await heron.account()).id
    async with desk_site.seat(boss) as seat, desk_site.seat(lead) as looks, desk_site.seat(heron) as theirs:
        done = await seat.sends(f"/people/{id_}/languages", language_ar="on", language_ur="on")
        assert done == (303, f"/people/{id_}?done=saved")
        shown = [(await looks.opens(path))[1] for path in ("/people", f"/people/{id_}")]
        assert ["Arabic, Urdu" in source for source in shown] == [True, True]
        refused = [await each.sends(f"/people/{id_}/languages", language_th="on") for each in (looks, theirs)]
        assert [status for status, _ in refused] == [403, 403]
    assert (await heron.account()).languages == ("ar", "ur")
    lines, _ = await desk_site.services.accounts.audit.latest()
    noted = [(line.who, line.which) for line in lines if line.what == "languages_changed"]
    assert noted == [((await boss.account()).id, id_)]


async def test_who_loses_the_role_of_an_operator_is_off_duty(desk_site: DeskSite) -> None:
    boss, heron = await desk_site.hires("Grey Otter", "administrator"), await desk_site.hires("Blue Heron")
    async with desk_site.seat(heron), desk_site.seat(boss) as seat:
        assert len((await desk_site.services.handoffs.look(desk_site.clock())).operators) == 1
        await seat.sends(f"/people/{(await heron.account()).id}/roles", role_steward="on")
        assert (await desk_site.services.handoffs.look(desk_site.clock())).operators == ()


async def test_who_is_shut_out_is_signed_out_and_off_duty_at_once(desk_site: DeskSite) -> None:
    boss, heron = await desk_site.hires("Grey Otter", "administrator"), await desk_site.hires("Blue Heron")
    id_ = (await heron.account()).id
    async with desk_site.seat(boss) as seat, desk_site.seat(heron) as theirs:
        assert await seat.sends(f"/people/{id_}/disable") == (303, f"/people/{id_}?done=disabled")
        assert (await theirs.opens("/you"))[0] == 401
        assert (await desk_site.services.handoffs.look(desk_site.clock())).operators == ()
        status, source = await seat.sends(f"/people/{id_}/link")
    assert (status, "/invitation/" in source) == (200, True)


async def test_nobody_shuts_themselves_out_or_changes_their_own_roles(desk_site: DeskSite) -> None:
    boss = await desk_site.hires("Grey Otter", "administrator")
    id_ = (await boss.account()).id
    async with desk_site.seat(boss) as seat:
        refused = [
            await seat.sends(f"/people/{id_}/disable"),
            await seat.sends(f"/people/{id_}/roles", role_operator="on"),
            await seat.sends(f"/people/{id_}/roles", role_administrator="on", role_steward="on"),
        ]
    assert [status for status, _ in refused] == [422] * 3
    assert "Another administrator can." in refused[0][1]
    assert (await boss.account()).roles == ("administrator",)


async def test_a_link_for_somebody_who_is_there_or_without_a_role_is_refused(desk_site: DeskSite) -> None:
    boss = await desk_site.hires("Grey Otter", "administrator")
    async with desk_site.seat(boss) as seat:
        there = await seat.sends("/people", name="Grey Otter", role_operator="on")
        without = await seat.sends("/people", name="Calm Owl")
    assert (there[0], "This account is in use" in there[1]) == (422, True)
    assert (without[0], "Choose at least one role" in without[1]) == (422, True)
    assert await desk_site.services.accounts.people.named("Calm Owl") is None


async def test_an_account_that_there_is_not_is_no_page(desk_site: DeskSite) -> None:
    async with desk_site.seat(await desk_site.hires("Grey Otter", "administrator")) as seat:
        assert (await seat.opens(f"/people/{'0' * 32}"))[0] == 404
