"""The rules of the tree: who may import whom, how big a piece may be, and that every setting is explained."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from tests.every import every

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "actions", "channels", "desk", "resources_directory", "commands")
OURS = {*PACKAGES, "quietline", "tests"}
FILES = sorted([ROOT / "quietline.py", *(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))])

# Imports point inwards: quietline -> desk, channels -> bot <- actions -> resources_directory.
MAY_IMPORT = {
    "bot": {"bot"},
    "resources_directory": {"resources_directory"},
    "actions": {"actions", "bot", "resources_directory"},
    "channels": {"channels", "bot"},
    "desk": {"desk", "bot", "resources_directory"},
    "commands": set(PACKAGES),
    "quietline": set(PACKAGES),
}
# A library that is known in one place only can be replaced there.
ONLY_IN = {
    "aiohttp": ("channels/", "desk/", "commands/"),
    "jinja2": ("channels/", "desk/"),
    "rasa": ("bot/rasa/",),
    "rasa_sdk": ("actions/", "bot/rasa/"),  # there: the executor that calls the actions
    "sanic": ("bot/rasa/",),
    "redis": ("bot/", "commands/"),
    "cryptography": ("bot/",),
}
LONGEST_MODULE, LONGEST_FUNCTION = 400, 60


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(source: str) -> set[str]:
    """The first words of all that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("a relative import" if node.level else str(node.module).partition(".")[0])
    return found


def broken_rules(where: str, source: str) -> set[str]:
    """What a module imports and must not."""
    home = where.partition("/")[0].removesuffix(".py")
    imports = imported(source)
    outwards = (imports & OURS) - MAY_IMPORT[home]
    elsewhere = {library for library, places in ONLY_IN.items() if library in imports and not where.startswith(places)}
    return outwards | elsewhere | (imports & {"a relative import"})


def functions(source: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or 0) - node.lineno + 1


@pytest.mark.long
@every("path", FILES)
def test_imports_point_inwards(path: Path) -> None:
    assert broken_rules(name(path), path.read_text("utf-8")) == set()


@every(
    ("where", "source", "broken"),
    [
        ("bot/storage/store.py", "def f():\n    from channels.delivery.sender import Sender", {"channels"}),
        ("channels/sms/adapter.py", "import desk.web.event_stream", {"desk"}),
        ("actions/crisis/safety.py", "import aiohttp.web", {"aiohttp"}),
        ("bot/language/locale.py", "from rasa.core import agent", {"rasa"}),
        ("bot/rasa/nlg.py", "from rasa.core import agent", set()),
        ("bot/rasa/nlg.py", "import actions", {"actions"}),
        ("channels/sms/adapter.py", "from . import engine", {"a relative import"}),
        ("commands/runtime/run.py", "import tests.hotline", {"tests"}),
    ],
)
def test_the_rule_of_imports_sees_what_it_should(where: str, source: str, broken: set[str]) -> None:
    assert broken_rules(where, source) == broken


@pytest.mark.long
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
