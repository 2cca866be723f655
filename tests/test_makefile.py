"""`make help` names every target."""

import re
import subprocess
from pathlib import Path

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
