"""Puts the model together: Rasa's own training of our rules, in a folder that is gone afterwards. No text is learned from."""

import os
import sys
import tempfile
from pathlib import Path

import yaml

from bot.encoder.build import built
from bot.progress import as_lines


class ModelNotTrained(Exception):
    """Rasa ended without a model."""


def train(root: Path, var: Path, out: Path) -> None:
    """Train on config.yml, domain.yml and data/rules below the root. Raises what Rasa raises, WrongWeights or WrongNumbers."""
    tell = as_lines(sys.stdout)
    tell("building the reader", 0, 1)
    built(var)
    tell("reading the rules", 0, 1)
    from rasa.model_training import train as rasa_train

    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".") as scratch:
        labels = Path(scratch) / "labels.yml"
        labels.write_text(_labels(root), "utf-8")
        # Rasa's cache would keep what it learned from, outside of our folders, and never notice changed code.
        os.environ["RASA_CACHE_DIRECTORY"] = f"{scratch}/cache"
        result = rasa_train(
            domain=str(root / "domain.yml"),
            config=str(root / "config.yml"),
            training_files=[str(labels), str(root / "data" / "rules")],
            output=scratch,
            fixed_model_name="model",
            force_training=True,
        )
        if result.code or not result.model:
            raise ModelNotTrained
        Path(result.model).rename(out)


def _labels(root: Path) -> str:
    """Return one example for each label, its name: without any, Rasa leaves understanding out of the model."""
    names = yaml.load((root / "domain.yml").read_bytes(), Loader=yaml.CSafeLoader)["intents"]
    examples = [{"intent": name, "examples": f"- {name}\n"} for name in names]
    return yaml.safe_dump({"version": "3.1", "nlu": examples})
