"""One service, told in every form that we read, becomes the same entry."""

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from resources_directory.exchange.feeds.mapping import read_mapping
from resources_directory.exchange.feeds.refusal import FeedRefused
from resources_directory.exchange.feeds.tables import table_of
from resources_directory.model.hsds import Eligibility, Location, Phone, Schedule
from tests.every import every
from tests.resources_directory.exchange.feed_files import (
    HSDS,
    ORGANIZATION_ID,
    SERVICE_ID,
    as_bytes,
    draft,
    package,
    read,
    service,
    table,
    tables,
    zipped,
)

FLAT = {table_of(name): rows for name, rows in tables().items()}
OF_AN_ORGANIZATION = {**service()["organization"], "services": [service(organization=None)]}
DESCRIPTOR = {"resources": [{"name": name, "path": f"data/{name}-2026.csv"} for name in tables()]}


def _camel(plain: Any) -> Any:
    if isinstance(plain, list):
        return [_camel(one) for one in plain]
    if not isinstance(plain, dict):
        return plain
    words = {name: name.split("_") for name in plain}
    return {first + "".join(map(str.title, rest)): _camel(plain[name]) for name, (first, *rest) in words.items()}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(as_bytes(service()), id="one service"),
        pytest.param(as_bytes([service()]), id="a list"),
        pytest.param(as_bytes({"total_items": 1, "contents": [service()]}), id="a page of HSDS 3"),
        pytest.param(as_bytes({"totalElements": 1, "content": [_camel(service())]}), id="a page of Open Referral UK"),
        pytest.param(as_bytes(OF_AN_ORGANIZATION), id="an organization with services"),
        pytest.param(as_bytes(FLAT), id="an object of tables"),
        pytest.param(package(), id="a zip of tables"),
        pytest.param(zipped({f"x/{n}.csv": table(rows, ";") for n, rows in tables().items()}), id="semicolons"),
        pytest.param(
            zipped(
                {"datapackage.json": as_bytes(DESCRIPTOR)}
                | {f"data/{name}-2026.csv": table(rows) for name, rows in tables().items()}
            ),
            id="files named by a datapackage.json",
        ),
        pytest.param(b"\xef\xbb\xbf" + as_bytes(service()), id="a byte order mark"),
    ],
)
def test_every_form_of_hsds_3_gives_the_same_entry(content: bytes) -> None:
    found = read(content, source="https://example.org/feed").drafts[0]

    assert (found.country, found.organization, found.description) == ("US", "Lantern House", "Helps newcomers.")
    assert found.service.model_dump(exclude={"id", "doubt"}, exclude_defaults=True) == {
        "hsds_id": SERVICE_ID,
        "name": "Immigrant Legal Services",
        "kinds": ("legal_aid",),
        "description": "Free help with permits.",
        "phones": (Phone(number="(713) 526-2100", e164="+17135262100").model_dump(exclude_defaults=True),),
        "schedules": ({"opening_hours": "Mo-Fr 09:00-17:00"},),
        "languages": ("es",),
        "service_area": {"extent_type": "city", "name": "Houston"},
        "locations": (
            Location(
                location_type="physical", city="Houston", region="TX", latitude=29.76, longitude=-95.37
            ).model_dump(exclude_defaults=True),
        ),
        "eligibility": {"minimum_age": 18, "description": "Adults."},
        "url": "https://example.org/legal",
        "email": "office@example.org",
        "status": "proposed",
        "sources": ("https://example.org/feed",),
        "last_seen": "2026-05-01",
    }


def test_a_package_of_hsds_1_1_is_read_by_its_own_names() -> None:
    content = zipped(
        {
            "organizations.csv": table([{"id": "1", "name": "Lantern House", "url": "www.example.org"}]),
            "services.csv": table([{"id": "7", "organization_id": "1", "name": "Intake", "status": "active"}]),
            "phones.csv": table([{"id": "", "service_id": "7", "number": "713-526-2100", "type": "voice"}]),
            "locations.csv": table([{"id": "3", "organization_id": "1", "latitude": "29.7", "longitude": "-95.3"}]),
            "services_at_location.csv": table([{"id": "9", "service_id": "7", "location_id": "3"}]),
            "physical_addresses.csv": table([{"id": "4", "location_id": "3", "city": "Houston", "country": "US"}]),
            "regular_schedules.csv": table(
                [
                    {"location_id": "3", "weekday": day, "opens_at": "9:00", "closes_at": "17:00"}
                    for day in ("Monday", "Tue")
                ]
            ),
            "eligibilities.csv": table([{"id": "5", "service_id": "7", "eligibility": "Women."}]),
            "taxonomies.csv": table([{"id": "T1", "name": "Legal Aid", "parent_id": ""}]),
            "services_taxonomy.csv": table([{"id": "6", "service_id": "7", "taxonomy_id": "T1"}]),
            "languages.csv": table([{"id": "8", "service_id": "7", "language": "Tagalog"}]),
        }
    )

    found = read(content)

    assert found.refused == ()
    kept = found.drafts[0].service
    assert (kept.kinds, kept.locations[0].city, kept.languages) == (("legal_aid",), "Houston", ("tl",))
    assert (kept.schedules, kept.eligibility) == (
        (Schedule(opening_hours="Mo,Tu 09:00-17:00"),),
        Eligibility(description="Women."),
    )
    assert (kept.phones[0].e164, kept.url) == ("+17135262100", "https://www.example.org")


