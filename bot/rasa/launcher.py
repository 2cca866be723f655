"""Starts Rasa our way, in a process of its own: `python -m commands.engine serve|train|understand …`.

It builds the engine itself instead of calling `rasa run`, which replaces a store or a classifier that it cannot load
by another one and goes on. Whatever is missing ends this process with one sentence on stderr.
"""

import argparse
import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import redirect_stdout
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from bot import core_dumps
from bot.crypto.vault import OF_ENGINES, BadKeyFile, Vault, read_key_file
from bot.rasa.adjustments import environment
from bot.settings import BadSetting, Settings

if TYPE_CHECKING:
    from rasa_sdk import Action

    from bot.rasa.adjustments.processor import Processor
    from bot.rasa.locks import ConversationLocks
    from bot.rasa.turn_trackers import TurnTrackers

    Actions = Callable[[], Iterable[Action]]

ROOT = Path(__file__).resolve().parents[2]
_PR_SET_PDEATHSIG = 1
_BEHIND = 5  # steps of priority behind the doors: a message is kept at once, however much there is to think about


def main(actions: "Actions", arguments: list[str] | None = None) -> None:
    """Read the command line and do one of the things below; `actions` is called where Rasa is loaded to decide."""
    core_dumps.forbid()
    parser = argparse.ArgumentParser(prog="engine")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, required=True)
    serve.add_argument("--parent", type=int, help="end when this process has ended")
    serve.add_argument("--explain", action="store_true", help="say why beside each decision; for invented talks only")
    understand = commands.add_parser("understand")
    for command in (serve, understand):
        command.add_argument("--model", type=Path, required=True)
        command.add_argument("--root", type=Path, default=ROOT)
    train = commands.add_parser("train")
    train.add_argument("--out", type=Path, required=True)
    train.add_argument("--root", type=Path, default=ROOT)
    given = parser.parse_args(arguments)
    bodies: dict[str, Callable[[argparse.Namespace, Settings], None]]
    bodies = {
        "serve": partial(_serve, actions),
        "understand": _understand,
        "train": _train,
    }
    try:
        settings = Settings.from_env()
        environment.prepare(settings.var / "rasa_home")
        bodies[given.command](given, settings)
    except (BadSetting, BadKeyFile) as error:
        _end(str(error))


def _serve(actions: "Actions", given: argparse.Namespace, settings: Settings) -> None:
    if given.parent:
        threading.Thread(target=_end_with, args=(given.parent,), daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(_BEHIND)
    vault = Vault(read_key_file(settings.engine_key_file, OF_ENGINES))
    if not settings.redis_url:
        _end("The engine needs REDIS_URL.")
    processor, trackers, locks = _load(given.model, settings, actions)
    from bot.phrases.phrases import Phrasebook
    from bot.rasa import channel
    from bot.rasa.handoff_bridge import HandoffBridge
    from bot.rasa.memory import Memory
    from bot.rasa.turn_reasons import ExplainingTurns
    from bot.rasa.turns import Turns
    from bot.storage.store import Store

    store = Store.connect(settings.redis_url, vault)
    book = Phrasebook.load(given.root)
    kind = ExplainingTurns if given.explain else Turns
    turns = kind(Memory(store, settings.home_country), processor, trackers, locks, book, HandoffBridge(store))
    app = channel.build(turns, vault.token("engine"))
    environment.silence(settings.log_level)
    # Sanic's worker manager would import everything again in a second process.
    app.run(given.host, given.port, single_process=True, access_log=False, motd=False)


def _understand(given: argparse.Namespace, settings: Settings) -> None:
    # Only answers belong on stdout, and libraries print there.
    answers = sys.stdout
    with redirect_stdout(sys.stderr):
        processor, _, _ = _load(given.model, settings)
        from bot.rasa.line_reader import read_lines
        from bot.rasa.understanding import Understanding

        read_lines(sys.stdin.buffer, answers, Understanding(processor))


def _train(given: argparse.Namespace, settings: Settings) -> None:
    from bot.encoder.numbers import WrongNumbers
    from bot.encoder.weights import WrongWeights
    from bot.rasa.training import ModelNotTrained, train

    environment.silence("error")
    try:
        train(given.root.resolve(), settings.var, given.out)
    except (WrongWeights, WrongNumbers) as error:
        _end(str(error))
    except ModelNotTrained:
        _end("Rasa ended without a model.")
    except Exception as error:
        # Rasa's own words on our own files: a label twice, a label without examples. No person is in them.
        cause: BaseException = error
        while cause.__cause__:
            cause = cause.__cause__
        _end(f"{type(cause).__name__}: {cause}")


def _load(
    model: Path, settings: Settings, actions: "Actions" = tuple
) -> "tuple[Processor, TurnTrackers, ConversationLocks]":
    from bot.encoder.build import built
    from bot.encoder.numbers import WrongNumbers
    from bot.encoder.reader import Reader
    from bot.encoder.weights import WrongWeights

    if not model.is_file():
        _end("There is no trained model: quietline train makes it.")
    try:
        reader = Reader(built(settings.var))
    except (WrongWeights, WrongNumbers) as error:
        _end(str(error))
    from bot.rasa.adjustments import processor
    from bot.rasa.components.label_classifier import LabelClassifier
    from bot.rasa.understanding import Understanding

    LabelClassifier.reader = reader
    environment.silence(settings.log_level)
    try:
        loaded = processor.load(model, actions())
        # What Rasa cannot read it leaves out, and fails at the first message.
        Understanding(loaded[0]).read("hello")
    except Exception as error:
        _end(f"The model cannot be loaded ({type(error).__name__}): quietline train --force makes a new one.")
    return loaded


def _end_with(parent: int) -> None:
    """End this process when its parent has ended: nobody would stop it, and it would hold its port."""
    if sys.platform == "linux":
        # The kernel does it even where this process hangs; the loop below is for other systems.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(0)


def _end(sentence: str) -> NoReturn:
    sys.exit(sentence)
