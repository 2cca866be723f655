"""What would lead somebody to the door of a shelter, or name a person, does not get in."""

from typing import Any

import pytest

from resources_directory.exchange.places.secrecy import ShareableFields
from resources_directory.model.hsds import Location
from tests.every import every
from tests.resources_directory.exchange.feed_files import draft, refusal, service

HIDDEN = (Location(location_type="virtual", city="Houston", region="TX", confidential=True),)


@every(
    "changes",
    [
        {"name": "Emergency Shelter"},
        {"name": "Women's Refuge and Legal Aid"},
        {"name": "Frauenhaus Rechtsberatung"},
        {"description": "The address is confidential."},
        {"alert": "Undisclosed location."},
        {"attributes": [{"id": "x", "taxonomy_term": {"name": "Domestic Violence Shelters"}}]},
    ],
)
@every("keep_addresses", [False, True])
def test_a_hidden_place_is_its_city_and_nothing_else(changes: dict[str, Any], keep_addresses: bool) -> None:
    kept = draft(service(**changes), keep_addresses=keep_addresses).service

    assert kept.locations == HIDDEN
    told = kept.model_dump_json()
    assert not [secret for secret in ("Main Street", "77002", "29.7", "95.3") if secret in told]
    assert "hidden place" in (kept.doubt or "")


@every(
    ("sentence", "kept"),
    [
        ("We help. Come to 12 Main Street. Ring first.", "We help. Ring first."),
        ("We help. The house is at 4 Oak Avenue. Ring first.", "We help. Ring first."),
        ("We help. Zip 77002. Ring first.", "We help. Ring first."),
        ("We help. Ask for Ann Persona. Ring first.", "We help. Ring first."),
        ("We help. Write to ann@example.org. Ring first.", "We help. Ring first."),
        ("Siamo in Via Roma 5. Chiamare prima.", "Chiamare prima."),
        ("Ulica Długa 7, Warszawa. Zadzwoń.", "Zadzwoń."),
    ],
)
def test_a_sentence_that_tells_the_door_or_a_person_is_left_out(sentence: str, kept: str) -> None:
    row = service(name="Emergency Shelter", description=sentence)
    row["contacts"] = [{"id": "c", "name": "Ann Persona", "email": "ann@example.org"}]

    assert draft(row).service.description == kept


DOORS = {
    "US": [
        "We are at 45 Maple Terrace.", "Ask at No. 12", "24/7 Sukhumvit Road", "On Maple Street.",
        "See https://maps.app.goo.gl/abc", "See maps.google.com/?q=x", "See example.org",
        "29.7604, -95.3698", "29.7604 -95.3698", "29.76, -95.37", "8FVC9G8F+6X", "///filled.count.soap",
    ],
    "GB": ["12 Elm Close"],
    "DE": [
        "Hauptstr. 5", "Lindenweg 3", "Schillerplatz 2", "Rosenhof 12h.", "Haus 12 am Markt.",
        "In der Lindenstraße, gegenüber der Kirche.", "+52.52000+13.40500/",
    ],
    "RO": ["Str. Florilor 10"],
    "FR": ["Bd Voltaire 12"],
    "BR": ["Av. Paulista 1000"],
    "ES": ["C/ Mayor 5"],
    "HU": ["Kossuth utca 5"],
    "TR": ["Atatürk Sokak 12"],
    "ID": ["Jalan Melati No 7"],
    "TH": ["อยู่ที่ ถนนสุขุมวิท 24/7"],
    "VN": ["Số 5 đường Láng"],
    "JP": ["新宿三丁目", "新宿区1-2-3"],
    "CN": ["中山路12号"],
    "GR": ["Οδός Ερμού 5"],
    "UA": ["просп. Перемоги 10"],
    "RU": ["Мы на ул. Ленина."],
    "SA": ["شارع الملك ١٢"],
    "IN": ["मकान १२"],
}  # fmt: skip
NO_DOORS = {
    "US": [
        "For women over 18.", "Women 18 and older, 24/7.", "Women 18+ with children.", "Ages 13 to 22.",
        "Call (713) 526-2100 at any hour.", "Call 713.526.2100.", "Extension 5.", "Stay up to 30 days.",
        "From 9:00 to 17:00.", "9am-5pm, 9 am to 5 pm.", "A 60-day stay.",
        "Outreach to people who live on the street.",
    ],
    "ES": ["Llame al 914 11 32 32.", "Mujeres de 18 a 30 años, de 9 a 17 h."],
    "DE": ["Für Frauen ab 18 Jahren, 24 Stunden, 9-17 Uhr, bis 90 Tage."],
    "FR": ["24h/24, 7j/7, de 18 à 25 ans, de 9h à 17h."],
    "RU": ["Женщины от 18 лет, 24 часа, до 30 дней."],
    "JP": ["18歳以上の女性、24時間。"],
    "TH": ["อายุ 18 ปี ตลอด 24 ชั่วโมง"],
    "SA": ["للنساء فوق 18 سنة، 24 ساعة"],
}  # fmt: skip


