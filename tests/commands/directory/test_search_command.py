"""`quietline directory search`: what stewards and scripts see."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from commands.directory.search import SearchOptions, search
from resources_directory.model.hsds import CountryEntries
from tests.hotline import ROOT
from tests.resources_directory.small import entries, rebuilt, service

EMERGENCY = {"number": "112", "reaches": ["all"], "status": "active", "verified": True}
LINE = {"name": "Ear", "kinds": ["crisis"], "phones": [{"number": "988"}], "status": "active", "verified": True}


def country(code: str) -> CountryEntries:
    """Return a country with a number for danger and one line."""
    lines = {"name": "Ear", "operated_by": "ngo", "services": [{"id": f"{code.lower()}-ear"} | LINE]}
    return CountryEntries.model_validate({"country": code, "emergency": [EMERGENCY], "organizations": [lines]})


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a compiled directory: lines of four countries, and one service that no steward has checked."""
    path = tmp_path_factory.mktemp("directory") / "directory.sqlite"
    unchecked = service("Lamp Law", checked_on=None, checked_by=None)
    rebuilt(path, entries(unchecked, {"id": "us-ear"} | LINE), *map(country, ("ES", "FR", "GE")))
    return path


@pytest.mark.long
def test_a_search_loads_nothing_that_takes_long_and_is_not_needed(path: Path) -> None:
    begins = "import sys, quietline, commands.runtime.preparation; from commands.directory.search import SearchOptions, search"
    asks = f"search(__import__('pathlib').Path({str(path)!r}), SearchOptions('crisis', 'España', as_json=True))"
    slow = {"redis", "cryptography", "aiohttp", "numpy", "pandas", "rasa", "sanic", "phonenumbers", "asyncio", "jinja2"}
    tells = f"print(*{slow!r} & set(sys.modules), file=sys.stderr)"

    code = "; ".join((begins, asks, tells))
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (found.stderr.split(), json.loads(found.stdout)["country"]) == ([], "ES")


def test_a_country_gives_the_emergency_number_and_its_lines(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert search(path, SearchOptions("crisis", "España", "es", as_json=True)) == 0

    found = json.loads(capsys.readouterr().out)
    assert (found["country"], found["place"], found["emergency"]["any"]) == ("ES", "España", "112")
    assert [line["number"] for line in found["lines"]] == ["988"]
    assert (found["services"], found["reach"]) == ([], None)


def test_a_city_gives_services_that_no_steward_has_checked_only_where_that_is_wanted(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert search(path, SearchOptions("legal_aid", "هيوستن", unchecked=True, as_json=True)) == 0
    assert search(path, SearchOptions("legal_aid", "هيوستن", as_json=True)) == 0

    shown, hidden = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (shown["country"], shown["reach"]) == ("US", "place")
    assert [(one["name"], one["checked_on"]) for one in shown["services"]] == [("Lamp Law", None)]
    assert (hidden["services"], hidden["reach"]) == ([], None)
    assert hidden["lines"] == shown["lines"]


def test_a_table_has_the_numbers(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert search(path, SearchOptions("crisis", "ES")) == 0

    printed = capsys.readouterr().out
    assert "112" in printed
    assert "988" in printed


def test_the_other_place_of_a_name_is_told(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert search(path, SearchOptions("crisis", "paris", as_json=True)) == 0
    assert capsys.readouterr().err == "Paris, France is taken; there is also Paris, Texas.\n"


@pytest.mark.parametrize(
    ("place", "country", "told"),
    [
        ("granada", "ES", "Granada, Spain is taken; there is also Granada, Nicaragua; Granada, Meta; Grenada.\n"),
        ("georgia", "GE", "Georgia is taken; there is also Georgia, United States.\n"),
    ],
)
def test_a_city_with_the_name_of_a_country_is_told_too(
    path: Path, capsys: pytest.CaptureFixture[str], place: str, country: str, told: str
) -> None:
    assert search(path, SearchOptions("crisis", place, as_json=True)) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["country"] == country
    assert printed.err == told


def test_where_no_line_fits_what_is_left_to_say_is_told(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert search(path, SearchOptions("labour", "ES")) == 0
    assert search(path, SearchOptions("labour", "ES", as_json=True)) == 0

    table, _, told = capsys.readouterr().out.rpartition('{"country')
    assert table.index("consulate") < table.index("112")
    assert "line_warn" in table
    floor = json.loads('{"country' + told)["floor"]
    assert floor == {"lines": [], "consulate": True}


def test_where_a_line_fits_nothing_is_left_to_say(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert search(path, SearchOptions("crisis", "ES", as_json=True)) == 0

    assert json.loads(capsys.readouterr().out)["floor"] is None


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
    assert search(path, SearchOptions(need, place)) == 1
    assert capsys.readouterr().err.startswith(sentence)
