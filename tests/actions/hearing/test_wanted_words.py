"""What words say of the line that is wanted, in every language."""

import pytest
import yaml

from actions.hearing.wanted_words import wanted_words
from actions.referral.fitting.named_offices import named_offices
from tests.actions.stage import BOOK, ROOT
from tests.every import every

FOLDER = ROOT / "data" / "wanted_words"


@pytest.mark.parametrize(
    ("locale", "text", "country"),
    [
        ("en", "we are nepali, all nine of us", "NP"),
        ("en", "what is the Ghana embassy number", "GH"),
        ("bn", "আমরা বাংলাদেশি, ভারতের না", "BD"),
        ("ru", "я таджик, работаю на складе", "TJ"),
        ("uk", "я з Молдови, працюю тут рік", "MD"),
        ("th", "หนูเป็นคนลาว ทำงานบ้าน", "LA"),
        ("zh-Hans", "我是越南人，在这里打工", "VN"),
        ("fr", "le numéro de l'ambassade du Mali", "ML"),
        ("ar", "انا سودانية واشتغل هنا", "SD"),
        ("tl", "pinay po ako, nasa abroad", "PH"),
        ("hi", "हम नेपाली हैं", "NP"),
        ("ur", "main pakistani hun", "PK"),
        ("es", "soy hondureña y limpio casas", "HN"),
        ("pt", "somos bolivianos, costuramos aqui", "BO"),
        ("ro", "sunt din Republica Moldova", "MD"),
        ("fa", "من افغانی هستم", "AF"),
        ("vi", "em là người Campuchia", "KH"),
    ],
)
def test_where_somebody_is_from_is_heard_from_their_own_words(locale: str, text: str, country: str) -> None:
    assert wanted_words(text, locale).whose == {country}


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "the boss is indian and shouts"),
        ("ru", "хозяин узбек"),
        ("es", "el patrón es mexicano"),
        ("en", "we are not kenyan"),
    ],
)
def test_somebody_elses_country_is_not_taken_for_theirs(locale: str, text: str) -> None:
    assert wanted_words(text, locale).whose == frozenset()


def test_who_denies_a_country_and_names_another_is_from_that() -> None:
    said = wanted_words("আমি ইন্ডিয়ান না, আমি বাংলাদেশি", "bn")

    assert said.whose == {"BD"}
    assert said.denied == {"IN"}


@every("locale", BOOK.locales)
def test_each_language_has_words_for_all_that_is_heard(locale: str) -> None:
    plain = yaml.load((FOLDER / f"{locale}.yml").read_bytes(), Loader=yaml.CSafeLoader)

    assert set(plain["offices"]) == set(named_offices())
    for name in ("self", "people", "asks", "rescue", "not_mine", "first", "speaks", "bought", "wages"):
        assert plain[name], name
    for office, words in plain["offices"].items():
        assert office in wanted_words(words[0], locale).offices
