"""A steward adds an entry, and is told what is missing."""

from pathlib import Path

import pytest

from tests.desk.desk_page import Seat
from tests.desk.directory.steps import NEW, NUMBER
from tests.desk.directory_folder import SPAIN, filled, service


async def test_a_new_entry_that_nobody_rang_is_proposed_only(heron: Seat, folder: Path) -> None:
    fields = {**filled(None, name="Nido", **{"kinds.medical": "yes"}, **NUMBER), **NEW, "looked": "-"}
    status, _ = await heron.sends("/directory/new", **{name: value for name, value in fields.items() if value != "-"})
    assert status == 303
    assert (service(folder, "es-madrid-nido").status, service(folder, "es-madrid-nido").checked_by) == (
        "proposed",
        None,
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"city": "Qqqxx"}, "No town of ES is known"),
        ({"city": ""}, "Name the town"),
        ({"country": "Q1"}, "is no two-letter code of a country"),
        ({"organization": " "}, "Name the organization"),
        ({"operated_by": "me"}, "Say who runs it"),
        ({"phone_number.0": ""}, "Give the number that you rang"),
        ({"phone_number.0": "914 35 41 34"}, "stands at es-ley (Ley) already"),
    ],
)
async def test_a_new_entry_that_can_not_be_is_refused_with_all_that_was_typed(
    heron: Seat, folder: Path, typed: dict[str, str], said: str
) -> None:
    fields = {**filled(None, name="Nido", **{"kinds.medical": "yes"}, **NUMBER), **NEW, **typed}
    status, source = await heron.sends("/directory/new", **fields)
    assert (status, said in source, 'value="Nido"' in source) == (409, True, True)
    assert (folder / "es.yml").read_text("utf-8") == SPAIN


async def test_a_country_without_a_file_gets_one(heron: Seat, folder: Path) -> None:
    fields = {**filled(None, name="Linha", **{"kinds.crisis": "yes"}), **NEW, "country": "PT", "area": "country"}
    fields |= {"phone_type.0": "voice", "phone_number.0": "21 350 9900"}
    assert await heron.sends("/directory/new", **fields) == (303, "/directory/entry/pt-linha?done=added")
    assert (folder / "pt.yml").read_text("utf-8").startswith("# Portugal: numbers to call.")
