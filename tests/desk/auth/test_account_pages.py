"""One's own account by its page: wishes, the alias, another password, new recovery codes."""

import re

from tests.desk.colleagues import PASSWORD
from tests.desk.desk_page import DeskSite

OTHER = "nine loud windmills"


async def test_the_wishes_for_the_pages_are_kept_with_the_account(desk_site: DeskSite) -> None:
    async with desk_site.seat(await desk_site.hires("Blue Heron")) as seat:
        assert await seat.sends("/you/wishes", look="dark", blur="on") == (303, "/you?done=saved")
        _, source = await seat.opens("/you?done=saved")
    assert '<html lang="en" dir="ltr" data-look="dark" data-sound="off" data-flash="off" data-blur="on"' in source
    assert "Saved." in source


async def test_a_look_that_there_is_not_is_refused(desk_site: DeskSite) -> None:
    async with desk_site.seat(await desk_site.hires("Blue Heron")) as seat:
        assert (await seat.sends("/you/wishes", look="pink"))[0] == 400


async def test_languages_are_said_by_whose_account_it_is_and_may_be_taken_back(desk_site: DeskSite) -> None:
    heron = await desk_site.hires("Blue Heron")
    async with desk_site.seat(heron) as seat:
        assert (await heron.account()).languages == ()
        done = await seat.sends("/you/languages", language_vi="on", language_es="on", language_tlh="on")
        assert done == (303, "/you?done=saved")
        assert (await heron.account()).languages == ("es", "vi")
        _, source = await seat.opens("/you")
        assert re.findall(r'name="language_([\w-]+)" checked', source) == ["es", "vi"]
        await seat.sends("/you/languages")
        assert (await heron.account()).languages == ()
    lines, _ = await desk_site.services.accounts.audit.latest()
    id_ = (await heron.account()).id
    assert [(line.who, line.which) for line in lines if line.what == "languages_changed"] == [(id_, id_)] * 2


async def test_another_alias_is_drawn_and_nobody_else_has_it(desk_site: DeskSite) -> None:
    heron, otter = await desk_site.hires("Blue Heron"), await desk_site.hires("Grey Otter")
    before = (await heron.account()).alias
    async with desk_site.seat(heron) as seat:
        await seat.sends("/you/alias")
    after = (await heron.account()).alias
    assert len({before, after, (await otter.account()).alias}) == 3


async def test_a_new_password_needs_the_old_one_and_keeps_only_this_page_signed_in(desk_site: DeskSite) -> None:
    heron = await desk_site.hires("Blue Heron")
    async with desk_site.seat(heron) as here, desk_site.seat(heron) as elsewhere:
        assert (await here.sends("/you/password", old_password="wrong", new_password=OTHER))[0] == 422
        assert (await elsewhere.opens("/you"))[0] == 200
        changed = await here.sends("/you/password", old_password=PASSWORD, new_password=OTHER)
        assert changed == (303, "/you?done=password_changed")
        assert ((await here.opens("/you"))[0], (await elsewhere.opens("/you"))[0]) == (200, 401)
    assert await heron.signs_in(password=OTHER)


async def test_new_recovery_codes_need_password_and_code_and_end_the_old_ones(desk_site: DeskSite) -> None:
    heron = await desk_site.hires("Blue Heron")
    old = heron.recovery[0]
    async with desk_site.seat(heron) as seat:
        assert (await seat.sends("/you/recovery-codes", password="wrong", code=heron.code()))[0] == 422
        status, source = await seat.sends("/you/recovery-codes", password=PASSWORD, code=heron.code())
        codes = re.findall(r"<li>([a-z0-9-]{17})</li>", source)
        assert (status, len(codes), old in codes) == (200, 10, False)
        again = {"name": heron.name, "password": PASSWORD}
        assert (await seat.sends("/sign-in", **again, code=old))[0] == 403
        assert (await seat.sends("/sign-in", **again, code=codes[0]))[0] == 303
        _, source = await seat.opens("/you")
    assert "9 of 10 are left" in source
