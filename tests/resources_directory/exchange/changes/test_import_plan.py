"""An import adds and updates, overwrites nothing that a steward has looked at, and writes all or nothing."""

from pathlib import Path
from typing import Any

import pytest

from resources_directory.exchange.changes import applying
from resources_directory.exchange.changes.journal import Imported
from resources_directory.exchange.changes.plan import plan
from resources_directory.exchange.feeds.refusal import FeedRefused
from resources_directory.files.entries_folder import BadEntry, file_of, read_file, read_folder
from resources_directory.model.hsds import WORLD, Service
from tests.resources_directory.every_row import FILES
from tests.resources_directory.exchange.feed_files import SERVICE_ID, as_bytes, read, service
from tests.resources_directory.exchange.norway import FIRST, edit, norwegian, planned


def imported(folder: Path, *rows: dict[str, Any]) -> list[Imported]:
    noted: list[Imported] = []
    applying.apply(planned(folder, *rows), folder, noted.append)
    return noted


def kept(folder: Path, name: str = "no-oslo-immigrant-legal-services", country: str = "no") -> Service:
    entries = read_file(folder / f"{country}.yml")
    return next(one for runs in entries.organizations for one in runs.services if one.id == name)


def test_a_new_service_is_added_and_all_else_stays_byte_for_byte(folder: Path) -> None:
    imported(folder, norwegian())

    assert (folder / "no.yml").read_text() == FIRST + (
        """  - name: Lantern House
    operated_by: ngo
    description: Helps newcomers.
    services:
      - id: no-oslo-immigrant-legal-services
        hsds_id: 0b1f6a0e-7a1c-4a51-9a4b-2f8d5a0c1e11
        name: Immigrant Legal Services
        kinds: [legal_aid]
        description: Free help with permits.
        phones:
          - number: 22 00 11 22
            e164: '+4722001122'
        schedules:
          - opening_hours: Mo-Fr 09:00-17:00
        languages: [es]
        service_area:
          extent_type: city
          name: Oslo
        locations:
          - location_type: physical
            city: Oslo
            region: Oslo
            latitude: 59.91
            longitude: 10.75
        eligibility:
          minimum_age: 18
          description: Adults.
        url: https://example.org/legal
        email: office@example.org
        status: proposed
        verified: false
        last_seen: '2026-05-01'
        doubt: 'Imported: not checked yet. The feed does not say who runs it.'
"""
    )


def test_a_service_of_an_organization_that_is_there_stands_under_it(folder: Path) -> None:
    row = norwegian()
    row["organization"]["name"] = "Haus"

    imported(folder, row)

    text = (folder / "no.yml").read_text()
    assert text.index("no-oslo-immigrant") < text.index("# what comes next is last")
    assert len(read_file(folder / "no.yml").organizations) == 2


def test_a_new_service_of_the_police_carries_the_warning(folder: Path) -> None:
    row = norwegian()
    row["organization"]["name"] = "Police"

    imported(folder, row)

    assert "line_warn_police" in kept(folder).before_you_call


@pytest.mark.parametrize("text", [FIRST.rstrip("\n"), "country: 'NO'", "country: 'NO'\nemergency: []\n"])
def test_a_file_that_ends_early_takes_a_new_service_too(folder: Path, text: str) -> None:
    (folder / "no.yml").write_text(text)

    imported(folder, norwegian())

    assert (folder / "no.yml").read_text().startswith(text + "\n" * (not text.endswith("\n")))
    assert kept(folder).phones


@pytest.mark.long
def test_new_services_and_changes_of_one_feed_are_written_together(folder: Path) -> None:
    imported(folder, norwegian(url=None, email=None))
    more = [norwegian(id=f"{n}aaaaaaa-7a1c-4a51-9a4b-2f8d5a0c1e11", name=f"Legal Aid {n}", phones=[]) for n in range(3)]

    imported(folder, norwegian(phones=[{"number": "22 00 11 33"}]), *more)

    names = [one.name for runs in read_file(folder / "no.yml").organizations for one in runs.services]
    assert names == ["Haus", "Police", "Immigrant Legal Services", "Legal Aid 0", "Legal Aid 1", "Legal Aid 2"]
    assert (kept(folder).phones[0].number, kept(folder).email) == ("22 00 11 33", "office@example.org")


def test_a_country_without_a_file_gets_one(folder: Path) -> None:
    imported(folder, service())

    assert (folder / "us.yml").read_text().startswith("# United States: numbers to call.")
    assert kept(folder, "us-houston-immigrant-legal-services", "us").phones


def test_the_same_feed_twice_changes_nothing(folder: Path) -> None:
    imported(folder, norwegian())
    before = (folder / "no.yml").read_bytes()

    again = planned(folder, norwegian())

    assert (again.new, again.changed, len(again.unchanged)) == ((), (), 1)
    assert imported(folder, norwegian()) == []
    assert (folder / "no.yml").read_bytes() == before


def test_a_change_in_the_feed_changes_only_its_field(folder: Path) -> None:
    imported(folder, norwegian())
    before = (folder / "no.yml").read_text()

    noted = imported(folder, norwegian(phones=[{"number": "22 00 11 33"}], assured_date="2026-06-01"))

    after = (folder / "no.yml").read_text()
    assert after == before.replace("22 00 11 22", "22 00 11 33").replace("4722001122", "4722001133").replace(
        "2026-05-01", "2026-06-01"
    )
    assert [(one.id, set(one.before)) for one in noted] == [
        ("no-oslo-immigrant-legal-services", {"phones", "last_seen"})
    ]


