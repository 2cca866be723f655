"""Which language a text is, by its runs of letters: also Hindi, Urdu, Bengali, Persian, Russian … typed in Latin letters.

A table of letter n-grams (naive Bayes) in the shipped file letter_runs.npz. It was built from our own examples and texts and from
free ones (sources: docs/evaluation.md): `python -m bot.language.letter_runs TEXTS.tsv.gz` with lines `code<TAB>text`.
"""

import gzip
import random
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from bot.language.scripts_of_text import (
    ARABIC,
    CYRILLIC,
    DEVANAGARI,
    ETHIOPIC,
    LATIN,
    clean,
    letters_only,
    possible_languages,
)

ROMANISED = "-Latn"
_FILE = Path(__file__).parent / "letter_runs.npz"
_LONGEST, _RUNS, _LEAST = 4, 70_000, 4
_SMOOTH = 0.3
_STEP = 16.0  # levels of the stored logarithms per unit
_HALF = 0.5  # of the evidence: neighboring n-grams overlap
# For building: lines per class, and how often our own examples are counted.
_LINES, _OWN = 2_500, 3
_ROMANISED_TEXTS = ("hi-Latn", "ru-Latn", "uk-Latn")  # classes in the free texts
_SHARE_A_SCRIPT = (*LATIN, *CYRILLIC, *ARABIC, *DEVANAGARI, *ETHIOPIC)  # languages that their script leaves open


class LetterRuns:
    """The table: a row of logarithms for each letter n-gram."""

    def __init__(self, languages: list[str], runs: list[str], levels: NDArray[np.int16]) -> None:
        self.languages = languages
        self._row = {run: place for place, run in enumerate(runs)}
        self._levels = levels

    def chances(self, letters: str) -> Mapping[str, float]:
        """Return the probability of each class, "hi-Latn" for Hindi in Latin letters; empty if no n-gram is known."""
        rows = [row for run in _runs(letters) if (row := self._row.get(run)) is not None]
        if not rows:
            return {}
        scores = self._levels[rows].sum(axis=0, dtype=np.int64) * (_HALF / _STEP)
        chances = np.exp(scores - scores.max())
        return dict(zip(self.languages, (chances / chances.sum()).tolist(), strict=True))


@cache
def letter_runs() -> LetterRuns:
    """Return the shipped table, read once."""
    with np.load(_FILE) as found:
        runs = bytes(found["runs"]).decode().split("\n")
        return LetterRuns(found["languages"].tolist(), runs, found["levels"])


def _runs(letters: str) -> Iterator[str]:
    for word in letters.split():
        padded = f" {word} "
        for size in range(1, _LONGEST + 1):
            for at in range(len(padded) - size + 1):
                yield padded[at : at + size]
        yield padded


def build(texts: Path, data: Path, out: Path) -> None:
    """Build the table from free texts, and from our own in data/nlu and data/language_texts.tsv."""
    ours = [*_own(data / "nlu"), *_lacking(data / "language_texts.tsv")]
    lines = [*_free(texts), *(line for line in ours for _ in range(_OWN))]
    languages = sorted({language for language, _ in lines})
    column = {language: place for place, language in enumerate(languages)}
    counts: defaultdict[str, NDArray[np.float32]] = defaultdict(lambda: np.zeros(len(languages), np.float32))
    for language, text in lines:
        for run, times in Counter(_runs(letters_only(clean(text)))).items():
            counts[run][column[language]] += times
    often = sorted(counts, key=lambda run: (-counts[run].sum(), run))[:_RUNS]
    kept = [run for run in often if counts[run].sum() >= _LEAST]
    table = np.stack([counts[run] for run in kept]) + _SMOOTH
    levels = np.round(np.log(table / table.sum(axis=0)) * _STEP).astype(np.int16)
    runs = np.frombuffer("\n".join(kept).encode(), np.uint8)
    np.savez_compressed(out, languages=np.array(languages), runs=runs, levels=levels)


def _free(texts: Path) -> Iterator[tuple[str, str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    with gzip.open(texts, "rt", encoding="utf-8") as lines:
        for line in lines:
            language, _, text = line.rstrip("\n").partition("\t")
            if language in _SHARE_A_SCRIPT or language in _ROMANISED_TEXTS:
                found[language].append(text.partition("\t")[0][:160])
    for language, all_texts in sorted(found.items()):
        some = random.Random(0).sample(all_texts, min(_LINES, len(all_texts)))  # noqa: S311
        yield from ((language, text) for text in some)
        if language in (*LATIN, *_ROMANISED_TEXTS):
            yield from ((language, _bare(text)) for text in some[: _LINES // 3])


def _own(examples: Path) -> Iterator[tuple[str, str]]:
    for folder in sorted(examples.iterdir()):
        for text in _texts(folder.glob("*.yml")):
            possible, _ = possible_languages(letters_only(clean(text)))
            if possible is LATIN:
                yield folder.name if folder.name in LATIN else folder.name + ROMANISED, text
            elif folder.name in _SHARE_A_SCRIPT and folder.name in possible:
                yield folder.name, text


def _lacking(texts: Path) -> Iterator[tuple[str, str]]:
    """Yield what was drafted for languages of which the free texts hold little or nothing."""
    for line in texts.read_text("utf-8").splitlines():
        language, _, text = line.partition("\t")
        yield language, text
        if language in LATIN:
            yield language, _bare(text)


def _texts(files: Iterable[Path]) -> Iterator[str]:
    for file in sorted(files):
        for part in yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)["nlu"]:
            yield from (line[2:] for line in part["examples"].splitlines())


def _bare(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(__file__).parents[2] / "data", _FILE)
