"""A steward sends an organisation a link, and accepts or declines what it asks for; nothing is served before."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.reporting import change_requests
from resources_directory.files import change_log
from tests.desk.desk_page import DeskSite, Seat, readable
from tests.desk.directory_folder import SPAIN, service

REQUEST, ENTRY = "/directory/requests/es-ley", "/directory/entry/es-ley"


@pytest.fixture
async def site(desk_site: DeskSite, folder: Path, file: Path) -> AsyncIterator[DeskSite]:
    settings = replace(desk_site.services.settings, organisation_links=True, public_url="https://chat.example")
    services = replace(desk_site.services, directory_file=file, entries=folder, settings=settings)
    async with DeskSite(services, desk_site.clock).open() as site:
        yield site


async def asks(site: DeskSite, heron: Seat, **wanted: str) -> str:
    """A steward makes a link, and the organisation asks for something; give its token."""
    _, source = await heron.sends(f"{ENTRY}/link")
    found = re.search(r"https://chat\.example/update/(es-ley\.[0-9a-f.]+)", source)
    assert found
    await asks_by(site, found[1], **wanted)
    return found[1]


async def asks_by(site: DeskSite, token: str, **wanted: str) -> None:
    """Whoever has the link asks for something, in place of what was asked before."""
    store = site.services.store
    link = await change_requests.find(store, token)
    assert link
    assert await change_requests.submit(store, link, {**link.facts, **wanted}, site.clock()) == "sent"


async def looks(heron: Seat) -> dict[str, str]:
    """Give the marks on the page: which entry and which request it shows."""
    source = (await heron.opens(REQUEST))[1]
    return dict(re.findall(r'name="(seen|asked)" value="([^"]+)"', source))


async def answers(heron: Seat, how: str, **typed: str) -> tuple[int, str]:
    return await heron.sends(f"{REQUEST}/{how}", **await looks(heron), **typed)


async def test_old_and_new_stand_side_by_side_and_accepting_is_somebodys(
    site: DeskSite, heron: Seat, folder: Path
) -> None:
    token = await asks(site, heron, hours="Mo-Fr 10:00-18:00", languages="Spanish, English, Arabic", note="Ana left.")
    assert (folder / "es.yml").read_text("utf-8") == SPAIN
    page = readable((await heron.opens(REQUEST))[1])
    assert "Hours Mo-Fr 09:00-17:00 Mo-Fr 10:00-18:00" in page
    assert "Languages Spanish, English Spanish, English, Arabic" in page
    assert "Ana left." in page

    assert await answers(heron, "accept") == (303, f"{ENTRY}?done=corrected")
    now = service(folder, "es-ley")
    assert (now.schedules[0].opening_hours, now.languages, now.checked_by) == (
        "Mo-Fr 10:00-18:00", ("es", "en", "ar"), "Grey Otter",
    )  # fmt: skip
    (line,) = change_log.read(folder)
    assert (line.who, line.reason, "Ana" in line.model_dump_json()) == (
        "Blue Heron", "Asked for by the organisation.", False,
    )  # fmt: skip
    assert await change_requests.find(site.services.store, token) is None
    assert "Nothing waits for an answer." in (await heron.opens("/directory/requests"))[1]


async def test_another_number_is_taken_over_only_by_who_rang(site: DeskSite, heron: Seat, folder: Path) -> None:
    await asks(site, heron, numbers="913 19 93 90")
    status, source = await answers(heron, "accept")
    assert (status, "only changed by who rang it" in source) == (409, True)
    assert (folder / "es.yml").read_text("utf-8") == SPAIN

    assert (await answers(heron, "accept", looked="yes"))[0] == 303
    assert (service(folder, "es-ley").phones[0].number, service(folder, "es-ley").checked_by) == (
        "913 19 93 90", "Blue Heron",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"hours": "whenever"}, "can not be read as opening hours"),
        ({"languages": "Klingonese"}, "is no language that we know"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"numbers": "12"}, "12"),
    ],
)
async def test_what_can_not_be_read_is_said_and_still_waits(
    site: DeskSite, heron: Seat, folder: Path, wanted: dict[str, str], said: str
) -> None:
    await asks(site, heron, **wanted)
    status, source = await answers(heron, "accept", looked="yes")
    assert (status, said in source.partition('role="alert"')[2].partition("</p>")[0]) == (409, True)
    assert (folder / "es.yml").read_text("utf-8") == SPAIN
    assert await change_requests.request_for(site.services.store, "es-ley") is not None


async def test_what_is_declined_is_forgotten_and_its_link_ends(site: DeskSite, heron: Seat, folder: Path) -> None:
    token = await asks(site, heron, hours="24/7")
    assert await answers(heron, "decline") == (303, "/directory/requests?done=saved")
    assert (folder / "es.yml").read_text("utf-8") == SPAIN
    assert await change_requests.find(site.services.store, token) is None
    assert (await heron.opens(REQUEST))[0] == 404


async def now_asked(site: DeskSite) -> dict[str, str]:
    asked = await change_requests.request_for(site.services.store, "es-ley")
    return dict(asked.wanted) if asked else {}


@pytest.mark.parametrize("how", ["accept", "decline"])
@pytest.mark.parametrize("swapped", [{"numbers": "913 19 93 90"}, {"hours": "24/7", "url": "https://evil.example"}])
async def test_a_request_swapped_between_look_and_click_is_not_answered_by_that_click(
    site: DeskSite, heron: Seat, folder: Path, how: str, swapped: dict[str, str]
) -> None:
    token = await asks(site, heron, hours="24/7")
    looked_at = await looks(heron)
    await asks_by(site, token, **swapped)

    status, source = await heron.sends(f"{REQUEST}/{how}", **looked_at, looked="yes")
    assert (status, "Another request came by the link" in source) == (409, True)
    assert all(words in readable(source) for words in swapped.values())  # what is asked for now
    assert (folder / "es.yml").read_text("utf-8") == SPAIN
    assert (await now_asked(site), await change_requests.find(site.services.store, token) is None) == (swapped, False)

    assert (await answers(heron, how, looked="yes"))[0] == 303  # now it was looked at
    assert await now_asked(site) == {}


@pytest.mark.parametrize("how", ["accept", "decline"])
async def test_a_click_that_names_no_request_answers_none(site: DeskSite, heron: Seat, folder: Path, how: str) -> None:
    await asks(site, heron, hours="24/7")
    seen = (await looks(heron))["seen"]
    for typed in ({"seen": seen}, {"seen": seen, "asked": "x" * 32}, {}):
        assert (await heron.sends(f"{REQUEST}/{how}", **typed))[0] == 409
    assert (folder / "es.yml").read_text("utf-8") == SPAIN
    assert await now_asked(site) == {"hours": "24/7"}


async def test_a_request_that_comes_while_one_before_is_answered_is_not_lost(site: DeskSite, heron: Seat) -> None:
    token = await asks(site, heron, hours="24/7")
    store = site.services.store
    accepted = await change_requests.request_for(store, "es-ley")
    assert accepted
    await asks_by(site, token, hours="Mo-Fr 10:00-18:00")

    assert not await change_requests.answered(store, accepted)
    assert await now_asked(site) == {"hours": "Mo-Fr 10:00-18:00"}
    assert await change_requests.find(store, token) is not None


async def test_a_service_that_has_ended_is_closed(site: DeskSite, heron: Seat, folder: Path) -> None:
    await asks(site, heron, ended="yes")
    assert "no longer offer" in (await heron.opens(REQUEST))[1]
    await answers(heron, "accept")
    assert service(folder, "es-ley").status == "closed"


async def test_a_link_is_revoked_on_the_page_of_the_entry(site: DeskSite, heron: Seat) -> None:
    token = await asks(site, heron, hours="24/7")
    assert "One works until 2027-01-29" in (await heron.opens(ENTRY))[1]
    assert (await heron.sends(f"{ENTRY}/revoke-link"))[0] == 303
    assert await change_requests.find(site.services.store, token) is None


async def test_the_link_of_an_entry_that_is_not_there_is_not_made(heron: Seat) -> None:
    assert (await heron.sends("/directory/entry/es-nothing/link"))[0] == 404
