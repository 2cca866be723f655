"""Words of data that come where a page has sentences of its own: they stay words, whatever is in them."""

import re

import pytest

from desk.web.page_templates import rendering
from tests.hotline import ROOT

TEMPLATES = ROOT / "desk" / "templates"
HOSTILE = '<img src="//elsewhere.example"> 5% of %(name)s'
# What a page says in place of a sentence for what it is told: a default that is no sentence.
DEFAULT = re.compile(r"_\(\{[^{}]*\}\.get\(([^,]+), (?!\")(?!as_it_is\()")


@pytest.mark.parametrize(
    "macro",
    [
        ("directory_words.html", "need"),
        ("directory_words.html", "status"),
        ("directory_words.html", "field"),
        ("console/words.html", "channel"),
        ("sentences.html", "event"),
    ],
)
def test_who_writes_markup_into_data_sees_it_as_words_on_the_desk(macro: tuple[str, str]) -> None:
    file, name = macro
    page = rendering().from_string(f'{{% import "{file}" as words with context %}}{{{{ words.{name}(hostile) }}}}')
    said = page.render(hostile=HOSTILE).strip()
    assert said == "&lt;img src=&#34;//elsewhere.example&#34;&gt; 5% of %(name)s"


def test_no_page_takes_a_word_of_data_for_a_sentence_of_its_own() -> None:
    pages = {path.relative_to(TEMPLATES).as_posix(): path.read_text("utf-8") for path in TEMPLATES.rglob("*.html")}
    assert {name: found[0] for name, text in pages.items() if (found := DEFAULT.search(text))} == {}
    assert [name for name, text in pages.items() if re.search(r"(?<![\w.])_\(\s*[a-z]", text)] == []
