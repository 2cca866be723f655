"""The catalogues of the desk: its pages say nothing that was not marked, and no translation breaks a sentence."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from commands.languages import desk_catalogue_files
from commands.languages.desk_catalogue_files import ROOT, TRANSLATED, template
from commands.languages.unmarked_text import all_unmarked, unmarked
from desk.localization.desk_catalogues import catalogue, differs, forms
from desk.localization.desk_languages import DeskLanguage

STATIC = ROOT / "desk" / "static"


@pytest.fixture(scope="module")
def said() -> Catalog:
    return template()


def test_nothing_that_a_page_says_is_left_unmarked() -> None:
    assert all_unmarked() == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_a_guess_or_breaks_a_sentence(language: DeskLanguage) -> None:
    entries = [entry for entry in catalogue(language) if entry.id]
    assert [entry.id for entry in entries if entry.fuzzy] == []
    assert {entry.id: fault for entry in entries if (fault := differs(entry))} == {}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>{{ _('Marked') }} {% trans %}<b>Marked</b> as well{% endtrans %}</p>", []),
        ("<p>Not marked</p>", ["1: Not marked"]),
        ("\n<input placeholder='Not marked' name='Nothing to hear'>", ["2: Not marked"]),
        ("{{ 'Not marked' if x else _('Marked') }}", ["1: Not marked"]),
        ("{{ say({'a': 'Not marked'}[x]) }}", ["1: Not marked"]),
        ("{{ _({'a': 'Marked'}.get(x, 'Marked too')) }} <kbd>Esc</kbd> <b>P0</b>", []),
        ("{% trans n=1 %}One{% pluralize %}More{% endtrans %} and more", ["1: and more"]),
    ],
)
def test_what_is_not_marked_is_found(tmp_path: Path, source: str, found: list[str]) -> None:
    (tmp_path / "page.html").write_text(source)
    assert unmarked(tmp_path / "page.html") == found


def test_no_script_says_a_sentence_where_it_is_not_collected() -> None:
    hidden = re.compile(r"\$\{[^}`]*\b(?:text|plural)\(")  # nothing is collected inside of a template literal
    assert [script.name for script in STATIC.glob("**/*.js") if hidden.search(script.read_text())] == []


def test_collecting_again_loses_no_translation_and_leaves_the_file_as_it_is(said: Catalog) -> None:
    found = desk_catalogue_files.updated("ar")
    next(entry for entry in found if entry.id == "Queue").string = "Q"
    before = desk_catalogue_files.written(found)
    found.update(said, no_fuzzy_matching=True)
    assert b'msgid "Queue"\nmsgstr "Q"' in before
    assert desk_catalogue_files.written(found) == before


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_of_the_desk_has_a_translation_and_no_other_is_kept(
    said: Catalog, language: DeskLanguage
) -> None:
    have = {(entry.id, entry.context): entry for entry in catalogue(language) if entry.id}
    assert have.keys() == {(entry.id, entry.context) for entry in said if entry.id}, "run: quietline languages desk"
    assert [entry.id for entry in have.values() if not all(forms(entry.string))] == []
