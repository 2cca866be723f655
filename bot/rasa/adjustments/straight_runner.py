"""Runs Rasa's graph of components one after another, in an order that is found once.

Rasa hands the graph to dask for every message, which plans the same few nodes anew each time: an eighth of a turn.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.storage import ModelStorage


class StraightRunner(DaskGraphRunner):
    """The same nodes as dask's runner would run; what one of them raises is raised as it is."""

    def __init__(
        self,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> None:
        super().__init__(graph_schema, model_storage, execution_context, hooks)
        self._ordered = cache(self._order)

    def run(self, inputs: Mapping[str, Any] | None = None, targets: Sequence[str] | None = None) -> dict[str, Any]:
        """Give what the targets put out; Rasa calls this."""
        wanted = tuple(targets or self._graph_schema.target_names)
        told = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, node, needs in self._ordered(wanted):
            told[name] = node(*(told[need] for need in needs))
        return dict(told[name] for name in wanted)

    def _order(self, targets: tuple[str, ...]) -> list[tuple[str, GraphNode, tuple[str, ...]]]:
        nodes = self._graph_schema.minimal_graph_schema(list(targets)).nodes
        needs = {name: tuple(node.needs.values()) for name, node in nodes.items()}
        return [
            (name, self._instantiated_nodes[name], needs[name])
            for name in TopologicalSorter(needs).static_order()
            if name in needs
        ]
