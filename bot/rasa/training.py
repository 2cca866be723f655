"""Trains the model: Rasa's own training, in a folder that is gone afterwards."""

import os
import sys
import tempfile
from pathlib import Path

from bot.encoder.build import built
from bot.encoder.encoder import Encoder, RememberingEncoder
from bot.progress import as_lines


class ModelNotTrained(Exception):
    """Rasa ended without a model."""


def train(root: Path, var: Path, out: Path) -> None:
    """Train on config.yml, domain.yml, data/nlu and data/rules below the root. Raises what Rasa raises."""
    from rasa.model_training import train as rasa_train

    from bot.rasa.components.label_classifier import LabelClassifier, Tools

    tell = as_lines(sys.stdout)
    tell("building the encoder", 0, 1)
    folder = built(var)
    tell("loading the texts", 0, 1)
    encoder = RememberingEncoder(Encoder(folder, os.cpu_count() or 1), folder / "vectors.npz", tell)
    LabelClassifier.tools = Tools(encoder, tell)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".") as scratch:
        # Rasa's cache would keep what it learned from, outside of our folders, and never notice changed code.
        os.environ["RASA_CACHE_DIRECTORY"] = f"{scratch}/cache"
        result = rasa_train(
            domain=str(root / "domain.yml"),
            config=str(root / "config.yml"),
            training_files=[str(root / "data" / "nlu"), str(root / "data" / "rules")],
            output=scratch,
            fixed_model_name="model",
            force_training=True,
        )
        if result.code or not result.model:
            raise ModelNotTrained
        Path(result.model).rename(out)
    encoder.keep()
