"""Rehearsals as scripts outside see them: a process, its files, and its exit code, against the trained model."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.phrases.reply_kinds import KINDS

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(300)]

ROOT = Path(__file__).parent.parent
COMMAND = [sys.executable, "-m", "quietline"]
ENVIRONMENT = {**os.environ, "QUIETLINE_SETTINGS": os.devnull}


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rehearsed")


@pytest.fixture(scope="module")
def ended(out: Path) -> "subprocess.CompletedProcess[str]":
    arguments = ["rehearse", str(ROOT / "tests" / "rehearsal"), "--out", str(out), "--plays", "2"]
    return subprocess.run(
        [*COMMAND, *arguments], cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )


def test_what_is_broken_is_printed_written_and_told_by_the_exit_code(ended: Any, out: Path) -> None:
    *faults, summary = ended.stdout.splitlines()
    written = [
        f"{each['id']} T{each['turn']}: {each['sentence']}" for path in plays(out, "broken") for each in lines(path)
    ]
    assert faults == written
    assert (ended.returncode, ended.stderr) == (int(bool(faults)), "")
    assert summary.startswith("4 talks, 20 lines, ")


def test_every_line_of_the_files_is_played_in_order(ended: Any, out: Path) -> None:
    done = [
        (line["turn"], next(act for act in ("person", "wait", "sent") if act in line)) for line in first(out, "laundry")
    ]
    assert done == [(1, "person"), (2, "person"), (3, "person"), (4, "wait"), (4, "person")]
    assert [line.get("sent") for line in first(out, "vineyard")] == [None, None, "picture", None, None]


def test_a_talk_opens_with_the_question_for_safety_and_asks_again_after_hours(ended: Any, out: Path) -> None:
    talk = first(out, "laundry")
    assert [reply["kind"] for reply in talk[0]["replies"]] == ["opening"]
    assert "check" in [reply["kind"] for reply in talk[-1]["replies"]]
    assert (talk[0]["state"], talk[2]["state"], talk[3]["replies"]) == ("asked_safe", "talk", [])


def test_an_operator_on_duty_can_be_asked_for(ended: Any, out: Path) -> None:
    said = [reply["say"] for line in first(out, "vineyard") for reply in line["replies"]]
    assert [say for say in said if say.startswith("utter_person_asked")]


def test_each_reply_has_a_kind_and_each_answer_its_reasons(ended: Any, out: Path) -> None:
    replies = [reply for name in ("laundry", "vineyard") for line in first(out, name) for reply in line["replies"]]
    assert {reply["kind"] for reply in replies} <= set(KINDS)
    why = [line["why"] for line in first(out, "laundry.why") if "person" in line]
    assert [bool(each["labels"] and each["answered_by"]) for each in why] == [True] * 4
    assert (why[2]["record"]["country"], why[2]["locales"]) == ("CA", ["en"])


def test_a_second_play_begins_with_nothing_of_the_first(ended: Any, out: Path) -> None:
    texts = [[[reply["text"] for reply in line["replies"]] for line in lines(path)] for path in plays(out, "laundry")]
    assert texts[0] == texts[1]


def test_another_program_plays_a_person_line_by_line() -> None:
    arguments = [*COMMAND, "chat", "--json", "--why", "--channel", "web", "--hints", '{"accept": "fr"}']
    with subprocess.Popen(
        arguments, cwd=ROOT, env=ENVIRONMENT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as talk:
        assert talk.stdin
        assert talk.stdout
        answers = []
        for line in ("bonsoir", "@send picture", "@nothing we know is words", "@wait soon", "@wait 2m"):
            print(line, file=talk.stdin, flush=True)
            answers.append(json.loads(talk.stdout.readline()))
        talk.stdin.close()
        assert talk.wait(60) == 0
    assert [next(iter(answer)) for answer in answers] == ["person", "sent", "person", "error", "wait"]
    assert answers[0]["why"]["locales"] == ["fr"]


def plays(out: Path, name: str) -> list[Path]:
    return [out / f"play-{number}" / f"{name}.jsonl" for number in (1, 2)]


def first(out: Path, name: str) -> list[dict[str, Any]]:
    """The lines of a file of the first play."""
    return lines(plays(out, name)[0])
