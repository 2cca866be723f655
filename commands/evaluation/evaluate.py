"""The command `quietline evaluate`: how well messages are understood, or with `--texts` how well languages are told apart."""

import json
import sys
from datetime import date
from pathlib import Path

from bot.encoder.reading import Context
from bot.settings import Settings
from commands.evaluation.judged_lines import BadLine, judged_lines
from commands.evaluation.language_tables import detection
from commands.evaluation.understanding_tables import JudgedMessage, shares, tables
from commands.evaluation.understood_lines import NotUnderstood, understood
from commands.runtime.composition import ROOT

JUDGED = ROOT / "tests" / "evaluation"


def evaluate(settings: Settings, folder: Path, write: bool) -> None:
    """Print the tables of a folder as Markdown; `write` also writes them, and the shares by language in data/evaluation.json."""
    try:
        lines = list(judged_lines(folder))
    except BadLine as error:
        sys.exit(str(error))
    if not lines:
        sys.exit(f"There are no messages in {folder}: label<TAB>text in <locale>.tsv.")
    asked = [(line.meant.text, Context(line.meant.question, line.meant.mode)) for line in lines]
    try:
        heard = understood(settings, asked)
    except NotUnderstood as error:
        sys.exit(f"The messages could not be read. {error}".strip())
    messages = [JudgedMessage(line, found) for line, found in zip(lines, heard, strict=True)]
    text = "\n".join(tables(messages))
    sys.stdout.write(f"{len(messages)} messages, measured on {date.today().isoformat()}.\n{text}\n")
    if write:
        made = f"Made by `quietline evaluate --write` on {date.today().isoformat()}: {len(messages)} messages, no examples."
        (ROOT / "docs" / "evaluation_tables.md").write_text(f"# Tables of the evaluation\n\n{made}\n{text}\n", "utf-8")
        by_language = shares(messages)
        plain = {"measured": date.today().isoformat(), "all": by_language.pop("all"), "languages": by_language}
        (ROOT / "data" / "evaluation.json").write_text(json.dumps(plain, indent=1) + "\n", "utf-8")


def languages_told(texts: Path) -> None:
    """Print how well languages are detected."""
    sys.stdout.writelines(f"{line}\n" for line in detection(texts))
