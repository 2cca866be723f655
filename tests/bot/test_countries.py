"""Countries are found by the names that people use, and other words are not taken for them."""

import pytest

from bot.countries import countries


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("im in Mexico", ["MX"]),
        ("estoy en méjico", ["MX"]),
        ("estoy en EEUU", ["US"]),
        ("EE.UU.", ["US"]),
        ("i live in the US", ["US"]),
        ("uk", ["GB"]),
        ("new mexico", ["US"]),
        ("انا في الامارات", ["AE"]),
        ("انا بالسعودية", ["SA"]),
        ("سافرت للكويت", ["KW"]),
        ("في المغرب", ["MA"]),
        ("Deutschland", ["DE"]),
        ("Türkiye", ["TR"]),
        ("from nepal to qatar", ["NP", "QA"]),
        ("papua new guinea", ["PG"]),
        ("estoy en chile", ["CL"]),
        ("Georgia", ["GE"]),
        ("भारत", ["IN"]),
    ],
)
def test_a_country_is_found_by_its_names(text: str, codes: list[str]) -> None:
    assert countries(text) == codes


@pytest.mark.parametrize(
    "text",
    ["tell us", "ella gana dinero", "como chile", "i live in georgia", "بعد المغرب", "مالي فلوس", "", "12345"],
)
def test_another_word_is_no_country(text: str) -> None:
    assert countries(text) == []
