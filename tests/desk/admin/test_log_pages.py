"""The audit log by its page: newest first, in pages, and whether it is whole."""

import re

from desk.admin import log_pages
from tests.desk.desk_page import DeskSite


async def test_the_newest_line_stands_first_with_the_name_of_who_did_it(desk_site: DeskSite) -> None:
    boss = await desk_site.hires("Night Desk", "supervisor")
    async with desk_site.seat(boss) as seat:
        _, source = await seat.opens("/log")
    rows = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", source, re.DOTALL)[1:]]
    assert [(number, who, what) for number, _, who, what, _ in rows] == [
        ("3", "Night Desk", "signed in"),
        ("2", "Night Desk", "accepted the invitation"),
        ("1", "the command line", "created a link for"),
    ]


async def test_a_long_log_comes_in_pages(desk_site: DeskSite) -> None:
    boss = await desk_site.hires("Night Desk", "supervisor")
    for _ in range(log_pages._A_PAGE):
        await desk_site.services.accounts.audit.note("console", "read", "0" * 32)
    async with desk_site.seat(boss) as seat:
        _, first = await seat.opens("/log")
        older = re.findall(r'href="(/log\?before=[0-9-]+)"', first)[0]
        _, last = await seat.opens(older)
    assert numbers(first) == list(range(103, 3, -1))
    assert numbers(last) == [3, 2, 1]
    assert "before=" not in last


async def test_a_whole_log_shows_its_end_and_a_changed_one_where_it_breaks(desk_site: DeskSite) -> None:
    boss = await desk_site.hires("Night Desk", "supervisor")
    async with desk_site.seat(boss) as seat:
        _, whole = await seat.sends("/log/verify")
        end = re.findall(r'<span class="code">(3 [0-9a-f]{16})</span>', whole)[0]
        assert "Intact: 3 lines." in whole
        (id_, _), *_ = await desk_site.services.store.call("XRANGE", "audit", "-", "+")
        await desk_site.services.store.call("XDEL", "audit", id_)
        _, broken = await seat.sends("/log/verify", noted=end)
    assert "Line 1 is missing" in broken


async def test_an_end_that_is_none_is_told_so(desk_site: DeskSite) -> None:
    async with desk_site.seat(await desk_site.hires("Night Desk", "supervisor")) as seat:
        status, source = await seat.sends("/log/verify", noted="no end at all")
    assert (status, "sixteen characters" in source) == (422, True)


def numbers(source: str) -> list[int]:
    return [int(number) for number in re.findall(r'<td class="number">(\d+)</td>', source)]
