"""A feed changes every fact that it can state, and nothing that stewards note."""

from pathlib import Path
from typing import Any

from resources_directory.exchange import attributes
from resources_directory.exchange.changes import applying
from resources_directory.exchange.changes.merging import FIELDS
from resources_directory.model.hsds import Evidence, Service
from tests.resources_directory.exchange.norway import norwegian, planned


def for_group(group: str) -> dict[str, Any]:
    """A service as one of our exports says for whom it is."""
    return norwegian(attributes=attributes.rows("1", "service", [("kind", "legal_aid"), ("for", group)]))


def written(folder: Path, row: dict[str, Any]) -> str:
    applying.apply(planned(folder, row), folder, lambda _: None)
    return (folder / "no.yml").read_text()


def test_every_fact_is_compared_but_the_ids_and_the_proof() -> None:
    facts = set(Service.model_fields) - set(Evidence.model_fields) - {"id", "hsds_id"}

    assert sorted(FIELDS) == sorted(facts)


def test_a_change_of_whom_a_service_is_for_is_taken(folder: Path) -> None:
    before = written(folder, for_group("men"))

    assert "        for: [men]\n" in before
    assert written(folder, for_group("young")) == before.replace("for: [men]", "for: [young]")
