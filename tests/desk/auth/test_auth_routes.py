"""Coming in by the pages: who is not signed in sees the way in and nothing else; a form from elsewhere is refused."""

import re

import pytest

from tests.desk.colleagues import PASSWORD
from tests.desk.desk_page import DeskSite, Seat

CODE = "000000"


async def test_who_is_not_signed_in_is_shown_the_way_in_wherever_they_go(desk_site: DeskSite) -> None:
    async with desk_site.stranger() as stranger:
        for path in ("/", "/you", "/people", "/log", "/nothing-here"):
            status, source = await stranger.opens(path)
            assert (path, status) == (path, 401)
            assert f'name="next" value="{path}"' in source


async def test_name_password_and_code_let_somebody_in(desk_site: DeskSite) -> None:
    heron = await desk_site.hires("Blue Heron")
    async with desk_site.seat(heron) as seat:
        status, source = await seat.opens("/you")
        assert status == 200
        assert "Blue Heron" in source


async def test_signing_in_leads_to_the_page_that_was_wanted_and_never_to_another_site(desk_site: DeskSite) -> None:
    heron = await desk_site.hires("Blue Heron")
    elsewhere = ("//evil.example/", "/\\evil.example/", "/\t/evil.example/", "https://evil.example/", "")
    async with desk_site.stranger() as stranger:
        for wanted, led in (("/log?before=1-1", "/log?before=1-1"), *((path, "/") for path in elsewhere)):
            fields = {"name": heron.name, "password": PASSWORD, "code": heron.code(), "next": wanted}
            assert await stranger.sends("/sign-in", **fields) == (303, led)
            desk_site.clock.now += 30


async def test_what_was_wrong_is_not_said(desk_site: DeskSite) -> None:
    heron = await desk_site.hires("Blue Heron")
    async with desk_site.stranger() as stranger:
        shown = [
            await stranger.sends("/sign-in", name=name, password=password, code=code)
            for name, password, code in (
                (heron.name, PASSWORD, CODE),
                (heron.name, "not it", heron.code()),
                ("Nobody", PASSWORD, CODE),
            )
        ]
    said = [(status, re.findall(r'role="alert">(.*?)</p>', source)[0]) for status, source in shown]
    assert said == [(403, "Name, password or code is wrong. Each code works only once: wait for the next one.")] * 3


async def test_too_many_tries_are_told_with_the_wait(desk_site: DeskSite) -> None:
    async with desk_site.stranger() as stranger:
        tries = [await stranger.sends("/sign-in", name="Nobody", password="?", code=CODE) for _ in range(11)]
    assert [status for status, _ in tries] == [403] * 10 + [429]
    assert "Wait 15 minutes" in tries[-1][1]


async def test_signing_out_ends_session_and_duty(desk_site: DeskSite) -> None:
    heron = await desk_site.hires("Blue Heron")
    async with desk_site.seat(heron) as seat:
        assert await on_duty(desk_site) == [(await heron.account()).id]
        assert await seat.sends("/sign-out") == (303, "/sign-in?done=signed_out")
        assert await on_duty(desk_site) == []
        status, source = await seat.opens("/sign-in?done=signed_out")
        assert (status, "You are signed out." in source) == (200, True)
        assert (await seat.opens("/you"))[0] == 401


@pytest.mark.parametrize("token", ["", "0" * 64])
async def test_a_form_without_the_token_of_its_page_is_refused(desk_site: DeskSite, token: str) -> None:
    heron = await desk_site.hires("Blue Heron")
    async with desk_site.seat(heron) as seat:
        assert (await seat.sends("/sign-out", form_token=token))[0] == 403
        assert (await seat.opens("/you"))[0] == 200


async def test_a_form_of_another_site_is_refused_even_at_the_sign_in(desk_site: DeskSite) -> None:
    heron = await desk_site.hires("Blue Heron")
    async with desk_site.seat(heron) as seat:
        for where in ("cross-site", "same-site"):
            seat.web.headers["Sec-Fetch-Site"] = where
            assert (await seat.sends("/sign-out"))[0] == 403
            proofs = {"name": heron.name, "password": PASSWORD, "code": heron.code()}
            assert (await seat.sends("/sign-in", **proofs))[0] == 403


async def test_a_form_in_any_other_shape_is_refused(desk_site: DeskSite) -> None:
    heron = await desk_site.hires("Blue Heron")
    async with desk_site.seat(heron) as seat, seat.web.post(f"{desk_site.url}/sign-out", json={}) as response:
        assert response.status == 415


