"""The reader as an ONNX graph: the encoder's word table, the learned layers in 8-bit blocks, and the heads on top.

Written once, at a first start. The numbers go into a second file beside the graph, which onnxruntime maps from
disk, so that several engines share one copy of the large word table in memory.
"""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from bot.encoder.numbers import BLOCK, Learned
from bot.encoder.weights import HEADS, INNER, WIDTH, Weights

_MICROSOFT = "com.microsoft"
_SMALLEST_OUTSIDE = 1024  # bytes: smaller arrays stay inside the graph


def save(weights: Weights, learned: Learned, path: Path) -> None:
    """Write `path` and, beside it, `path` + ".data"."""
    onnx.save_model(
        _Builder(weights, learned).model(),
        str(path),
        save_as_external_data=True,
        all_tensors_to_one_file=True,
        location=f"{path.name}.data",
        size_threshold=_SMALLEST_OUTSIDE,
        convert_attribute=False,
    )


class _Builder:
    def __init__(self, weights: Weights, learned: Learned) -> None:
        self._words, self._epsilon, self._learned = weights.arrays["emb.word"], weights.epsilon, learned
        self._nodes: list[onnx.NodeProto] = []
        self._numbers: list[onnx.TensorProto] = []

    def model(self) -> onnx.ModelProto:
        """Return the graph: ids and lengths of texts in, the scores of all heads side by side out."""
        self._embed_words()
        self._mark_real_tokens()
        layers = ["x"]
        for layer in range(self._learned.layers):
            layers.append(self._layer(f"layers.{layer}.", layers[-1]))
        # A middle layer still knows things about a text that the last has given up for its meaning.
        halves = [self._pool(layers[number]) for number in self._learned.names["pooled"]]
        self._node("Concat", halves, "vectors", axis=1)
        kept = self._learned.arrays
        tables = {
            kind: np.concatenate([kept[f"{of}.{kind}"] for of in ("heads", "named")]) for kind in ("weight", "bias")
        }
        heads = [self._number(f"heads.{kind}", table) for kind, table in tables.items()]
        self._node("Gemm", ["vectors", *heads], "scores", transB=1)
        count = len(tables["bias"])
        inputs = [
            helper.make_tensor_value_info("ids", TensorProto.INT64, ["texts", "tokens"]),
            helper.make_tensor_value_info("lengths", TensorProto.INT32, ["texts"]),
        ]
        outputs = [
            helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["texts", count]),
            # What the heads read: asked for only where they are learned anew.
            helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", WIDTH * len(halves)]),
        ]
        graph = helper.make_graph(self._nodes, "reader", inputs, outputs, self._numbers)
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=9)

    def _number(self, name: str, values: Any) -> str:
        self._numbers.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _learnt(self, name: str) -> str:
        return self._number(name, self._learned.arrays[name])

    def _node(self, kind: str, inputs: list[str], output: str, domain: str = "", **settings: Any) -> str:
        self._nodes.append(helper.make_node(kind, inputs, [output], domain=domain, name=f"{output}_", **settings))
        return output

    def _embed_words(self) -> None:
        # One byte per number and a scale per row: a fifth of the size, and the vectors stay equal to four digits.
        scale = np.abs(self._words).max(axis=1, keepdims=True) / 127
        scale[scale == 0] = 1
        self._number("words", np.clip(np.rint(self._words / scale), -127, 127).astype(np.int8))
        self._number("word_scales", scale.astype(np.float32))
        self._node("Gather", ["words", "ids"], "word_bytes")
        self._node("Cast", ["word_bytes"], "word_floats", to=TensorProto.FLOAT)
        self._node("Gather", ["word_scales", "ids"], "word_scale")
        self._node("Mul", ["word_floats", "word_scale"], "word")
        for name, value in (("zero", 0), ("one", 1)):
            self._number(name, np.array(value, np.int64))
        self._node("Shape", ["ids"], "shape")
        self._node("Gather", ["shape", "one"], "tokens")
        self._node("Range", ["zero", "tokens", "one"], "places")
        self._node("Gather", [self._learnt("positions"), "places"], "position")
        self._node("Add", ["word", "position"], "sum")
        norm = [self._learnt("norm.weight"), self._learnt("norm.bias")]
        self._node("LayerNormalization", ["sum", *norm], "x", axis=-1, epsilon=self._epsilon)

    def _layer(self, at: str, below: str) -> str:
        three = self._multiply(below, f"{at}qkv.weight")
        sizes = self._number(f"{at}sizes", np.array([WIDTH] * 3, np.int64))
        parts = [f"{at}{part}" for part in "qkv"]
        self._nodes.append(helper.make_node("Split", [three, sizes], parts, name=f"{at}split", axis=-1))
        attention = [*parts, self._learnt(f"{at}qkv.bias"), "lengths"]
        self._node("MultiHeadAttention", attention, f"{at}context", _MICROSOFT, num_heads=HEADS)
        attended = self._multiply(f"{at}context", f"{at}ao.weight")
        middle = self._add_and_norm(below, attended, at, "ao", "aln")
        wide = self._multiply(middle, f"{at}fi.weight")
        self._node("BiasGelu", [wide, self._learnt(f"{at}fi.bias")], f"{at}gelu", _MICROSOFT)
        narrow = self._multiply(f"{at}gelu", f"{at}fo.weight")
        return self._add_and_norm(middle, narrow, at, "fo", "oln")

    def _multiply(self, values: str, name: str) -> str:
        blocks = self._learned.matrices[name]
        rows, count, _ = blocks.bytes.shape
        columns = count * BLOCK
        if columns not in (WIDTH, INNER):
            raise ValueError(f"{name} has {columns} columns")
        inputs = [values, self._number(f"{name}.q", blocks.bytes), self._number(f"{name}.s", blocks.scales.reshape(-1))]
        # accuracy_level 4: the activations become bytes too; five times as fast, and as accurate (encoder tests).
        settings = {"K": columns, "N": rows, "bits": 8, "block_size": BLOCK, "accuracy_level": 4}
        return self._node("MatMulNBits", inputs, f"{name}.out", _MICROSOFT, **settings)

    def _add_and_norm(self, left: str, right: str, at: str, bias: str, norm: str) -> str:
        numbers = [self._learnt(f"{at}{name}") for name in (f"{norm}.weight", f"{norm}.bias", f"{bias}.bias")]
        return self._node(
            "SkipLayerNormalization", [left, right, *numbers], f"{at}{norm}", _MICROSOFT, epsilon=self._epsilon
        )

    def _mark_real_tokens(self) -> None:
        axis = self._number("axis", np.array([1], np.int64))
        self._node("Cast", ["lengths"], "lengths64", to=TensorProto.INT64)
        self._node("Unsqueeze", ["lengths64", axis], "lengths_column")
        self._node("Less", ["places", "lengths_column"], "is_real")
        self._node("Cast", ["is_real"], "real", to=TensorProto.FLOAT)
        self._node("Unsqueeze", ["real", axis], "real_row")

    def _pool(self, values: str) -> str:
        """Average over the real tokens of each text, and give the vector the length that the heads were learned with."""
        self._node("MatMul", ["real_row", values], f"{values}.pooled_row")
        self._node("Squeeze", [f"{values}.pooled_row", "axis"], f"{values}.pooled")
        self._node("LpNormalization", [f"{values}.pooled"], f"{values}.direction", axis=1, p=2)
        if "vector_length" not in {number.name for number in self._numbers}:
            self._number("vector_length", np.array(WIDTH**0.5, np.float32))
        return self._node("Mul", [f"{values}.direction", "vector_length"], f"{values}.vector")
