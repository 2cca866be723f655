"""Which language the desk speaks, and to whom."""

import pytest

from desk.localization.desk_languages import wanted
from tests.desk.colleagues import PASSWORD
from tests.desk.desk_page import DeskSite


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("de-DE,fr;q=0.5,ar;q=0.8", "ar"),
        ("pt-BR", "en"),
        ("fr;q=0,es;q=0.1", "es"),
        ("*;q=x,,;;;q=,ar-EG", "ar"),
        ("x" * 100_000, "en"),
    ],
)
def test_a_browser_gets_the_language_that_it_asks_for_most(accepted: str, language: str) -> None:
    assert wanted(accepted) == language


async def test_before_the_sign_in_a_link_goes_before_what_the_browser_asks_for(desk_site: DeskSite) -> None:
    async with desk_site.stranger() as seat:
        seat.web.headers["Accept-Language"] = "es"
        _, as_asked = await seat.opens("/sign-in")
        _, as_picked = await seat.opens("/sign-in?lang=ar&next=/counts")
        _, as_nonsense = await seat.opens("/sign-in?lang=xx&next=//elsewhere.example")
    assert '<html lang="es" dir="ltr"' in as_asked
    assert '<html lang="ar" dir="rtl"' in as_picked
    assert 'name="next" value="/counts"' in as_picked
    assert '<html lang="es" dir="ltr"' in as_nonsense
    assert "elsewhere" not in as_nonsense


async def test_what_is_picked_on_the_sign_in_page_stays_with_the_account(desk_site: DeskSite) -> None:
    heron = await desk_site.hires("Blue Heron", "operator")
    async with desk_site.stranger() as seat:
        await seat.sends("/sign-in?lang=ar", name=heron.name, password="wrong", code="000000")
        _, page = await seat.sends("/sign-in?lang=ar", name=heron.name, password="wrong", code="000000")
        assert '<html lang="ar" dir="rtl"' in page
        assert (await heron.account()).wishes.language == ""
        await seat.sends("/sign-in?lang=ar", name=heron.name, password=PASSWORD, code=heron.code())
    desk_site.clock.now += 30  # the next code
    async with desk_site.seat(heron) as seat:
        assert '<html lang="ar" dir="rtl"' in (await seat.opens("/desk"))[1]


async def test_everybody_chooses_the_language_of_their_desk(desk_site: DeskSite) -> None:
    heron, otter = [await desk_site.hires(name, "operator") for name in ("Blue Heron", "Grey Otter")]
    async with desk_site.seat(heron) as seat, desk_site.seat(otter) as beside:
        assert await seat.sends("/you/desk-language", language="ar") == (303, "/you?done=saved")
        await seat.sends("/you/wishes", look="dark")
        assert '<html lang="ar" dir="rtl" data-look="dark"' in (await seat.opens("/desk"))[1]
        assert '<html lang="en" dir="ltr"' in (await beside.opens("/desk"))[1]
        assert (await seat.sends("/you/desk-language", language="tlh"))[0] == 400
        await seat.sends("/you/desk-language", language="")
        assert '<html lang="en" dir="ltr" data-look="dark"' in (await seat.opens("/desk"))[1]
