"""The parts of putting a model together, in order, and roughly how long each takes."""

from collections.abc import Iterator
from pathlib import Path

from bot.time_left import JobPart

_READER = "building the reader"
# The names are those that the training process reports. Seconds were measured on two cores.
_PARTS = (JobPart(_READER, 8), JobPart("putting the model together", 15))


def parts_of_training(var: Path) -> Iterator[JobPart]:
    """Yield the parts still to do, given what is left from the last time."""
    built = any((var / "encoder").glob("*/reader.onnx"))
    for part in _PARTS:
        if part.name != _READER or not built:
            yield part


def seconds_to_train(var: Path) -> float:
    """Return roughly how many seconds that takes on two cores."""
    return sum(part.seconds for part in parts_of_training(var))
