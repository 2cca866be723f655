"""Finds what the desk's templates say without asking for a translation: text between tags, in attributes, and in expressions."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import nodes

from commands.languages.template_sentences import CALLS, picked
from desk.web.page_templates import rendering

TEMPLATES = Path(__file__).parents[2] / "desk" / "templates"
_SPOKEN = ("aria-label", "title", "placeholder", "alt")
# The same in every language: names of things, keys, priorities, units, and what marks a class or a state.
_ALIKE = re.compile(
    r"P[0-3]|UTC|km|CSV|ID|OK|SMS|Telegram|WhatsApp|Esc|[jkcrwfbn]|[A-Z]{2}|Mo-Fr .*|docs/.*|%[-\w%: ]*|[a-z_.:#/-]*|https?://.*"
    r"|.*\b[\w-]+=\"[^\"]*\"?.*|/[\w/?=&-]*|wide console.*|shift offered|class=main"
)
_WORD = re.compile(r"[^\W\d_]{2}")
_BLANK = "\ufffc"  # stands for what Jinja puts there


def unmarked(path: Path) -> list[str]:
    """Return "line: text" for what a template says in English only."""
    source = path.read_text("utf-8")
    html = _Html()
    html.feed(_without_jinja(source))
    return [*html.found, *(f"{node.lineno}: {node.value}" for node in _bare(rendering().parse(source)))]


def all_unmarked() -> dict[str, list[str]]:
    """Return what is unmarked in each template that has something."""
    found = {str(path.relative_to(TEMPLATES)): unmarked(path) for path in sorted(TEMPLATES.rglob("*.html"))}
    return {name: texts for name, texts in found.items() if texts}


def _without_jinja(source: str) -> str:
    """Return the HTML of a template: its expressions and marked sentences are blanks, lines stay lines."""
    parts, inside, marked = [], "", False
    for _, kind, text in rendering().lex(source):
        if kind == "data":
            parts.append(_BLANK + "\n" * text.count("\n") if marked else text)
        else:
            parts.append("\n" * text.count("\n"))
        if kind == "block_begin":
            inside = ""
        elif kind == "name" and not inside:
            inside = text
            marked = text in ("trans", "pluralize") or (marked and text != "endtrans")
        elif kind == "variable_begin":
            parts.append(_BLANK)
    return "".join(parts)


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._within.append(tag)
        for name, value in attrs:
            if name in _SPOKEN:
                self._hear(value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._within:
            del self._within[len(self._within) - 1 - self._within[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if not {"script", "style", "kbd"} & set(self._within[-1:]):
            self._hear(data)

    def _hear(self, text: str) -> None:
        for part in text.split(_BLANK):
            if _WORD.search(part) and not _ALIKE.fullmatch(part.strip()):
                self.found.append(f"{self.getpos()[0]}: {' '.join(part.split())}")


def _bare(node: nodes.Node, block: str = "") -> Iterator[nodes.Const]:
    """Yield words in expressions that are shown, or handed to a macro, without a translation."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in CALLS:
        return
    if isinstance(node, nodes.Block):
        block = node.name
    shown = node.nodes if isinstance(node, nodes.Output) else node.args if isinstance(node, nodes.Call) else ()
    if block != "layout":
        for each in shown:
            yield from (word for word in picked(each) if _says(word))
    for child in node.iter_child_nodes():
        yield from _bare(child, block)


def _says(word: nodes.Const) -> bool:
    text = word.value.strip()
    return bool(_WORD.search(text)) and not _ALIKE.fullmatch(text)
