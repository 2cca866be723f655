"""Services looked up by name, in any script."""

from datetime import date

import pytest

from resources_directory.search.finder import Finder
from tests.resources_directory.small import NOW, compiled, entries, service

TODAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> Finder:
    path = tmp_path_factory.mktemp("directory") / "directory.sqlite"
    rows = [
        service("Casa Monárca", id="us-casa"),
        service("มูลนิธิเพื่อแรงงาน", id="us-thai"),
        service("希望之家法律援助", id="us-han"),
        service("आशा केंद्र", id="us-hindi"),
        service("Old House", id="us-old", checked_on="2024-01-01"),
    ]
    return compiled(path, entries(*rows))


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("monarca", "us-casa"),
        ("CASA mon", "us-casa"),
        ("houston casa", "us-casa"),
        ("आशा केंद्र", "us-hindi"),
        ("แรงงาน", "us-thai"),
        ("法律援助", "us-han"),
        ("old house", "us-old"),
    ],
)
def test_a_name_is_found_as_it_is_typed(finder: Finder, words: str, known: str) -> None:
    assert [hit.id for hit in finder.by_words(words, TODAY)] == [known]


@pytest.mark.parametrize(
    "words", ["", "   ", '"', "*", "NEAR(", "法", "\0", "x" * 10_000, "🙂", "name:casa", "casa -house"]
)
def test_what_is_no_name_finds_nothing(finder: Finder, words: str) -> None:
    assert finder.by_words(words, TODAY) == []


def test_what_may_not_be_given_is_marked(finder: Finder) -> None:
    assert [hit.served for hit in finder.by_words("old house", NOW.date())] == [False]
    assert [hit.served for hit in finder.by_words("casa", NOW.date())] == [True]


def test_a_country_narrows_it(finder: Finder) -> None:
    assert finder.by_words("casa", TODAY, "MX") == []
