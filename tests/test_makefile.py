"""`make help` names every target, and the hooks that `make hooks` installs can be run."""

import os
import re
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.process

ROOT = Path(__file__).parent.parent
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def test_help_names_every_target_with_a_line() -> None:
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    told = re.findall(r"^make (\w+) +\S.{8,}$", done.stdout, re.MULTILINE)
    phony = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    assert phony
    assert sorted(told) == sorted(phony[1].split())


def test_run_is_what_make_does_by_itself() -> None:
    assert ".DEFAULT_GOAL := run\n" in MAKEFILE


@pytest.mark.parametrize("name", ["pre-commit", "pre-push"])
def test_a_hook_can_be_run_and_is_a_plain_script(name: str) -> None:
    hook = ROOT / ".githooks" / name
    assert os.access(hook, os.X_OK)
    subprocess.run(["sh", "-n", str(hook)], check=True)


def test_a_commit_without_python_is_not_made_to_wait(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    done = subprocess.run(
        [ROOT / ".githooks" / "pre-commit"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_a_commit_is_stopped_by_what_ruff_says(tmp_path: Path) -> None:
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    (tmp_path / "bad.py").write_text("import os\n")
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    subprocess.run(["git", "add", "bad.py"], cwd=tmp_path, check=True)
    done = subprocess.run(
        [ROOT / ".githooks" / "pre-commit"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "F401" in done.stdout) == (1, True)
