"""What was learned, as numbers: `numbers.npz`, `heads.npz` and `named.npz` in data/reader, with their names in `reader.json`.

The matrices of the encoder's layers, which were learned together with the heads, are kept in 8 bits, in blocks of 32 with a
scale each; everything else is kept in 16. The heads have a file of their own, a fiftieth of the other: they are learned anew
for new examples, and the layers are not. So has the head of what is named in particular, learned by itself from examples of its
own. Loading runs nothing as code.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.encoder.weights import Floats

FOLDER = Path(__file__).parents[2] / "data" / "reader"
NUMBERS, HEADS, NAMED, NAMES = "numbers.npz", "heads.npz", "named.npz", "reader.json"
BLOCK = 32  # numbers that share a scale
_ZERO = 128  # the byte that stands for 0
_OF_HEADS, _OF_NAMED = "heads.", "named."


class WrongNumbers(Exception):
    """What was learned is missing, or is not what its description says."""


@dataclass(frozen=True)
class Blocks:
    """A matrix in 8 bits: uint8 (rows, blocks, BLOCK) around 128, and float32 scales (rows, blocks)."""

    bytes: NDArray[np.uint8]
    scales: Floats

    @classmethod
    def of(cls, matrix: Floats) -> "Blocks":
        """Return a matrix in 8 bits; the length of its rows is a multiple of BLOCK."""
        blocks = matrix.reshape(len(matrix), -1, BLOCK)
        # Scales are saved in two bytes: numbers are rounded by the scales as they will be read back.
        scales = (np.abs(blocks).max(axis=2) / 127).astype(np.float16).astype(np.float32)
        scales[scales == 0] = 1
        whole = np.clip(np.rint(blocks / scales[:, :, None]), -127, 127) + _ZERO
        return cls(whole.astype(np.uint8), scales)

    @property
    def matrix(self) -> Floats:
        """The matrix, as exact as it was kept."""
        numbers = (self.bytes.astype(np.float32) - _ZERO) * self.scales[:, :, None]
        return numbers.reshape(len(self.bytes), -1)


@dataclass(frozen=True)
class Learned:
    """All that was learned, by the names that the graph uses; `matrices` are those of the layers."""

    arrays: dict[str, Floats]
    matrices: dict[str, Blocks]
    names: dict[str, Any]  # reader.json

    @property
    def layers(self) -> int:
        """Number of layers."""
        return len(self.names["layers"])

    def save(self, folder: Path) -> None:
        """Write all files."""
        folder.mkdir(parents=True, exist_ok=True)
        kept: dict[str, NDArray[Any]] = {
            name: values.astype(np.float16)
            for name, values in self.arrays.items()
            if not name.startswith((_OF_HEADS, _OF_NAMED))
        }
        for name, blocks in self.matrices.items():
            kept |= {f"{name}.bytes": blocks.bytes, f"{name}.scales": blocks.scales.astype(np.float16)}
        np.savez(folder / NUMBERS, **kept)  # type: ignore[arg-type]
        self.save_heads(folder)

    def save_heads(self, folder: Path) -> None:
        """Write the heads and the description anew, beside layers that are there already."""
        for file, begin in ((HEADS, _OF_HEADS), (NAMED, _OF_NAMED)):
            kept = {name: values.astype(np.float16) for name, values in self.arrays.items() if name.startswith(begin)}
            np.savez(folder / file, **kept)  # type: ignore[arg-type]
        described = {**self.names, "sha256": {name: _hash(folder / name) for name in (NUMBERS, HEADS, NAMED)}}
        (folder / NAMES).write_text(json.dumps(described, indent=1) + "\n", "utf-8")


def names(folder: Path = FOLDER) -> dict[str, Any]:
    """Return the description of what was learned; raises WrongNumbers."""
    try:
        found: dict[str, Any] = json.loads((folder / NAMES).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise WrongNumbers(f"There is no description of what was learned in {folder}.") from error
    return found


def load(folder: Path = FOLDER) -> Learned:
    """Return what was learned, after checking its hashes; raises WrongNumbers."""
    described = names(folder)
    hashes, tables = described.get("sha256"), dict[str, NDArray[Any]]()
    for name in (NUMBERS, HEADS, NAMED):  # in this order: heads that stand in both were learned anew since
        file = folder / name
        if not file.is_file() or not isinstance(hashes, dict) or hashes.get(name) != _hash(file):
            raise WrongNumbers(f"What was learned ({file}) is not what {NAMES} describes.")
        with np.load(file, allow_pickle=False) as kept:
            tables |= {each: kept[each] for each in kept.files}
    matrices = {
        name.removesuffix(".bytes"): Blocks(
            tables[name], tables[f"{name.removesuffix('.bytes')}.scales"].astype(np.float32)
        )
        for name in tables
        if name.endswith(".bytes")
    }
    plain = {
        name: values.astype(np.float32) for name, values in tables.items() if not name.endswith((".bytes", ".scales"))
    }
    return Learned(plain, matrices, described)


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
