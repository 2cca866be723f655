"""A number gets in when it can be dialled, and a dead one never."""

from typing import Any

import pytest

from tests.every import every
from tests.resources_directory.exchange.feed_files import as_bytes, draft, read, refusal, service


def phones(*numbers: Any) -> list[dict[str, Any]]:
    return [number if isinstance(number, dict) else {"number": number} for number in numbers]


@every(
    ("told", "number", "e164"),
    [
        ("713.526.2100", "713-526-2100", "+17135262100"),
        ('"+1 713 526 2100"', "+1 713 526 2100", "+17135262100"),
        ("1-800-799-SAFE", "(800) 799-7233", "+18007997233"),
        ("988", "988", None),
        ("(713) 526-2100 ext. 12", "(713) 526-2100", "+17135262100"),
    ],
)
def test_a_number_is_written_as_it_is_dialled(told: str, number: str, e164: str | None) -> None:
    found = draft(service(phones=phones(told))).service.phones[0]

    assert (found.number, found.e164) == (number, e164)


def test_an_extension_is_told() -> None:
    assert draft(service(phones=phones({"number": "7135262100", "extension": 7}))).service.phones[0].description == (
        "Extension 7."
    )


@every(
    ("kind", "ours"),
    [("voice", "voice"), ("cell", "voice"), ("sms", "text"), ("text", "text"), ("textphone", "tty"), (None, "voice")],
)
def test_the_kind_of_a_number_is_ours(kind: str | None, ours: str) -> None:
    assert draft(service(phones=phones({"number": "7135262100", "type": kind}))).service.phones[0].type == ours


@pytest.mark.parametrize("fax", [{"type": "fax"}, {"description": "Fax of the office"}])
def test_a_fax_is_not_given_to_callers(fax: dict[str, str]) -> None:
    assert draft(service(phones=phones({"number": "7135262100"} | fax))).service.phones == ()


@every(
    ("told", "reason"),
    [
        ("1-800-273-8255", "1-800-273-8255 is on the list of dead numbers"),
        ("+1 (800) 273-8255", "+1 (800) 273-8255 is on the list of dead numbers"),
        ("1-800-273-TALK", "1-800-273-TALK is on the list of dead numbers"),
        ("call us", "call us is no phone number"),
        ("713-526-21", "713-526-21 is no number of US, and not in short_codes.yml"),
        ("+44 161 496 0000", "+44 161 496 0000 is no number of US, and not in short_codes.yml"),
        ("321", "321 is no number of US, and not in short_codes.yml"),
    ],
)
def test_a_row_whose_only_number_is_dead_or_wrong_is_refused(told: str, reason: str) -> None:
    assert refusal(service(phones=phones(told))) == reason


def test_a_short_number_that_is_dead_is_refused() -> None:
    row = service(phones=phones("141"))
    row["service_at_locations"][0]["location"]["addresses"][0] |= {"country": "BR", "city": "Recife"}

    assert refusal(row) == "141 is on the list of dead numbers"


def test_a_number_that_is_dead_in_the_country_where_it_rings_is_refused() -> None:
    row = service(phones=phones("1-800-273-8255"))
    row["service_at_locations"][0]["location"]["addresses"][0] |= {"country": "CA", "city": "Toronto"}

    assert refusal(row) == "1-800-273-8255 is on the list of dead numbers"


def test_a_wrong_number_beside_a_good_one_is_left_out_and_named() -> None:
    found = read(as_bytes(service(phones=phones("713-526-21", "7135262100"))))

    assert [phone.number for phone in found.drafts[0].service.phones] == ["7135262100"]
    assert [remark.reason for remark in found.left_out] == ["713-526-21 is no number of US, and not in short_codes.yml"]


def test_the_number_of_the_organization_is_taken_only_when_there_is_no_other() -> None:
    row = service(phones=[])
    row["organization"]["phones"] = phones("7135262199")

    assert draft(row).service.phones[0].number == "7135262199"
    assert draft(row | {"phones": phones("7135262100")}).service.phones[0].number == "7135262100"


@every(
    ("changes", "options", "country"),
    [
        ({}, {}, "US"),
        ({"service_at_locations": [], "service_areas": [{"name": "Spain", "extent_type": "country"}]}, {}, "ES"),
        (
            {"service_at_locations": [], "service_areas": [{"name": "IN", "extent_type": "state"}]},
            {"country": "US"},
            "US",
        ),
    ],
)
def test_the_country_comes_from_the_address_the_area_or_the_steward(
    changes: dict[str, Any], options: dict[str, Any], country: str
) -> None:
    assert draft(service(phones=[], **changes), **options).country == country


@every(
    ("changes", "reason"),
    [
        ({"service_at_locations": []}, "no country is told: import it with --country"),
        ({"name": "Food Pantry"}, "no kind of help is known for 'Food Pantry': add it under kinds in a mapping file"),
        (
            {"name": "Animal shelter"},
            "no kind of help is known for 'Animal shelter': add it under kinds in a mapping file",
        ),
        ({"status": "defunct"}, "the feed says that it is defunct"),
        ({"name": ""}, "it has no name"),
        ({"id": None}, "it has no id"),
    ],
)
def test_a_row_that_can_not_be_an_entry_is_refused_with_the_reason(changes: dict[str, Any], reason: str) -> None:
    assert refusal(service(**changes)) == reason


def test_a_row_without_any_place_is_refused_so_that_no_country_is_sent_there() -> None:
    assert refusal(service(service_at_locations=[]), country="US").startswith("no place is told")


@every(
    ("name", "operated_by", "notices"),
    [
        ("Lantern House", "ngo", ()),
        ("Harris County Sheriff", "police", ("line_warn_police",)),
        ("Ministry of Labour", "state", ("line_warn_state",)),
    ],
)
def test_the_police_and_the_state_are_announced(name: str, operated_by: str, notices: tuple[str, ...]) -> None:
    row = service()
    row["organization"]["name"] = name

    found = draft(row)

    assert (found.operated_by, found.service.before_you_call) == (operated_by, notices)
