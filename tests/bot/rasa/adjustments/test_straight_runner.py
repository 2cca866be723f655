"""The graph runs as Rasa's own runner would run it: only what a target needs, each node once, and errors as they are."""

from pathlib import Path
from typing import Any

import pytest
from rasa.engine.exceptions import GraphComponentException
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from bot.rasa.adjustments.straight_runner import StraightRunner

RAN: list[str] = []


class Adds(GraphComponent):
    def __init__(self, name: str) -> None:
        self._name = name

    @classmethod
    def create(cls, config: dict[str, Any], *_: Any, **__: Any) -> "Adds":
        return cls(config["name"])

    def add(self, left: int, right: int) -> int:
        RAN.append(self._name)
        return left + right

    def fail(self, left: int) -> int:
        raise ValueError("no")


def _node(name: str, fn: str = "add", **needs: str) -> SchemaNode:
    return SchemaNode(
        needs=needs, uses=Adds, constructor_name="create", fn=fn, config={"name": name}, eager=True, is_target=False
    )


SCHEMA = GraphSchema(
    {
        "both": _node("both", left="twice", right="given"),
        "twice": _node("twice", left="given", right="given"),
        "other": _node("other", left="given", right="twice"),
        "broken": _node("broken", "fail", left="twice"),
    }
)


def _runner(kind: type[DaskGraphRunner], folder: Path) -> DaskGraphRunner:
    return kind.create(SCHEMA, LocalModelStorage(folder), ExecutionContext(SCHEMA))


@pytest.mark.parametrize("targets", [["both"], ["both", "other"], ["twice"]])
def test_it_gives_what_dask_gives_and_runs_nothing_else(tmp_path: Path, targets: list[str]) -> None:
    told = []
    for kind in (DaskGraphRunner, StraightRunner):
        RAN.clear()
        told.append((_runner(kind, tmp_path).run({"given": 2}, targets), sorted(RAN)))
    assert told[0] == told[1]


def test_what_goes_wrong_in_a_part_is_raised(tmp_path: Path) -> None:
    with pytest.raises(GraphComponentException):
        _runner(StraightRunner, tmp_path).run({"given": 2}, ["broken"])
