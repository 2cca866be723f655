"""The choice of the chance from which a label counts as said, on the examples that are held back.

One for all labels: most fine labels have a handful of examples there, and a bound for each did no better on other messages.
"""

import numpy as np

from bot.encoder.weights import Floats

_TRIED = np.arange(0.06, 0.8, 0.02)


def chosen(chances: Floats, said: np.ndarray) -> float:
    """Return the chance with the highest F1 over all labels; both are (examples, labels)."""
    return round(float(max(_TRIED, key=lambda bound: f1(chances, said, bound))), 2)


def f1(chances: Floats, said: np.ndarray, bound: float) -> float:
    """Return the harmonic mean of the share of labels that are found and the share of those named that are right."""
    named = chances >= bound
    return float(2 * (named & said).sum() / max(named.sum() + said.sum(), 1))
