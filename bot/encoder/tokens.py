"""The tokenizer of multilingual-e5-small: text in, ids of word pieces out, along the likeliest path (Unigram).

The library `tokenizers` returns the same ids but takes 280 MB in every engine; this takes 45 MB.
A message has a few dozen words, so plain Python is fast enough: 0.01 ms a word.
"""

import json
import re
from array import array
from itertools import pairwise
from pathlib import Path

from bot.encoder.weights import Weights

MOST = 510  # tokens of one text that the encoder has room for, besides the two that frame it
_START, END, _UNKNOWN = 0, 2, 3
_UNKNOWN_COSTS = 10.0  # how much less likely an unknown letter is than the rarest piece
_BEGINNING = 3  # letters
_SPACE = "▁"
_SPACES = re.compile(" {2,}")
_WORDS = re.compile("▁[^▁]*")


def save(weights: Weights, folder: Path) -> None:
    """Write the file that `Tokens` reads into the folder."""
    characters = {str(letter): replacement for letter, replacement in weights.characters.items()}
    plain = {"pieces": weights.pieces, "scores": weights.scores, "characters": characters}
    (folder / "tokens.json").write_text(json.dumps(plain, ensure_ascii=False), "utf-8")


class Tokens:
    """A tokenizer for cleaned text."""

    def __init__(self, folder: Path) -> None:
        plain = json.loads((folder / "tokens.json").read_text("utf-8"))
        self._ids = {piece: number for number, piece in enumerate(plain["pieces"])}
        self._scores = array("d", plain["scores"])
        self._unknown = min(self._scores) - _UNKNOWN_COSTS
        # How long a piece with such a beginning can be: random letters begin few pieces, and are done with quickly.
        self._longest: dict[str, int] = {}
        for piece in self._ids:
            self._longest[piece[:_BEGINNING]] = max(self._longest.get(piece[:_BEGINNING], 0), len(piece))
        self._characters = {int(letter): replacement for letter, replacement in plain["characters"].items()}

    def ids(self, text: str) -> list[int]:
        """Return the ids of a text, cut to what the encoder can read."""
        found = [_START]
        for word in self._words(text):
            found += self._word(word)[0]
            if len(found) > MOST:
                break
        return [*found[: MOST + 1], END]

    def measured(self, text: str) -> tuple[int, float]:
        """Return how many tokens a whole text has, and their log probability together."""
        read = [self._word(word) for word in self._words(text)]
        return sum(len(numbers) for numbers, _ in read), sum(likely for _, likely in read)

    def _words(self, text: str) -> list[str]:
        normal = _SPACES.sub(" ", text.translate(self._characters)).replace(" ", _SPACE)
        return _WORDS.findall(normal if normal.startswith(_SPACE) else _SPACE + normal)

    def _word(self, word: str) -> tuple[list[int], float]:
        """Return the ids of the pieces of one word whose scores (log probabilities) have the highest sum, and this sum."""
        size = len(word)
        score = [0.0] + [float("-inf")] * size
        came_from = [0] * (size + 1)
        for start in range(size):
            here = score[start]
            longest = self._longest.get(word[start : start + _BEGINNING], _BEGINNING - 1)
            for end in range(start + 1, min(start + longest, size) + 1):
                number = self._ids.get(word[start:end])
                if number is not None:
                    reached = here + self._scores[number]
                elif end == start + 1:
                    reached = here + self._unknown
                else:
                    continue
                if reached > score[end]:
                    score[end], came_from[end] = reached, start
        return self._pieces(word, came_from), score[size]

    def _pieces(self, word: str, came_from: list[int]) -> list[int]:
        borders = [len(word)]
        while borders[-1]:
            borders.append(came_from[borders[-1]])
        numbers = [self._ids.get(word[start:end], _UNKNOWN) for start, end in pairwise(reversed(borders))]
        # Unknown letters in a row count as one, as they did in training.
        return [
            number
            for place, number in enumerate(numbers)
            if not (number == _UNKNOWN and place and numbers[place - 1] == _UNKNOWN)
        ]
