"""What docs/architecture.md says of the code is there."""

import ast
import re

from tests.hotline import ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
ROW = re.compile(r"^\| *(\d+) \| (.*?) \|", re.MULTILINE)
PLACE = re.compile(r"`([\w/]+\.py)` `([\w.]+)`")
CARRIER = re.compile(r"^\| `(\w+)` \(`([\w/]+\.py)`\) \|", re.MULTILINE)
MOST_HOPS = 12


def defined(path: str) -> set[str]:
    """The functions and classes of a module, and the methods as Class.method."""
    names = set()
    for node in ast.parse((ROOT / path).read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        if isinstance(node, ast.ClassDef):
            inside = (part for part in node.body if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef))
            names |= {f"{node.name}.{part.name}" for part in inside}
    return names


def test_a_message_is_followed_in_twelve_hops_at_most() -> None:
    hops = [int(number) for number, _ in ROW.findall(PAGE)]
    assert hops == list(range(1, len(hops) + 1))
    assert 1 < len(hops) <= MOST_HOPS


def test_each_hop_names_code_that_is_there() -> None:
    found = {number: PLACE.findall(where) for number, where in ROW.findall(PAGE)}
    assert [number for number, places in found.items() if not places] == []
    named = [place for places in found.values() for place in places]
    assert [(path, name) for path, name in named if name not in defined(path)] == []


def test_each_carrier_of_a_turn_is_a_class_that_is_there() -> None:
    found = CARRIER.findall(PAGE)
    assert {"OpenTurn", "Question", "Decision", "Turn"} <= {name for name, _ in found}
    assert [(name, path) for name, path in found if name not in defined(path)] == []