def test_a_service_of_open_referral_uk_is_read_by_its_own_names() -> None:
    row = {
        "id": "x-1",
        "name": "Safe Steps",
        "status": "active",
        "organization": {"id": "o", "name": "Safe Steps", "url": "https://example.org"},
        "contacts": [{"id": "c", "name": "Ann Persona", "phones": [{"id": "p", "number": "0161 496 0000"}]}],
        "eligibilitys": [{"id": "e", "eligibility": "Over 18", "minimum_age": 18.0, "maximum_age": None}],
        "serviceAreas": [{"id": "s", "serviceArea": "Greater Manchester", "extent": None}],
        "serviceTaxonomys": [{"id": "t", "taxonomy": {"id": "esd:1", "name": "Counselling", "vocabulary": "esd"}}],
        "serviceAtLocations": [
            {
                "id": "l",
                "location": {"id": "m", "physicalAddresses": [{"id": "a", "city": "Manchester", "country": "England"}]},
                "regularSchedule": [{"weekday": "Monday", "opensAt": "10:00", "closesAt": "12:00"}],
            }
        ],
        "costOptions": [{"id": "f", "amount": 0}],
    }

    kept = draft({"content": [row]}).service

    assert (kept.kinds, kept.cost, kept.eligibility.minimum_age) == (("counselling",), "free", 18)
    assert kept.phones[0].e164 == "+441614960000"
    assert kept.schedules == (Schedule(opening_hours="Mo 10:00-12:00"),)
    assert "Persona" not in kept.model_dump_json()


MAPPING = (Path(__file__).parent / "mapping.yml").read_bytes()
SHEET = [
    ["List of March", "", "", "", "", "", "", "", ""],
    ["Who", "Where", "Kind", "Call", "Mobile", "When", "Speaks", "Secret?", "Comment"],
    ["Casa Luz", "Málaga", "Women's house; Advice", "951 00 11 22", "600 11 22 33", "Mo-Fr 09:00-14:00", "es; Arabic", "yes", ""],
    ["Apoyo", "Sevilla", "Advice", "955 00 11 22", "", "by appointment", "es", "", "Ring first"],
]  # fmt: skip


def _xlsx(rows: list[list[str]]) -> bytes:
    book = Workbook()
    sheet = book.create_sheet("Directory")
    for row in rows:
        sheet.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _csv(delimiter: str, encoding: str) -> bytes:
    lines = [delimiter.join(f'"{cell}"' for cell in row) for row in SHEET]
    return "\n".join(lines).encode(encoding)


@every(
    "content",
    [_xlsx(SHEET), _csv(",", "utf-8"), _csv(";", "cp1252"), _csv("\t", "utf-16"), _csv("|", "utf-8-sig")],
)
def test_a_spreadsheet_is_read_with_a_mapping_file(content: bytes) -> None:
    found = read(content, read_mapping(MAPPING))

    assert found.refused == ()
    casa, apoyo = (one.service for one in found.drafts)
    assert (casa.name, casa.kinds) == ("Casa Luz", ("shelter", "domestic_violence", "legal_aid"))
    assert [(one.number, one.type) for one in casa.phones] == [("951 00 11 22", "voice"), ("600 11 22 33", "whatsapp")]
    assert casa.locations == (Location(location_type="virtual", city="Málaga", confidential=True),)
    assert (casa.schedules, casa.languages) == ((Schedule(opening_hours="Mo-Fr 09:00-14:00"),), ("es", "ar"))
    assert apoyo.schedules == (Schedule(hours_note="by appointment"),)
    assert "Ring first" in (apoyo.doubt or "")


def test_a_spreadsheet_in_another_script_is_asked_for_its_encoding() -> None:
    content = _csv(",", "utf-8").decode().replace("Casa Luz", "Дом надежды для всех женщин").encode("cp1251", "replace")

    with pytest.raises(FeedRefused, match="say `encoding:` in a mapping file"):
        read(content.replace(b"Advice", "Совет".encode("cp1251") * 40), read_mapping(MAPPING))
    assert read(content, read_mapping(MAPPING + b"encoding: cp1251\n")).drafts[0].service.name.startswith("Дом")