async def test_the_token_of_one_session_is_no_good_for_another(desk_site: DeskSite) -> None:
    heron, otter = await desk_site.hires("Blue Heron"), await desk_site.hires("Grey Otter")
    async with desk_site.seat(heron) as one, desk_site.seat(otter) as other:
        assert (await one.sends("/sign-out", form_token=other.form_token))[0] == 403


async def test_a_page_left_open_keeps_nobody_signed_in(desk_site: DeskSite) -> None:
    async with desk_site.seat(await desk_site.hires("Blue Heron")) as seat:
        for left in (880, 440, 0):
            status, seconds = await polled(seat)
            assert (status, seconds == pytest.approx(left + 20, abs=5)) == (200, True)
            await desk_site.clock.passes(440)
        assert await polled(seat) == (401, 0)


async def test_a_sign_of_life_keeps_somebody_signed_in(desk_site: DeskSite) -> None:
    async with desk_site.seat(await desk_site.hires("Blue Heron")) as seat:
        for _ in range(3):
            await desk_site.clock.passes(600)
            assert (await seat.sends("/still-here"))[0] == 200
        assert (await polled(seat))[0] == 200


async def test_what_was_typed_when_the_session_had_ended_comes_back_after_signing_in(desk_site: DeskSite) -> None:
    heron = await desk_site.hires("Blue Heron")
    async with desk_site.seat(heron) as seat:
        await desk_site.clock.passes(1_000)
        status, source = await seat.sends("/somewhere", words="Is it still\nsafe to write?", password="zebra")
        assert status == 401
        kept = re.findall(r'name="kept" value="([^"]*)"', source)[0]
        assert "safe to write" not in source
        fields = {"name": heron.name, "password": PASSWORD, "code": heron.code(), "kept": kept}
        status, source = await seat.sends("/sign-in", **fields)
    assert (status, 'action="/somewhere"' in source, "zebra" not in source) == (200, True, True)
    assert re.findall(r'<textarea name="words" rows="6">(.*?)</textarea>', source, re.DOTALL) == [
        "Is it still\nsafe to write?"
    ]


@pytest.mark.parametrize("kept", ["", "%", "é", "AAAA", '["/you", []]'])
async def test_what_does_not_open_at_the_sign_in_is_dropped(desk_site: DeskSite, kept: str) -> None:
    heron = await desk_site.hires("Blue Heron")
    async with desk_site.stranger() as stranger:
        fields = {"name": heron.name, "password": PASSWORD, "code": heron.code(), "kept": kept}
        assert await stranger.sends("/sign-in", **fields) == (303, "/")


async def test_nothing_is_kept_of_a_form_that_is_none_of_ours(desk_site: DeskSite) -> None:
    async with desk_site.stranger() as stranger:
        _, source = await stranger.sends("/somewhere", words="from elsewhere", form_token="0" * 64)
    assert "from elsewhere" not in source


async def test_every_answer_has_the_headers_that_keep_it_here(desk_site: DeskSite) -> None:
    async with desk_site.seat(await desk_site.hires("Blue Heron")) as seat:
        for path in ("/", "/you", "/nothing-here", "/session", "/static/desk.css"):
            async with seat.web.get(desk_site.url + path, allow_redirects=False) as response:
                headers = response.headers
            assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
            assert "unsafe" not in headers["Content-Security-Policy"]
            assert (headers["Referrer-Policy"], headers["X-Content-Type-Options"]) == ("no-referrer", "nosniff")
            assert headers["Cache-Control"] == ("no-cache" if "static" in path else "no-store")
            assert "Server" not in headers


async def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(desk_site: DeskSite) -> None:
    heron = await desk_site.hires("Blue Heron")
    form = {"name": heron.name, "password": PASSWORD, "code": heron.code()}
    async with (
        desk_site.stranger() as seat,
        seat.web.post(f"{desk_site.url}/sign-in", data=form, allow_redirects=False) as response,
    ):
        cookie = response.headers["Set-Cookie"]
    assert re.fullmatch(r"desk=[\w-]{43}; HttpOnly; Path=/; SameSite=Strict", cookie)


async def on_duty(site: DeskSite) -> list[str]:
    return [operator.id for operator in (await site.services.handoffs.look(site.clock())).operators]


async def polled(seat: Seat) -> tuple[int, int]:
    async with seat.web.get(f"{seat.site.url}/session", headers={"Accept": "application/json"}) as response:
        return response.status, (await response.json()).get("left", 0)
