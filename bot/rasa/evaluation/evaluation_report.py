"""The evaluation as Markdown tables for docs/evaluation.md, and as a small file for `quietline languages`."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from bot.rasa.components.small_talk import LABELS as SMALL_TALK
from bot.rasa.evaluation.cross_validation import Evaluation, HeldOutResult, Indices
from bot.rasa.evaluation.scores import HEAD, RULE, Scores, share
from bot.understanding.crisis import LABELS, CrisisNet

_WORST = 40
_LENGTHS = ((1, 3), (4, 8), (9, 15), (16, 999))
_UNSURE = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
_TOGETHER = (0.0, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45)
_CRISIS_BARS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
_NO_GUESS = SMALL_TALK | {"provide_location", "not_understood"}


class EvaluationReport:
    """Writes down what was found."""

    def __init__(self, evaluation: Evaluation, held: HeldOutResult, left: HeldOutResult | None) -> None:
        self._examples, self._folds = evaluation.examples, evaluation.folds
        self._held, self._left, self._bars = held, left, evaluation.unsure
        self._locales = np.array([one.locale for one in self._examples])
        self._labels = np.array([one.label for one in self._examples])

    def lines(self) -> Iterator[str]:
        """Give all tables."""
        several = f"{len(set(self._labels))} labels, {len(set(self._locales))} languages, {self._folds} folds"
        yield f"{len(self._examples)} examples, {several}; measured on {date.today().isoformat()}."
        yield from self._by_language(self._held, "A part of every language held back")
        if self._left is not None:
            yield from self._by_language(self._left, "The whole language left out")
        yield from self._by_length()
        yield from self._by_label()
        yield from self._by_crisis_bar()
        yield from self._unsure()
        yield "\nSurest mistakes:\n"
        yield from self._worst()

    def keep(self, file: Path) -> None:
        """Write the shares by language, with their date."""
        of = {
            str(tag): self._scores(self._held, np.flatnonzero(self._locales == tag)) for tag in np.unique(self._locales)
        }
        plain = {
            "measured": date.today().isoformat(),
            "folds": self._folds,
            "all": self._scores(self._held, self._held.places).plain(),
            "languages": {tag: scores.plain() for tag, scores in of.items()},
        }
        file.write_text(json.dumps(plain, indent=1) + "\n", "utf-8")

    def _scores(self, found: HeldOutResult, places: Indices) -> Scores:
        return Scores.of(self._labels[places].tolist(), found.labels[places].tolist())

    def _by_language(self, found: HeldOutResult, title: str) -> Iterator[str]:
        yield f"\n{title}:\n\n{HEAD}\n{RULE}"
        asked = self._locales[found.places]
        for tag in np.unique(asked):
            yield self._scores(found, found.places[asked == tag]).row(str(tag))
        yield self._scores(found, found.places).row("all")

    def _by_length(self) -> Iterator[str]:
        words = np.array([len(one.text.split()) for one in self._examples])
        yield "\n| words | examples | right |\n|---|--:|--:|"
        for least, most in _LENGTHS:
            scores = self._scores(self._held, np.flatnonzero((words >= least) & (words <= most)))
            name = f"{least}–{most}" if most < 999 else f"{least} and more"
            yield f"| {name} | {scores.messages} | {share(scores.right, scores.messages)} |"

    def _by_label(self) -> Iterator[str]:
        yield "\n| label | examples | right | most often taken for |\n|---|--:|--:|---|"
        for label in dict.fromkeys(self._labels.tolist()):
            places = np.flatnonzero(self._labels == label)
            scores = self._scores(self._held, places)
            wrong = [name for name in self._held.labels[places] if name != label]
            other = max(set(wrong), key=wrong.count) if wrong else ""
            yield f"| {label} | {scores.messages} | {share(scores.right, scores.messages)} | {other} |"

    def _by_crisis_bar(self) -> Iterator[str]:
        """Tell what a bar for the four crises together would do: alone, and with the reviewed phrases beside it."""
        together = self._held.crises.sum(axis=1)
        net = CrisisNet.load(Path(__file__).parents[3] / "data" / "crisis")
        read = np.array([net.find(one.text) is not None for one in self._examples])
        crisis = np.isin(self._labels, LABELS)
        yield "\n| bar for the four crises together | found | by mistake | with the phrases: found | by mistake |"
        yield "|--:|--:|--:|--:|--:|"
        for bar in _CRISIS_BARS:
            over = together >= bar
            cells = [
                over[crisis].mean(),
                over[~crisis].mean(),
                (over | read)[crisis].mean(),
                (over | read)[~crisis].mean(),
            ]
            yield f"| {bar} | {' | '.join(f'{cell:.3f}' for cell in cells)} |"

    def _unsure(self) -> Iterator[str]:
        """Tell what a bar for "not understood" would ask again, and how often the right label is among two guesses."""
        confidence, right = self._held.confidence, self._held.labels == self._labels
        calm = ~np.isin(self._held.labels, LABELS)
        yield "\n| not understood below | asked again | of these wrong | right where not asked |\n|--:|--:|--:|--:|"
        for bar in _UNSURE:
            low = (confidence < bar) & calm
            yield f"| {bar} | {low.mean():.3f} | {(~right[low]).mean():.2f} | {right[~low].mean():.3f} |"
        small = np.isin(self._held.labels, list(SMALL_TALK))
        unsure = np.flatnonzero(calm & (confidence < np.where(small, self._bars.small_talk, self._bars.label)))
        weights, hits = self._two_guesses(unsure)
        yield "\n| two guesses together from | offered | the right one is among them |\n|--:|--:|--:|"
        for bar in _TOGETHER:
            offered = weights >= bar
            yield f"| {bar} | {offered.mean():.2f} | {hits[offered].mean() if offered.any() else 0:.2f} |"

    def _two_guesses(self, unsure: Indices) -> tuple[np.ndarray, np.ndarray]:
        names = np.array(self._held.names)
        chances = np.where(np.isin(names, list(_NO_GUESS)), 0, self._held.chances[unsure])
        two = np.argsort(-chances, axis=1)[:, :2]
        hits = (names[two] == self._labels[unsure][:, np.newaxis]).any(axis=1)
        return np.take_along_axis(chances, two, axis=1).sum(axis=1), hits

    def _worst(self) -> Iterator[str]:
        confidence = self._held.confidence
        wrong = [place for place in np.argsort(-confidence) if self._held.labels[place] != self._labels[place]]
        for place in wrong[:_WORST]:
            one = self._examples[place]
            yield f"- {one.locale} {one.label} → {self._held.labels[place]} {confidence[place]:.2f}: {one.text}"


def draw(held: HeldOutResult, labels: Sequence[str], folder: Path) -> None:
    """Draw what is taken for what, and how often a confidence is right."""
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    folder.mkdir(parents=True, exist_ok=True)
    names = list(dict.fromkeys(labels))
    table = np.zeros((len(names), len(names)))
    for label, got in zip(labels, held.labels, strict=True):
        table[names.index(label), names.index(got)] += 1
    figure, axes = plt.subplots(figsize=(14, 13))
    axes.imshow(table / table.sum(axis=1, keepdims=True), cmap="viridis")
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=7)
    axes.set_yticks(range(len(names)), names, fontsize=7)
    axes.set_xlabel("understood as")
    axes.set_ylabel("meant")
    figure.tight_layout()
    figure.savefig(folder / "confusion.png", dpi=110)
    _draw_reliability(held, np.array(labels), folder / "reliability.png")


def _draw_reliability(held: HeldOutResult, labels: np.ndarray, file: Path) -> None:
    import matplotlib.pyplot as plt

    which = np.digitize(held.confidence, np.linspace(0, 1, 11)[1:-1])
    right = np.array(held.names)[held.chances.argmax(axis=1)] == labels
    some = [number for number in range(10) if (which == number).any()]
    figure, axes = plt.subplots(figsize=(5, 5))
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1)
    means = [held.confidence[which == number].mean() for number in some]
    axes.plot(means, [right[which == number].mean() for number in some], marker="o")
    axes.set_xlabel("confidence")
    axes.set_ylabel("share that was right")
    figure.tight_layout()
    figure.savefig(file, dpi=110)
