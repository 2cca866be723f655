"""The choice of the chances from which a crisis is possible, or sure, and a label said: `python -m commands.learning.bounds`.

It reads the examples that are held back from learning, and takes the bounds whose mistakes cost least. The costs are
opinions, not measurements; docs/evaluation.md explains them.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.encoder.build import built
from bot.encoder.reader import Reader
from bot.encoder.reading import Context, MessageReading
from bot.encoder.weights import Floats
from bot.rasa.components import label_bound
from bot.rasa.components.crisis_bands import CLOSES, FILE, CrisisBounds
from bot.understanding.crisis import LABELS, CrisisNet
from commands.learning import corpus
from commands.learning.corpus import Corpus
from commands.learning.targets import all_labels

_ROOT = Path(__file__).parents[2]
# What a mistake costs: not hearing a crisis at all, hearing it as possible only, calling sure what is none, calling it possible.
_MISSED, _ONLY_MAYBE, _SURE_BY_MISTAKE, _MAYBE_BY_MISTAKE = 80.0, 40.0, 20.0, 2.0
# Chance from which a phrase may make a crisis sure: alone it decides nothing ("machete" is a tool in a cane field). What names
# the body is hardly ever said of anything else: of a hundred held-back examples with such a phrase 98 are meant.
_NAMED_FROM, _NAMED_FROM_OF = 0.1, {"medical_emergency": 0.005}
_SURE_FROM = 0.55  # share of the sure ones that must be meant, among examples of which many stand on the border
_CLOSES_FROM = 0.97  # the same, where the answer closes the chat
_HEAD = """# From which chance a crisis is possible (`maybe`), and certain enough for the crisis answer (`sure`).
# The `_named` bounds hold where a reviewed phrase of data/crisis/ names it.
# Written by `python -m commands.learning.bounds --write`.
"""
_LABEL_HEAD = """# From which chance a label counts as said, beside the one that decides.
# Written by `python -m commands.learning.bounds --write`.
"""


@dataclass(frozen=True)
class HeldBackChances:
    """The held-back examples for one crisis: its chance, whether a phrase names it, whether it is meant."""

    chance: Floats
    named: np.ndarray
    meant: np.ndarray

    def only(self, which: np.ndarray) -> "HeldBackChances":
        """Return some of them."""
        return HeldBackChances(self.chance[which], self.named[which], self.meant[which])

    def precision(self, sure: float) -> float:
        """Return the share of sure ones that are meant; 1 if there are none."""
        certain = self.chance >= sure
        return float(self.meant[certain].mean()) if certain.any() else 1.0

    def costs(self, maybe: float, sure: float) -> float:
        """Return what all mistakes with these bounds cost."""
        heard, certain = self.chance >= maybe, self.chance >= sure
        missed = (self.meant & ~heard).sum() * _MISSED + (self.meant & heard & ~certain).sum() * _ONLY_MAYBE
        mistaken = (~self.meant & certain).sum() * _SURE_BY_MISTAKE
        return float(missed + mistaken + (~self.meant & heard & ~certain).sum() * _MAYBE_BY_MISTAKE)


def chosen(chances: HeldBackChances, precision: float = 0.0, named_from: float = _NAMED_FROM) -> CrisisBounds:
    """Return the bounds whose mistakes cost least; they are never higher where a phrase names the crisis.

    `named_from`: the least chance from which a phrase may make it sure; from it on it is possible in any case.
    `precision`: the least share of sure ones that must be meant; if no bounds reach it, `sure` is the highest one tried.
    """
    maybe, sure = _cheapest(chances.only(~chances.named), _pairs(1.0, 1.0, 0.0), precision)
    named = _cheapest(
        chances.only(chances.named), _pairs(min(maybe, named_from), sure, min(sure, named_from)), precision
    )
    return CrisisBounds(maybe, sure, *named)


def _pairs(most_maybe: float, most_sure: float, least_sure: float) -> list[tuple[float, float]]:
    tried = [round(float(bound), 3) for bound in (*np.arange(0.005, 0.1, 0.005), *np.arange(0.1, 0.99, 0.02))]
    return [
        (maybe, sure)
        for maybe in tried
        for sure in tried
        if maybe <= min(sure, most_maybe) and least_sure <= sure <= most_sure
    ]


def _cheapest(chances: HeldBackChances, pairs: list[tuple[float, float]], precision: float) -> tuple[float, float]:
    precise = [pair for pair in pairs if chances.precision(pair[1]) >= precision]
    most = max(sure for _, sure in pairs)
    return min(precise or [pair for pair in pairs if pair[1] == most], key=lambda pair: chances.costs(*pair))


def held_back_readings(held: Corpus, reader: Reader) -> list[MessageReading]:
    """Return what is heard in the held-back examples, each in its context."""
    contexts = [Context(each.question, each.mode) for each in held.examples]
    return reader.read([each.text for each in held.examples], contexts)


def held_back_chances(held: Corpus, readings: Sequence[MessageReading]) -> dict[str, HeldBackChances]:
    """Return the chances by crisis. An example that means another crisis says nothing about this one and is left out."""
    examples = held.examples
    net = CrisisNet.load(_ROOT / "data" / "crisis")
    named = np.array([net.find(each.text) or "" for each in examples])
    meant = np.array([each.label for each in examples])
    found = {}
    for label in LABELS:
        chance = np.array([(one.first.get(label, 0) + one.crisis.get(label, 0)) / 2 for one in readings], np.float32)
        which = (meant == label) | ~np.isin(meant, LABELS)
        found[label] = HeldBackChances(chance, named == label, meant == label).only(which)
    return found


def label_bound_of(held: Corpus, readings: Sequence[MessageReading]) -> float:
    """Return the chance from which a label counts as said; examples that say only their label cannot tell."""
    whole = held.targets.whole > 0
    rows = [[one.many.get(label, 0.0) for label in all_labels()] for one in readings]
    return said_from(np.array(rows, np.float32)[whole], held.targets.many[whole] > 0)


def said_from(chances: Floats, said: np.ndarray) -> float:
    """Return the chance with the highest F1 over all labels; both are (examples, labels).

    One for all: most fine labels have a handful of examples, and a bound for each did no better on other messages.
    """

    def f1(bound: float) -> float:
        named = chances >= bound
        return float(2 * (named & said).sum() / max(named.sum() + said.sum(), 1))

    return round(float(max(np.arange(0.06, 0.8, 0.02), key=f1)), 2)


def lines(chances: dict[str, HeldBackChances], bounds: dict[str, CrisisBounds]) -> Iterator[str]:
    """Yield a table of what is heard with the bounds, and what by mistake."""
    yield "| crisis | maybe | sure | maybe, named | sure, named | heard | sure | sure by mistake | maybe by mistake |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    for label, bound in bounds.items():
        one = chances[label]
        bands = np.array([bound.band(chance, named) for chance, named in zip(one.chance, one.named, strict=True)])
        shares = [
            (bands[one.meant] != "no").mean(),
            (bands[one.meant] == "sure").mean(),
            (bands[~one.meant] == "sure").mean(),
            (bands[~one.meant] == "maybe").mean(),
        ]
        cells = [bound.maybe, bound.sure, bound.maybe_named, bound.sure_named, *(f"{share:.3f}" for share in shares)]
        yield f"| {label} | {' | '.join(map(str, cells))} |"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the bounds, and write them if asked."""
    parser = argparse.ArgumentParser(description="Choose the bounds of each crisis.")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--var", type=Path, default=_ROOT / "var")
    asked = parser.parse_args(arguments)
    _, held = corpus.load(_ROOT)
    readings = held_back_readings(held, Reader(built(asked.var)))
    chances = held_back_chances(held, readings)
    bounds = {
        label: chosen(one, _CLOSES_FROM if label == CLOSES else _SURE_FROM, _NAMED_FROM_OF.get(label, _NAMED_FROM))
        for label, one in chances.items()
    }
    label_from = label_bound_of(held, readings)
    print("\n".join(lines(chances, bounds)))
    print(f"\nA label counts as said from {label_from} on.")
    if asked.write:
        rows = [
            f"{label}: {{maybe: {one.maybe}, sure: {one.sure}, "
            f"maybe_named: {one.maybe_named}, sure_named: {one.sure_named}}}"
            for label, one in bounds.items()
        ]
        FILE.write_text(_HEAD + "\n".join(rows) + "\n", "utf-8")
        label_bound.FILE.write_text(f"{_LABEL_HEAD}heard_from: {label_from}\n", "utf-8")


if __name__ == "__main__":
    main()
