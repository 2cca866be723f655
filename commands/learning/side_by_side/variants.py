"""Other networks than the one that ships, to compare it with: `python -m commands.learning.side_by_side.compare`."""

import zlib
from collections.abc import Sequence
from itertools import chain

import torch
from torch import Tensor, nn
from torch.nn import functional

from bot.encoder.numbers import BLOCK
from bot.encoder.weights import WIDTH, Weights
from commands.learning.batches import PAD
from commands.learning.reader_network import ReaderNetwork
from commands.learning.targets import head_sizes

_BUCKETS, _LETTERS = 2**15, 128  # hashed groups of letters, and the numbers that each is given
_GROUPS = (3, 4, 5)  # letters in a group


class LastMeanOnly(ReaderNetwork):
    """One mean over the tokens, after the last layer."""

    def __init__(self, weights: Weights, layers: Sequence[int]) -> None:
        """Begin as the one that ships, without the mean after the middle layer."""
        super().__init__(weights, layers)
        self.pooled = (len(layers),)
        self.heads = nn.ModuleDict({name: nn.Linear(WIDTH, size) for name, size in head_sizes().items()})


class NamesLook(ReaderNetwork):
    """Each name of each head looks for the tokens that speak for it, beside the means over all of them."""

    def __init__(self, weights: Weights, layers: Sequence[int]) -> None:
        """Begin with names that look nowhere: every token counts alike."""
        super().__init__(weights, layers)
        names = sum(head_sizes().values())
        self.look_at, self.look_for = nn.Linear(WIDTH, names, bias=False), nn.Linear(WIDTH, names, bias=False)
        nn.init.zeros_(self.look_at.weight)
        nn.init.normal_(self.look_for.weight, std=0.01)

    def forward(self, ids: Tensor) -> dict[str, Tensor]:
        """Return the scores of each head, (texts, its size)."""
        real, x, found = self.tokens(ids)
        weight = self.look_at(x).float().masked_fill(~real[:, :, None], float("-inf")).softmax(1)
        beside = (weight * self.look_for(x)).sum(1).split(list(head_sizes().values()), 1)
        shown = self.drop(torch.cat(found, 1))
        return {name: self.heads[name](shown) + part for name, part in zip(head_sizes(), beside, strict=True)}


class FourBits(ReaderNetwork):
    """The layers' matrices in 4 bits, in blocks of 32 with a scale each; what is learned stays exact behind them."""

    def __init__(self, weights: Weights, layers: Sequence[int]) -> None:
        """Begin with the encoder's layers, or with what they are given later, rounded."""
        super().__init__(weights, layers)
        for part in self.layers.modules():
            if isinstance(part, nn.Linear):
                part.__class__ = _FourBitLinear


class _FourBitLinear(nn.Linear):
    def forward(self, input: Tensor) -> Tensor:
        blocks = self.weight.detach().view(len(self.weight), -1, BLOCK)
        scales = blocks.abs().amax(2, keepdim=True).clamp_min(1e-12) / 7
        rounded = ((blocks / scales).round() * scales).view_as(self.weight)
        # Slopes pass through the rounding as if it were not there.
        return functional.linear(input, self.weight + (rounded - self.weight.detach()), self.bias)


class WithLetters(ReaderNetwork):
    """Hashed groups of letters beside the means, for slips of the fingers."""

    def __init__(self, weights: Weights, layers: Sequence[int]) -> None:
        """Begin with letters that say nothing."""
        super().__init__(weights, layers)
        self.letters = nn.EmbeddingBag(_BUCKETS, _LETTERS, mode="mean")
        nn.init.normal_(self.letters.weight, std=0.1)
        self.spelled = nn.Linear(_LETTERS, sum(head_sizes().values()), bias=False)
        nn.init.zeros_(self.spelled.weight)
        self._pieces = weights.pieces

    def forward(self, ids: Tensor) -> dict[str, Tensor]:
        """Return the scores of each head, (texts, its size)."""
        groups = [self._groups(row) for row in ids.tolist()]
        starts = torch.tensor([0, *(len(one) for one in groups[:-1])]).cumsum(0)
        spelled = self.spelled(self.letters(torch.tensor([*chain.from_iterable(groups)]), starts))
        beside = spelled.split(list(head_sizes().values()), 1)
        shown = self.drop(self.vectors(ids))
        return {name: self.heads[name](shown) + part for name, part in zip(head_sizes(), beside, strict=True)}

    def _groups(self, row: Sequence[int]) -> list[int]:
        text = "".join(self._pieces[one] for one in row if one > PAD + 1)
        found = [text[at : at + size] for size in _GROUPS for at in range(len(text) - size + 1)]
        return [zlib.crc32(one.encode()) % _BUCKETS for one in found] or [0]
