"""`quietline evaluate`: how well messages are understood and languages told apart, as tables, pictures and a list of mistakes.

Two questions, each answered on examples that the classifier of that round has not seen: a part of every language held
back, and a whole language left out (as if nobody had written any for it). It uses the components of config.yml.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.model_selection import StratifiedKFold

from bot.crisis import LABELS
from bot.rasa.measuring import Measurement

_WORST = 40
_LENGTHS = ((1, 3), (4, 8), (9, 15), (16, 999))


@dataclass(frozen=True)
class Found:
    """What was understood of every example, in the order of the examples."""

    labels: NDArray[Any]  # the label that wins, crisis nets included
    confidence: NDArray[np.float64]  # of the likeliest label


class Evaluation:
    """Runs the rounds and writes them down."""

    def __init__(self, root: Path, folds: int) -> None:
        self._m = Measurement(root)
        self._folds = folds

    @property
    def locales(self) -> list[str]:
        """Give the languages that have examples."""
        return sorted(set(self._m.locales))

    def held_back(self) -> Found:
        """Predict every example from the others' parts."""
        both = [f"{label} {locale}" for label, locale in zip(self._m.labels, self._m.locales, strict=True)]
        splits = StratifiedKFold(self._folds, shuffle=True, random_state=0).split(self._m.texts, both)
        return self._predict(splits)

    def left_out(self, locales: Iterable[str]) -> Found:
        """Predict the examples of a language without any of that language."""
        return self._predict(self._m._without(locale) for locale in locales)

    def _predict(self, splits: Iterable[tuple[NDArray[np.intp], NDArray[np.intp]]]) -> Found:
        found: NDArray[Any] = np.full(len(self._m.texts), "", object)
        confidence = np.zeros(len(self._m.texts))
        for learned, held in splits:
            model = clone(self._m._classifier.clf).fit(self._m._features[learned], self._m.labels[learned])
            chances = model.predict_proba(self._m._features[held])
            confidence[held] = chances.max(axis=1)
            for place, row in zip(held, chances, strict=True):
                found[place] = self._m._decided(self._m.texts[place], model.classes_, row)
        return Found(found, confidence)

    def report(self, held: Found, left: Found | None, pictures: Path) -> Iterator[str]:
        """Give docs/evaluation.md's tables as Markdown, and draw the pictures."""
        m = self._m
        yield f"{len(m.texts)} examples, {len(set(m.labels))} labels, {len(set(m.locales))} languages, {self._folds} folds.\n"
        yield "| language | examples | right | crisis found (95 %) | crisis by mistake | right, language left out |"
        yield "|---|---|---|---|---|---|"
        for locale in [*sorted(set(m.locales)), "all"]:
            yield self._row(locale, held, left)
        yield "\n| words | examples | right |\n|---|---|---|"
        words = np.array([len(text.split()) for text in m.texts])
        for least, most in _LENGTHS:
            these = (words >= least) & (words <= most)
            name = f"{least}–{most}" if most < 999 else f"{least} and more"
            yield f"| {name} | {these.sum()} | {self._right(held, these):.2f} |"
        yield "\n| label | right | most often taken for |\n|---|---|---|"
        for label in dict.fromkeys(m.labels):
            these = m.labels == label
            wrong = [name for name in held.labels[these] if name != label]
            other = max(set(wrong), key=wrong.count) if wrong else ""
            yield f"| {label} | {self._right(held, these):.2f} | {other} |"
        yield "\nSurest mistakes:\n"
        yield from self._worst(held)
        self._draw(held, pictures)

    def _row(self, locale: str, held: Found, left: Found | None) -> str:
        m = self._m
        these = (m.locales == locale) | (locale == "all")
        crisis, seen = np.isin(m.labels, LABELS), np.isin(held.labels, LABELS)
        hits, n = int(seen[these & crisis].sum()), int((these & crisis).sum())
        low, high = _interval(hits, n)
        false = np.mean(seen[these & ~crisis])
        known = left is not None and bool((left.labels[these] != "").all())
        alone = f"{self._right(left, these):.2f}" if left is not None and known else ""
        return (
            f"| {locale} | {these.sum()} | {self._right(held, these):.2f} | {hits / n:.2f} ({low:.2f}–{high:.2f}) "
            f"| {false:.3f} | {alone} |"
        )

    def _right(self, found: Found, these: NDArray[np.bool_]) -> float:
        return float(np.mean(found.labels[these] == self._m.labels[these]))

    def _worst(self, held: Found) -> Iterator[str]:
        m = self._m
        order = np.argsort(-held.confidence)
        wrong = [place for place in order if held.labels[place] != m.labels[place]][:_WORST]
        for place in wrong:
            took = f"{m.labels[place]} → {held.labels[place]} {held.confidence[place]:.2f}"
            yield f"- {m.locales[place]} {took}: {m.texts[place]}"

    def _draw(self, held: Found, pictures: Path) -> None:
        import matplotlib

        matplotlib.use("svg")
        import matplotlib.pyplot as plt

        pictures.mkdir(parents=True, exist_ok=True)
        names = list(dict.fromkeys(self._m.labels))
        place = {name: at for at, name in enumerate(names)}
        table = np.zeros((len(names), len(names)))
        for label, got in zip(self._m.labels, held.labels, strict=True):
            if got in place:
                table[place[label], place[got]] += 1
        table /= table.sum(axis=1, keepdims=True)
        figure, axes = plt.subplots(figsize=(14, 13))
        axes.imshow(table, cmap="viridis")
        axes.set_xticks(range(len(names)), names, rotation=90, fontsize=7)
        axes.set_yticks(range(len(names)), names, fontsize=7)
        axes.set_xlabel("understood as")
        axes.set_ylabel("meant")
        figure.tight_layout()
        figure.savefig(pictures / "confusion.png", dpi=110)
        figure, axes = plt.subplots(figsize=(5, 5))
        edges = np.linspace(0, 1, 11)
        which = np.digitize(held.confidence, edges[1:-1])
        right = held.labels == self._m.labels
        points = [
            (held.confidence[which == b].mean(), right[which == b].mean()) for b in range(10) if (which == b).any()
        ]
        axes.plot([0, 1], [0, 1], color="grey", linewidth=1)
        axes.plot(*zip(*points, strict=True), marker="o")
        axes.set_xlabel("confidence")
        axes.set_ylabel("share that was right")
        figure.tight_layout()
        figure.savefig(pictures / "reliability.png", dpi=110)


def _interval(hits: int, n: int) -> tuple[float, float]:
    """Give Wilson's 95 % interval of a share."""
    if not n:
        return 0.0, 0.0
    share, z = hits / n, 1.96
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z * ((share * (1 - share) / n + z * z / (4 * n * n)) ** 0.5) / (1 + z * z / n)
    return middle - reach, middle + reach
