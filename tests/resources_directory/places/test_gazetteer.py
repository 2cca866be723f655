"""What people answer to "where are you?", in their own script and spelling, and which place it is."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources_directory.model.place import Region
from resources_directory.places.gazetteer import Gazetteer
from tests.resources_directory.labels import labels


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("köln", "Köln, Germany"),
        ("KOLN", "Köln, Germany"),
        ("sao paulo", "São Paulo, Brazil"),
        ("tp. Hồ Chí Minh", "Ho Chi Minh City, Vietnam"),
        ("Đà Nẵng", "Da Nang, Vietnam"),
        ("Łódź", "Łódź, Poland"),
        ("مانيلا", "Manila, Philippines"),
        ("دبي", "Dubai, United Arab Emirates"),
        ("دبی", "Dubai, United Arab Emirates"),
        ("تهران", "Tehran, Iran"),
        ("لاہور", "Lahore, Pakistan"),
        ("Київ", "Kyiv, Ukraine"),
        ("Москва", "Moscow, Russia"),
        ("मुंबई", "Mumbai, India"),
        ("ঢাকা", "Dhaka, Bangladesh"),
        ("กรุงเทพฯ", "Bangkok, Thailand"),
        ("河内市", "Hanoi, Vietnam"),
        ("河內", "Hanoi, Vietnam"),
        ("紐約", "New York City, New York"),
        ("서울", "Seoul, South Korea"),
        ("東京", "Tokyo, Japan"),
        ("አዲስ አበባ", "Addis Ababa, Ethiopia"),
        ("Αθήνα", "Athens, Greece"),
        ("nyc", "New York City, New York"),
        ("City of Houston", "Houston, Texas"),
    ],
)
def test_a_city_is_found_in_any_script(gazetteer: Gazetteer, text: str, city: str) -> None:
    assert labels(gazetteer, text)[0] == city


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("in Manila", "Manila, Philippines"),
        ("estoy en Houston", "Houston, Texas"),
        ("je suis à Lyon", "Lyon, France"),
        ("em Lisboa", "Lisbon, Portugal"),
        ("în București", "Bucharest, Romania"),
        ("у Києві", "Kyiv, Ukraine"),
        ("я в Москве", "Moscow, Russia"),
        ("أنا في بيروت", "Beirut, Lebanon"),
        ("بالرياض", "Riyadh, Saudi Arabia"),
        ("بدبي", "Dubai, United Arab Emirates"),
        ("در کابل", "Kabul, Afghanistan"),
        ("दिल्ली में", "Delhi, India"),
        ("کراچی میں", "Karachi, Pakistan"),
        ("ঢাকায়", "Dhaka, Bangladesh"),
        ("我在北京", "Beijing, China"),
        ("tôi ở Hà Nội", "Hanoi, Vietnam"),
        ("อยู่กรุงเทพ", "Bangkok, Thailand"),
        ("nasa Davao City po", "Davao, Philippines"),
        ("서울에서", "Seoul, South Korea"),
        ("w Warszawie", "Warsaw, Poland"),
        ("İstanbul'dayım", "Istanbul, Türkiye"),
        ("I live near dallas texas please help", "Dallas, Texas"),
        ("I am from Manila but now in Dubai", "Dubai, United Arab Emirates"),
    ],
)
def test_words_around_a_city_do_not_hide_it(gazetteer: Gazetteer, text: str, city: str) -> None:
    assert labels(gazetteer, text)[0] == city


@pytest.mark.parametrize(
    ("text", "country", "city"),
    [
        ("makati", "PH", "Makati City, Philippines"),
        ("nasa makati", "PH", "Makati City, Philippines"),
        ("nasa cebu ako", "PH", "Cebu City, Philippines"),
        ("la", "US", "Los Angeles, California"),
        ("in LA", "US", "Los Angeles, California"),
        ("atl", None, "Atlanta, Georgia"),
        ("tp hcm", None, "Ho Chi Minh City, Vietnam"),
        ("mieszkam w krakowie", None, "Kraków, Poland"),
        ("я в киеве", None, "Kyiv, Ukraine"),
        ("під києвом", None, "Kyiv, Ukraine"),
        ("под киевом", None, "Kyiv, Ukraine"),
        ("под Харьковом", None, "Kharkiv, Ukraine"),
        ("poipet", None, "Paoy Paet, Cambodia"),
        ("myawaddy", None, "Myawaddy, Myanmar (Burma)"),
        ("they hold me in kk park", None, "Myawaddy, Myanmar (Burma)"),
        ("sihanoukville", None, "Sihanoukville, Cambodia"),
        ("east london", "GB", "London, United Kingdom"),
        ("east london", "ZA", "East London, South Africa"),
        ("santiago de cuba", "CU", "Santiago de Cuba, Cuba"),
    ],
)
def test_a_place_is_known_by_what_people_there_call_it(
    gazetteer: Gazetteer, text: str, country: str | None, city: str
) -> None:
    assert labels(gazetteer, text, country)[:1] == [city]


@pytest.mark.parametrize(
    "text",
    ["my name is sofia", "call me florence", "me llamo victoria", "not in london", "no estoy en madrid", "en la calle"],
)
@pytest.mark.parametrize("country", [None, "US"])
def test_the_name_of_a_person_and_where_somebody_is_not_are_no_place(
    gazetteer: Gazetteer, text: str, country: str | None
) -> None:
    assert gazetteer.find(text, country) == []


def test_where_somebody_is_counts_beside_where_they_are_not(gazetteer: Gazetteer) -> None:
    assert labels(gazetteer, "im not in london im in leeds") == ["Leeds, United Kingdom"]


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("Texas", "US", "TX"),
        ("tejas", "US", "TX"),
        ("تكساس", "US", "TX"),
        ("Scotland", "GB", "SCT"),
        ("Bavaria", "DE", "02"),
        ("Punjab Pakistan", "PK", "04"),
        ("in Northern Ireland", "GB", "NIR"),
    ],
)
def test_a_region_is_an_answer_too(gazetteer: Gazetteer, text: str, country: str, code: str) -> None:
    best = gazetteer.find(text)[0]
    assert isinstance(best, Region)
    assert (best.country, best.code) == (country, code)


def test_a_region_leads_to_its_largest_city(gazetteer: Gazetteer) -> None:
    [texas] = gazetteer.find("texas")
    assert isinstance(texas, Region)
    centre = gazetteer.centre(texas)
    assert centre is not None
    assert centre.name == "Houston"


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Housten", "Houston, Texas"),
        ("Manilla", "Manila, Philippines"),
        ("Barcellona", "Barcelona, Spain"),
        ("cincinatti", "Cincinnati, Ohio"),
        ("los angelas", "Los Angeles, California"),
        ("newyork", "New York City, New York"),
        ("i am in Housten", "Houston, Texas"),
        ("Housten texas", "Houston, Texas"),
        ("Санкт-Петербрг", "Saint Petersburg, Russia"),
    ],
)
def test_a_slip_of_the_finger_is_forgiven(gazetteer: Gazetteer, text: str, city: str) -> None:
    assert labels(gazetteer, text) == [city]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "police",
            "help",
            "nice",
            "care",
            "in one",
            "no sé",
            "I don't know",
            "hapana",
            "ok",
            "OK",
            "home",
            "mexico",
            "usa",
        ),
        *(
            "",
            " ",
            "!!!",
            "🙂🙂🙂",
            "\x00\x00",
            "\u202e\u202d\u200f",
            "\ud800",
            "a" * 10_000,
            "ग" * 10_000,
            "12345 " * 2_000,
        ),
    ],
)
def test_what_is_no_place_gives_none(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.find(text) == []


def test_signs_that_nobody_sees_do_not_hide_a_city(gazetteer: Gazetteer) -> None:
    assert labels(gazetteer, "\u202bHou\u200bston\u202c 🙏") == ["Houston, Texas"]


@pytest.mark.parametrize(
    "text", ["in " * 50, "punjab pakistan india " * 7, "paris texas usa " * 10, "北京" * 500, "san " * 40]
)
def test_words_in_a_circle_are_read_quickly(gazetteer: Gazetteer, text: str) -> None:
    begun = time.perf_counter()
    gazetteer.find(text)
    assert time.perf_counter() - begun < 10  # milliseconds; trying each way around the circle would take for ever


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=60), country=st.sampled_from([None, "US", "GB", "CA"]))
def test_any_text_can_be_read(gazetteer: Gazetteer, text: str, country: str | None) -> None:
    assert len(gazetteer.find(text, country, limit=3)) <= 3


@pytest.mark.parametrize(
    ("latitude", "longitude", "country", "name"),
    [
        (29.75, -95.37, None, "Houston"),
        (48.86, 2.35, "DE", "Merzig"),
        (-17.8, -179.9, None, "Nasinu"),  # over the line where the day changes
        (89.9, 10.0, None, "Longyearbyen"),
    ],
)
def test_a_point_is_given_its_nearest_city(
    gazetteer: Gazetteer, latitude: float, longitude: float, country: str | None, name: str
) -> None:
    assert gazetteer.nearest(latitude, longitude, country).name == name


def test_a_country_without_a_city_has_none_that_is_nearest(gazetteer: Gazetteer) -> None:
    with pytest.raises(LookupError, match="No city of ZZ is known"):
        gazetteer.nearest(0, 0, "ZZ")


def test_a_place_is_found_again_by_its_number(gazetteer: Gazetteer) -> None:
    houston = gazetteer.by_id(4699066)
    assert houston == gazetteer.find("Houston")[0]
    assert gazetteer.by_id(1) is None
