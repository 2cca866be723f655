"""`quietline directory questions`: what the directory gives for questions that people might ask it."""

from pathlib import Path

import pytest

from commands.directory.questions import QUESTIONS, UnreadableQuestion, answer_all, questions
from resources_directory.model.hsds import CountryEntries
from resources_directory.search.finder import Finder
from resources_directory.search.place_candidates import candidates
from tests.resources_directory.ranking.lines import EMERGENCY
from tests.resources_directory.small import entries, rebuilt, service

EAR = {"id": "us-ear", "name": "Ear", "kinds": ["crisis"], "phones": [{"number": "988"}]}
WAGES = {
    "id": "us-wages",
    "name": "Wages",
    "kinds": ["labour"],
    "phones": [{"number": "866-487-9243"}],
    "for": ["domestic_workers"],
    "before_you_call": ["line_warn_state"],
}
HELD = {"status": "active", "verified": True}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a compiled directory of one service in Houston and two lines."""
    path = tmp_path_factory.mktemp("directory") / "directory.sqlite"
    rebuilt(path, entries(service("Lamp Law"), EAR | HELD, WAGES | HELD))
    return path


def asked(folder: Path, *lines: str) -> Path:
    """Return a file with these questions; a bar stands for a tab."""
    file = folder / "questions.tsv"
    file.write_text("# need, place, …\n\n" + "\n".join(lines).replace("|", "\t") + "\n", "utf-8")
    return file


def test_an_answer_has_the_numbers_and_what_to_know_before(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = asked(tmp_path, "labour/domestic_workers|Houston|es|A maid has no wage|Somebody for wages")

    assert answer_all(path, file, unchecked=False) == 0

    assert capsys.readouterr().out.splitlines() == [
        "1. A maid has no wage. [labour, domestic_workers; Houston; es]",
        "   good: Somebody for wages",
        "   fits   Lamp Law: 713-555-0100 [legal_aid; Houston, 0 km]",
        "   fits   Wages: 866-487-9243 [labour] for domestic_workers (line_warn_state)",
        "",
        "1 of 1 are given a number that fits.",
    ]


def test_a_man_is_given_no_service_for_women_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rebuilt(tmp_path / "directory.sqlite", entries(service("Rose Law", eligibility={"genders": ["female"]})))
    file = asked(tmp_path, "legal_aid|Houston|en|A woman|A lawyer", "legal_aid/men|Houston|en|A man|A lawyer")

    assert answer_all(tmp_path / "directory.sqlite", file, unchecked=False) == 0

    assert capsys.readouterr().out.count("Rose Law: 713-555-0100 [legal_aid; Houston, 0 km] for women") == 1


def test_a_line_for_something_else_does_not_count_as_one_that_fits(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer_all(path, asked(tmp_path, "missing|United States|en|A brother is gone|A search"), False) == 0

    printed = capsys.readouterr().out
    assert "   other  Ear: 988 [crisis]" in printed
    assert printed.endswith("0 of 1 are given a number that fits.\n")


def test_what_is_left_is_told_where_nothing_fits(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer_all(path, asked(tmp_path, "consulate|United States|en|A maid|Her consulate"), False) == 0

    printed = capsys.readouterr().out
    assert "   left   Worth asking: the person's own consulate [consulate]" in printed


@pytest.mark.parametrize(
    ("need", "place", "told"), [("labour", "last ", "911 (line_warn_police)"), ("medical", "first", "912")]
)
def test_the_number_for_emergencies_comes_first_only_for_one_and_the_police_are_marked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], need: str, place: str, told: str
) -> None:
    country = entries(EAR | HELD).model_dump() | {"emergency": EMERGENCY}
    rebuilt(tmp_path / "directory.sqlite", CountryEntries.model_validate(country))

    assert answer_all(tmp_path / "directory.sqlite", asked(tmp_path, f"{need}|United States|en|A man|Help"), False) == 0

    assert f"   {place}  For an emergency: {told}\n" in capsys.readouterr().out


def test_languages_and_hours_are_told_as_far_as_they_are_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ear = EAR | HELD | {"languages": ["en", "mul"], "schedules": [{"always": True}]}
    law = service("Lamp Law", languages=["es"], schedules=[{"opening_hours": "Mo-Fr 09:00-17:00"}])
    rebuilt(tmp_path / "directory.sqlite", entries(ear, law))
    file = asked(tmp_path, "crisis|Houston|en|A man|Help", "legal_aid|Houston|en|A man|A lawyer")

    assert answer_all(tmp_path / "directory.sqlite", file, False) == 0

    printed = capsys.readouterr().out
    assert "Ear: 988 [crisis] in en, many languages open 24/7" in printed
    assert "Lamp Law: 713-555-0100 [legal_aid; Houston, 0 km] in es open Mo-Fr 09:00-17:00" in printed


def test_a_place_that_nobody_knows_is_told_and_the_others_are_answered(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = asked(tmp_path, "crisis|Narnia|en|A faun|Help", "crisis|Houston|en|A man|Help")

    assert answer_all(path, file, unchecked=False) == 1

    printed = capsys.readouterr().out
    assert "no such place is known" in printed
    assert "fits   Ear: 988" in printed


@pytest.mark.parametrize("wrong", ["crisis|Houston|en|A man", "cooking|Houston|en|A|B", "crisis/elves|Houston|en|A|B"])
def test_a_question_that_asks_nothing_is_told_with_its_line(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: str
) -> None:
    file = asked(tmp_path, wrong)

    with pytest.raises(UnreadableQuestion):
        list(questions(file))
    assert answer_all(path, file, unchecked=False) == 1
    assert capsys.readouterr().err.startswith("questions.tsv:3: ")


def test_every_place_of_our_questions_is_known(path: Path) -> None:
    finder = Finder(path)

    assert [one.place for one in questions(QUESTIONS) if not candidates(finder, one.place)] == []
