"""docs/requirements.md: a row for each rule, no empty cell, and nothing named that is not there."""

import ast
import re
from functools import cache

import pytest

from tests.hotline import ROOT

pytestmark = pytest.mark.privacy

PAGE = (ROOT / "docs" / "requirements.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in PAGE.splitlines()
    if line.startswith('| <a id="p')
]
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
MODULE = re.compile(r"`([\w./]+\.(?:py|lua|yml|conf)|deploy/Caddyfile|\.dockerignore)`")


@cache
def known_in(path: str) -> frozenset[str]:
    """The tests of a module; none where there is no such module."""
    file = ROOT / path
    tree = ast.parse(file.read_text("utf-8")) if file.is_file() else ast.Module([], [])
    found = (node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(name for name in found if name.startswith("test_"))


def test_each_rule_has_one_row_without_an_empty_cell() -> None:
    ids = [re.findall(r'id="(p\d\d)"', row[0])[0] for row in ROWS]
    assert ids == [f"p{number:02}" for number in range(1, 41)]
    assert [row[0] for row in ROWS if len(row) != 5 or not all(len(cell) > 3 for cell in row)] == []


def test_each_rule_names_a_test_and_each_test_is_there() -> None:
    assert [row[0] for row in ROWS if not TEST.findall(row[3])] == []
    missing = [f"{path}::{name}" for row in ROWS for path, name in TEST.findall(row[3]) if name not in known_in(path)]
    assert missing == []


def test_whoever_reads_a_disk_in_a_test_does_it_in_the_job_of_privacy_too() -> None:
    found = [path for path in (ROOT / "tests").rglob("test_*.py") if "disk_image" in path.name]
    assert [path.name for path in found if "mark.privacy" not in path.read_text("utf-8")] == []


def test_each_module_that_keeps_a_rule_is_there() -> None:
    named = {name for row in ROWS for name in MODULE.findall(row[2])}
    assert sorted(name for name in named if not (ROOT / name).exists()) == []
    assert len(named) > 40
