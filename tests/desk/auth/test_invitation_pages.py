"""Coming to the desk for the first time: what stands behind the link, and what is shown once."""

import html
import re

import pyotp

from tests.desk.colleagues import PASSWORD, Colleague
from tests.desk.desk_page import DeskSite, Seat


async def invited(site: DeskSite, name: str = "Blue Heron") -> tuple[str, str]:
    """A link's path, and the secret behind it."""
    token = await site.services.accounts.invitations.invite(name, ("operator",))
    return f"/invitation/{token}", (await site.services.accounts.invitations.look(token)).secret


def code(site: DeskSite, secret: str) -> str:
    return pyotp.TOTP(secret).at(int(site.clock()))


async def test_the_page_shows_the_key_as_a_picture_and_as_letters(desk_site: DeskSite) -> None:
    path, secret = await invited(desk_site)
    async with desk_site.stranger() as stranger:
        status, source = await stranger.opens(path)
    assert status == 200
    assert "<svg" in source
    assert secret in source.replace(" ", "")


async def test_name_password_and_code_bring_somebody_in_with_ten_codes_shown_once(desk_site: DeskSite) -> None:
    path, secret = await invited(desk_site)
    async with desk_site.stranger() as stranger:
        form = {"name": "Calm Owl", "password": PASSWORD, "code": code(desk_site, secret)}
        status, source = await stranger.sends(path, **form)
        assert (status, len(re.findall(r"<li>[a-z0-9-]{17}</li>", source))) == (200, 10)
        status, source = await stranger.opens(path)
        assert (status, "no longer works" in source) == (410, True)
    owl = Colleague(desk_site.services.accounts, desk_site.clock, "Calm Owl", secret=secret)
    desk_site.clock.now += 30
    async with desk_site.seat(owl) as seat:
        assert (await seat.opens("/you"))[0] == 200


async def test_what_does_not_fit_is_told_and_the_link_stays_good(desk_site: DeskSite) -> None:
    path, secret = await invited(desk_site)
    fits = {"name": "Calm Owl", "password": PASSWORD, "code": code(desk_site, secret)}
    wrong = {
        "name": ("a@b.example", "is not an e-mail address"),
        "password": ("too short", "This password is too short"),
        "code": ("000000", "This code is wrong"),
    }
    async with desk_site.stranger() as stranger:
        for field, (typed, told) in wrong.items():
            status, source = await stranger.sends(path, **{**fits, field: typed})
            assert (status, told in html.unescape(source)) == (422, True), field
        assert (await stranger.sends(path, **fits))[0] == 200


async def test_who_comes_in_says_their_languages_and_who_comes_back_finds_them(desk_site: DeskSite) -> None:
    path, secret = await invited(desk_site)
    form = {"name": "Calm Owl", "password": PASSWORD, "code": code(desk_site, secret), "language_ro": "on"}
    async with desk_site.stranger() as stranger:
        _, source = await stranger.sends(path, **{**form, "code": "000000"})
        assert ticked(source) == ["ro"]  # what does not fit elsewhere loses nothing
        await stranger.sends(path, **form)
        await desk_site.services.accounts.disable("Calm Owl")
        path, _ = await invited(desk_site, "Calm Owl")
        assert ticked((await stranger.opens(path))[1]) == ["ro"]
    account = await desk_site.services.accounts.people.named("Calm Owl")
    assert account and account.languages == ("ro",)


async def test_who_answers_nobody_is_not_asked_for_languages(desk_site: DeskSite) -> None:
    token = await desk_site.services.accounts.invitations.invite("Calm Owl", ("steward",))
    async with desk_site.stranger() as stranger:
        assert "language_" not in (await stranger.opens(f"/invitation/{token}"))[1]


def ticked(source: str) -> list[str]:
    return re.findall(r'name="language_([\w-]+)" checked', source)


async def test_a_password_that_was_typed_does_not_come_back_in_the_page(desk_site: DeskSite) -> None:
    path, _ = await invited(desk_site)
    async with desk_site.stranger() as stranger:
        _, source = await stranger.sends(path, name="Calm Owl", password=PASSWORD, code="000000")
    assert "Calm Owl" in source
    assert PASSWORD not in source


async def test_a_link_that_was_made_up_opens_nothing(desk_site: DeskSite) -> None:
    async with desk_site.stranger() as stranger:
        assert (await stranger.opens("/invitation/made-up"))[0] == 410
        assert (await stranger.sends("/invitation/made-up", name="Calm Owl"))[0] == 410


async def link_on(seat: Seat, **fields: str) -> str:
    """The link that a page shows after an invitation."""
    status, source = await seat.sends("/people", **fields)
    assert status == 200, source
    return str(re.findall(r'value="(http://[^"]+/invitation/[\w-]{43})"', source)[0])


async def test_an_administrator_makes_a_link_that_works(desk_site: DeskSite) -> None:
    boss = await desk_site.hires("Grey Otter", "administrator")
    async with desk_site.seat(boss) as seat, desk_site.stranger() as stranger:
        link = await link_on(seat, name="Calm Owl", role_operator="on", role_steward="on")
        status, source = await stranger.opens(link.removeprefix(desk_site.url))
    assert (status, "<b>operator</b>, <b>directory steward</b>" in source) == (200, True)
    account = await desk_site.services.accounts.people.named("Calm Owl")
    assert account
    assert account.roles == ("operator", "steward")


async def test_the_language_an_invitation_is_read_in_is_kept_with_the_account(desk_site: DeskSite) -> None:
    path, secret = await invited(desk_site)
    async with desk_site.stranger() as stranger:
        _, source = await stranger.opens(f"{path}?lang=ar")
        assert f'action="{path}?lang=ar"' in source
        form = {"name": "Calm Owl", "password": PASSWORD, "code": code(desk_site, secret)}
        _, source = await stranger.sends(f"{path}?lang=ar", **form)
        assert '<html lang="ar" dir="rtl"' in source
        assert "/sign-in?lang=ar" in source
    owl = Colleague(desk_site.services.accounts, desk_site.clock, "Calm Owl", secret=secret)
    assert (await owl.account()).wishes.language == "ar"
