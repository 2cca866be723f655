"""The read API gives others what a person could be given today, in the form of HSDS, and nothing beyond it."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from resources_directory.exchange.api.openapi_document import document
from resources_directory.exchange.api.publication import TAXONOMY_ID
from resources_directory.exchange.api.read_api import ReadApi
from resources_directory.exchange.ids import made_id
from resources_directory.files import change_log
from resources_directory.files.change_log import Change
from resources_directory.files.entries_folder import ENTRIES, read_folder
from tests.resources_directory.exchange.api.open_directory import ADDRESS, PUBLISHED, TODAY, OpenDirectory, opened
from tests.resources_directory.exchange.feed_files import HSDS
from tests.resources_directory.small import rebuilt

OBJECTS = {
    "services": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
SHELTER_TERM = made_id("taxonomy_term", "kind|shelter")
HOUSE = made_id("service", "no-hidden-house")
HAUS = made_id("organization", "NO|Haus")
UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> OpenDirectory:
    return opened(tmp_path_factory.mktemp("open"))


@pytest.fixture
def changing(tmp_path: Path) -> OpenDirectory:
    return opened(tmp_path)


def test_only_what_a_person_could_be_given_in_production_is_published(directory: OpenDirectory) -> None:
    assert directory.names() == PUBLISHED


def test_what_is_held_back_is_gone_everywhere(directory: OpenDirectory) -> None:
    held = frozenset({"no-hidden-house"})

    assert directory.names(held_back=held) == PUBLISHED - {"Hidden house"}
    assert directory.asks(f"services/{HOUSE}", held)[0] == 404
    assert directory.names(held_back=held, taxonomy_term_id=SHELTER_TERM) == set()
    everywhere = [json.dumps(directory.asks(table, held, full="true")) for table in list(OBJECTS)[:3]]
    assert not [answer for answer in everywhere if "Hidden" in answer]


@pytest.mark.parametrize("query", [{"format": "ndjson", "full": "true"}, {"minimal": "true"}, {}])
def test_a_listing_that_somebody_fetches_again_and_again_is_made_once(
    directory: OpenDirectory, query: dict[str, str]
) -> None:
    first, again = [directory.api.answer("services", query.items(), frozenset()) for _ in range(2)]
    assert (first.body is again.body, first.tag) == (True, again.tag)

    held = directory.api.answer("services", query.items(), frozenset({"no-hidden-house"}))
    assert (b"Hidden house" in held.body, held.tag == first.tag) == (False, False)


def test_a_listing_that_somebody_chooses_from_is_not_kept(directory: OpenDirectory) -> None:
    whole = directory.api.answer("services", [("format", "ndjson")], frozenset())
    chosen = directory.api.answer("services", [("format", "ndjson"), ("search", "hidden")], frozenset())
    assert (b"Public office" in whole.body, b"Public office" in chosen.body) == (True, False)
    assert directory.api.answer("services", [("format", "ndjson")], frozenset()).body is whole.body


def test_nothing_that_stewards_keep_to_themselves_is_published(directory: OpenDirectory) -> None:
    told = b"".join(directory.api.answer(table, [("format", "ndjson")], frozenset()).body for table in OBJECTS)
    told += directory.api.answer("services", [("full", "true"), ("per_page", "500")], frozenset()).body

    words = ("Evidence", "doubt", "Heron", "Stork", "Words of the source", "Perhaps at night", "example.org/page")
    assert not [word for word in words if word.encode() in told]


def test_a_hidden_place_is_its_city_and_no_point_on_a_map(directory: OpenDirectory) -> None:
    _, house = directory.asks(f"services/{HOUSE}")

    place = house["service_at_locations"][0]["location"]
    assert (place["location_type"], place["name"]) == ("virtual", "Oslo")
    assert not {"latitude", "longitude", "addresses"} & set(place)


def test_a_check_that_runs_out_takes_a_service_away_on_that_day(directory: OpenDirectory) -> None:
    later = ReadApi(directory.compiled, ADDRESS, directory.folder, lambda: TODAY + timedelta(days=60))

    assert "Hidden house" not in json.dumps(json.loads(later.answer("services", (), frozenset()).body))


def test_a_change_is_published_when_the_hotline_answers_from_it(changing: OpenDirectory) -> None:
    file = changing.folder / "no.yml"
    changing.names()
    file.write_text(file.read_text("utf-8").replace("Public office", "Moved office"), "utf-8")

    assert "Moved office" not in changing.names()
    changing.compiles()
    assert "Moved office" in changing.names()


def test_a_service_that_was_merged_leads_to_the_one_that_stays_while_that_is_published(changing: OpenDirectory) -> None:
    for old, new in (("no-closed", "no-suspended"), ("no-suspended", "no-open-office")):
        change_log.append(Change(id=old, what="merged", who="Heron", when="2026-11-20T10:00:00Z",
                                 reason=f"Into {new}. One office.", after={"status": "closed"}), changing.folder)  # fmt: skip
    gone, stays = made_id("service", "no-closed"), made_id("service", "no-open-office")

    answer = changing.api.answer(f"services/{gone.upper()}", (), frozenset())
    assert (answer.status, answer.location) == (301, f"{ADDRESS}/services/{stays}")
    assert changing.asks(f"services/{gone}", frozenset({"no-open-office"}))[0] == 404
    assert changing.asks(f"organizations/{gone}")[0] == 404


def test_a_broken_file_or_no_directory_leaves_what_was_published(changing: OpenDirectory) -> None:
    changing.names()
    (changing.folder / "no.yml").write_text("country: [", "utf-8")
    changing.compiled.unlink()

    assert changing.names(search="office") == {"Åpen office", "Public office"}


def test_without_a_directory_it_says_so(tmp_path: Path) -> None:
    answer = ReadApi(tmp_path / "none.sqlite", ADDRESS, tmp_path).answer("services", (), frozenset())

    assert (answer.status, json.loads(answer.body)) == (503, {"error": "The directory cannot be read just now."})


@pytest.mark.parametrize(
    ("table", "query", "names"),
    [
        ("services", {"search": "apen OFF"}, {"Åpen office"}),
        ("services", {"search": "wages oslo"}, {"Åpen office"}),
        ("services", {"search": "ffice"}, set()),
        ("services", {"search": ""}, PUBLISHED),
        ("services", {"country": "no"}, PUBLISHED),
        ("services", {"country": "SE"}, set()),
        ("services", {"organization_id": HAUS.upper()}, PUBLISHED),
        ("services", {"organization_id": UNKNOWN}, set()),
        ("services", {"taxonomy_term_id": SHELTER_TERM}, {"Hidden house"}),
        ("services", {"taxonomy_id": TAXONOMY_ID}, PUBLISHED),
        ("services", {"taxonomy_id": UNKNOWN}, set()),
        ("services", {"modified_after": "2026-11-20"}, PUBLISHED),
        ("services", {"modified_after": "2026-11-20T00:00:01+00:00"}, {"National line"}),  # nobody knows when
        ("organizations", {"search": "hidden"}, {"Haus"}),
        ("organizations", {"country": "SE"}, set()),
        ("taxonomies", {}, {"quietline"}),
        ("taxonomy_terms", {"search": "shelter"}, {"shelter"}),
        ("taxonomy_terms", {"parent_id": TAXONOMY_ID}, set()),
    ],
)
def test_a_listing_has_what_the_query_asks_for(
    directory: OpenDirectory, table: str, query: dict[str, str], names: set[str]
) -> None:
    assert directory.names(table, frozenset(), **query) == names


def test_the_last_change_that_was_noted_is_when_it_was_modified(changing: OpenDirectory) -> None:
    noted = Change(id="no-open-office", what="edited", who="Heron", when="2026-11-24T10:00:00Z", after={"name": "Åpen"})
    change_log.append(noted, changing.folder)
    change_log.append(Change(id=noted.id, what="no_answer", who="Heron", when="2026-11-24T12:00:00Z"), changing.folder)

    assert changing.names(modified_after="2026-11-24T11:00:00+02:00") == {"Åpen office", "National line"}
    _, page = changing.asks("services", search="åpen", minimal="true")
    assert page["contents"][0]["last_modified"] == "2026-11-24T10:00:00Z"


def test_pages_follow_each_other_without_a_gap(directory: OpenDirectory) -> None:
    pages = [directory.asks("services", per_page="3", page=str(number))[1] for number in (1, 2, 3)]

    heads = [{name: value for name, value in page.items() if name != "contents"} for page in pages]
    same = {"total_items": 4, "total_pages": 2}
    assert heads == [
        {**same, "page_number": 1, "size": 3, "first_page": True, "last_page": False, "empty": False},
        {**same, "page_number": 2, "size": 1, "first_page": False, "last_page": True, "empty": False},
        {**same, "page_number": 3, "size": 0, "first_page": False, "last_page": True, "empty": True},
    ]
    assert {item["name"] for page in pages for item in page["contents"]} == PUBLISHED


def test_an_organization_names_its_services_or_has_them_whole(directory: OpenDirectory) -> None:
    _, brief = directory.asks(f"organizations/{HAUS}")
    _, whole = directory.asks(f"organizations/{HAUS}", full_service="true")

    assert {service["name"] for service in brief["services"]} == PUBLISHED
    assert "phones" not in brief["services"][0]
    assert all(service["phones"] for service in whole["services"])


def test_a_listing_is_brief_unless_all_is_asked_for(directory: OpenDirectory) -> None:
    _, brief = directory.asks("services", search="public")
    _, whole = directory.asks("services", search="public", full="true")
    _, least = directory.asks("services", search="public", minimal="true")

    assert brief["contents"][0]["organization"]["name"] == "Haus"
    assert not [name for name, value in brief["contents"][0].items() if isinstance(value, list)]
    assert whole["contents"][0]["phones"]
    assert set(least["contents"][0]) == {"id", "name", "status", "last_modified"}


@pytest.mark.parametrize(
    ("table", "query", "says"),
    [
        ("services", {"page": "0"}, "page must be a whole number from 1 to 1000000."),
        ("services", {"page": "9" * 4_000}, "page must be a whole number from 1 to 1000000."),
        ("services", {"page": "１"}, "page must be a whole number from 1 to 1000000."),
        ("services", {"per_page": "501"}, "per_page must be a whole number from 1 to 500."),
        ("services", {"full": "yes"}, "full must be true or false."),
        ("services", {"search": "a\0b"}, "search must be at most 200 letters, without control characters."),
        ("services", {"search": "a" * 8_000}, "search must be at most 200 letters, without control characters."),
        ("services", {"modified_after": "2026-02-30"}, "modified_after must be a moment such as 2026-03-01T00:00:00Z, or a day."),
        ("services", {"taxonomy_term_id": "' OR 1=1"}, "taxonomy_term_id must be an id of this API, a UUID."),
        ("services", {"country": "Norway"}, "country must be two letters."),
        ("services", {"country": "ＮＯ"}, "country must be two letters."),
        ("services", {"format": "xml"}, "format must be json or ndjson."),
        ("taxonomies", {"proximity": "5"}, "There is a parameter that is not known here. Known: search, page, per_page, format."),
        (f"services/{HOUSE}", {"full": "true"}, "There is a parameter that is not known here. Known: none."),
    ],
)  # fmt: skip
def test_a_parameter_that_cannot_be_read_is_named_and_never_repeated(
    directory: OpenDirectory, table: str, query: dict[str, str], says: str
) -> None:
    assert directory.asks(table, frozenset(), **query) == (400, {"error": says})


def test_a_parameter_that_is_there_twice_is_refused(directory: OpenDirectory) -> None:
    answer = directory.api.answer("services", [("page", "1"), ("page", "2")], frozenset())

    assert (answer.status, json.loads(answer.body)) == (400, {"error": "page is there twice."})


@pytest.mark.parametrize(
    "path", ["services/", f"services/{UNKNOWN}", "services/a/b", f"taxonomies/{HOUSE}", "nothing", "services\0", "é"]
)
def test_an_unknown_id_or_path_is_a_404(directory: OpenDirectory, path: str) -> None:
    assert directory.asks(path)[0] == 404


def validator(name: str) -> Draft202012Validator:
    """Return the validator of an object of HSDS 3.0, whose schemas refer to each other in the description of the API."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": document(ADDRESS)["components"]}
    return Draft202012Validator(schema, format_checker=FormatChecker())


