"""Stock Rasa as a child process, and a person at its door."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from commands.bench.stock.server import RestPerson, StockServer
from commands.bench.stock.stock_environment import NoStock
from commands.bench.virtual_users import RoundTimes


@pytest.fixture
async def rest() -> AsyncIterator[tuple[str, list[dict[str, str]]]]:
    """A REST channel as Rasa's: a list of lines for each message, an empty one for "nothing"."""
    asked: list[dict[str, str]] = []

    async def webhook(request: web.Request) -> web.Response:
        asked.append(await request.json())
        lines = [] if asked[-1]["message"] == "nothing" else [{"recipient_id": "x", "text": "hello"}]
        return web.json_response(lines)

    app = web.Application()
    app.router.add_post("/webhooks/rest/webhook", webhook)
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/"), asked


async def test_a_person_at_the_rest_channel_keeps_to_one_conversation(rest: tuple[str, list[dict[str, str]]]) -> None:
    url, asked = rest
    measured = RoundTimes(1)
    async with ClientSession() as session:
        person = RestPerson(session, url, "somebody")
        await person.turn("hola", measured)
        await person.turn("nothing", measured)
    assert asked == [{"sender": "somebody", "message": "hola"}, {"sender": "somebody", "message": "nothing"}]
    assert (len(measured.turns), measured.silent) == (2, 1)


def installed(folder: Path, script: str) -> Path:
    """An environment whose rasa is this script."""
    rasa = folder / "environment" / "bin" / "rasa"
    rasa.parent.mkdir(parents=True)
    rasa.write_text(f"#!/bin/sh\n{script}\n")
    rasa.chmod(0o755)
    return rasa.parents[1]


async def test_a_server_that_ends_while_it_starts_is_told_in_one_sentence(tmp_path: Path) -> None:
    environment = installed(tmp_path, "echo there is no model >&2; exit 1")
    server = StockServer(tmp_path / "run", environment, tmp_path / "model.tar.gz")
    with pytest.raises(NoStock, match=r"^Stock Rasa did not come up: there is no model$"):
        await server.ready(60)
    server.stop()


def test_nothing_of_it_runs_on_once_it_is_stopped(tmp_path: Path) -> None:
    server = StockServer(tmp_path / "run", installed(tmp_path, "exec sleep 600"), tmp_path / "model.tar.gz", redis=True)
    pids = server.pids()
    server.stop()
    assert len(pids) == 2
    assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []
