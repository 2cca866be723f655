"""`quietline directory search`: what stewards and scripts see."""

import json
from pathlib import Path

import pytest

from commands.directory_search import Question, search
from resources_directory.build import build


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the directory of the project, compiled."""
    return build(tmp_path_factory.mktemp("directory") / "directory.sqlite").path


def test_a_country_gives_the_emergency_number_and_its_lines(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert search(path, Question("domestic_violence", "España", "es", as_json=True)) == 0

    found = json.loads(capsys.readouterr().out)
    assert (found["country"], found["place"], found["emergency"]["any"]) == ("ES", "España", "112")
    assert "016" in [line["number"] for line in found["lines"]]
    assert (found["services"], found["reach"]) == ([], None)


def test_a_city_gives_services_that_no_steward_has_checked_only_where_that_is_wanted(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert search(path, Question("legal_aid", "سيدني", unchecked=True, as_json=True)) == 0
    assert search(path, Question("legal_aid", "سيدني", as_json=True)) == 0

    shown, hidden = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (shown["country"], shown["reach"]) == ("AU", "place")
    assert all(service["checked_on"] is None for service in shown["services"])
    assert (hidden["services"], hidden["reach"]) == ([], None)
    assert hidden["lines"] == shown["lines"]


def test_a_table_has_the_numbers(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert search(path, Question("crisis", "AU")) == 0

    printed = capsys.readouterr().out
    assert "000" in printed
    assert "13 11 14" in printed


def test_the_other_place_of_a_name_is_told(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert search(path, Question("crisis", "paris", as_json=True)) == 0
    assert capsys.readouterr().err == "Paris, France is taken; there is also Paris, Texas.\n"


@pytest.mark.parametrize(
    ("place", "country", "told"),
    [
        ("granada", "ES", "Granada, Spain is taken; there is also Granada, Nicaragua; Granada, Colombia; Grenada.\n"),
        ("georgia", "GE", "Georgia is taken; there is also Georgia, United States.\n"),
    ],
)
def test_a_city_with_the_name_of_a_country_is_told_too(
    path: Path, capsys: pytest.CaptureFixture[str], place: str, country: str, told: str
) -> None:
    assert search(path, Question("crisis", place, as_json=True)) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["country"] == country
    assert printed.err == told


@pytest.mark.parametrize(
    ("need", "place", "sentence"),
    [
        ("crisis", "Narnia", "No country, city or postcode is known by the name 'Narnia'"),
        ("crisis", "Antarctica", "The directory holds nothing yet for Antarctica."),
        ("cooking", "Spain", "There is no need named 'cooking'"),
    ],
)
def test_what_can_not_be_answered_says_why(
    path: Path, capsys: pytest.CaptureFixture[str], need: str, place: str, sentence: str
) -> None:
    assert search(path, Question(need, place)) == 1
    assert capsys.readouterr().err.startswith(sentence)
