"""The sentences in a template of the desk: those that gettext is called with, and those that are picked from for it.

`_({"here": "On duty", "off": "Off duty"}[state])` holds two sentences, which Jinja's own extraction does not see.
"""

import re
from collections.abc import Collection, Iterator
from typing import Any, BinaryIO

from jinja2 import nodes
from jinja2.ext import babel_extract

from desk.web.page_templates import rendering

_OPTIONS = {
    "trimmed": "true",
    "newstyle_gettext": "true",
    "silent": "false",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
}
CALLS = ("_", "gettext", "ngettext", "pgettext", "npgettext")
_COMMENT = re.compile(r"\{#-?\s*(translators:.*?)\s*-?#\}", re.S)


def extracted(file: BinaryIO, keywords: Any, comment_tags: Collection[str], options: dict[str, Any]) -> Iterator[Any]:
    """Yield the sentences of a template, as Babel asks for them."""
    yield from babel_extract(file, list(keywords), list(comment_tags), options | _OPTIONS)
    file.seek(0)
    source = file.read().decode()
    comments = {source.count("\n", 0, found.end()) + 1: found[1] for found in _COMMENT.finditer(source)}
    for call in rendering().parse(source).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "_" and not isinstance(call.args[0], nodes.Const):
            about = [comments[line] for line in (call.lineno - 1, call.lineno) if line in comments]
            for found in picked(call.args[0]):
                yield found.lineno, "_", found.value, about


def picked(node: nodes.Node) -> Iterator[nodes.Const]:
    """Yield the words that an expression can be, wherever it picks them from."""
    if isinstance(node, nodes.Const):
        if isinstance(node.value, str) and node.value:
            yield node
    elif isinstance(node, nodes.Dict):
        for pair in node.items:
            yield from picked(pair.value)
    elif isinstance(node, nodes.CondExpr):
        yield from (each for part in (node.expr1, node.expr2) if part for each in picked(part))
    elif isinstance(node, nodes.Or):
        yield from (each for part in (node.left, node.right) for each in picked(part))
    elif isinstance(node, nodes.Getitem | nodes.Getattr):
        yield from picked(node.node)
    elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr):  # {…}.get(word, "otherwise")
        yield from (each for part in (node.node, *node.args[1:]) for each in picked(part))
