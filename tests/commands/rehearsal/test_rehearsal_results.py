"""What a rehearsal leaves in its folder, and what the command says and ends with."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.messaging.outbox import Outgoing
from commands.rehearsal import results
from commands.rehearsal.checks.invariants import BrokenInvariant
from commands.rehearsal.played_talk import Bubble
from commands.rehearsal.rehearsal_error import NotPlayed
from commands.rehearsal.rehearse import summary
from quietline import app
from tests.commands.played_talks import OPENING, talk, turn

PLAYED = talk(
    turn(1, OPENING, what="hi", state="asked_safe", answered_by="action_before_talk"),
    turn(2, act="wait", what="PT3H", state="asked_safe"),
    turn(2, Bubble("utter_menu", "question", "Now?", [{"number": 1, "text": "a number"}]), act="sent", what="picture"),
)
FAULT = BrokenInvariant("some-talk", 2, "questions", "2 questions at once.")


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def left_by(out: Path) -> list[str]:
    return sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file())


def rehearsed(out: Path, plays: int) -> None:
    with results.aside(out) as folder:
        for number in range(1, plays + 1):
            results.write(folder, number, [PLAYED], [FAULT])
        results.put_in_place(folder, out)


def test_each_line_says_what_the_person_did_where_the_talk_stands_and_what_was_said(tmp_path: Path) -> None:
    rehearsed(tmp_path, 1)
    first, second, third = lines(tmp_path / "play-1" / "some-talk.jsonl")
    opening = {"say": "utter_opening", "kind": "opening", "text": "Hi. Is it safe to write now?", "choices": []}
    assert first == {"turn": 1, "person": "hi", "state": "asked_safe", "replies": [opening]}
    assert second == {"turn": 2, "wait": "PT3H", "state": "asked_safe", "replies": []}
    assert (third["turn"], third["sent"]) == (2, "picture")
    assert third["replies"][0]["choices"] == [{"number": 1, "text": "a number"}]


def test_reasons_and_what_was_broken_stand_in_files_of_their_own(tmp_path: Path) -> None:
    rehearsed(tmp_path, 1)
    why = lines(tmp_path / "play-1" / "some-talk.why.jsonl")[0]
    assert why == {"turn": 1, "person": "hi", "why": {"locales": ["en"], "answered_by": "action_before_talk"}}
    assert lines(tmp_path / "play-1" / "broken.jsonl") == [FAULT.plain()]


def test_a_new_rehearsal_takes_the_place_of_the_last_one(tmp_path: Path) -> None:
    rehearsed(tmp_path, 2)
    (tmp_path / "notes.txt").write_text("of a judge")
    rehearsed(tmp_path, 1)
    files = [f"play-1/{name}" for name in ("broken.jsonl", "some-talk.jsonl", "some-talk.why.jsonl")]
    assert left_by(tmp_path) == ["notes.txt", *files]


def test_what_is_no_play_of_ours_stays(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    notes = tmp_path / "out" / "play-1-notes.md"
    notes.write_text("mine")
    (tmp_path / "new" / "play-1").mkdir(parents=True)
    results.put_in_place(tmp_path / "new", tmp_path / "out")
    assert (notes.read_text(), (tmp_path / "out" / "play-1").is_dir()) == ("mine", True)


def test_a_rehearsal_that_breaks_off_leaves_what_was_there_before(tmp_path: Path) -> None:
    rehearsed(tmp_path, 1)
    before = left_by(tmp_path)
    with pytest.raises(NotPlayed), results.aside(tmp_path) as folder:
        results.write(folder, 1, [PLAYED, PLAYED], [])
        raise NotPlayed
    assert left_by(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["play-1"]


def test_a_folder_that_can_not_be_written_is_told_before_anything_is_played(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NotPlayed, match="--out: nothing can be written"), results.aside(tmp_path / "file" / "out"):
        pass


def test_the_summary_counts_talks_lines_and_what_was_broken() -> None:
    assert summary([[PLAYED]], [[FAULT]], 12.3) == "1 talk, 3 lines, 12 seconds: 1 broken in 1 of them (questions 1)."
    assert summary([[PLAYED], [PLAYED]], [[], []], 1.0) == "2 talks, 6 lines, 1 second: nothing broken."


@pytest.fixture
def scenarios(tmp_path: Path) -> Path:
    folder = tmp_path / "scenarios"
    folder.mkdir()
    return folder


def run(scenarios: Path, out: Path) -> Result:
    environment = {"QUIETLINE_VAR": str(scenarios.parent / "var")}
    return CliRunner().invoke(app, ["rehearse", str(scenarios), "--out", str(out)], env=environment)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "There is no scenario"),
        ("id: [", "one.yml: this is no YAML"),
        ("id: one\nchannel: web", "one.yml: turns: these are missing"),
    ],
)
def test_what_can_not_be_played_ends_with_two_and_leaves_nothing(
    scenarios: Path, tmp_path: Path, text: str | None, sentence: str
) -> None:
    (scenarios / ("one.yml" if text else "README.md")).write_text(text or "")
    result = run(scenarios, tmp_path / "out")
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr
    assert not (tmp_path / "out").exists()


def test_an_out_that_is_a_file_ends_with_two(scenarios: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    assert run(scenarios, tmp_path / "out").exit_code == 2


def test_an_out_below_a_file_ends_with_two(scenarios: Path, tmp_path: Path) -> None:
    (scenarios / "one.yml").write_text('id: one\nchannel: web\nturns: ["hello"]')
    (tmp_path / "file").write_text("")
    result = run(scenarios, tmp_path / "file" / "out")
    assert (result.exit_code, "--out" in result.stderr) == (2, True)


def test_a_folder_that_is_not_there_ends_with_two(tmp_path: Path) -> None:
    assert run(tmp_path / "nowhere", tmp_path / "out").exit_code == 2


def test_a_text_message_is_recorded_as_it_is_sent_without_accents_that_cost_a_part() -> None:
    words = Outgoing(
        "Não é culpa sua, está tudo bem em pedir ajuda agora, também depois de algum tempo.",
        "utter_told",
    )
    assert Bubble.of(words, "sms").text.startswith("Nao é culpa sua, esta tudo")
    assert Bubble.of(words, "web").text == words.text
