"""What a mapping file states for every row counts for every row, of a spreadsheet and of an HSDS feed."""

import pytest

from resources_directory.exchange.feeds.mapping import read_mapping
from resources_directory.exchange.feeds.refusal import FeedRefused
from tests.every import every
from tests.resources_directory.exchange.feed_files import as_bytes, read, service, table, zipped

COLUMNS = b"columns: {id: No, service: Title, kinds: Type, phones: Phone}\ncountry: US\n"
# As a legal directory publishes itself: no kind of ours, no place, several ways to write a number.
LEGAL = table(
    [
        {"No": "1", "Title": "Help desk", "Type": "Self-help center", "Phone": "312-555-0100"},
        {"No": "2", "Title": "Warren clinic", "Type": "Direct representation", "Phone": "(312) 555-0101; (312) 555-0102"},
        {"No": "3", "Title": "Lawyer finder", "Type": "", "Phone": "no phone"},
        {"No": "4", "Title": "Emergency Shelter Project", "Type": "Direct representation", "Phone": "312.555.0103"},
    ]
).encode()  # fmt: skip


@pytest.mark.parametrize("key", [b"kinds", b"kind"])
def test_a_constant_kind_is_given_to_every_row(key: bytes) -> None:
    mapping = read_mapping(COLUMNS + b"constants: {%s: legal_aid, area: Illinois}\n" % key)

    found = read(LEGAL, mapping)

    assert found.refused == ()
    assert [one.service.kinds[0] for one in found.drafts] == ["legal_aid"] * 4
    assert [len(one.service.phones) for one in found.drafts] == [1, 2, 0, 1]


def test_a_word_of_the_row_adds_to_a_constant_kind() -> None:
    found = read(LEGAL, read_mapping(COLUMNS + b"constants: {kinds: legal_aid, area: Illinois}\n"))

    assert found.drafts[3].service.kinds == ("legal_aid", "shelter")


def test_a_constant_may_be_several_kinds_or_a_word_of_the_feed() -> None:
    mapping = read_mapping(
        COLUMNS + b"constants: {kinds: Beratung; migrant, area: Illinois}\nkinds: {Beratung: counselling}\n"
    )

    assert read(LEGAL, mapping).drafts[0].service.kinds == ("counselling", "migrant")


def test_a_constant_that_is_no_kind_refuses_the_feed() -> None:
    with pytest.raises(
        FeedRefused, match="The constant kind 'soup' of the mapping file means none of ours: trafficking, "
    ):
        read(LEGAL, read_mapping(COLUMNS + b"constants: {kinds: soup}\n"))


HSDS = zipped(
    {
        "organizations.csv": table([{"id": "1", "name": "Lantern House"}]),
        "services.csv": table(
            [{"id": str(number), "organization_id": str(number), "name": f"Help desk {number}"} for number in (1, 2, 3)]
        ),
        "locations.csv": table([{"id": "5", "organization_id": "9", "name": "Downtown"}]),
        "phones.csv": table([{"location_id": "5", "number": "312-555-0100"}]),
        "service_at_location.csv": table([{"location_id": "5", "service_id": "1,2,3"}]),
    }
)


def test_constants_fill_what_an_hsds_feed_leaves_empty() -> None:
    mapping = read_mapping(
        b"country: US\nconstants: {kinds: legal_aid, area: Illinois, languages: en; es, operated_by: ngo}\n"
    )

    found = read(HSDS, mapping)

    assert [one.service.name for one in found.drafts] == ["Help desk 1", "Help desk 2", "Help desk 3"]
    assert {one.service.kinds for one in found.drafts} == {("legal_aid",)}
    assert {one.service.service_area.name for one in found.drafts} == {"Illinois"}
    assert {one.service.languages for one in found.drafts} == {("en", "es")}
    assert {one.operated_by for one in found.drafts} == {"ngo"}


def test_a_list_of_services_in_one_cell_is_one_place_for_each() -> None:
    found = read(HSDS, read_mapping(b"country: US\nconstants: {kinds: legal_aid, area: Illinois}\n"))

    assert [[phone.number for phone in one.service.phones] for one in found.drafts] == [["312-555-0100"]] * 3


def test_a_service_whose_organization_is_missing_is_taken_with_a_doubt() -> None:
    found = read(HSDS, read_mapping(b"country: US\nconstants: {kinds: legal_aid, area: Illinois}\n"))

    assert [one.organization for one in found.drafts] == ["Lantern House", "Help desk 2", "Help desk 3"]
    assert "does not say who runs it" in (found.drafts[1].service.doubt or "")
    assert ("service 2", "organization_id 2 is no organization of this feed") in [
        (one.row, one.reason) for one in found.left_out
    ]


def test_a_constant_overwrites_nothing() -> None:
    row = service(service_areas=[{"name": "Texas", "extent_type": "state"}])

    found = read(as_bytes(row), read_mapping(b"constants: {area: Illinois, languages: fr, note: Ring first}\n"))

    kept = found.drafts[0].service
    assert (kept.service_area.name, kept.languages) == ("Texas", ("es",))
    assert "Ring first" in (kept.doubt or "")


@every("name", ["city", "latitude", "phones"])
def test_a_constant_that_only_a_spreadsheet_has_refuses_an_hsds_feed(name: str) -> None:
    with pytest.raises(FeedRefused, match=f"The constant '{name}' of the mapping file is only for spreadsheets"):
        read(as_bytes(service()), read_mapping(f"constants: {{{name}: x}}\n".encode()))


def test_a_cell_of_many_areas_is_all_of_them() -> None:
    mapping = read_mapping(b"columns: {service: a, area: b}\nconstants: {kinds: legal_aid}\ncountry: US\n")

    found = read(b"a,b\nDesk,Broward County; Collier County; Lee County; Palm Beach County; Monroe County\n", mapping)

    assert found.drafts[0].service.service_area.name == (
        "Broward County, Collier County, Lee County, Palm Beach County, Monroe County"
    )
