"""Countries are found by the names that people use, and other words are not taken for them."""

from pathlib import Path

import yaml
from babel import Locale

from bot.understanding.countries import countries
from tests.every import every

DATA = Path(__file__).parents[3] / "data"


@every(
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
        ("in the us", ["US"]),
        ("they keep me in a house somewhere in the us", ["US"]),
        ("u.s.", ["US"]),
        ("the u.s.a", ["US"]),
        ("im in us", ["US"]),
        ("Texas", ["US"]),
        ("houston texas", ["US"]),
        ("new york", ["US"]),
        ("i work in a nail bar in manchester and sleep there", ["GB"]),
        ("london uk", ["GB"]),
        ("CDMX", ["MX"]),
        ("ciudad de méxico", ["MX"]),
        ("bs. as.", ["AR"]),
        ("vivo en Bogotá con mi tía y no puedo salir", ["CO"]),
        ("lima", ["PE"]),
        ("estoy en lima", ["PE"]),
        ("Dubai", ["AE"]),
        ("q8", ["KW"]),
        ("الرياض", ["SA"]),
        ("انا بالرياض", ["SA"]),
        ("انا خدامه في بيت في جدة من سنتين", ["SA"]),
        ("انا بجده", ["SA"]),
        ("القاهرة", ["EG"]),
        ("im in amman", ["JO"]),
        ("new york usa", ["US"]),
    ],
)
def test_a_country_is_found_by_its_names(text: str, codes: list[str]) -> None:
    assert countries(text) == codes


@every(
    "text",
    ["tell us", "ella gana dinero", "como chile", "i live in georgia", "بعد المغرب", "مالي فلوس", "", "12345",
     "he met us the other day", "they told us to wait in line", "me quito la ropa", "una lima de uñas", "مات جده",
     "not in london", "no estoy en madrid",
     "my friend paris hilton told me that he pays well", "soy virginia", "the us of a kind that nobody sees any more"],
)  # fmt: skip
def test_another_word_is_no_country(text: str) -> None:
    assert countries(text) == []


def test_every_name_of_a_country_is_written_once_and_has_a_country() -> None:
    plain = yaml.load((DATA / "country_names.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    lists = [plain[kind] for kind in ("spoken", "in_sentences", "looked_up")]
    written = [name for listed in lists for names in listed.values() for name in names]
    codes = {*plain["no_country"], *plain["no_home"], *(code for listed in lists for code in listed)}
    assert sorted(written) == sorted(set(written))
    assert codes <= Locale.parse("en").territories.keys()


def test_every_place_is_written_once_and_has_a_country() -> None:
    plain = yaml.load((DATA / "places.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    written = [name for kind in ("places", "placed") for names in plain[kind].values() for name in names]
    codes = {code for kind in ("places", "placed") for code in plain[kind]}
    assert sorted(written) == sorted(set(written))
    assert codes <= Locale.parse("en").territories.keys()