@every(("country", "sentence"), [(country, one) for country in DOORS for one in DOORS[country]])
def test_whatever_may_be_a_door_is_not_said_of_a_hidden_place(country: str, sentence: str) -> None:
    assert ShareableFields(True, country, frozenset()).cleaned(sentence) is None


@every(("country", "sentence"), [(country, one) for country in NO_DOORS for one in NO_DOORS[country]])
def test_ages_hours_phones_and_days_are_said_of_a_hidden_place(country: str, sentence: str) -> None:
    assert ShareableFields(True, country, frozenset()).cleaned(sentence) == sentence


@every(
    ("text", "kept"),
    [
        ("Wir helfen. Wir sind in der Hauptstr. 5. Rufen Sie an.", "Wir helfen. Rufen Sie an."),
        ("Come to Maple St. Number 45. Ring first.", "Ring first."),
        ("我们帮助。地址是中山路12号。请打电话。", "我们帮助。 请打电话。"),
    ],
)
def test_a_street_and_its_number_go_together(text: str, kept: str) -> None:
    assert ShareableFields(True, "DE", frozenset()).cleaned(text) == kept


def test_a_place_that_is_not_hidden_keeps_its_streets() -> None:
    assert draft(service(description="Come to 5 Oak Avenue.")).service.description == "Come to 5 Oak Avenue."


@pytest.mark.parametrize("name", ["Shelter 12 Main Street", "Shelter Lindenweg 3"])
def test_a_name_that_tells_the_address_refuses_the_row(name: str) -> None:
    assert refusal(service(name=name)) == "its name tells an address or a person"


def test_a_number_may_be_a_part_of_a_name() -> None:
    assert draft(service(name="A21 Shelter")).service.name == "A21 Shelter"


@every(
    ("url", "kept"),
    [
        ("https://example.org/help", "https://example.org/help"),
        ("https://maps.google.com/?q=x", None),
        ("https://goo.gl/x", None),
        ("https://example.org/@29.7604,-95.3698", None),
    ],
)
def test_a_map_is_no_page_of_a_hidden_place(url: str, kept: str | None) -> None:
    assert draft(service(name="Emergency Shelter", url=url)).service.url == kept


def test_an_address_that_is_public_is_kept_only_when_asked_for() -> None:
    assert draft(service()).service.locations[0].address is None
    assert draft(service(), keep_addresses=True).service.locations[0].address == "12 Main Street, 77002"


def test_coordinates_are_no_finer_than_a_kilometre() -> None:
    place = draft(service(), keep_addresses=True).service.locations[0]

    assert (place.latitude, place.longitude) == (29.76, -95.37)


@every(("latitude", "longitude"), [(0, 0), (100, 101), ("x", 3), (None, 3)])
def test_coordinates_that_can_not_be_are_left_out(latitude: Any, longitude: Any) -> None:
    row = service()
    row["service_at_locations"][0]["location"] |= {"latitude": latitude, "longitude": longitude}

    assert draft(row).service.locations[0].latitude is None


def test_names_and_mails_of_contact_persons_are_not_kept() -> None:
    row = service(email="ann@example.org", assurer_email="ann@example.org")
    row["contacts"] = [
        {"id": "c", "name": "Ann Persona", "email": "ann@example.org", "phones": [{"number": "713-526-2101"}]}
    ]

    found = draft(row)

    assert [phone.number for phone in found.service.phones] == ["(713) 526-2100", "713-526-2101"]
    assert not [name for name in ("Ann", "Persona", "ann@") if name in found.service.model_dump_json()]


def test_nothing_that_is_imported_is_served() -> None:
    kept = draft(service(status="active")).service

    assert (kept.status, kept.verified, kept.checked_on, kept.trusted) == ("proposed", False, None, False)
