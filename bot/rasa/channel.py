"""The engine's door, for the gateway only: one question a turn, one decision back.

Rasa's own channels would run what a person types after a slash, log texts when something fails, and answer
200 with nothing. Here a failure is a status, and the body says one word.
"""

import hmac
import json
import logging
from typing import Any, Protocol

from sanic import Blueprint, HTTPResponse, Request, Sanic, response

from bot import logs
from bot.engine.protocol import (
    BAD_QUESTION,
    ERASED,
    FAILED,
    HEALTH,
    NOT_GENUINE,
    PATH,
    STORE_AWAY,
    TURN,
    BadQuestion,
    Question,
    authorization,
)
from bot.rasa.turns import Erased
from bot.storage.store import StoreAway

_MOST_BYTES = 64 * 1024


class Decides(Protocol):
    """All that the door needs of the turns behind it."""

    async def decide(self, question: Question) -> dict[str, Any]:
        """Decide one turn; raises Erased, StoreAway, or whatever broke."""


def build(turns: Decides, token: str) -> Sanic[Any, Any]:
    """Give the application with its two routes."""
    app: Sanic[Any, Any] = Sanic("engine", configure_logging=False)
    app.config.update(
        REQUEST_MAX_SIZE=_MOST_BYTES, ACCESS_LOG=False, KEEP_ALIVE_TIMEOUT=75, FALLBACK_ERROR_FORMAT="text", MOTD=False
    )
    app.blueprint(_routes(turns, authorization(token)))
    return app


def _routes(turns: Decides, expected: str) -> Blueprint:
    routes = Blueprint("quietline", url_prefix=PATH)

    @routes.get(HEALTH)
    async def health(_request: Request) -> HTTPResponse:
        return response.json({"status": "ok"})

    @routes.post(TURN)
    async def turn(request: Request) -> HTTPResponse:
        given = request.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), expected.encode()):
            return response.json({"error": "token"}, NOT_GENUINE)
        status, body = await _answer(turns, request.body)
        return response.json(body, status)

    return routes


async def _answer(turns: Decides, body: bytes) -> tuple[int, dict[str, Any]]:
    try:
        return 200, await turns.decide(Question.of(_read(body)))
    except BadQuestion as error:
        return BAD_QUESTION, {"error": str(error)}
    except Erased:
        return ERASED, {"error": "gone"}
    except StoreAway:
        return STORE_AWAY, {"error": "store"}
    except Exception as error:
        # The formatter of bot.logs prints the type and the place, never the text inside.
        logging.getLogger("bot.rasa.channel").exception("")
        logs.event("turn_failed", logging.ERROR, reason=type(error).__name__)
        return FAILED, {"error": "failed"}


def _read(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):  # brackets a thousand deep
        raise BadQuestion("json") from None
