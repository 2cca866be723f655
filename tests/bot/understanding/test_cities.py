"""Cities are found behind words that place somebody, in every script; other words are no cities."""

from bot.understanding.cities import places
from bot.understanding.countries import countries
from tests.every import every


@every(
    ("text", "words", "country"),
    [
        ("i am in Lagos now", "Lagos", "NG"),
        ("lagos", "lagos", "NG"),
        ("stuck in dubai", "dubai", "AE"),
        ("estoy en Monterrey", "Monterrey", "MX"),
        ("je suis à Marseille", "Marseille", "FR"),
        ("moro em São Paulo", "São Paulo", "BR"),
        ("sunt în Craiova", "Craiova", "RO"),
        ("я в Москве", "Москве", "RU"),
        ("я у Львові", "Львові", "UA"),
        ("انا بالقاهرة", "بالقاهرة", "EG"),
        ("در تهران هستم", "تهران", "IR"),
        ("मैं मुंबई में हूँ", "मुंबई", "IN"),
        ("میں کراچی میں ہوں", "کراچی", "PK"),
        ("আমি ঢাকায় আছি", "ঢাকায়", "BD"),
        ("我在上海工作", "上海", "CN"),
        ("ฉันอยู่กรุงเทพ", "กรุงเทพ", "TH"),
        ("em ở Hải Phòng", "Hải Phòng", "VN"),
        ("nasa Maynila ako", "Maynila", "PH"),
    ],
)
def test_a_city_is_found_with_its_country(text: str, words: str, country: str) -> None:
    assert [(place.words, place.country) for place in places(text)] == [(words, country)]
    assert countries(text) == [country]


@every(
    "text",
    [
        "nice",
        "i was in reading",
        "in bath",
        "lagos is where my aunt lives",
        "so many things",
        "most of it",
        "san jose",
        "",
        "في امان الله",
    ],
)
def test_other_words_and_names_of_many_cities_are_no_place(text: str) -> None:
    assert places(text) == []


@every(("text", "code"), [("я в России", "RU"), ("я в Польше", "PL"), ("我在泰国", "TH"), ("ฉันอยู่ที่มาเลเซีย", "MY")])
def test_a_country_is_found_behind_a_place_word_where_the_name_is_bent_or_has_no_blanks(text: str, code: str) -> None:
    assert countries(text) == [code]


def test_a_country_that_is_named_weighs_more_than_a_city() -> None:
    assert countries("in Craiova, a village in Portugal") == ["PT"]
