"""A cell with several numbers is several phones, each with what stands beside it; a name beside a number is nobody's business."""

import pytest

from resources_directory.exchange.feeds.feed_row import PhoneRow
from resources_directory.exchange.fields.number_cells import apart
from tests.every import every
from tests.resources_directory.exchange.feed_files import as_bytes, draft, read, refusal, service


@every(
    ("cell", "phones"),
    [
        ("tdd: 305-555-0100, main: 305-555-0101", [("305-555-0100", "tty", "tdd"), ("305-555-0101", None, "main")]),
        (
            "tollfree: 800-555-0100, tdd: 305-555-0101, main: 305-555-0102",
            [("800-555-0100", None, "tollfree"), ("305-555-0101", "tty", "tdd"), ("305-555-0102", None, "main")],
        ),
        ("(312) 555-0100; (312) 555-0101", [("(312) 555-0100", None, None), ("(312) 555-0101", None, None)]),
        ("(312) 555-0100 or (312) 555-0101", [("(312) 555-0100", None, None), ("(312) 555-0101", None, None)]),
        ("+49 89 123456 / +49 89 123457", [("+49 89 123456", None, None), ("+49 89 123457", None, None)]),
        ("03-1234-5678、03-1234-5679", [("03-1234-5678", None, None), ("03-1234-5679", None, None)]),
        ("Tel. 030 12345678, Fax: 030 12345679", [("030 12345678", None, None), ("030 12345679", "fax", "Fax")]),
        ("Office: (212) 555-0100 x5; TTY 711", [("(212) 555-0100 x5", None, "Office"), ("711", "tty", "TTY")]),
        ("WhatsApp: +34 600 112 233", [("+34 600 112 233", "whatsapp", "WhatsApp")]),
        ("1-866-555-0100 (24 hour crisis line)", [("1-866-555-0100", None, "24 hour crisis line")]),
        ("847-RIGHTS-9 (847-744-4879)", [("847-744-4879", None, None)]),
        ("1-800-799-SAFE (7233)", [("1-800-799-SAFE", None, None)]),
        # One number, however it is written.
        *((one, [(one, None, None)]) for one in ("089/123456", "116 123", "+1 (713) 526-2100", "(713) 526-2100, ext. 12")),
        *((one, []) for one in ("no phone", "N/A", "-", "none")),
    ],
)  # fmt: skip
def test_a_cell_is_as_many_phones_as_it_has_numbers(
    cell: str, phones: list[tuple[str, str | None, str | None]]
) -> None:
    found = [one.row for one in apart(PhoneRow(number=cell))]

    assert [(one.number, one.type, one.description) for one in found] == phones


@pytest.mark.parametrize("cell", ["Ann Persona: 713-526-2100", "713-526-2100 (ask for Ann)", "713-526-2100 - Persona"])
def test_what_may_be_a_name_beside_a_number_is_left_out_and_that_is_said(cell: str) -> None:
    found = read(as_bytes(service(phones=[{"number": cell}])))

    assert [(phone.number, phone.description) for phone in found.drafts[0].service.phones] == [("713-526-2100", None)]
    assert [one.reason for one in found.left_out] == ["words beside a number are left out: they may be a name"]


def test_the_numbers_of_a_cell_become_phones_of_the_service() -> None:
    kept = draft(service(phones=[{"number": "tdd: 713-526-2101, main: 713-526-2100, fax: 713-526-2102"}])).service

    assert [(one.number, one.type, one.description) for one in kept.phones] == [
        ("713-526-2101", "tty", "tdd"),
        ("713-526-2100", "voice", "main"),
    ]


def test_a_wrong_number_of_a_cell_costs_only_itself() -> None:
    found = read(as_bytes(service(phones=[{"number": "713-526-21000; 713-526-2100"}])))

    assert [one.number for one in found.drafts[0].service.phones] == ["713-526-2100"]
    assert len(found.left_out) == 1


# What a call costs

PREMIUM = {
    "US": ("Houston", "1-900-234-5678"),
    "GB": ("London", "0909 879 0000"),
    "FR": ("Paris", "0 891 23 45 67"),
    "DE": ("Berlin", "0900 1 123456"),
}


@every(("country", "city", "number"), [(country, *rest) for country, rest in PREMIUM.items()])
def test_a_premium_number_is_refused(country: str, city: str, number: str) -> None:
    row = service(phones=[{"number": number}])
    row["service_at_locations"][0]["location"] = {"addresses": [{"city": city, "country": country}]}

    assert refusal(row) == f"{number} is a premium number: a call costs far more than others"


@every(
    ("country", "city", "number"),
    [
        ("DE", "Berlin", "0180 1 234567"),
        ("FR", "Paris", "0 820 12 34 56"),
        ("ES", "Madrid", "902 12 34 56"),
        ("GB", "London", "0845 123 4567"),
    ],
)
def test_a_number_that_costs_more_than_others_is_doubted(country: str, city: str, number: str) -> None:
    row = service(phones=[{"number": number}])
    row["service_at_locations"][0]["location"] = {"addresses": [{"city": city, "country": country}]}

    assert f"A call to {number} may cost more than an ordinary one" in (draft(row).service.doubt or "")


def test_a_free_number_is_not_doubted() -> None:
    assert "may cost" not in (draft(service(phones=[{"number": "1-888-373-7888"}])).service.doubt or "")
