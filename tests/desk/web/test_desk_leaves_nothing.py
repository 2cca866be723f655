"""What the desk leaves behind: no name, password, code or token in a log; and what it says when its memory is away."""

import html
import re
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest

from bot.crypto.vault import Vault
from bot.settings import Settings
from bot.storage.store import Store
from commands.runtime.redis_server import OwnRedis
from desk.accounts import Accounts
from tests.desk.colleagues import PASSWORD, Clock
from tests.desk.desk_page import DeskSite
from tests.hotline import MASTER

WORDS = "zebracanary"


async def test_nothing_of_who_signs_in_and_what_they_type_stands_in_a_log_at_its_most_talkative(
    desk_site: DeskSite, log: StringIO
) -> None:
    heron = await desk_site.hires("Blue Zebracanary", "administrator")
    code = heron.code()
    async with desk_site.seat(heron) as seat:
        await seat.sends("/sign-in", name=WORDS, password=WORDS, code=WORDS)
        await seat.sends("/people", name=WORDS, role_operator="on")
        await seat.opens(f"/people/{WORDS}?done={WORDS}")
        await seat.sends("/log/verify", noted=WORDS)
        cookies = [cookie.value for cookie in seat.web.cookie_jar]
    written = log.getvalue().casefold()
    assert [mark for mark in (WORDS, PASSWORD, code, *cookies) if mark.casefold() in written] == []


async def test_a_fault_of_ours_tells_a_page_and_a_log_nothing_of_what_was_typed(
    desk_site: DeskSite, log: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: Any) -> None:
        raise RuntimeError(WORDS)

    async with desk_site.seat(await desk_site.hires("Grey Otter", "administrator")) as seat:
        monkeypatch.setattr(desk_site.services.accounts.audit, "note", fails)
        status, source = await seat.sends("/people", name=WORDS, role_operator="on")
    assert (status, "Something went wrong on our side" in source, WORDS in source) == (500, True, False)
    assert "desk_failed" in log.getvalue()
    assert WORDS not in log.getvalue()


async def test_while_the_memory_is_away_the_page_says_so_and_gives_back_what_was_typed(
    desk_site: DeskSite, own_redis: OwnRedis
) -> None:
    store = Store.connect(own_redis.url, Vault(MASTER))
    clock = Clock(store)
    services = replace(desk_site.services, store=store, accounts=Accounts.build(store, clock))
    async with DeskSite(services, clock).open() as site, site.seat(await site.hires("Otter", "administrator")) as seat:
        own_redis.stop()
        status, source = await seat.sends("/people", name=WORDS, role_operator="on", password=PASSWORD)
        assert (status, "Your last step was not saved" in source, PASSWORD in source) == (503, True, False)
        again = dict(re.findall(r'name="(\w+)" value="([^"]*)"', source))
        assert again == {"form_token": seat.form_token, "name": WORDS, "role_operator": "on"}
        assert (await seat.opens("/people"))[0] == 503
        own_redis.start()
        status, source = await seat.sends("/people", **again)
        assert (status, html.unescape(source).count(f"Link for {WORDS}")) == (200, 1)
    await store.close()


async def test_with_https_the_cookie_goes_over_tls_only_and_under_a_name_that_no_neighbour_can_set(
    desk_site: DeskSite, settings: Settings
) -> None:
    heron = await desk_site.hires("Blue Heron")
    services = replace(desk_site.services, settings=replace(settings, desk_url="https://desk.example"))
    form = {"name": heron.name, "password": PASSWORD, "code": heron.code()}
    async with (
        DeskSite(services, desk_site.clock).open() as site,
        site.stranger() as seat,
        seat.web.post(f"{site.url}/sign-in", data=form, allow_redirects=False) as response,
    ):
        cookie = response.headers["Set-Cookie"]
    assert re.fullmatch(r"__Host-desk=[\w-]{43}; HttpOnly; Path=/; SameSite=Strict; Secure", cookie)
