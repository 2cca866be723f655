"""The rules of the tree: how big a piece may be, that a name means one thing, and that every setting is explained.

Who may import whom stands in pyproject.toml, as contracts of import-linter.
"""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from tests.every import every

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "actions", "channels", "desk", "resources_directory", "commands")
FILES = sorted([ROOT / "quietline.py", *(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))])

LONGEST_MODULE, LONGEST_FUNCTION, LARGEST_FOLDER = 400, 60, 12


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(source: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or 0) - node.lineno + 1


def types(source: str) -> Iterator[str]:
    """Yield the classes of a module, and the types that it names by `Kind = ...`."""
    tree = ast.parse(source)
    yield from (node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    yield from (target for target in map(named_type, tree.body) if target)


def named_type(node: ast.stmt) -> str:
    """Return the name that a statement gives to a type: one in capitals and small letters."""
    match node:
        case ast.Assign(targets=[ast.Name(id=target)]) | ast.AnnAssign(target=ast.Name(id=target)):
            return target if re.fullmatch(r"_?[A-Z]\w*[a-z]\w*", target) else ""
    return ""


@every("path", FILES)
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    source = path.read_text("utf-8")
    assert len(source.splitlines()) <= LONGEST_MODULE
    assert [(function, lines) for function, lines in functions(source) if lines > LONGEST_FUNCTION] == []


@every("path", [path for path in FILES if path.name != "__init__.py"])
def test_a_module_opens_with_a_sentence(path: Path) -> None:
    first = (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").split("\n\n")[0]
    assert first.endswith((".", "?", "`"))


@every("path", [path for path in FILES if path.name == "__init__.py"])
def test_an_init_file_is_empty(path: Path) -> None:
    assert path.read_text("utf-8") == ""


@every("package", PACKAGES)
def test_each_package_is_one(package: str) -> None:
    assert (ROOT / package / "__init__.py").exists()


def test_a_folder_can_be_seen_at_a_glance() -> None:
    modules = Counter(path.parent for path in FILES if path.name != "__init__.py")
    assert [name(folder) for folder, count in modules.items() if count > LARGEST_FOLDER] == []


def test_the_name_of_a_module_tells_it_from_all_others() -> None:
    modules = Counter(path.stem for path in FILES if path.name != "__init__.py")
    # Doors beside each other hold the same thing.
    assert {stem for stem, count in modules.items() if count > 1} == {"adapter"}


def test_the_name_of_a_type_has_one_meaning() -> None:
    named = Counter(found for path in FILES for found in types(path.read_text("utf-8")))
    assert [found for found, count in named.items() if count > 1] == []


def test_a_second_meaning_is_seen() -> None:
    source = "class Line: ...\nKind = Literal['a']\n_Reader: TypeAlias = int\nx = 1\nMOST = 2"
    assert list(types(source)) == ["Line", "Kind", "_Reader"]


@pytest.mark.long
def test_nothing_of_rasa_is_needed_to_import_the_gateway() -> None:
    code = "import commands.runtime.composition, sys; print(*{'rasa', 'rasa_sdk', 'sanic', 'tensorflow'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.split() == []


class Noticing(dict[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def get(self, key: str, default: Any = "", /) -> Any:
        self.asked.add(key)
        return default


def explained() -> Mapping[str, str]:
    """Each variable of .env.example with the line above it."""
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    at = {number: re.match(r"#?\s?([A-Z][A-Z_]+)=", line) for number, line in enumerate(lines)}
    return {found[1]: lines[number - 1] for number, found in at.items() if found}


def test_the_example_of_an_environment_names_every_setting_and_no_other() -> None:
    environment = Noticing()
    Settings.from_env(environment)
    assert set(explained()) == environment.asked


def test_every_setting_of_the_example_has_a_sentence_above_it() -> None:
    assert [name for name, line in explained().items() if not re.fullmatch(r"# .{15,}\.", line)] == []


def test_no_two_modules_of_tests_share_a_name() -> None:
    # pytest imports them by that name alone, and stops at the second.
    names = [path.name for path in (ROOT / "tests").rglob("*.py") if path.name != "conftest.py"]
    assert sorted(name for name in names if names.count(name) > 1) == []


def test_nothing_but_a_trial_asks_an_engine_for_its_reasons() -> None:
    # They tell what somebody wrote. `private_hotline` passes on what `chat --why` and `rehearse` want.
    asking = {name(path) for path in FILES if re.search(r"explain=", path.read_text("utf-8"))}
    assert asking == {"commands/chat/chat.py", "commands/bench/private_hotline.py", "commands/rehearsal/rehearse.py"}
