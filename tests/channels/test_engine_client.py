"""The engine's client, against a small real server: whatever comes back, it is a decision or EngineAway."""

import asyncio
import gc
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web

from bot.engine.protocol import Decision, Question
from bot.messaging.message import Choice, Reply
from channels import engine_client
from channels.engine_client import EngineAway, EngineClient
from channels.web import webchat
from commands.runtime.free_ports import free_port
from tests.hotline import PATIENCE, eventually

QUESTION = Question("c" * 32, "turn-1", "hello", "a2V5", "es", "web")
GOOD = {
    "replies": [{"say": "utter_greet", "arguments": {}, "choices": [{"say": "choice_yes", "value": "affirm"}]}],
    "forget": False,
    "locale": "es",
    "intent": "greet",
    "crisis": False,
}


class Server:
    """Stands in for Rasa: answers with what a test wants."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.body, self.status, self.kind = json.dumps(GOOD), 200, "application/json"
        self.hangs = False
        self._stopped = asyncio.Event()
        self.asked: list[dict[str, Any]] = []
        self.tokens: list[str | None] = []
        app = web.Application()
        app.router.add_post("/webhooks/quietline/turn", self._turn)
        app.router.add_get("/webhooks/quietline/health", self._health)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)

    async def start(self) -> None:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()

    async def stop(self) -> None:
        self._stopped.set()
        await self._runner.cleanup()

    async def _turn(self, request: web.Request) -> web.Response:
        self.asked.append(await request.json())
        self.tokens.append(request.headers.get("Authorization"))
        if self.hangs:
            await self._stopped.wait()
        return web.Response(text=self.body, status=self.status, content_type=self.kind)

    async def _health(self, _: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    server = Server()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def client(server: Server) -> AsyncIterator[EngineClient]:
    client = EngineClient([server.url], "secret-token")
    await client.start()
    yield client
    await client.stop()


@pytest.fixture
async def hasty_client(server: Server) -> AsyncIterator[EngineClient]:
    """One that an engine on a busy machine may be too slow for: only where nothing else is looked at."""
    client = EngineClient([server.url], "secret-token", patience=0.3)
    await client.start()
    yield client
    await client.stop()


async def test_a_decision_comes_back(server: Server, client: EngineClient) -> None:
    replies = (Reply("utter_greet", choices=(Choice("choice_yes", "affirm"),)),)
    assert await client.decide(QUESTION) == Decision(replies, locale="es", intent="greet")
    assert server.asked == [
        {
            "conversation": "c" * 32,
            "turn": "turn-1",
            "text": "hello",
            "data_key": "a2V5",
            "locale": "es",
            "channel": "web",
            "kind": "text",
            "country": "",
            "region": "",
            "unsure": "",
            "place": "",
            "organisation": "",
            "way_back": "",
            "urgent": "",
        }
    ]
    assert server.tokens == ["Bearer secret-token"]


async def test_what_is_to_be_counted_comes_with_the_decision(server: Server, client: EngineClient) -> None:
    wish = {"need": "find_shelter", "country": "ES", "region": "", "locale": "en"}
    server.body = json.dumps({"replies": [], "complaints": ["es-a"], "unmet": [wish]})
    decision = await client.decide(QUESTION)
    assert (decision.complaints, decision.unmet) == (("es-a",), (wish,))


async def test_a_conversation_always_goes_to_the_same_of_two_engines(server: Server) -> None:
    second = Server()
    await second.start()
    client = EngineClient([server.url, second.url], "secret-token")
    await client.start()
    questions = [
        Question(f"conversation {number % 10}", str(number), "hello", "a2V5", "en", "web") for number in range(40)
    ]
    await asyncio.gather(*(client.decide(question) for question in questions))
    await client.stop()
    await second.stop()
    first_had, second_had = ({asked["conversation"] for asked in each.asked} for each in (server, second))
    assert first_had | second_had == {f"conversation {number}" for number in range(10)}
    assert first_had & second_had == set()
    assert first_had and second_had


WRONG = [
    "",
    "not json",
    "[]",
    "null",
    "3",
    "{}",
    '{"replies": 5}',
    '{"replies": null}',
    '{"replies": ["text"]}',
    '{"replies": [{}]}',
    '{"replies": [{"say": "utter_x", "arguments": [1]}]}',
    '{"replies": [{"say": "utter_x", "choices": [{"surplus": 1}]}]}',
    '{"replies": [], "locale": 5}',
    '{"replies": [], "intent": {"name": "greet"}}',
    "[" * 100_000,
]


@pytest.mark.parametrize("body", WRONG, ids=lambda body: body[:40])
async def test_garbage_counts_against_the_turn_and_not_against_the_engine(
    server: Server, client: EngineClient, body: str
) -> None:
    server.body = body
    with pytest.raises(EngineAway) as away:
        await client.decide(QUESTION)
    assert away.value.refused
    server.body = json.dumps(GOOD)
    assert await client.decide(QUESTION)


async def test_garbage_that_is_no_json_by_its_own_word_counts_against_the_turn(
    server: Server, client: EngineClient
) -> None:
    server.body, server.kind = "<h1>Oops</h1>", "text/html"
    with pytest.raises(EngineAway) as away:
        await client.decide(QUESTION)
    assert away.value.refused


@pytest.mark.parametrize(("status", "refused"), [(500, True), (400, True), (404, True), (401, False), (503, False)])
async def test_a_bad_status_is_no_decision(server: Server, client: EngineClient, status: int, refused: bool) -> None:
    server.status = status
    with pytest.raises(EngineAway) as away:
        await client.decide(QUESTION)
    assert away.value.refused is refused


def test_who_waits_is_told_before_a_page_without_scripts_stops_waiting() -> None:
    assert engine_client.PATIENCE < webchat._PLAIN_WAIT


async def test_an_engine_that_hangs_is_left_within_patience_and_counts_against_the_turn(
    server: Server, hasty_client: EngineClient
) -> None:
    server.hangs = True
    async with asyncio.timeout(PATIENCE):
        with pytest.raises(EngineAway) as away:
            await hasty_client.decide(QUESTION)
    assert away.value.refused


@pytest.mark.long
async def test_an_engine_that_failed_is_not_asked_before_it_is_healthy_again(
    server: Server, client: EngineClient
) -> None:
    await server.stop()
    with pytest.raises(EngineAway) as away:
        await client.decide(QUESTION)
    assert not away.value.refused
    again = server.__class__()
    again.port = server.port
    await again.start()
    with pytest.raises(EngineAway):
        await client.decide(QUESTION)  # it is back, but nobody has looked yet
    assert again.asked == []
    await eventually(lambda: answered(client))
    await again.stop()


async def answered(client: EngineClient) -> bool:
    try:
        return bool(await client.decide(QUESTION))
    except EngineAway:
        return False


@pytest.fixture
async def mistakes() -> AsyncIterator[list[object]]:
    """What the event loop is told of failures that nobody waited for."""
    loop, found = asyncio.get_running_loop(), list[object]()
    loop.set_exception_handler(lambda _, context: found.append(context))
    yield found
    loop.set_exception_handler(None)


@pytest.mark.long
async def test_many_questions_that_fail_at_once_are_all_told_and_the_engine_comes_back(
    server: Server, hasty_client: EngineClient, mistakes: list[object]
) -> None:
    server.hangs = True
    outcomes = await asyncio.gather(*(hasty_client.decide(QUESTION) for _ in range(20)), return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {EngineAway}
    server.hangs = False
    await eventually(lambda: answered(hasty_client))
    gc.collect()  # a failure that nobody was told of is told to the loop by now
    assert mistakes == []


async def test_readiness_follows_the_engine(server: Server, client: EngineClient) -> None:
    assert await client.ready()
    await server.stop()
    assert not await client.ready()


async def test_reasons_are_handed_over_only_where_somebody_asks_for_them(client: EngineClient, server: Server) -> None:
    told: list[Any] = []
    server.body = json.dumps({**GOOD, "why": {"answered_by": "action_greet"}})
    quiet = await client.decide(QUESTION)
    client.on_why = told.append
    assert await client.decide(QUESTION) == quiet
    assert told == [{"answered_by": "action_greet"}]


async def test_what_must_not_wait_takes_none_of_the_places_of_an_engine(server: Server, client: EngineClient) -> None:
    server.hangs = True
    flood = [asyncio.create_task(client.decide(replace(QUESTION, turn=f"turn-{number}"))) for number in range(20)]
    await eventually(lambda: len(server.asked) == 8)
    urgent = asyncio.create_task(client.decide(replace(QUESTION, text="he has a knife", urgent="1")))
    await eventually(lambda: server.asked[-1]["text"] == "he has a knife")
    assert len(server.asked) == 9
    for task in (*flood, urgent):
        task.cancel()
    await asyncio.gather(*flood, urgent, return_exceptions=True)
