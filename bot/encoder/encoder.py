"""The sentence encoder: texts in, vectors out, close to each other if the texts mean the same, in a hundred languages.

It runs offline on one core. Texts are cleaned first, so that invisible characters change nothing.
"""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.encoder.build import MODEL
from bot.encoder.graph import VECTOR
from bot.encoder.tokens import Tokens
from bot.encoder.weights import Floats
from bot.progress import Tell, silent
from bot.text.cleaning import clean

# onnxruntime 1.32 has telemetry: it keeps an id of this machine in the home folder, and calls its maker. It has to be off
# before the library is loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import onnxruntime

_BATCH = 2_048  # tokens in a batch, padding included
_PAD = 1
_PADDED = 1.2  # times the length of the shortest text in a batch, at most
_MOST_KEPT = 100_000  # vectors on disk, 150 MB
_AT_ONCE = 256  # texts between two reports of progress


class Encoder:
    """One onnxruntime session and one tokenizer. Not thread-safe."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self._tokens = Tokens(folder)
        self._session = onnxruntime.InferenceSession(
            str(folder / MODEL), _options(threads), providers=["CPUExecutionProvider"]
        )
        self.build = folder.name

    def embed(self, texts: Sequence[str]) -> Floats:
        """Return one row for each text: two vectors of length 1, or zeros if there is nothing to read."""
        vectors = np.zeros((len(texts), VECTOR), np.float32)
        cleaned = [clean(text) for text in texts]
        ids = {place: self._tokens.ids(text) for place, text in enumerate(cleaned) if text}
        for places in _batches(sorted(ids, key=lambda place: len(ids[place])), ids):
            vectors[places] = self._run([ids[place] for place in places])
        return vectors

    def count(self, text: str) -> int:
        """Count the tokens of a cleaned text."""
        return len(self._tokens.ids(text))

    def _run(self, rows: list[list[int]]) -> Floats:
        lengths = np.array([len(row) for row in rows], np.int32)
        ids = np.full((len(rows), lengths.max()), _PAD, np.int64)
        for line, row in zip(ids, rows, strict=True):
            line[: len(row)] = row
        vectors: Floats = self._session.run(["vectors"], {"ids": ids, "lengths": lengths})[0]
        return vectors


class RememberingEncoder:
    """An encoder that caches vectors on disk, by a hash of text and build: training again then takes seconds.

    For training only: its texts are public, a person's are not.
    """

    def __init__(self, encoder: Encoder, file: Path, tell: Tell = silent) -> None:
        self._encoder, self._tell = encoder, tell
        self._file = file
        self._known = _read(file)
        self._used: dict[str, NDArray[np.float16]] = {}

    def embed(self, texts: Sequence[str]) -> Floats:
        """Return what Encoder.embed returns."""
        keys = [self._key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        # Shortest first, so that texts of similar length share a batch.
        waiting = sorted(new, key=lambda key: len(new[key]))
        for start in range(0, len(waiting), _AT_ONCE):
            some = waiting[start : start + _AT_ONCE]
            vectors = self._encoder.embed([new[key] for key in some]).astype(np.float16)  # half the size, and as good
            self._known |= dict(zip(some, vectors, strict=True))
            self._tell("reading the examples", min(start + _AT_ONCE, len(waiting)), len(waiting))
        self._used |= {key: self._known[key] for key in keys}
        return np.array([self._known[key] for key in keys], np.float32).reshape(-1, VECTOR)

    def keep(self) -> None:
        """Write the vectors that were used to disk; of others, like those of a test or of yesterday, only some."""
        others = {key: vector for key, vector in _read(self._file).items() if key not in self._used}
        kept = dict(list((others | self._used).items())[-max(_MOST_KEPT, len(self._used)) :])
        scratch = self._file.with_name(f"{os.getpid()}.{self._file.name}")
        np.savez(scratch, keys=np.array(list(kept)), vectors=np.array(list(kept.values())))
        scratch.rename(self._file)

    def _key(self, text: str) -> str:
        whole = f"{self._encoder.build} {text}".encode("utf-8", "surrogatepass")
        return hashlib.sha256(whole).hexdigest()[:32]


def _read(file: Path) -> dict[str, NDArray[np.float16]]:
    if not file.exists():
        return {}
    with np.load(file) as kept:
        return dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))


def _batches(places: list[int], ids: dict[int, list[int]]) -> list[list[int]]:
    """Group texts of similar length, shortest first: padding costs as much as words, and one by one is no slower."""
    batches: list[list[int]] = []
    for place in places:
        longest = len(ids[place])
        padded = batches and longest > _PADDED * len(ids[batches[-1][0]])
        if not batches or padded or (len(batches[-1]) + 1) * longest > _BATCH:
            batches.append([])
        batches[-1].append(place)
    return batches


def _options(threads: int) -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads  # 1 when serving: more would only wait for each other
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    return options
