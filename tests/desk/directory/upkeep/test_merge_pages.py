"""Two entries of one service become one: what a steward picked stays, the other leads there, and nothing is lost."""

from pathlib import Path

import pytest

from resources_directory.files import change_log
from tests.desk.desk_page import DeskSite, Seat, readable
from tests.desk.directory.steps import MADRID_LAWYER, given
from tests.desk.directory_folder import SPAIN, TWIN, service

MERGE = "/directory/merge/es-ley/es-ley-dos"
OTHER_NUMBER = {"pick.phones": "other"}


@pytest.fixture
def folder(folder: Path) -> Path:
    (folder / "es.yml").write_text(SPAIN + TWIN, "utf-8")
    return folder


async def merged(seat: Seat, path: str = MERGE, **typed: str) -> tuple[int, str]:
    source = (await seat.opens(path))[1]
    marks = {
        f"seen.{id}": source.partition(f'name="seen.{id}" value="')[2].partition('"')[0]
        for id in ("es-ley", "es-ley-dos")
    }
    return await seat.sends(path, **{**marks, **typed})


async def test_a_pair_with_one_number_is_listed(heron: Seat) -> None:
    page = readable((await heron.opens("/directory/duplicates"))[1])
    assert "Ley and Ley y Trabajo" in page
    assert "Same number" in page


async def test_what_was_picked_stays_and_the_other_leads_there(site: DeskSite, heron: Seat, folder: Path) -> None:
    picks = {"pick.languages": "both", "pick.url": "other", "pick.kinds": "keep"}
    assert await merged(heron, reason="One office.", **picks) == (303, "/directory/entry/es-ley?done=merged")

    kept, gone = service(folder, "es-ley"), service(folder, "es-ley-dos")
    assert (kept.languages, kept.url, kept.kinds, kept.name) == (
        ("es", "en", "ro"), "https://ley.example", ("legal_aid", "labour"), "Ley",
    )  # fmt: skip
    assert (kept.checked_by, gone.status) == ("Grey Otter", "closed")
    assert given(site, MADRID_LAWYER) == ["es-ley"]
    assert [(line.id, line.what, line.who, line.reason) for line in change_log.read(folder)] == [
        ("es-ley", "edited", "Blue Heron", "Took in es-ley-dos. One office."),
        ("es-ley-dos", "merged", "Blue Heron", "Into es-ley. One office."),
    ]
    assert "No two entries share a number" in (await heron.opens("/directory/duplicates"))[1]


async def test_an_old_link_leads_to_the_entry_that_stays_and_the_closed_one_can_still_be_read(heron: Seat) -> None:
    await merged(heron)
    assert await heron.opens("/directory/entry/es-ley-dos") == (303, "/directory/entry/es-ley?merged=es-ley-dos")
    assert "es-ley-dos was merged into this entry" in readable(
        (await heron.opens("/directory/entry/es-ley?merged=es-ley-dos"))[1]
    )
    assert "was merged into" not in (await heron.opens("/directory/entry/es-ley?merged=es-casa"))[1]
    closed = readable((await heron.opens("/directory/entry/es-ley-dos?alone"))[1])
    assert ("This is now es-ley" in closed, "Into es-ley." in closed) == (True, True)

    _, source = await heron.opens("/directory/entry/es-ley-dos?alone")
    seen = source.partition('name="seen" value="')[2].partition('"')[0]
    await heron.sends("/directory/entry/es-ley-dos/reopen", seen=seen, reason="Two offices after all.")
    assert (await heron.opens("/directory/entry/es-ley-dos"))[0] == 200


async def test_a_list_from_before_the_merge_leads_to_the_call_that_is_left(heron: Seat, folder: Path) -> None:
    await merged(heron)
    old, now = (f"/directory/calls/entry/{id}" for id in ("es-ley-dos", "es-ley"))
    assert await heron.opens(old) == (303, now)

    status, source = await heron.sends(f"{old}/confirmed", **{"row.es-ley-dos": "1"})
    assert (status, "es-ley-dos no longer has this number" in source) == (409, True)
    assert service(folder, "es-ley").checked_by == "Grey Otter"


async def test_another_number_needs_somebody_who_rang_it(heron: Seat, folder: Path) -> None:
    status, source = await merged(heron, **OTHER_NUMBER)
    assert (status, "only changed by who rang it" in source) == (409, True)
    assert (folder / "es.yml").read_text("utf-8") == SPAIN + TWIN


@pytest.mark.parametrize(
    ("path", "typed", "said"),
    [
        (MERGE, {"pick.name": "both"}, "choose what the one has"),
        (MERGE, {"seen.es-ley": "0" * 16}, "Somebody changed this entry"),
        (MERGE, {"reason": "x" * 901}, "characters at most"),
        ("/directory/merge/es-ley/es-ley", {}, "Name two entries of one country."),
    ],
)
async def test_a_merge_that_can_not_be_changes_neither(
    heron: Seat, folder: Path, path: str, typed: dict[str, str], said: str
) -> None:
    status, source = await merged(heron, path, **typed)
    assert (status, said in source) == (409, True)
    assert (folder / "es.yml").read_text("utf-8") == SPAIN + TWIN
    assert change_log.read(folder) == []


async def test_a_merge_with_nothing_is_not_found(heron: Seat) -> None:
    assert (await heron.opens("/directory/merge/es-ley/es-nothing"))[0] == 404


async def test_what_changed_this_week_says_who_and_what(heron: Seat) -> None:
    await merged(heron, reason="One office.")
    page = readable((await heron.opens("/directory/changes"))[1])
    assert "Ley y Trabajo Merged two entries" in page
    assert "Into es-ley. One office." in page
    assert "Nothing." in readable((await heron.opens("/directory/changes?country=IT"))[1])
