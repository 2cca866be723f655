"""`quietline directory`: what stewards and scripts see."""

import json
from pathlib import Path

import pytest

from commands.directory import check, search

GOOD = "country: BR\nemergency: [{number: 190, reaches: [all], status: active, verified: true}]\n"


@pytest.fixture
def said() -> list[str]:
    return []


def test_the_directory_of_the_project_is_in_order(said: list[str]) -> None:
    assert check(say=said.append) == 0
    assert said[-1] == "96 countries are in order."


def test_a_country_without_a_sure_emergency_number_is_named(said: list[str]) -> None:
    check(say=said.append)

    assert "ly.yml: no emergency number is sure enough to be shown." in said


def test_a_dead_number_fails_the_check(tmp_path: Path, said: list[str]) -> None:
    (tmp_path / "br.yml").write_text(GOOD.replace("190", "141"))

    assert check(tmp_path, said.append) == 1
    assert said == ["br.yml, emergency: number: 141 is on the list of dead numbers."]


def test_a_number_that_nobody_answers_fails_the_check(tmp_path: Path, said: list[str]) -> None:
    service = "{id: br-casa, name: Casa, kinds: [crisis], phones: [{number: 11 2222 333}], status: active}"
    (tmp_path / "br.yml").write_text(
        f"{GOOD}organizations: [{{name: Casa, operated_by: ngo, services: [{service}]}}]\n"
    )

    assert check(tmp_path, said.append) == 1
    assert said == ["br.yml, br-casa: number: 11 2222 333 is no number of BR, and not in short_codes.yml."]


def test_all_broken_files_are_named_not_only_the_first(tmp_path: Path, said: list[str]) -> None:
    (tmp_path / "br.yml").write_text(GOOD.replace("all", "nobody"))
    (tmp_path / "es.yml").write_text("country: ES\nhotel: yes\n")

    assert check(tmp_path, said.append) == 1
    assert [sentence.split(",")[0] for sentence in said] == ["br.yml", "es.yml"]


def test_an_empty_folder_fails_the_check(tmp_path: Path, said: list[str]) -> None:
    assert check(tmp_path, said.append) == 1


def test_a_search_gives_json_with_the_emergency_number_and_the_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert search("domestic_violence", "España", "es", as_json=True) == 0

    found = json.loads(capsys.readouterr().out)
    assert (found["country"], found["emergency"]["any"]) == ("ES", "112")
    assert "016" in [line["number"] for line in found["lines"]]


def test_a_search_gives_a_table_with_the_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    assert search("crisis", "AU") == 0

    printed = capsys.readouterr().out
    assert "000" in printed
    assert "13 11 14" in printed


@pytest.mark.parametrize(
    ("need", "place", "sentence"),
    [
        ("crisis", "Narnia", "No country is known by the name 'Narnia'"),
        ("crisis", "Antarctica", "The directory holds nothing yet for Antarctica."),
        ("cooking", "Spain", "There is no need named 'cooking'"),
    ],
)
def test_a_search_that_can_not_be_answered_says_why(
    capsys: pytest.CaptureFixture[str], need: str, place: str, sentence: str
) -> None:
    assert search(need, place) == 1
    assert capsys.readouterr().err.startswith(sentence)
