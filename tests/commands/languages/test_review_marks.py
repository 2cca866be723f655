"""What a reader saved: counted by how grave it is, refused with the line where it is broken, taken as drafts."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.phrases.po_file import translations
from commands.languages import review_marks, review_page
from commands.languages.review_marks import BadMarks, read, shown, taken
from quietline import app

HEAD = "# marks\tes\tA. B.\t2026-11-29\n"
BOOK = """# Phrases.
msgid ""
msgstr ""
"Language: es\\n"

#. review: reviewed by C. D., 2026-01-01
msgctxt "utter_danger"
msgid "Call {number}."
msgstr "Llama al {number}."

#. review: drafted
msgctxt "utter_ok"
msgid "OK."
msgstr "Vale."
"""


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "es.po"
    path.write_text(BOOK, "utf-8")
    for module in (review_marks, review_page):
        monkeypatch.setattr(module, "book_of", lambda locale: path if locale == "es" else tmp_path / "none.po")
    return path


def test_the_gravest_come_first_and_the_share_of_good_ones_is_said(book: Path) -> None:
    said = shown(read(HEAD + "utter_ok\tsmall\t\tflat\nutter_danger\tdangerous\tLlama ya al {number}.\tcan wait\n"))
    head, *faults = said.splitlines()
    assert head == "es, read by A. B. on 2026-11-29: 2 marked, 0.0% good as they are, 1 dangerous, 0 serious, 1 small."
    assert faults == ["dangerous: utter_danger: can wait → Llama ya al {number}.", "small: utter_ok: flat"]


def test_a_better_text_is_taken_and_nobody_has_reviewed_it_yet(book: Path) -> None:
    taken(read(HEAD + 'utter_danger\tserious\tLlama ahora al {number}: "112" no.\t\n'))
    danger, other = translations(book)
    assert (danger.text, danger.reviewed) == ('Llama ahora al {number}: "112" no.', False)
    assert other.text == "Vale."
    assert book.read_text("utf-8").startswith("# Phrases.\n")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "line 1: this was not saved by a review page"),
        ("name,mark\nutter_ok,good\n", "line 1: this was not saved by a review page"),
        ("# marks\txx\tA\t2026-11-29\n", "no language 'xx'"),
        (HEAD + "utter_ok\tgood\n", "line 2: a phrase, a mark"),
        (HEAD + "utter_gone\tgood\t\t\n", "line 2: there is no phrase 'utter_gone'"),
        (HEAD + "utter_ok\tsuperb\t\t\n", "line 2: 'superb' is no mark"),
        (HEAD + "utter_danger\tsmall\tLlama.\t\n", "the better text for utter_danger must keep {number}"),
        (HEAD + "utter_ok\tgood\t\t\nutter_ok\tsmall\t\t\n", "utter_ok is marked twice"),
        (HEAD + "x" * 1_000_001, "too large"),
    ],
)
def test_a_broken_file_is_refused_with_its_line_and_changes_nothing(book: Path, text: str, sentence: str) -> None:
    with pytest.raises(BadMarks, match=sentence):
        read(text)
    assert book.read_text("utf-8") == BOOK


def test_a_file_that_is_no_text_is_refused_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "marks.tsv"
    file.write_bytes(b"\xff\xfe\x00")
    assert CliRunner().invoke(app, ["languages", "marks", str(file)]).exit_code == 1


def test_a_language_that_is_not_served_gets_no_page(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["languages", "review", "de", "--out", str(tmp_path / "x")]).exit_code == 1
    assert not (tmp_path / "x").exists()


def test_a_break_from_a_word_processor_parts_no_line(book: Path) -> None:
    marks = read(HEAD + "utter_ok\tsmall\tVale,\u2028de acuerdo.\x85\tshort\x1b[31m\r\n")
    assert [(mark.better, mark.why) for mark in marks.marks] == [("Vale,de acuerdo.", "short[31m")]


def test_a_better_text_without_a_mark_is_shown_before_it_is_taken(book: Path) -> None:
    assert "not marked: utter_ok: - → De acuerdo." in shown(read(HEAD + "utter_ok\t\tDe acuerdo.\t\n"))