def test_a_spreadsheet_without_a_mapping_file_is_refused() -> None:
    with pytest.raises(FeedRefused, match="needs a mapping file"):
        read(_csv(",", "utf-8"))


@every(
    ("mapping", "sentence"),
    [
        (b"columns: {service: Nothing}\nskip_lines: 1\n", "There is no column named 'Nothing'"),
        (b"columns: {contact: Who}\n", "The mapping file is not readable: columns contact"),
        (b"kinds: {Refuge: [hotel]}\n", "The mapping file is not readable: kinds Refuge"),
        (b"columns: [\n", "The mapping file is not readable: line 2 is no YAML"),
        (b"columns: {service: Who}\nencoding: klingon\n", "There is no encoding named 'klingon'"),
    ],
)
def test_a_wrong_mapping_file_is_refused_with_the_place(mapping: bytes, sentence: str) -> None:
    with pytest.raises(FeedRefused, match=sentence):
        read(_csv(",", "utf-8"), read_mapping(mapping))


def test_the_official_nested_example_is_read() -> None:
    with ZipFile(HSDS / "hsds-3.2.3-official-examples.zip") as examples:
        found = read(examples.read("service_full.json").replace(b'"US"', b'"GB"'))

    kept = found.drafts[0].service
    assert (kept.name, kept.kinds) == ("Community Counselling", ("counselling",))
    assert (kept.phones[0].number, kept.phones[0].e164) == ("+44 1234 234567", "+441234234567")
    assert kept.schedules[0].opening_hours is None


def test_the_faults_of_the_official_tabular_example_are_named_and_cost_no_row() -> None:
    found = read((HSDS / "hsds-3.2.3-official-examples.zip").read_bytes(), country="GB")

    told = " ".join(f"{remark.row}: {remark.reason}" for remark in found.left_out)
    assert "location 3a19ff88-4620-4d17-9830-ac1d859eb5d5: organization_id 985e4a42" in told
    assert "contact 1e7efce3-639b-4880-940c-b95cd30cdb50: organization_id ae67a707" in told
    assert "service_at_location_id 93eaf18d-1cd2-4ec7-bffb-3c9172ee5070 is no service at location" in told
    assert "taxonomy_term 3f7b145d-84af-42d7-8fae-eaca714b02b2: taxonomy_id 07ff6aee" in told
    # The example's British number stands at an address in the United States.
    assert [remark.reason for remark in found.refused] == [
        "+44 1234 234567 is no number of US, and not in short_codes.yml"
    ]


def test_rows_that_lead_back_to_themselves_are_refused_and_nobody_is_said_to_run_the_service() -> None:
    first = {"id": ORGANIZATION_ID, "name": "A", "parent_organization_id": "B"}
    second = {"id": "B", "name": "B", "parent_organization_id": ORGANIZATION_ID}

    found = read(package(organizations=[first, second]))

    assert [remark.reason for remark in found.refused] == ["parent_organization_id leads back to itself"] * 2
    assert "does not say who runs it" in (found.drafts[0].service.doubt or "")


def test_an_id_on_two_rows_that_differ_in_more_than_their_name_is_trusted_for_neither() -> None:
    found = read(as_bytes([service(), service(minimum_age=21), service(id="other", name="Legal Aid")]))

    assert [one.service.name for one in found.drafts] == ["Legal Aid"]
    assert [remark.reason for remark in found.refused] == [
        "its id stands on 2 rows; 2 of these have its name too and differ, so nobody knows which is right"
    ]


def test_services_that_share_an_id_are_told_apart_by_their_names_and_doubted() -> None:
    rows = [service(name=name) for name in ("Legal Aid", "Shelter", "Counselling")]

    found = read(as_bytes({"content": rows}))

    assert [one.service.name for one in found.drafts] == ["Legal Aid", "Shelter", "Counselling"]
    assert len({one.service.hsds_id for one in found.drafts}) == 3
    assert all("Its id stands on 3 rows of the feed" in (one.service.doubt or "") for one in found.drafts)
    assert found.drafts == read(as_bytes({"content": rows})).drafts


def test_a_row_that_stands_twice_is_taken_once() -> None:
    assert len(read(as_bytes([service(), service()])).drafts) == 1


def test_a_row_that_ends_early_is_read_as_far_as_it_goes() -> None:
    first, second = b"a,b\nLegal Aid\n", b"Shelter,(713) 526-2100\n"

    found = read(first + second, read_mapping(b"columns: {service: a, phones: b}\ncountry: US\n"))

    assert len(found.drafts) + len(found.refused) == 2
