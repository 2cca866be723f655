"""The parts of a training run, in order, and roughly how long each takes."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bot.time_left import JobPart

_ENCODER, _READING = "building the encoder", "reading the examples"
# The names are those that the training process reports. Seconds and steps were measured on two cores.
_PARTS = (
    JobPart(_ENCODER, 8),
    JobPart("loading the texts", 20),
    JobPart(_READING, 180, steps=32_800),
    JobPart(_READING, 50, "reading the examples without accents", steps=9_800),
    JobPart("learning", 220, "learning what they mean", steps=6_760),
    JobPart("writing the model", 15),
)
_NEW = 1 / 20  # share of texts still to encode when the vectors of the last run were kept


def parts_of_training(var: Path) -> Iterator[JobPart]:
    """Yield the parts still to do, given what is left from the last run."""
    encoder = var / "encoder"
    built, read = any(encoder.glob("*/encoder.onnx")), any(encoder.glob("*/vectors.npz"))
    for part in _PARTS:
        if part.name == _READING and read:
            yield replace(part, seconds=part.seconds * _NEW, steps=int(part.steps * _NEW))
        elif part.name != _ENCODER or not built:
            yield part


def seconds_to_train(var: Path) -> float:
    """Return roughly how many seconds the next training takes on two cores."""
    return sum(part.seconds for part in parts_of_training(var))
