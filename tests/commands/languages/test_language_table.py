"""`quietline languages`: how well each language is understood stands beside how much it has."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from commands.languages import language_table


def shown(width: int = 200) -> str:
    screen = io.StringIO()
    Console(width=width, file=screen).print(language_table.table())
    return screen.getvalue()


@pytest.mark.long
def test_what_was_measured_is_shown_with_its_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shares = {"right": 0.71, "crisis_found": 0.88, "crisis_by_mistake": 0.04}
    measured = {"measured": "2026-01-02", "folds": 3, "languages": {"en": shares}}
    (tmp_path / "evaluation.json").write_text(json.dumps(measured), "utf-8")
    monkeypatch.setattr(language_table, "_MEASURED", tmp_path / "evaluation.json")
    text = shown()
    assert all(part in text for part in ("2026-01-02", "0.71", "0.88", "0.04", "too long for SMS"))


@pytest.mark.long
def test_without_a_measurement_there_is_still_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language_table, "_MEASURED", tmp_path / "none.json")
    assert "English" in shown()
