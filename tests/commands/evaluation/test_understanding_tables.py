"""Messages of others: read from their files, counted by language and head, and never learned from."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.text.cleaning import clean, words
from commands.evaluation.judged_lines import BadLine, JudgedLine, judged_lines
from commands.evaluation.understanding_tables import JudgedMessage, shares, tables
from commands.examples.example_lines import parsed, read
from commands.examples.label_examples import examples

ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "turns").mkdir()
    (tmp_path / "en.tsv").write_text("# by others\nself_harm\ti want to die\n\ngreet\thi\n", "utf-8")
    (tmp_path / "turns" / "es.tsv").write_text("affirm,safe/few_minutes\tme answer:yes\tq=safe\tsi 5 min\n", "utf-8")
    return tmp_path


def test_lines_of_each_kind_are_read_with_their_context(folder: Path) -> None:
    found = list(judged_lines(folder))
    assert [(line.part, line.locale, line.meant.label) for line in found] == [
        ("labels", "en", "self_harm"),
        ("labels", "en", "greet"),
        ("turns", "es", "affirm"),
    ]
    assert (found[2].meant.question, found[2].meant.answer) == ("safe", "yes")


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("en.tsv", "self_harm i want to die"),
        ("en.tsv", "no_label\tsome words"),
        ("en.tsv", "greet\t "),
        ("turns/en.tsv", "greet\thi"),
        ("everyday/en.tsv", "greet\tnobody\t-\thi"),
    ],
)
def test_a_line_that_cannot_be_judged_by_is_an_error_that_says_where(tmp_path: Path, file: str, line: str) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(f"# by others\n{line}\n", "utf-8")
    with pytest.raises(BadLine, match=r"en\.tsv:2"):
        list(judged_lines(tmp_path))


def heard(intent: str, band: str = "no", **more: Any) -> Mapping[str, Any]:
    crises = [] if band == "no" else [{"kind": intent, "band": band}]
    plain = {"intent": intent, "confidence": 0.9, "crisis": band == "sure", "crises": crises}
    return {**plain, "labels": [], "about": "me", "watched": False, "answer": None, **more}


def message(
    labels: str, found: Mapping[str, Any], part: Any = "labels", marks: str = "me", context: str = "-"
) -> JudgedMessage:
    text = f"{labels} {found['intent']}"
    return JudgedMessage(JudgedLine(part, "en", parsed(f"{labels}\t{marks}\t{context}\t{text}")), found)


def test_crises_are_counted_by_how_sure_they_are() -> None:
    rows = list(
        tables(
            [
                message("self_harm", heard("self_harm", "sure"), marks="me selfharm:me:now"),
                message("self_harm", heard("express_distress", "maybe"), marks="me selfharm:me:now"),
                message("greet", heard("self_harm", "sure")),
                message("greet", heard("greet", "maybe")),
                message("greet", heard("nlu_fallback")),
                message("greet", heard("greet")),
            ]
        )
    )
    row = next(row for row in rows if row.startswith("| en |"))
    cells = [cell.partition(" (")[0] for cell in row.strip("| ").split(" | ")]
    assert cells == ["en", "6", "0.50", "0.17", "1.000", "0.500", "0.250", "0.250"]
    assert "- en greet → self_harm 0.90: greet self_harm" in rows


def test_turns_tell_of_answers_and_of_all_that_is_said() -> None:
    labels = [{"name": "affirm", "confidence": 0.9}, {"name": "thanks", "confidence": 0.4}]
    right = heard("affirm", answer="yes", labels=labels, watched=True)
    rows = list(
        tables(
            [
                message("affirm,safe/few_minutes", right, "turns", "me watched answer:yes", "q=safe"),
                message("deny", heard("deny", answer="yes"), "turns", "me answer:no", "q=safe"),
            ]
        )
    )
    assert "| en | 0.50 | 1.00 | 0.33 | 0.50 | 1.00 | 1.00 |" in rows
    assert any(row.startswith("- en deny → deny 0.90 [safe : no → yes]") for row in rows)


def test_shares_by_language_are_of_single_messages() -> None:
    found = shares([message("greet", heard("greet")), message("deny", heard("greet"), "turns")])
    assert found["en"]["messages"] == found["all"]["messages"] == 1


def test_no_message_of_others_is_an_example_of_ours() -> None:
    def same(text: str) -> str:
        return " ".join(words(clean(text)))

    ours = {same(one.text) for one in examples(ROOT)}
    learned = {(same(one.text), one.question) for some in read().values() for one in some}
    theirs = list(judged_lines(ROOT / "tests" / "evaluation"))
    assert [line.meant.text for line in theirs if line.part == "labels" and same(line.meant.text) in ours] == []
    # Short ones, like "yes", are everybody's.
    others = [line.meant for line in theirs if line.part != "labels" and len(line.meant.text) > 24]
    assert [meant.text for meant in others if (same(meant.text), meant.question) in learned] == []
