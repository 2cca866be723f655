"""How wrong the scores of a batch are: a sum over the heads, each counting only what is known of the examples."""

from collections.abc import Mapping

import torch
from torch import Tensor
from torch.nn import functional

from commands.learning.loss_weights import ONE_OF, ORDINARY, SEVERAL, SEVERAL_SHARE, WEIGHTS
from commands.learning.targets import UNKNOWN, is_ordinary


def learned(scores: Mapping[str, Tensor], known: Mapping[str, Tensor]) -> Tensor:
    """Return the loss against what the examples say; `known` holds the fields of Targets."""
    one_of = {name: _one_of(scores[name], known[name], smoothed) for name, smoothed in ONE_OF.items()}
    ordinary = torch.from_numpy(is_ordinary(known["first"].numpy()))
    one_of["crisis"] = _one_of(scores["crisis"], known["crisis"], ONE_OF["crisis"], 1 + ordinary * (ORDINARY - 1))
    several = {name: _several(scores[name], known[name], known["whole"]) for name in SEVERAL}
    return _weighed({**one_of, **several})


def taught(scores: Mapping[str, Tensor], teacher: Mapping[str, Tensor]) -> Tensor:
    """Return how far the scores are from a teacher's; each head has the same weight as in `learned`."""
    one_of = {name: _as_likely(scores[name], teacher[name]) for name in ONE_OF}
    several = {
        name: functional.binary_cross_entropy_with_logits(scores[name], teacher[name].sigmoid(), reduction="none")
        .sum(1)
        .mean()
        * SEVERAL_SHARE
        for name in SEVERAL
    }
    return _weighed({**one_of, **several})


def _weighed(losses: Mapping[str, Tensor]) -> Tensor:
    return torch.stack([WEIGHTS[name] * loss for name, loss in losses.items()]).sum()


def _one_of(scores: Tensor, target: Tensor, smoothed: float, counted: Tensor | float = 1.0) -> Tensor:
    known = int((target != UNKNOWN).sum())
    each = functional.cross_entropy(scores, target, ignore_index=UNKNOWN, label_smoothing=smoothed, reduction="none")
    return (each * counted).sum() / max(known, 1)


def _several(scores: Tensor, target: Tensor, whole: Tensor) -> Tensor:
    """Return the loss; where only a label is known, other names count neither as said nor as unsaid."""
    loss = functional.binary_cross_entropy_with_logits(scores, target, reduction="none")
    return (loss * torch.maximum(target, whole[:, None])).sum(1).mean() * SEVERAL_SHARE


def _as_likely(scores: Tensor, teacher: Tensor) -> Tensor:
    return functional.cross_entropy(scores, teacher.softmax(1))
