"""What the check of the directory refuses, and how it says so."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from resources_directory.files.checks import checked, mistakes
from resources_directory.files.entries_folder import ENTRIES, BadEntry, read_folder

TODAY = date(2026, 3, 1)
SERVICE = (
    "id: no-house, name: House, kinds: [shelter], phones: [{number: 22 33 44 55, e164: '+4722334455'}], status: active"
)
PLACE = "service_area: {extent_type: city, name: Oslo}"
OSLO = "location_type: physical, city: Oslo, latitude: 59.91, longitude: 10.75"
LOCAL = f"{SERVICE}, {PLACE}, locations: [{{{OSLO}}}]"
HIDDEN = LOCAL.replace("physical", "virtual").replace("10.75", "10.75, confidential: true")
UUID = "hsds_id: 0f8fad5b-d9cb-469f-a165-70867728950e"


def _found(folder: Path, *services: str) -> list[str]:
    rows = "".join(f"      - {{{service}}}\n" for service in services)
    (folder / "no.yml").write_text(
        f"country: NO\norganizations:\n  - name: Haus\n    operated_by: ngo\n    services:\n{rows}"
    )
    return list(mistakes(list(read_folder(folder)), TODAY))


def test_a_proposed_service_may_wait_for_its_place(tmp_path: Path) -> None:
    assert _found(tmp_path, f"{SERVICE}, {PLACE}".replace("active", "proposed")) == []


@pytest.mark.parametrize("service", [SERVICE, LOCAL, HIDDEN], ids=["national", "local", "hidden"])
def test_a_good_service_is_let_through(tmp_path: Path, service: str) -> None:
    assert _found(tmp_path, service) == []


def test_the_directory_of_the_project_has_no_mistake() -> None:
    assert list(mistakes(list(read_folder(ENTRIES)), datetime.now(UTC).date())) == []


@pytest.mark.parametrize(
    ("service", "sentence"),
    [
        (
            SERVICE.replace("22 33 44 55, e164: '+4722334455'", "22 33 44 5"),
            "number: 22 33 44 5 is no number of NO, and not in short_codes.yml.",
        ),
        (
            SERVICE.replace("+4722334455", "+4722334456"),
            "e164: +4722334456 is not 22 33 44 55, which is +4722334455.",
        ),
        (
            SERVICE.replace("22 33 44 55", "116 111"),
            "e164: 116 111 is a short code, it has no international form.",
        ),
        (
            f"{SERVICE}, schedules: [{{opening_hours: weekdays 9 to 5}}]",
            "opening_hours: 'weekdays 9 to 5' is not in the form of OpenStreetMap; unsure hours go into hours_note.",
        ),
        (
            f"{SERVICE}, {PLACE}",
            "locations: a local service needs the latitude and longitude of its city.",
        ),
        (
            LOCAL.replace(", latitude: 59.91", ""),
            "locations: a local service needs the latitude and longitude of its city.",
        ),
        (
            HIDDEN.replace("59.91", "59.9139"),
            "locations: a confidential place in Oslo is given finer than its city.",
        ),
    ],
)
def test_a_mistake_is_told_with_file_entry_and_field(tmp_path: Path, service: str, sentence: str) -> None:
    assert _found(tmp_path, service) == [f"no.yml, no-house: {sentence}"]


def test_the_number_of_a_closed_service_may_have_gone(tmp_path: Path) -> None:
    assert _found(tmp_path, SERVICE.replace("22 33 44 55, e164: '+4722334455'", "99").replace("active", "closed")) == []


def test_an_id_that_stands_twice_is_told_once(tmp_path: Path) -> None:
    assert _found(tmp_path, SERVICE, SERVICE) == ["no.yml, no-house: id: another service has this id."]


def test_an_id_of_a_feed_that_stands_twice_is_told(tmp_path: Path) -> None:
    other = SERVICE.replace("no-house", "no-home")

    assert _found(tmp_path, f"{SERVICE}, {UUID}", f"{other}, {UUID}") == [
        "no.yml, no-home: hsds_id: another service has 0f8fad5b-d9cb-469f-a165-70867728950e."
    ]


def test_services_that_came_from_no_feed_do_not_collide(tmp_path: Path) -> None:
    assert _found(tmp_path, SERVICE, SERVICE.replace("no-house", "no-home")) == []


CHECKED = "verified: true, checked_by: Heron, checked_on: 2026-03-0"


def test_a_check_of_a_day_to_come_is_told(tmp_path: Path) -> None:
    assert _found(tmp_path, f"{SERVICE}, {CHECKED}3") == [
        "no.yml, no-house: checked_on: 2026-03-03 lies in the future."
    ]


def test_a_check_of_tomorrow_was_made_where_it_is_tomorrow_already(tmp_path: Path) -> None:
    assert _found(tmp_path, f"{SERVICE}, {CHECKED}2") == []


def test_an_emergency_number_checked_on_a_day_to_come_is_told(tmp_path: Path) -> None:
    (tmp_path / "no.yml").write_text(
        f"country: NO\nemergency: [{{number: 112, reaches: [police], status: active, {CHECKED}9}}]\n"
    )

    assert list(mistakes(list(read_folder(tmp_path)), TODAY)) == [
        "no.yml, emergency: checked_on: 2026-03-09 lies in the future."
    ]


def test_a_number_without_a_source_is_no_entry_until_a_steward_has_checked_it(tmp_path: Path) -> None:
    (found,) = _found(tmp_path, f"{SERVICE}, verified: true")
    assert found.startswith("no.yml, no-house: sources: where does this come from?")
    assert _found(tmp_path, f"{SERVICE}, verified: true, sources: ['https://example.org']") == []
    assert _found(tmp_path, f"{SERVICE}, {CHECKED}1") == []


def test_a_source_cannot_have_been_seen_tomorrow(tmp_path: Path) -> None:
    assert _found(tmp_path, f"{SERVICE}, last_seen: 2099-01") == [
        "no.yml, no-house: last_seen: 2099-01 lies in the future."
    ]


def test_a_mistake_is_told_with_the_line_of_its_entry(tmp_path: Path) -> None:
    _found(tmp_path, LOCAL, SERVICE)
    with pytest.raises(BadEntry, match=r"^no\.yml, line 6, no-house: id: another service has this id\.$"):
        list(checked(tmp_path))
