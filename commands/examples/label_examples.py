"""Examples that say only their label: data/nlu/<locale>/<family>.yml, read without Rasa."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Example:
    """One line of a file."""

    text: str
    label: str
    locale: str


def examples(root: Path) -> Iterator[Example]:
    """Yield every example below the root, in the order of files and lines."""
    for file in sorted((root / "data" / "nlu").glob("*/*.yml")):
        for block in yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)["nlu"]:
            for line in block["examples"].splitlines():
                if line.startswith("- "):
                    yield Example(line[2:].strip(), block["intent"], file.parent.name)
