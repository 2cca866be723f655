"""What is exported and imported again is the same, in both forms."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources_directory.exchange.changes.merging import FIELDS
from resources_directory.exchange.changes.plan import plan
from resources_directory.exchange.export import export_services, export_tables
from resources_directory.exchange.export.export_services import ExportEntry
from resources_directory.exchange.ids import exported_id
from resources_directory.files.entries_folder import ENTRIES, read_folder
from resources_directory.model.hsds import (
    Eligibility,
    Kind,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceArea,
)
from tests.resources_directory.exchange.feed_files import TODAY, as_bytes, read

VOCABULARY = ["help", "house", "women", "ayuda", "مساعدة", "помощь", "帮助", "free", "all", "day"]
WORDS = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=5)
TEXTS = WORDS.map(" ".join)
MAYBE = st.none() | TEXTS
PHONES = st.sampled_from(
    [
        Phone(number="22 00 11 22", e164="+4722001122"),
        Phone(number="22 00 11 23", e164="+4722001123", description="The office", languages=("en", "prs")),
        Phone(number="+47 22 00 11 24", e164="+4722001124", from_abroad=True),
        Phone(number="116 123"),
        Phone(number="22 00 11 25", type="whatsapp"),
        Phone(number="116 111", type="text", word="HELP"),
        Phone(number="22 00 11 26", e164="+4722001126", type="tty"),
    ]
)
SCHEDULES = st.sampled_from(
    [
        Schedule(always=True),
        Schedule(opening_hours="Mo-Fr 09:00-17:00; Sa 10:00-12:00"),
        Schedule(opening_hours="Mo-Fr 09:00-12:00,13:00-17:00; PH off"),
        Schedule(hours_note="by appointment, ring first"),
    ]
)
PLACES = [
    Location(
        location_type="physical", city="Oslo", region="Oslo", latitude=59.91, longitude=10.75, address="Storgata 1"
    ),
    Location(location_type="postal", city="Bergen"),
    Location(location_type="virtual", city="Tromsø", confidential=True),
]
AREAS = [
    ServiceArea(),
    ServiceArea(extent_type="region", name="Viken"),
    ServiceArea(extent_type="city", name="Oslo"),
]
ELIGIBILITIES = st.builds(
    Eligibility,
    genders=st.sampled_from([(), ("female",), ("female", "other")]),
    minimum_age=st.none() | st.integers(0, 30),
    maximum_age=st.none() | st.integers(31, 120),
    with_children=st.none() | st.booleans(),
    without_papers=st.none() | st.booleans(),
    description=MAYBE,
)
NOTICES = ["line_warn_police", "know_by_referral", "know_appointment", "know_interpreters"]


@st.composite
def services(draw: st.DrawFn) -> Service:
    hidden = draw(st.booleans())
    places = [place for place in PLACES if place.confidential == hidden]
    kinds: list[Kind] = ["shelter", "crisis"] if hidden else ["legal_aid", "trafficking", "migrant"]
    people = draw(st.sampled_from([(), ("men",), ("young", "lgbt")]))
    service = Service(
        id="no-house",
        name=draw(TEXTS).title(),
        kinds=tuple(draw(st.permutations(kinds))),
        description=draw(MAYBE),
        phones=tuple(draw(st.lists(PHONES, unique=True, max_size=4))),
        schedules=tuple(draw(st.lists(SCHEDULES, unique=True, max_size=3))),
        languages=tuple(
            draw(st.lists(st.sampled_from(["en", "no", "tl", "zh", "prs", "mul"]), unique=True, max_size=4))
        ),
        service_area=draw(st.sampled_from(AREAS)),
        locations=tuple(draw(st.lists(st.sampled_from(places), unique=True, max_size=2))),
        cost=draw(st.sampled_from([None, "free", "local_call", "paid"])),
        eligibility=draw(ELIGIBILITIES),
        nationals=draw(st.sampled_from([(), ("PH",), ("ID", "NP")])),
        before_you_call=tuple(draw(st.lists(st.sampled_from(NOTICES), unique=True, max_size=3))),
        before_you_call_note=draw(MAYBE),
        url=draw(st.sampled_from([None, "https://example.org/a?b=c"])),
        chat=draw(st.sampled_from([None, "https://example.org/chat"])),
        email=draw(st.sampled_from([None, "office@example.org"])),
        status="proposed",
    )
    return service.model_copy(update={"people": people})


def entry(service: Service) -> ExportEntry:
    runs = Organization(name="Haus", operated_by="state", description="Runs it.", services=(service,))
    # A proposed service is exported as inactive, and that is refused: it is told as one in service.
    return ExportEntry("NO", runs, service)


def told(service: Service) -> dict[str, Any]:
    return export_services.nested(entry(service)) | {"status": "active"}


def as_json(service: Service) -> bytes:
    return as_bytes([told(service)])


def as_tables(service: Service) -> bytes:
    return export_tables.package([told(service)])


@pytest.mark.long
@pytest.mark.parametrize("form", [as_json, as_tables])
@given(service=services())
@settings(max_examples=120, deadline=None)
def test_a_service_comes_back_as_it_went(form: Any, service: Service) -> None:
    found = read(form(service), keep_addresses=True)

    assert (found.refused, found.left_out) == ((), ())
    (draft,) = found.drafts
    assert (draft.country, draft.organization, draft.operated_by, draft.description) == (
        "NO",
        "Haus",
        "state",
        "Runs it.",
    )
    assert (draft.wished_id, draft.service.hsds_id) == ("no-house", exported_id(service))
    assert {name: getattr(draft.service, name) for name in FIELDS} == {name: getattr(service, name) for name in FIELDS}


@pytest.mark.long
@pytest.mark.parametrize("form", ["json", "csv"])
def test_the_whole_directory_comes_back_unchanged(form: str) -> None:
    entries = list(read_folder(ENTRIES))
    rows = [export_services.nested(one) for one in export_services.chosen(entries, TODAY)]
    content = export_tables.package(rows) if form == "csv" else json.dumps(rows).encode()

    made = plan(read(content), entries)

    assert (made.new, made.changed) == ((), ())
    assert (made.kept, made.refused, made.left_out) == ((), (), ())
    assert len(made.unchanged) == len(rows)
