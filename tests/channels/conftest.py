"""The web page with an engine that says what a test tells it, sentence by sentence."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from bot.crypto.vault import Vault
from bot.engine.protocol import Decision, Question
from bot.messaging.message import Choice, Reply
from bot.settings import Settings
from bot.storage.store import Store
from commands.runtime.composition import doors
from tests.hotline import MASTER, Hotline, ScriptedEngine, echo, numbers, phrasebook
from tests.platforms import ACCOUNT, AUTH, OUR_NUMBER, SECRET, TOKEN, Platform, TelegramServer, TwilioServer

Sentence = str | tuple[str, list[str]] | Reply


class TalkingEngine(ScriptedEngine):
    """Gives the replies it was told, one list for each message; then it says the message back."""

    def __init__(self) -> None:
        super().__init__()
        self.next: list[Sequence[Sentence]] = []

    async def decide(self, question: Question) -> Decision:
        if self.next and not self.away:
            self.asked.append(question)
            return Decision(tuple(_reply(sentence) for sentence in self.next.pop(0)))
        return await super().decide(question)


def _reply(sentence: Sentence) -> Reply:
    if isinstance(sentence, Reply):
        return sentence
    text, words = (sentence, []) if isinstance(sentence, str) else sentence
    return echo(text, choices=tuple(Choice("choice_echo", "affirm", {"text": word}) for word in words))


class WebHotline(Hotline):
    """A gateway for browser tests: `url`, and what the engine says next."""

    engine: TalkingEngine

    def engine_says(self, sentences: Sequence[Sentence]) -> None:
        """Answer the next message with these: a sentence, a pair (sentence, [choices]), or a reply."""
        self.engine.next.append(sentences)


@pytest.fixture
async def web_hotline(settings: Settings) -> AsyncIterator[WebHotline]:
    async with WebHotline(settings, TalkingEngine(), {}, mark="").working() as hotline:
        yield hotline


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with TelegramServer().open() as server:
        yield server


@pytest.fixture
async def twilio() -> AsyncIterator[TwilioServer]:
    async with TwilioServer().open() as server:
        yield server


@asynccontextmanager
async def doors_open(
    settings: Settings, engine: ScriptedEngine, telegram: TelegramServer, twilio: TwilioServer, **more: Any
) -> AsyncIterator[Hotline]:
    """A hotline with its real doors, whose providers stand on this machine. `more`: settings that are other than usual."""
    usual = replace(
        settings,
        public_url=twilio.public_url,
        telegram_token=TOKEN,
        telegram_secret=SECRET,
        telegram_api_url=telegram.url,
        twilio_account=ACCOUNT,
        twilio_token=AUTH,
        twilio_sender=OUR_NUMBER,
        sms_countries=("MX",),
        twilio_api_url=twilio.url,
    )
    here = replace(usual, **more)
    store = Store.connect(here.redis_url, Vault(MASTER))
    opened = doors(here, store, phrasebook(), numbers(None))
    hotline = Hotline(here, engine, {door.name: door for door in opened})
    telegram.gateway = twilio.gateway = hotline.url
    async with hotline.working():
        for door in opened:
            await door.start()
        yield hotline
    await store.close()


@pytest.fixture
async def hotline_with_doors(
    settings: Settings, engine: ScriptedEngine, telegram: TelegramServer, twilio: TwilioServer
) -> AsyncIterator[Hotline]:
    async with doors_open(settings, engine, telegram, twilio) as hotline:
        yield hotline


@pytest.fixture(params=["telegram", "sms"])
def platform(request: pytest.FixtureRequest, telegram: TelegramServer, twilio: TwilioServer) -> Platform:
    """One provider after the other."""
    return {"telegram": telegram, "sms": twilio}[request.param]