@pytest.fixture(scope="module")
def whole(directory: OpenDirectory, tmp_path_factory: pytest.TempPathFactory) -> ReadApi:
    """The directory that ships, with the small one in it for what local services have."""
    compiled = tmp_path_factory.mktemp("whole") / "directory.sqlite"
    folder = tmp_path_factory.mktemp("entries")
    for path in ENTRIES.glob("*.yml"):
        (folder / path.name).symlink_to(path)
    (folder / "no.yml").unlink()
    (folder / "no.yml").symlink_to(directory.folder / "no.yml")
    rebuilt(compiled, *read_folder(folder))
    return ReadApi(compiled, ADDRESS, folder, lambda: TODAY)


def items(api: ReadApi, table: str, form: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yield the objects of all pages, as somebody who fetches them one after the other gets them."""
    number, pages = 1, 1
    while number <= pages:
        query = {**form, "per_page": "200", "page": str(number)}
        page = json.loads(api.answer(table, query.items(), frozenset()).body)
        yield from page["contents"]
        number, pages = number + 1, page["total_pages"]


FORMS: list[tuple[str, dict[str, str]]] = [
    *((table, {}) for table in OBJECTS),
    *((table, {"full": "true"}) for table in ("services", "organizations", "service_at_locations")),
    ("services", {"minimal": "true"}),
    ("organizations", {"full_service": "true"}),
]


@pytest.mark.long
@pytest.mark.parametrize(("table", "form"), FORMS)
def test_every_object_of_every_page_is_valid_hsds(whole: ReadApi, table: str, form: dict[str, str]) -> None:
    found, valid = list(items(whole, table, form)), validator(OBJECTS[table])

    assert len(found) == json.loads(whole.answer(table, (), frozenset()).body)["total_items"] > 0
    assert [error.message for item in found for error in valid.iter_errors(item)] == []


@pytest.mark.long
@pytest.mark.parametrize("version", ["3.0", "3.1-dev"])
def test_a_whole_service_is_valid_by_the_compiled_schema_too(whole: ReadApi, version: str) -> None:
    text = (HSDS / version / "compiled_service_with_definitions.json").read_text("utf-8")
    compiled = Draft202012Validator(json.loads(text), format_checker=FormatChecker())
    lines = whole.answer("services", [("format", "ndjson"), ("full", "true")], frozenset()).body.splitlines()

    assert len(lines) > 500
    assert [error.message for line in lines for error in compiled.iter_errors(json.loads(line))] == []


def test_the_schema_sees_a_fault() -> None:
    assert list(validator("service").iter_errors({"id": HOUSE, "name": "House", "status": "open"}))
    term = {"taxonomy_term": {"id": "no uuid"}, "id": HOUSE}
    assert list(validator("attribute").iter_errors(term))


def test_the_first_page_says_which_hsds_it_speaks_and_where_it_is_described(directory: OpenDirectory) -> None:
    _, about = directory.asks("")
    _, described = directory.asks("openapi.json")

    assert (about["version"], about["openapi_url"]) == ("3.0", f"{ADDRESS}/openapi.json")
    assert (described["openapi"], described["servers"]) == ("3.1.0", [{"url": ADDRESS}])
    paths = {f"/{table}{rest}" for table in OBJECTS for rest in ("", "/{id}")}
    assert set(described["paths"]) == {"/", *paths}
    assert {name for path in described["paths"].values() for name in path} == {"get"}
