"""The two views of a text that are learned from: the encoder's vector, and its letters for what the encoder knows less.

Runs of letters are hashed and weighed by how rare they are, and a few hundred directions of them are kept, so that the
model holds no list of them and nothing of the examples can be read in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.preprocessing import normalize
from sklearn.utils.extmath import randomized_svd

from bot.rasa.learning.network import Floats
from bot.text.cleaning import clean, folded

_COLUMNS = 2**15
_DIRECTIONS = 256
_LETTERS_WEIGH = 0.25  # beside the vector's numbers; with 1 the letters are believed too much
_ROUNDS = 3
_LEAST = 1e-3  # a number that hardly ever changes tells nothing, and would be blown up without this

_RUNS = HashingVectorizer(
    analyzer="char_wb", ngram_range=(2, 4), n_features=_COLUMNS, alternate_sign=False, norm=None, lowercase=False
)


def bare(text: str) -> str:
    """Give a text as people write it on a phone: without accents and capitals."""
    return folded(clean(text))


@dataclass(frozen=True)
class Views:
    """What was learned of the examples as a whole: middle and spread of each number, and the directions of the letters."""

    tables: Mapping[str, Floats]

    @classmethod
    def learned(cls, texts: Sequence[str], vectors: Floats) -> "Views":
        """Learn from all examples and their vectors."""
        counts = _counts(texts)
        seen = np.asarray((counts > 0).sum(axis=0)).ravel()
        rarity = (np.log((1 + len(texts)) / (1 + seen)) + 1).astype(np.float32)
        weighed = _weighed(counts, rarity)
        most = min(_DIRECTIONS, len(texts) - 1)
        _, _, directions = randomized_svd(weighed, most, n_iter=_ROUNDS, random_state=0)
        letters = np.asarray(weighed @ directions.T, np.float32)
        spread = [vectors.std(axis=0).clip(_LEAST), letters.std(axis=0).clip(_LEAST) / _LETTERS_WEIGH]
        return cls(
            {
                "rarity": rarity,
                # Row by row in memory, or each reading would copy all of it: 30 MB.
                "directions": np.ascontiguousarray(directions.T, np.float32),
                "middle": np.concatenate([vectors.mean(axis=0), letters.mean(axis=0)]).astype(np.float32),
                "spread": np.concatenate(spread).astype(np.float32),
            }
        )

    def rows(self, texts: Sequence[str], vectors: Floats) -> Floats:
        """Give one row of numbers for each text."""
        letters = np.asarray(_weighed(_counts(texts), self.tables["rarity"]) @ self.tables["directions"], np.float32)
        rows: Floats = (np.hstack([vectors, letters]) - self.tables["middle"]) / self.tables["spread"]
        return rows


def _counts(texts: Sequence[str]) -> csr_matrix:
    return _RUNS.transform([bare(text) for text in texts]).astype(np.float32)


def _weighed(counts: csr_matrix, rarity: Floats) -> csr_matrix:
    """Give rows of length 1 in which a rare run weighs more, and a repeated one hardly more than a single one."""
    weighed = counts.copy()
    weighed.data = (1 + np.log(weighed.data)) * rarity[weighed.indices]
    return normalize(weighed)
