"""Puts the model together: Rasa's own packing of our parts, in a folder that is gone afterwards. No text is learned from."""

import os
import sys
import tempfile
from pathlib import Path

import yaml

from bot.encoder.build import built
from bot.progress import as_lines
from bot.rasa.components.answer_policy import ANSWER


class ModelNotTrained(Exception):
    """Rasa ended without a model."""


def train(root: Path, var: Path, out: Path) -> None:
    """Train on config.yml and domain.yml below the root. Raises what Rasa raises, WrongWeights or WrongNumbers."""
    tell = as_lines(sys.stdout)
    tell("building the reader", 0, 1)
    built(var)
    tell("putting the model together", 0, 1)
    from rasa.model_training import train as rasa_train

    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".") as scratch:
        data = Path(scratch) / "data.yml"
        data.write_text(_least(root), "utf-8")
        # Rasa's cache would keep what it learned from, outside of our folders, and never notice changed code.
        os.environ["RASA_CACHE_DIRECTORY"] = f"{scratch}/cache"
        result = rasa_train(
            domain=str(root / "domain.yml"),
            config=str(root / "config.yml"),
            training_files=[str(data)],
            output=scratch,
            fixed_model_name="model",
            force_training=True,
        )
        if result.code or not result.model:
            raise ModelNotTrained
        Path(result.model).rename(out)


def _least(root: Path) -> str:
    """Return the least that Rasa takes for data: one example of each label, its name, and one rule.

    Without examples Rasa leaves understanding out of the model, and without a rule the policy.
    """
    names = yaml.load((root / "domain.yml").read_bytes(), Loader=yaml.CSafeLoader)["intents"]
    examples = [{"intent": name, "examples": f"- {name}\n"} for name in names]
    answered = {"rule": "a message is answered", "steps": [{"intent": names[0]}, {"action": ANSWER}]}
    return yaml.safe_dump({"version": "3.1", "nlu": examples, "rules": [answered]})
