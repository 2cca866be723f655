"""Messages of others: read as they are served, counted by language, and never learned from."""

from pathlib import Path

import pytest

from bot.rasa.evaluation import external_evaluation
from bot.rasa.evaluation.examples import examples
from bot.rasa.understanding import Understood
from bot.text.cleaning import clean, words

ROOT = Path(__file__).parents[4]
LABELS = frozenset({"greet", "self_harm", "find_shelter"})


class Reader:
    """Understands one word."""

    def read(self, text: str) -> Understood:
        crisis = "die" in text
        return Understood("self_harm" if crisis else "greet", 0.9, crisis)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "en.tsv").write_text(
        "# by others\nself_harm\ti want to die\nfind_shelter\ta bed\n\ngreet\thi\n", "utf-8"
    )
    (tmp_path / "es.tsv").write_text("self_harm\tno quiero vivir\n", "utf-8")
    return tmp_path


def test_each_language_has_its_row_with_intervals(folder: Path) -> None:
    lines = list(external_evaluation.report(external_evaluation.read(folder, LABELS, Reader())))
    rows = [line for line in lines if line.startswith(("| en", "| es", "| all"))]
    assert rows[0].startswith("| en | 3 | 0.67 | 1.000 (0.207–1.000) | 0.000 (0.000–0.658) |")
    assert rows[1].startswith("| es | 1 | 0.00 | 0.000 (0.000–0.793) |")
    assert rows[2].startswith("| all | 4 | 0.50 | 0.500")


def test_crises_that_were_missed_are_listed(folder: Path) -> None:
    lines = list(external_evaluation.report(external_evaluation.read(folder, LABELS, Reader())))
    assert "- es self_harm → greet 0.90: no quiero vivir" in lines


@pytest.mark.parametrize("line", ["self_harm i want to die", "no_label\tsome words", "greet\t "])
def test_a_line_without_a_label_of_ours_is_an_error_that_says_where(tmp_path: Path, line: str) -> None:
    (tmp_path / "en.tsv").write_text(f"greet\thi\n{line}\n", "utf-8")
    with pytest.raises(external_evaluation.BadLine, match=r"en\.tsv:2"):
        list(external_evaluation.lines(tmp_path, LABELS))


def test_no_message_of_others_is_an_example_of_ours() -> None:
    ours = {" ".join(words(clean(one.text))) for one in examples(ROOT)}
    labels = frozenset(one.label for one in examples(ROOT)) | {"step", "no_files"}
    theirs = external_evaluation.lines(ROOT / "tests" / "evaluation", labels)
    assert [text for _, _, text in theirs if " ".join(words(clean(text))) in ours] == []
