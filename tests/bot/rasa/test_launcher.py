"""The engine as a process: it ends with a sentence when something is missing, and with its parent."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.crypto.vault import make_key_file
from commands.bench.child_hotline import family
from commands.engine import COMMAND
from commands.runtime.free_ports import free_port
from tests.bot.rasa.conftest import ROOT

pytestmark = pytest.mark.process

LAUNCHER = [*COMMAND]


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    make_key_file(tmp_path / "key")
    return {
        **os.environ,
        "QUIETLINE_VAR": str(ROOT / "var"),
        "ENGINE_KEY_FILE": str(tmp_path / "key"),
        "REDIS_URL": "redis://127.0.0.1:1",
        **more,
    }


def serve(model: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    command = [*LAUNCHER, "serve", "--port", str(free_port()), "--model", str(model)]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"ENGINE_KEY_FILE": "/nowhere"}, "The file of the engines' key (ENGINE_KEY_FILE) cannot be read."),
        ({"REDIS_URL": ""}, "The engine needs REDIS_URL."),
        ({"PORT": "none"}, "PORT must be a whole number from 1 to 65535."),
        ({}, "There is no trained model: quietline train makes it."),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(tmp_path: Path, more: dict[str, str], sentence: str) -> None:
    done = serve(tmp_path / "none.tar.gz", environment(tmp_path, **more))
    assert (done.returncode, done.stderr.strip(), done.stdout) == (1, sentence, "")


def test_a_broken_model_is_not_served(tmp_path: Path) -> None:
    (tmp_path / "broken.tar.gz").write_bytes(b"no archive")
    done = serve(tmp_path / "broken.tar.gz", environment(tmp_path))
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].endswith("quietline train --force makes a new one.")


def healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/webhooks/quietline/health", timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


# Seconds. An engine gives way to everything else, so that on a busy machine its start takes long.
_STARTS = 90.0


def eventually(true: bool, port: int) -> bool:
    deadline = time.monotonic() + _STARTS
    while healthy(port) is not true and time.monotonic() < deadline:
        time.sleep(0.1)
    return healthy(port) is true


@pytest.mark.rasa
def test_the_engine_gives_way_to_the_doors_and_ends_with_its_parent(tmp_path: Path, small_model: Path) -> None:
    port = free_port()
    # A parent that starts the engine and then does nothing, like a supervisor that is killed later.
    code = (
        "import subprocess, sys, os, signal; "
        f"subprocess.Popen({LAUNCHER!r} + ['serve', '--port', '{port}', '--model', {str(small_model)!r},"
        " '--parent', str(os.getpid())]); signal.pause()"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment(tmp_path))
    try:
        assert eventually(True, port)
        _, engine = family(parent.pid)
        assert os.getpriority(os.PRIO_PROCESS, engine) > os.getpriority(os.PRIO_PROCESS, parent.pid)
    finally:
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    assert eventually(False, port)


@pytest.mark.rasa
def test_lines_are_read_one_by_one_with_and_without_their_context(tmp_path: Path, small_model: Path) -> None:
    import json

    lines = (
        'hello\n\nhe is hitting me right now\n \n😭\n12\nim in mexico\n15\t{"question": "age"}\nthank you\tso much\n'
    )
    command = [*LAUNCHER, "understand", "--model", str(small_model)]
    env = environment(tmp_path, LOG_LEVEL="error")
    done = subprocess.run(command, cwd=ROOT, env=env, input=lines, capture_output=True, text=True, check=True)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    texts = lines.split("\n")[:-1]
    assert [one["text"] for one in found] == [*texts[:7], "15", texts[8]]
    assert [one["intent"] for one in found][:2] == ["greet", None]
    assert [one["crisis"] for one in found] == [number == 2 for number in range(len(texts))]
    assert (
        found[2]["crises"][0].items()
        >= {"kind": "immediate_danger", "about": "me", "when": "now", "band": "sure"}.items()
    )
    assert found[6]["entities"] == [{"entity": "country", "value": "MX"}]
    assert (found[7]["intent"], found[7]["answer"], found[0]["answer"]) == ("disclose_minor", "no", None)
    contract = {"text", "locale", "intent", "confidence", "crisis", "entities", "guesses"}
    contract |= {"labels", "about", "watched", "free", "answer", "ages", "places", "crises"}
    assert set(found[0]) == contract


@pytest.mark.rasa
def test_what_rasa_demands_to_learn_from_is_left_neither_in_the_model_nor_beside_it(small_model: Path) -> None:
    import tarfile

    with tarfile.open(small_model) as archive:
        files = [archive.extractfile(member) for member in archive.getmembers()]
        contents = [file.read() for file in files if file]
    assert not any(b"a message is answered" in content for content in contents)
    beside = {path.name for path in small_model.parent.iterdir() if path.suffixes != [".tar", ".gz"]}
    assert beside <= {".lock"}