def test_a_field_that_is_new_in_the_feed_is_added_in_its_place(folder: Path) -> None:
    imported(folder, norwegian(url=None))
    before = (folder / "no.yml").read_text()

    imported(folder, norwegian())

    line = "        url: https://example.org/legal\n"
    assert (folder / "no.yml").read_text() == before.replace("        email:", f"{line}        email:")


def test_what_the_feed_no_longer_tells_stays(folder: Path) -> None:
    imported(folder, norwegian())

    assert planned(folder, norwegian(description=None, languages=[], minimum_age=None)).changed == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("status: proposed\n", "status: active\n"),
        ("status: proposed\n", "status: suspended\n"),
        ("verified: false\n        last", "verified: true\n        last"),
        ("        last_seen:", "        checked_on: '2026-11-01'\n        checked_by: Heron\n        last_seen:"),
    ],
)
def test_what_a_steward_has_looked_at_is_kept(folder: Path, old: str, new: str) -> None:
    imported(folder, norwegian())
    edit(folder, old, new)
    before = (folder / "no.yml").read_bytes()

    found = planned(folder, norwegian(name="Legal Services of the City"))

    assert [(one.old.id, one.fields) for one in found.kept] == [
        ("no-oslo-immigrant-legal-services", {"name": "Legal Services of the City"})
    ]
    assert imported(folder, norwegian(name="Legal Services of the City")) == []
    assert (folder / "no.yml").read_bytes() == before


def test_what_a_steward_has_changed_by_hand_is_kept(folder: Path) -> None:
    imported(folder, norwegian())

    found = planned(folder, norwegian(name="Legal Aid"), touched=("no-oslo-immigrant-legal-services",))

    assert (len(found.kept), found.changed) == (1, ())


def test_a_service_that_has_closed_is_named_with_our_id(folder: Path) -> None:
    imported(folder, norwegian())

    found = planned(folder, norwegian(status="defunct"))

    assert [one.reason for one in found.refused] == [
        "the feed says that it is defunct; the directory holds no-oslo-immigrant-legal-services"
    ]


def test_two_services_of_one_name_get_ids_that_do_not_depend_on_their_order(folder: Path) -> None:
    imported(folder, norwegian())
    second = norwegian(id="aaaaaaaa-7a1c-4a51-9a4b-2f8d5a0c1e11", phones=[{"number": "22 00 11 44"}])

    found = planned(folder, second, norwegian())

    assert [one.service.id for one in found.new] == ["no-oslo-immigrant-legal-services-aaaaaaaa"]


def test_a_service_without_latin_letters_gets_an_id(folder: Path) -> None:
    row = norwegian(name="مأوى")
    row["service_at_locations"][0]["location"]["addresses"][0]["city"] = "دبي"

    found = plan(
        read(as_bytes(row | {"attributes": [{"taxonomy_term": {"name": "legal aid"}}]})), list(read_folder(folder))
    )

    assert [one.service.id for one in found.new] == [f"no-{SERVICE_ID[:8]}"]


def test_a_number_that_is_known_already_is_doubted(folder: Path) -> None:
    found = planned(folder, norwegian(phones=[{"number": "116123"}]))

    assert "Has the number of no-haus: the same service?" in (found.new[0].service.doubt or "")


def test_a_hidden_place_keeps_the_coordinates_of_its_city(folder: Path) -> None:
    imported(folder, norwegian(name="Refuge"))
    edit(folder, "            confidential: true\n", "            confidential: true\n            latitude: 59.91\n")

    assert planned(folder, norwegian(name="Refuge")).changed == ()


def test_a_place_that_was_hidden_once_is_never_shown_by_a_feed(folder: Path) -> None:
    imported(folder, norwegian(description="The address is confidential."))

    imported(folder, norwegian(description="Free help."))

    assert (kept(folder).description, kept(folder).locations[0].confidential) == ("Free help.", True)


def test_a_plain_number_as_id_is_told_apart_by_its_organization(folder: Path) -> None:
    other = norwegian(id="7", phones=[{"number": "22 00 11 33"}])
    other["organization"]["name"] = "Another House"
    imported(folder, norwegian(id="7"))

    assert len(planned(folder, norwegian(id="7")).unchanged) == 1
    assert len(planned(folder, other).new) == 1


@pytest.mark.parametrize(
    "text",
    [
        "country: 'NO'\norganizations: []\n",
        "country: 'NO'\norganizations: [{name: A, operated_by: ngo, services: []}]\n",
    ],
)
def test_a_file_that_can_not_be_changed_is_left_alone(folder: Path, text: str) -> None:
    found = planned(folder, norwegian())
    (folder / "no.yml").write_text(text)

    with pytest.raises((FeedRefused, BadEntry)):
        applying.apply(found, folder, lambda _: None)
    assert (folder / "no.yml").read_text() == text


def keeps_its_bytes(path: Path, folder: Path) -> bool:
    """Whether a real file takes a new service without a change of what stands in it."""
    folder.mkdir()
    (folder / path.name).write_bytes(path.read_bytes())
    row = service(phones=[])
    row["service_at_locations"][0]["location"]["addresses"][0]["country"] = path.stem.upper()
    imported(folder, row)
    taken = (folder / path.name).read_bytes()
    return taken.startswith(path.read_bytes()) and len(taken) > path.stat().st_size


@pytest.mark.long
def test_every_real_file_takes_a_new_service_and_keeps_its_bytes(tmp_path: Path) -> None:
    # No feed has lines for the whole world.
    countries = [path for path in FILES if path.name != file_of(WORLD)]
    assert [path.name for path in countries if not keeps_its_bytes(path, tmp_path / path.stem)] == []
