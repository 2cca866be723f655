"""What pages said when they were last looked at: shown to stewards, who go from there to the entry or put it on the call list."""

from pathlib import Path

import pytest

from resources_directory.files import change_log
from resources_directory.upkeep.source_looks import SourceLook, file_beside, keep_looks, read_looks
from tests.desk.desk_page import DeskSite, Seat, readable

LOOKS, PAGE = "/directory/looks", "https://casa.example/contact"
GONE = SourceLook("es-casa", PAGE, "gone", "2027-01-10")
REASON = f"Its page is gone (2027-01-10): {PAGE}"


@pytest.fixture
def looked(file: Path) -> Path:
    looks = file_beside(file)
    keep_looks(looks, [GONE], [("es-casa", PAGE)])
    return looks


def broken(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")


async def test_where_it_is_off_and_nobody_looked_the_page_says_so(heron: Seat) -> None:
    assert "Looking is turned off on this hotline" in readable((await heron.opens(LOOKS))[1])


async def test_what_was_found_leads_to_the_entry_and_onto_the_call_list(
    heron: Seat, folder: Path, looked: Path
) -> None:
    status, source = await heron.opens(LOOKS)
    page = readable(source)
    assert (status, "The page is gone" in page, "Last look: 2027-01-10." in page) == (200, True, True)
    assert "/directory/entry/es-casa" in source

    led = await heron.sends(f"{LOOKS}/es-casa/call", url=PAGE)
    assert led == (303, "/directory/calls/entry/es-casa?done=saved")
    assert [(line.id, line.what, line.who, line.reason) for line in change_log.read(folder)] == [
        ("es-casa", "call_wanted", "Blue Heron", REASON)
    ]
    assert REASON in readable((await heron.opens("/directory/calls?country=ES"))[1])
    assert "On the call list" in readable((await heron.opens(LOOKS))[1])
    assert "The page is gone" in readable((await heron.opens("/directory/entry/es-casa"))[1])


@pytest.mark.parametrize(("id", "url"), [("es-casa", "https://other.example/"), ("es-ley", PAGE), ("es-nothing", PAGE)])
async def test_what_was_not_found_puts_nothing_on_the_list(
    heron: Seat, folder: Path, looked: Path, id: str, url: str
) -> None:
    status, source = await heron.sends(f"{LOOKS}/{id}/call", url=url)
    assert (status, "looked at again in the meantime" in source) == (409, True)
    assert change_log.read(folder) == []


async def test_a_page_that_is_fine_is_shown_only_to_who_asks_for_it(heron: Seat, looked: Path) -> None:
    keep_looks(looked, [SourceLook("es-casa", PAGE, "fine", "2027-01-11")], [("es-casa", PAGE)])
    assert "Nothing was found that needs somebody." in readable((await heron.opens(LOOKS))[1])
    assert PAGE in (await heron.opens(f"{LOOKS}?state=fine"))[1]


@pytest.mark.parametrize("text", ["", "[{]", "{}", '[{"service": "es-casa"}]', "[" * 10_000])
async def test_a_broken_file_is_as_if_nobody_had_looked(heron: Seat, looked: Path, text: str) -> None:
    broken(looked, text)
    assert (await heron.opens(LOOKS))[0] == 200


async def test_those_who_check_nothing_do_not_see_it(site: DeskSite) -> None:
    async with site.seat(await site.hires("Finch", "operator")) as seat:
        assert (await seat.opens(LOOKS))[0] == 403


def test_a_page_that_no_entry_rests_on_any_more_is_forgotten(looked: Path) -> None:
    keep_looks(looked, [], [("es-ley", "https://ley.example")])
    assert read_looks(looked) == {}
