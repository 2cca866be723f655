"""The engine's door: who may ask, what is no question, and a failure that says one word and logs no text."""

import io
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from sanic import Sanic

from bot.engine.protocol import Question
from bot.rasa import channel
from bot.rasa.turns import Erased
from bot.storage.store import StoreAway
from commands.runtime.free_ports import free_port

GOOD = {"conversation": "a" * 32, "turn": "b" * 32, "text": "hello", "data_key": "a2V5"}
CANARY = "the blue heron flies at nine"


class ScriptedTurns:
    """Stands in for the turns behind the door."""

    def __init__(self) -> None:
        self.asked: list[Question] = []
        self.error: Exception | None = None

    async def decide(self, question: Question) -> dict[str, Any]:
        self.asked.append(question)
        if self.error:
            raise self.error
        return {"replies": [], "intent": "greet"}


class Door:
    def __init__(self, port: int, session: aiohttp.ClientSession, turns: ScriptedTurns) -> None:
        self._url = f"http://127.0.0.1:{port}/webhooks/quietline"
        self._session = session
        self.turns = turns

    async def asks(self, body: Any, token: str = "secret") -> tuple[int, Any]:
        data = body if isinstance(body, bytes) else json.dumps(body)
        headers = {"Authorization": f"Bearer {token}"}
        async with self._session.post(f"{self._url}/turn", data=data, headers=headers) as response:
            text = await response.text()
            return response.status, json.loads(text) if text.startswith("{") else text

    async def health(self) -> tuple[int, Any]:
        async with self._session.get(f"{self._url}/health") as response:
            return response.status, await response.json()


@pytest.fixture
async def door(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Door]:
    monkeypatch.setattr(Sanic, "test_mode", True)  # allows a second application of the same name
    turns, port = ScriptedTurns(), free_port()
    app = channel.build(turns, "secret")
    server = await app.create_server("127.0.0.1", port, return_asyncio_server=True, access_log=False)
    assert server
    await server.startup()
    async with aiohttp.ClientSession() as session:
        yield Door(port, session, turns)
    server.close()
    await server.wait_closed()
    Sanic._app_registry.clear()


async def test_a_question_is_answered(door: Door) -> None:
    assert await door.asks(GOOD) == (200, {"replies": [], "intent": "greet"})
    assert door.turns.asked == [Question("a" * 32, "b" * 32, "hello", "a2V5")]


@pytest.mark.parametrize("token", ["", "wrong", "secret ", "ſecret"])
async def test_only_the_gateway_may_ask(door: Door, token: str) -> None:
    assert await door.asks(GOOD, token) == (401, {"error": "token"})
    assert door.turns.asked == []


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b"", "json"),
        (b"{", "json"),
        (b"\xff", "json"),
        pytest.param(b"[" * 20_000, "json", id="deep"),
        ([], "json"),
        ({**GOOD, "conversation": ""}, "conversation"),
        ({**GOOD, "conversation": None}, "conversation"),
        ({**GOOD, "conversation": "a}:{b"}, "conversation"),
        ({**GOOD, "conversation": "a" * 65}, "conversation"),
        ({**GOOD, "turn": 7}, "turn"),
        ({**GOOD, "data_key": ""}, "data_key"),
        ({**GOOD, "text": None}, "text"),
        ({**GOOD, "text": ["hello"]}, "text"),
        ({**GOOD, "locale": 1}, "type"),
    ],
)
async def test_what_is_no_question_is_refused_with_a_word(door: Door, body: Any, word: str) -> None:
    assert await door.asks(body) == (400, {"error": word})


async def test_a_long_text_is_cut(door: Door) -> None:
    await door.asks({**GOOD, "text": "x" * 5_000})
    assert len(door.turns.asked[0].text) == 4_000


async def test_a_body_beyond_reason_is_not_read(door: Door) -> None:
    assert (await door.asks({**GOOD, "text": "x" * 100_000}))[0] == 413


@pytest.mark.parametrize(
    ("error", "answer"),
    [
        (Erased(), (404, {"error": "gone"})),
        (StoreAway("ConnectionError"), (503, {"error": "store"})),
        (ValueError(CANARY), (500, {"error": "failed"})),
    ],
)
async def test_a_failure_is_a_status_and_a_word(door: Door, error: Exception, answer: Any) -> None:
    door.turns.error = error
    assert await door.asks(GOOD) == answer


async def test_a_failure_says_nothing_of_the_text_in_the_log(door: Door, log: io.StringIO) -> None:
    door.turns.error = ValueError(CANARY)
    await door.asks({**GOOD, "text": CANARY})
    assert "ValueError" in log.getvalue()
    assert "heron" not in log.getvalue()
    assert "a" * 32 not in log.getvalue()


async def test_health_needs_no_token(door: Door) -> None:
    assert await door.health() == (200, {"status": "ok"})
