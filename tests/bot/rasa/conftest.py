"""Rasa inside the test's own process: imported our way, with a small model of its own where one is needed."""

import importlib
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.rasa.adjustments import environment
from commands.training.train import train
from tests.hotline import MASTER

if TYPE_CHECKING:
    from bot.rasa.adjustments.processor import Processor
    from bot.rasa.locks import ConversationLocks
    from bot.rasa.turn_trackers import TurnTrackers

ROOT = Path(__file__).parents[3]
SMALL = Path(__file__).parent / "small"

# Old libraries warn while they are imported, and the environment is put back for the tests beside these.
_before = dict(os.environ)
with warnings.catch_warnings():
    environment.prepare(Path(tempfile.mkdtemp(prefix="rasa_home_")))
    warnings.simplefilter("ignore")
    for name in ("rasa.core.processor", "rasa.model_training", "sanic", "bot.rasa.adjustments.actions_in_process"):
        importlib.import_module(name)
shutil.rmtree(os.environ["HOME"], ignore_errors=True)
os.environ.clear()
os.environ.update(_before)


@pytest.fixture(scope="session")
def small_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small hotline, with the configuration that is used in earnest."""
    root = tmp_path_factory.mktemp("small")
    shutil.copytree(SMALL, root, dirs_exist_ok=True)
    shutil.copy(ROOT / "config.yml", root)
    return root


@pytest.fixture(scope="session")
def small_model(small_root: Path) -> Path:
    """The model of the small hotline, trained when something has changed that it depends on."""
    folder = ROOT / "var" / "tests" / "small"
    folder.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        (folder / "encoder").symlink_to(ROOT / "var" / "encoder")
    return train(folder, small_root)


@pytest.fixture(scope="session")
def small_processor(small_model: Path) -> Iterator["tuple[Processor, TurnTrackers, ConversationLocks]"]:
    from bot.encoder.build import built
    from bot.encoder.reader import Reader
    from bot.rasa.adjustments import processor
    from bot.rasa.components.label_classifier import LabelClassifier
    from tests.bot.rasa.small_actions import ACTIONS

    LabelClassifier.reader = Reader(built(ROOT / "var"))
    yield processor.load(small_model, ACTIONS)


@pytest.fixture
def master() -> bytes:
    return MASTER
