"""A steward reviews an import: new and changed rows, one by one or all; what is declined is as if it had not come."""

from pathlib import Path

import pytest

from commands.directory.exchange import Choices, import_file
from resources_directory.files import change_log
from tests.desk.desk_page import Seat, readable
from tests.desk.directory_folder import service

FEED = "https://feed.example/es.csv"
ROWS = """\
id,organization,name,kind,phone,city,country,languages
1,Nido,Nido,medical,{number},Madrid,ES,es
2,Puente,Puente,legal aid,913 19 93 91,Madrid,ES,es
"""
MAPPING = """\
columns: {id: id, organization: organization, service: name, kinds: kind, phones: phone, city: city, country: country,
  languages: languages}
kinds: {medical: [medical], legal aid: [legal_aid]}
"""
BATCH = {"batch": f"ES {FEED}"}


def arrives(folder: Path, number: str) -> None:
    """Import the feed, whatever number it says by now for one service."""
    file = folder.parent / "feed.csv"
    file.write_text(ROWS.format(number=number), "utf-8")
    mapping = folder.parent / "mapping.yml"
    mapping.write_text(MAPPING, "utf-8")
    assert import_file(file, Choices(mapping, source=FEED, apply=True), folder) == 0


@pytest.fixture
def imported(folder: Path, file: Path) -> Path:
    arrives(folder, "913 19 93 90")
    return folder


def ids(folder: Path) -> list[str]:
    return [line.id for line in change_log.read(folder) if line.what == "imported"]


async def test_new_rows_are_shown_and_each_is_accepted_or_declined(heron: Seat, imported: Path) -> None:
    nido, puente = ids(imported)
    page = readable((await heron.opens("/directory/imports"))[1])
    assert "Spain: 2 new, 0 changed" in page
    assert "913 19 93 90" in page

    assert (await heron.sends("/directory/imports", answer="accept", **BATCH, **{f"row.{nido}": "1"}))[0] == 303
    assert (await heron.sends("/directory/imports", answer="decline", **BATCH, **{f"row.{puente}": "1"}))[0] == 303

    assert (service(imported, nido).status, service(imported, puente).status) == ("proposed", "closed")
    assert [(line.id, line.what, line.who) for line in change_log.read(imported)][2:] == [
        (nido, "accepted", "Blue Heron"),
        (puente, "closed", "Blue Heron"),
    ]
    assert "Nothing was imported that nobody has looked at." in (await heron.opens("/directory/imports"))[1]


async def test_a_change_that_is_declined_is_put_back(heron: Seat, imported: Path) -> None:
    await heron.sends("/directory/imports", answer="accept", all="1", **BATCH)
    before = (imported / "es.yml").read_text("utf-8")
    arrives(imported, "913 19 93 92")
    nido = ids(imported)[-1]
    assert service(imported, nido).phones[0].number == "913 19 93 92"
    assert "Spain: 0 new, 1 changed" in readable((await heron.opens("/directory/imports"))[1])

    assert (await heron.sends("/directory/imports", answer="decline", all="1", **BATCH))[0] == 303
    assert (imported / "es.yml").read_text("utf-8") == before


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (BATCH | {"answer": "accept"}, "Tick at least one"),
        ({"batch": "ES other", "answer": "accept", "all": "1"}, "answered by somebody"),
        (BATCH | {"answer": "perhaps", "all": "1"}, "answered by somebody"),
    ],
)
async def test_a_review_that_says_nothing_changes_nothing(
    heron: Seat, imported: Path, typed: dict[str, str], said: str
) -> None:
    before, lines = (imported / "es.yml").read_text("utf-8"), change_log.read(imported)
    status, source = await heron.sends("/directory/imports", **typed)
    assert (status, said in source) == (409, True)
    assert ((imported / "es.yml").read_text("utf-8"), change_log.read(imported)) == (before, lines)
