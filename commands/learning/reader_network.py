"""The encoder's layers with the heads on top of them, as torch learns them.

The word table stays as it comes in the package; everything else is learned.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from bot.encoder.weights import HEADS, INNER, WIDTH, Floats, Weights
from commands.learning.batches import PAD
from commands.learning.targets import head_sizes

LENGTH = WIDTH**0.5  # of each pooled vector, so that its numbers are about 1
_DROPPED, _DROPPED_HEAD = 0.1, 0.2


def pooled_layers(count: int) -> tuple[int, int]:
    """Return after which layers, counted from 1, the tokens are averaged: two thirds of the way, and the last."""
    return max(1, round(count * 2 / 3)), count


class ReaderNetwork(nn.Module):
    """The network: it takes token ids, and returns the scores of each head."""

    def __init__(self, weights: Weights, layers: Sequence[int]) -> None:
        """Begin with these layers of the encoder, counted from 0, and heads that know nothing."""
        super().__init__()
        arrays = weights.arrays
        self.words = nn.Embedding.from_pretrained(torch.from_numpy(arrays["emb.word"]), freeze=True)
        self.positions = nn.Parameter(torch.from_numpy(arrays["emb.pos"] + arrays["emb.type"][0]))
        self.norm = _norm(arrays, "emb.ln", weights.epsilon)
        self.layers = nn.ModuleList(_Layer(arrays, f"l{layer}.", weights.epsilon) for layer in layers)
        self.pooled: Sequence[int] = pooled_layers(len(layers))
        self.drop = nn.Dropout(_DROPPED_HEAD)
        self.heads = nn.ModuleDict(
            {name: nn.Linear(WIDTH * len(self.pooled), size) for name, size in head_sizes().items()}
        )

    def vectors(self, ids: Tensor) -> Tensor:
        """Return the pooled vectors, (texts, 2 * WIDTH), of ids (texts, tokens)."""
        _, _, found = self.tokens(ids)
        return torch.cat(found, 1)

    def tokens(self, ids: Tensor) -> tuple[Tensor, Tensor, list[Tensor]]:
        """Return which tokens are real, each token after the last layer, and the means over them, (texts, WIDTH) each."""
        real = ids != PAD
        mask = None if bool(real.all()) else real[:, None, None, :]
        x = self.norm(self.words(ids) + self.positions[: ids.shape[1]])
        found = []
        for number, layer in enumerate(self.layers, 1):
            x = layer(x, mask)
            if number in self.pooled:
                found.append(functional.normalize((x * real[:, :, None]).sum(1), dim=1) * LENGTH)
        return real, x, found

    def forward(self, ids: Tensor) -> dict[str, Tensor]:
        """Return the scores of each head, (texts, its size)."""
        return self.scores(self.vectors(ids))

    def scores(self, vectors: Tensor) -> dict[str, Tensor]:
        """Return the scores of each head for pooled vectors."""
        shown = self.drop(vectors)
        return {name: head(shown) for name, head in self.heads.items()}


class _Layer(nn.Module):
    def __init__(self, arrays: Mapping[str, Floats], at: str, epsilon: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        with torch.no_grad():
            for kind, parameter in (("w", self.qkv.weight), ("b", self.qkv.bias)):
                parameter.copy_(torch.from_numpy(np.concatenate([arrays[f"{at}{part}.{kind}"] for part in "qkv"])))
        self.ao = _linear(arrays, f"{at}ao", WIDTH, WIDTH)
        self.fi = _linear(arrays, f"{at}fi", WIDTH, INNER)
        self.fo = _linear(arrays, f"{at}fo", INNER, WIDTH)
        self.aln = _norm(arrays, f"{at}aln", epsilon)
        self.oln = _norm(arrays, f"{at}oln", epsilon)
        self.drop = nn.Dropout(_DROPPED)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        texts, tokens, _ = x.shape
        query, keys, values = self.qkv(x).view(texts, tokens, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        # With numbers of two bytes, torch takes three times as long for this on a CPU.
        with torch.autocast("cpu", enabled=False):
            seen = functional.scaled_dot_product_attention(query.float(), keys.float(), values.float(), attn_mask=mask)
        x = self.aln(x + self.drop(self.ao(seen.transpose(1, 2).reshape(texts, tokens, WIDTH))))
        normed: Tensor = self.oln(x + self.drop(self.fo(functional.gelu(self.fi(x)))))
        return normed


def _linear(arrays: Mapping[str, Floats], at: str, inside: int, outside: int) -> nn.Linear:
    made = nn.Linear(inside, outside)
    with torch.no_grad():
        made.weight.copy_(torch.from_numpy(arrays[f"{at}.w"]))
        made.bias.copy_(torch.from_numpy(arrays[f"{at}.b"]))
    return made


def _norm(arrays: Mapping[str, Floats], at: str, epsilon: float) -> nn.LayerNorm:
    made = nn.LayerNorm(WIDTH, epsilon)
    with torch.no_grad():
        made.weight.copy_(torch.from_numpy(arrays[f"{at}.w"]))
        made.bias.copy_(torch.from_numpy(arrays[f"{at}.b"]))
    return made
