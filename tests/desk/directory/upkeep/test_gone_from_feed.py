"""What a feed brought and has no longer: shown to a steward, who asks by a call or takes it out; never taken away by itself."""

from pathlib import Path

import pytest

from commands.directory.exchange import Choices, import_file
from resources_directory.files import change_log
from tests.desk.desk_page import DeskSite, Seat, readable
from tests.desk.directory.calls.test_call_pages import called
from tests.desk.directory.steps import MADRID_LAWYER, given
from tests.desk.directory.upkeep.test_import_pages import BATCH, FEED, MAPPING
from tests.desk.directory_folder import service

HEAD = "id,organization,name,kind,phone,city,country,languages,lat,long\n"
NIDO = "1,Nido,Nido,medical,913 19 93 90,Madrid,ES,es,40.42,-3.7\n"
PUENTE = "2,Puente,Puente,legal aid,913 19 93 91,Madrid,ES,es,40.42,-3.7\n"
GONE = "/directory/imports/gone"


def arrives(folder: Path, *rows: str, source: str = FEED) -> None:
    """Import a feed with these rows."""
    file, mapping = folder.parent / "feed.csv", folder.parent / "mapping.yml"
    file.write_text(HEAD + "".join(rows), "utf-8")
    mapping.write_text(MAPPING.replace("id: id,", "id: id, latitude: lat, longitude: long,"), "utf-8")
    assert import_file(file, Choices(mapping, source=source, apply=True), folder) == 0


@pytest.fixture
def puente(folder: Path, file: Path) -> str:
    """A service that its feed has no longer; its id."""
    arrives(folder, NIDO, PUENTE)
    before = (folder / "es.yml").read_bytes()
    arrives(folder, NIDO)
    assert (folder / "es.yml").read_bytes() == before
    return "es-madrid-puente"


def noted(folder: Path) -> list[tuple[str, str]]:
    return [(line.id, line.what) for line in change_log.read(folder) if line.what != "imported"]


async def answered(seat: Seat, answer: str, *ids: str) -> tuple[int, str]:
    return await seat.sends(GONE, answer=answer, **BATCH, **{f"row.{id}": "1" for id in ids})


async def test_what_is_gone_is_shown_once_until_it_is_there_again(heron: Seat, folder: Path, puente: str) -> None:
    arrives(folder, NIDO)
    assert noted(folder) == [(puente, "unlisted")]
    page = readable((await heron.opens("/directory/imports"))[1])
    assert "Spain: 1 new, 0 changed, 1 no longer in the file" in page
    assert "No longer in the file of its feed" in readable((await heron.opens("/directory/changes?days=90"))[1])

    arrives(folder, NIDO, PUENTE)
    assert noted(folder) == [(puente, "unlisted"), (puente, "listed")]
    assert "no longer" not in readable((await heron.opens("/directory/imports"))[1])


@pytest.mark.parametrize(
    ("rows", "source", "gone"),
    [
        ((NIDO,), "https://other.example/feed", []),  # another feed
        ((NIDO,), "", []),  # a feed without a name, which never had this organization
        (
            ("3,Puente,Huerta,medical,913 19 93 92,Madrid,ES,es,40.42,-3.7\n",),
            FEED,
            ["es-madrid-nido", "es-madrid-puente"],
        ),
        ((NIDO, PUENTE.replace("legal aid", "astrology")), FEED, []),  # refused, but there
    ],
)
def test_only_what_the_same_feed_brought_can_be_gone(
    folder: Path, file: Path, rows: tuple[str, ...], source: str, gone: list[str]
) -> None:
    arrives(folder, NIDO, PUENTE)
    arrives(folder, *rows, source=source)
    assert sorted(id for id, what in noted(folder) if what == "unlisted") == gone


def test_a_feed_that_was_not_named_is_compared_by_its_organizations(folder: Path, file: Path) -> None:
    arrives(folder, NIDO, PUENTE, source="")
    arrives(folder, PUENTE.replace("2,Puente,Puente", "3,Puente,Huerta").replace("93 91", "93 92"), source="")
    assert noted(folder) == [("es-madrid-puente", "unlisted")]


async def test_who_asks_by_a_call_finds_it_on_the_list_until_it_is_made(heron: Seat, folder: Path, puente: str) -> None:
    assert await answered(heron, "call", puente) == (303, "/directory/imports?done=saved")
    why = f"A steward wants it called: No longer in the file of {FEED}."
    call = f"/directory/calls/entry/{puente}"
    assert why in readable((await heron.opens("/directory"))[1])
    assert why in readable((await heron.opens(call))[1])
    assert "no longer" not in readable((await heron.opens("/directory/imports"))[1])

    await called(heron, call, "no-answer", puente)
    assert why in readable((await heron.opens(call))[1])
    await called(heron, call, "confirmed", puente)
    assert why not in readable((await heron.opens(call))[1])


async def test_what_is_taken_out_is_given_to_nobody_and_what_is_left_stays(
    site: DeskSite, heron: Seat, folder: Path, puente: str
) -> None:
    await called(heron, f"/directory/calls/entry/{puente}", "confirmed", puente)
    arrives(folder, NIDO, PUENTE)
    arrives(folder, NIDO)
    assert puente in given(site, MADRID_LAWYER)

    await answered(heron, "leave", puente)
    assert puente in given(site, MADRID_LAWYER)
    arrives(folder, NIDO, PUENTE)
    arrives(folder, NIDO)
    await answered(heron, "suspend", puente)
    assert (service(folder, puente).status, puente in given(site, MADRID_LAWYER)) == ("suspended", False)
    assert service(folder, puente).doubt == f"No longer in the file of {FEED}."


@pytest.mark.parametrize(("answer", "ids", "said"), [
    ("call", (), "Tick at least one"), ("erase", ("es-madrid-puente",), "answered by somebody"),
    ("close", ("es-madrid-nido",), "Tick at least one"),
])  # fmt: skip
async def test_an_answer_that_says_nothing_changes_nothing(
    heron: Seat, folder: Path, puente: str, answer: str, ids: tuple[str, ...], said: str
) -> None:
    before, lines = (folder / "es.yml").read_bytes(), noted(folder)
    status, source = await answered(heron, answer, *ids)
    assert (status, said in source) == (409, True)
    assert ((folder / "es.yml").read_bytes(), noted(folder)) == (before, lines)
