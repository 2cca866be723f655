"""The encoder as an ONNX graph: the same 4-bit blocks as in the weights file, run by onnxruntime's MatMulNBits.

Written once, at installation. The numbers go into a second file beside the graph, which onnxruntime maps from
disk, so that several engines share one copy of the large word table in memory.
"""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from bot.encoder.weights import HEADS, INNER, LAYERS, WIDTH, Floats, Weights

_MICROSOFT = "com.microsoft"
_BLOCK = 32
POOLED = (LAYERS, 8)  # the last layer and one in the middle, counted from 1
VECTOR = WIDTH * len(POOLED)  # numbers per text
_SMALLEST_OUTSIDE = 1024  # bytes: smaller arrays stay inside the graph


def save(weights: Weights, path: Path) -> None:
    """Write `path` and, beside it, `path` + ".data"."""
    model = _Builder(weights).model()
    onnx.save_model(
        model,
        str(path),
        save_as_external_data=True,
        all_tensors_to_one_file=True,
        location=f"{path.name}.data",
        size_threshold=_SMALLEST_OUTSIDE,
        convert_attribute=False,
    )


class _Builder:
    def __init__(self, weights: Weights) -> None:
        self._w = weights.arrays
        self._epsilon = weights.epsilon
        self._nodes: list[onnx.NodeProto] = []
        self._numbers: list[onnx.TensorProto] = []

    def model(self) -> onnx.ModelProto:
        """Return the graph: ids and lengths in, two vectors of length 1 side by side for each text out."""
        self._embed_words()
        layers = ["x"]
        for layer in range(LAYERS):
            layers.append(self._layer(f"l{layer}.", layers[-1]))
        self._mark_real_tokens()
        # The middle layer still knows things about a text that the last has given up for its meaning; both cost no more than one.
        halves = [self._pool(layers[number]) for number in POOLED]
        self._node("Concat", halves, "vectors", axis=1)
        ids = helper.make_tensor_value_info("ids", TensorProto.INT64, ["texts", "tokens"])
        lengths = helper.make_tensor_value_info("lengths", TensorProto.INT32, ["texts"])
        vectors = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", VECTOR])
        graph = helper.make_graph(self._nodes, "e5", [ids, lengths], [vectors], self._numbers)
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=9)

    def _number(self, name: str, values: Any) -> str:
        self._numbers.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _node(self, kind: str, inputs: list[str], output: str, domain: str = "", **settings: Any) -> str:
        self._nodes.append(helper.make_node(kind, inputs, [output], domain=domain, name=f"{output}_", **settings))
        return output

    def _embed_words(self) -> None:
        # One byte per number and a scale per row: a fifth of the size, and the vectors stay equal to four digits.
        table = self._w["emb.word"]
        scale = np.abs(table).max(axis=1, keepdims=True) / 127
        scale[scale == 0] = 1
        self._number("words", np.clip(np.rint(table / scale), -127, 127).astype(np.int8))
        self._number("word_scales", scale.astype(np.float32))
        self._node("Gather", ["words", "ids"], "word_bytes")
        self._node("Cast", ["word_bytes"], "word_floats", to=TensorProto.FLOAT)
        self._node("Gather", ["word_scales", "ids"], "word_scale")
        self._node("Mul", ["word_floats", "word_scale"], "word")
        self._number("positions", self._w["emb.pos"] + self._w["emb.type"][0])
        for name, value in (("zero", 0), ("one", 1)):
            self._number(name, np.array(value, np.int64))
        self._node("Shape", ["ids"], "shape")
        self._node("Gather", ["shape", "one"], "tokens")
        self._node("Range", ["zero", "tokens", "one"], "places")
        self._node("Gather", ["positions", "places"], "position")
        self._node("Add", ["word", "position"], "sum")
        norm = [self._number(f"emb.ln.{kind}", self._w[f"emb.ln.{kind}"]) for kind in "wb"]
        self._node("LayerNormalization", ["sum", *norm], "x", axis=-1, epsilon=self._epsilon)

    def _layer(self, at: str, below: str) -> str:
        joined = np.concatenate([self._w[f"{at}{part}.w"] for part in "qkv"])
        bias = np.concatenate([self._w[f"{at}{part}.b"] for part in "qkv"])
        three = self._multiply(below, joined, f"{at}qkv")
        sizes = self._number(f"{at}sizes", np.array([WIDTH] * 3, np.int64))
        parts = [f"{at}{part}" for part in "qkv"]
        self._nodes.append(helper.make_node("Split", [three, sizes], parts, name=f"{at}split", axis=-1))
        attention = [*parts, self._number(f"{at}qkv.b", bias), "lengths"]
        self._node("MultiHeadAttention", attention, f"{at}context", _MICROSOFT, num_heads=HEADS)
        attended = self._multiply(f"{at}context", self._w[f"{at}ao.w"], f"{at}ao")
        middle = self._add_and_norm(below, attended, at, "ao", "aln")
        wide = self._multiply(middle, self._w[f"{at}fi.w"], f"{at}fi")
        bias_name = self._number(f"{at}fi.b", self._w[f"{at}fi.b"])
        self._node("BiasGelu", [wide, bias_name], f"{at}gelu", _MICROSOFT)
        narrow = self._multiply(f"{at}gelu", self._w[f"{at}fo.w"], f"{at}fo")
        return self._add_and_norm(middle, narrow, at, "fo", "oln")

    def _multiply(self, values: str, matrix: Floats, name: str) -> str:
        packed, scales = _packed(matrix)
        rows, columns = matrix.shape
        assert columns in (WIDTH, INNER)
        inputs = [values, self._number(f"{name}.q", packed), self._number(f"{name}.s", scales)]
        # accuracy_level 4: the activations become bytes too; three times as fast, and as accurate (encoder tests).
        settings = {"K": columns, "N": rows, "bits": 4, "block_size": _BLOCK, "accuracy_level": 4}
        return self._node("MatMulNBits", inputs, f"{name}.out", _MICROSOFT, **settings)

    def _add_and_norm(self, left: str, right: str, at: str, bias: str, norm: str) -> str:
        names = [f"{norm}.w", f"{norm}.b", f"{bias}.b"]
        numbers = [self._number(f"{at}{name}", self._w[f"{at}{name}"]) for name in names]
        inputs, output = [left, right, *numbers], f"{at}{norm}"
        return self._node("SkipLayerNormalization", inputs, output, _MICROSOFT, epsilon=self._epsilon)

    def _mark_real_tokens(self) -> None:
        axis = self._number("axis", np.array([1], np.int64))
        self._node("Cast", ["lengths"], "lengths64", to=TensorProto.INT64)
        self._node("Unsqueeze", ["lengths64", axis], "lengths_column")
        self._node("Less", ["places", "lengths_column"], "is_real")
        self._node("Cast", ["is_real"], "real", to=TensorProto.FLOAT)
        self._node("Unsqueeze", ["real", axis], "real_row")

    def _pool(self, values: str) -> str:
        """Average over the real tokens of each text; the normalization takes care of the division."""
        self._node("MatMul", ["real_row", values], f"{values}.pooled_row")
        self._node("Squeeze", [f"{values}.pooled_row", "axis"], f"{values}.pooled")
        return self._node("LpNormalization", [f"{values}.pooled"], f"{values}.vector", axis=1, p=2)


def _packed(matrix: Floats) -> tuple[NDArray[np.uint8], Floats]:
    """Return the original 4-bit blocks and their scales; a block's weight farthest from 0 is always -8 times its scale."""
    blocks = matrix.reshape(matrix.shape[0], -1, _BLOCK)
    farthest = np.abs(blocks).argmax(axis=2)[:, :, None]
    ratios = np.take_along_axis(blocks, farthest, 2)[:, :, 0] / -8
    scales: Floats = np.where(ratios == 0, 1, ratios).astype(np.float32)
    exact = np.rint(blocks / scales[:, :, None]) + 8
    if not (exact.min() >= 0 and exact.max() <= 15):
        raise ValueError("a matrix of the encoder is not made of 4-bit blocks")
    nibbles = exact.astype(np.uint8)
    pairs: NDArray[np.uint8] = (nibbles[:, :, 0::2] | (nibbles[:, :, 1::2] << 4)).astype(np.uint8)
    return pairs, scales.reshape(-1)
