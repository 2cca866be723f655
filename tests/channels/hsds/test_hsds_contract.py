"""Schemathesis asks the read API what its own description allows and forbids, and finds no answer that breaks it."""

import asyncio
import json
from typing import Any

import hypothesis
import pytest
import schemathesis
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok

from bot.settings import Settings
from channels.hsds import hsds_door
from channels.hsds.request_limit import RequestLimit
from resources_directory.exchange.api.openapi_document import document
from tests.channels.hsds.conftest import Minutes
from tests.hotline import Hotline, ScriptedEngine

TABLES = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")
EXAMPLES = 6  # of each operation, as much again of what its description forbids
pytestmark = pytest.mark.long


def examined(url: str) -> int:
    """Ask all that can be generated, and return the number of kinds of questions; raise at a wrong answer."""
    schema = schemathesis.openapi.from_url(f"{url}/hsds/openapi.json")
    schema.config.base_url = f"{url}/hsds"
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    kinds = [(operation, GenerationMode.POSITIVE) for operation in operations]
    # Nothing can be forbidden where there is no parameter.
    kinds += [(operation, GenerationMode.NEGATIVE) for operation in operations if list(operation.query)]
    for operation, mode in kinds:

        @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
        @hypothesis.settings(max_examples=EXAMPLES, suppress_health_check=list(hypothesis.HealthCheck))
        def is_answered_as_described(case: "schemathesis.Case[Any]") -> None:
            case.call_and_validate()

        is_answered_as_described()
    return len(kinds)


def known_objects_examined(url: str) -> list[int]:
    """Fetch an object of each listing by its id, and return the statuses; raise at a wrong answer."""
    schema = schemathesis.openapi.from_url(f"{url}/hsds/openapi.json")
    schema.config.base_url = f"{url}/hsds"
    pages = {table: schema[f"/{table}"]["GET"].Case().call().json() for table in TABLES}
    known = {table: page["contents"][0]["id"] for table, page in pages.items()}
    cases = [schema[f"/{table}/{{id}}"]["GET"].Case(path_parameters={"id": id_}) for table, id_ in known.items()]
    return [case.call_and_validate().status_code for case in cases]


async def test_an_object_that_is_there_is_as_described(publisher: Hotline) -> None:
    assert await asyncio.to_thread(known_objects_examined, publisher.url) == [200] * 5


class Lying:
    """An API that describes itself as ours does, and answers something else."""

    def answer(self, path: str, *_: object) -> tuple[int, str, bytes, str, str]:
        described = path == "openapi.json"
        return (
            200,
            "application/json",
            json.dumps(document("/hsds") if described else {"version": 3}).encode(),
            "tag",
            "",
        )


async def test_an_answer_that_is_not_as_described_is_seen(settings: Settings) -> None:
    liar = Hotline(settings, ScriptedEngine(), {})
    liar.hsds = hsds_door.build(Lying(), liar.store, RequestLimit(Minutes()))
    async with liar.working():
        with pytest.raises(FailureGroup, match="Response violates schema"):
            await asyncio.to_thread(examined, liar.url)


async def test_no_generated_request_gets_an_answer_that_breaks_the_description(publisher: Hotline) -> None:
    assert await asyncio.to_thread(examined, publisher.url) == 11 + 6
