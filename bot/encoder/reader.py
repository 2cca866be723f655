"""The reader: it takes a message and what was just asked, and says what the message says, in one pass, in a hundred languages.

It runs offline on one core. Texts are cleaned first, so that invisible characters change nothing.
"""

import os
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import regex

from bot.encoder import numbers
from bot.encoder.build import MODEL
from bot.encoder.context_words import behind, in_words
from bot.encoder.reading import Context, MessageReading
from bot.encoder.tokens import Tokens
from bot.encoder.weights import WIDTH, Floats
from bot.text.cleaning import clean
from bot.text.sentences import sentences

# onnxruntime 1.32 has telemetry: it keeps an id of this machine in the home folder, and reports to its maker. It has to be
# turned off before the library is loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import onnxruntime

_ENOUGH = 80  # letters: in fewer, garbage cannot be told from language
_OF_WORDS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")  # scripts in which a letter is a word
_OF_EUROPE = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Greek}]")
# Letters in a token, at least: of 700 examples in each language, the lowest has 1.97 (Vietnamese), in Indic, Thai and Arabic
# script 1.60 (Bengali); letters drawn at random have up to 1.89 and 1.43.
_LETTERS_OF_EUROPE, _LETTERS = 1.9, 1.5
_LIKELY = -14.0  # log probability a letter, where a letter is a word: at least -12.2 in examples, -24 at random
_BATCH = 2_048  # tokens in a batch, padding included
_BY_SENTENCES = 64  # tokens of a message whose sentences are read too; what is longer is looked into (closer_looks.py)
_PAD = 1
_PADDED = 1.2  # at most so many times the length of the shortest text in a batch
_MODES_ALSO_WITHOUT = frozenset({"lines", "crisis", "gap"})
_ONE_OF = ("first", "crisis", "about", "answer", "named")  # heads of which one name holds


class Reader:
    """One onnxruntime session and one tokenizer. Not thread-safe."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """`folder`: what `build.built` returns."""
        self._tokens = Tokens(folder)
        self._names = numbers.names(folder)
        self._session = onnxruntime.InferenceSession(
            str(folder / MODEL), _options(threads), providers=["CPUExecutionProvider"]
        )

    def read(
        self, texts: Sequence[str], contexts: Sequence[Context] | None = None, *, by_sentences: bool = True
    ) -> list[MessageReading]:
        """Return one reading for each text, in its context; an empty one if there is nothing to read.

        After numbers, a crisis or a long silence a message mostly goes on with these, but may as well begin something else:
        it is read by itself too, and the chances of both are averaged. Of two questions in a message often one is heard: its
        sentences are read by themselves too, unless `by_sentences` is false.
        """
        asked = list(contexts or [Context()] * len(texts))
        twice = [
            place for place, context in enumerate(asked) if context.mode in _MODES_ALSO_WITHOUT and not context.question
        ]
        found = self._readings([*texts, *(texts[place] for place in twice)], [*asked, *[Context()] * len(twice)])
        for place, alone in zip(twice, found[len(texts) :], strict=True):
            found[place] = found[place].averaged(alone)
        found = found[: len(texts)]
        return self._with_sentences(texts, found) if by_sentences else found

    def _with_sentences(self, texts: Sequence[str], found: list[MessageReading]) -> list[MessageReading]:
        split = [self._sentences(clean(text)) for text in texts]
        every = [sentence for some in split for sentence in some]
        read = iter(self._readings(every, [Context()] * len(every)))
        return [one.with_sentences([*islice(read, len(some))]) for one, some in zip(found, split, strict=True)]

    def _sentences(self, text: str) -> list[str]:
        found = sentences(text)
        return found if found and self.measured(text)[0] <= _BY_SENTENCES else []

    def _readings(self, texts: Sequence[str], contexts: Sequence[Context]) -> list[MessageReading]:
        found = [MessageReading()] * len(texts)
        for places, scores in self._run(texts, contexts, "scores"):
            for place, row in zip(places, scores, strict=True):
                found[place] = self._reading(row)
        return found

    def vectors(self, texts: Sequence[str], contexts: Sequence[Context] | None = None) -> Floats:
        """Return what the heads read, one row for each text; zeros if there is nothing to read."""
        found = np.zeros((len(texts), WIDTH * len(self._names["pooled"])), np.float32)
        for places, vectors in self._run(texts, contexts, "vectors"):
            found[places] = vectors
        return found

    def measured(self, text: str) -> tuple[int, float]:
        """Return how many tokens a cleaned text has, and their log probability together."""
        return self._tokens.measured(text)

    def is_garbage(self, text: str, measured: tuple[int, float] | None = None) -> bool:
        """Whether a cleaned text of some length is in no language: its letters fall into too many tokens, or unlikely ones."""
        letters = len(text) - text.count(" ")
        if letters < _ENOUGH:
            return False
        tokens, likely = measured or self.measured(text)
        if 5 * len(_OF_WORDS.findall(text)) > letters:
            return likely / letters < _LIKELY
        of_europe = 2 * len(_OF_EUROPE.findall(text)) > letters
        return letters / tokens < (_LETTERS_OF_EUROPE if of_europe else _LETTERS)

    def _run(
        self, texts: Sequence[str], contexts: Sequence[Context] | None, output: str
    ) -> Iterator[tuple[list[int], Floats]]:
        asked = contexts or [Context()] * len(texts)
        cleaned = [clean(text) for text in texts]
        # A context says nothing by itself: where there is nothing to read, it is not read either.
        ids = {place: self._ids(text, asked[place]) for place, text in enumerate(cleaned) if text}
        for places in _batches(sorted(ids, key=lambda place: len(ids[place])), ids):
            yield places, self._run_batch([ids[place] for place in places], output)

    def _ids(self, text: str, context: Context) -> list[int]:
        words = in_words(context)
        ids = self._tokens.ids(text)
        return behind(self._tokens.ids(words), ids) if words else ids

    def _run_batch(self, rows: list[list[int]], output: str) -> Floats:
        lengths = np.array([len(row) for row in rows], np.int32)
        ids = np.full((len(rows), lengths.max()), _PAD, np.int64)
        for line, row in zip(ids, rows, strict=True):
            line[: len(row)] = row
        values: Floats = self._session.run([output], {"ids": ids, "lengths": lengths})[0]
        return values

    def _reading(self, scores: Floats) -> MessageReading:
        chances, start = {}, 0
        for head, names in (*self._names["heads"].items(), ("named", self._names["named"])):
            part = scores[start : start + len(names)]
            start += len(names)
            likely = _of_one(part) if head in _ONE_OF else 1 / (1 + np.exp(-part))
            chances[head] = dict(zip(names, likely.tolist(), strict=True))
        return MessageReading(**chances)


def _of_one(scores: Floats) -> Floats:
    powers: Floats = np.exp(scores - scores.max())
    chances: Floats = powers / powers.sum()
    return chances


def _batches(places: list[int], ids: dict[int, list[int]]) -> list[list[int]]:
    """Return groups of texts of similar length, shortest first: padding costs as much as words."""
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
    options.intra_op_num_threads = threads  # 1 in service: more would only wait for each other
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    return options
