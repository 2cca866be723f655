"""A model is trained when something changed that it depends on, and only then."""

import gzip
import os
import re
import shutil
from pathlib import Path

import pytest

from commands.training.train import TrainingFailed, fingerprint, is_whole, train

SMALL = Path(__file__).parents[2] / "bot" / "rasa" / "small"
ROOT = Path(__file__).parents[3]
A_MODEL = gzip.compress(b"all that was learned", mtime=0)  # workers compare the names of tests, and so these bytes


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(SMALL, tmp_path / "root")
    shutil.copy(ROOT / "config.yml", tmp_path / "root")
    return tmp_path / "root"


@pytest.fixture
def var(tmp_path: Path) -> Path:
    (tmp_path / "var").mkdir()
    (ROOT / "var" / "encoder").mkdir(parents=True, exist_ok=True)
    (tmp_path / "var" / "encoder").symlink_to(ROOT / "var" / "encoder")
    return tmp_path / "var"


@pytest.mark.parametrize("name", ["config.yml", "domain.yml"])
def test_a_change_in_what_a_model_is_made_of_asks_for_a_new_one(root: Path, name: str) -> None:
    before = fingerprint(root)
    with (root / name).open("a") as file:
        file.write("# changed\n")
    assert fingerprint(root) != before


def test_examples_ask_for_none_since_nothing_is_learned_here(root: Path) -> None:
    before = fingerprint(root)
    (root / "data" / "nlu").mkdir(parents=True)
    (root / "data" / "nlu" / "more.yml").write_text("")
    assert fingerprint(root) == before


def test_nothing_is_trained_when_the_model_is_there(root: Path, var: Path) -> None:
    model = var / "models" / f"{fingerprint(root)}.tar.gz"
    model.parent.mkdir()
    model.write_bytes(A_MODEL)
    assert train(var, root) == model
    assert model.read_bytes() == A_MODEL


@pytest.mark.parametrize("kept", [b"", A_MODEL[:-1], A_MODEL[: len(A_MODEL) // 2], b"no archive"])
def test_half_of_a_model_is_none(tmp_path: Path, kept: bytes) -> None:
    (tmp_path / "model.tar.gz").write_bytes(kept)
    assert not is_whole(tmp_path / "model.tar.gz")


@pytest.mark.rasa
def test_a_damaged_model_is_made_anew_and_the_way_there_is_told(
    root: Path, var: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = var / "models" / f"{fingerprint(root)}.tar.gz"
    model.parent.mkdir()
    model.write_bytes(A_MODEL[:-1])
    assert is_whole(train(var, root))
    damaged, *progress, end = capsys.readouterr().err.splitlines()
    assert damaged == "The file of the model is damaged: it is made anew."
    assert [line for line in progress if not re.fullmatch(r"Training the model: \d+ % \(part .* left\)\.", line)] == []
    assert end.startswith("Trained in ")


@pytest.mark.rasa
def test_only_the_newest_models_are_kept(root: Path, var: Path) -> None:
    (var / "models" / ".of_a_training_that_was_killed").mkdir(parents=True)
    for age in range(5):
        old = var / "models" / f"old{age}.tar.gz"
        old.touch()
        os.utime(old, (age, age))
    new = train(var, root)
    assert {path.name for path in (var / "models").iterdir()} == {new.name, "old4.tar.gz", "old3.tar.gz", ".lock"}


@pytest.mark.rasa
def test_what_rasa_refuses_is_told_in_its_words(root: Path, var: Path) -> None:
    with (root / "config.yml").open("a") as file:
        file.write("  - name: bot.rasa.components.answer_policy.AnotherPolicy\n")
    with pytest.raises(TrainingFailed, match="AnotherPolicy"):
        train(var, root)
    assert list((var / "models").glob("*.tar.gz")) == []
