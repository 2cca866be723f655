"""A Redis whose memory is full takes nothing new in, and the people of the desk go on with what is there."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.crypto.vault import Vault
from bot.phrases.phrases import Phrasebook
from bot.settings import Settings
from bot.storage.signals import Signals
from bot.storage.store import Store
from channels.delivery.notifier import Notifier
from channels.delivery.rendering import Renderer
from commands.runtime.redis_server import OwnRedis
from desk.accounts import Accounts
from desk.alarms.alarms import Alarm, Alarms
from desk.console.conversation_actions import TalkActions
from tests.desk.colleagues import Clock
from tests.desk.talking import Lines, account
from tests.full_redis import fill
from tests.hotline import ABILITIES, MASTER

BOOK = Phrasebook.load(Path(__file__).parents[3])
ANA = account("a", alias="Ana")


@pytest.fixture
async def store(own_redis: OwnRedis) -> AsyncIterator[Store]:
    store = Store.connect(own_redis.url, Vault(MASTER))
    yield store
    await store.close()


@pytest.fixture
async def lines(store: Store, settings: Settings, clock: Clock) -> Lines:
    lines = Lines(store, settings, clock)
    await lines.works(ANA)
    return lines


@pytest.fixture
def actions(lines: Lines, desk: Accounts, clock: Clock) -> TalkActions:
    notifier = Notifier(lines.store, Renderer(BOOK, ABILITIES), Signals())
    return TalkActions(lines.store, lines.handoffs, lines.conversations, desk.audit, notifier, BOOK, clock)


async def test_a_talk_is_claimed_answered_and_closed(actions: TalkActions, lines: Lines) -> None:
    talk = await lines.waits("+1")
    await fill(lines.store)
    assert (await actions.claim(ANA, talk)).done
    assert await actions.write(ANA, talk, "I am here.", "once") == "said"
    assert (await actions.close(ANA, talk)).done
    assert [line.what async for line in actions.audit.lines()] == ["claim", "write", "close"]


async def test_who_wrote_before_is_let_through_to_a_person(lines: Lines, actions: TalkActions) -> None:
    talk = await lines.writes("+1")
    await fill(lines.store)
    assert (await lines.handoffs.ask(talk, "P0", "es", "sms", lines.clock())).done
    assert (await actions.claim(ANA, talk)).done


async def test_an_alarm_is_raised(lines: Lines) -> None:
    await fill(lines.store)
    assert await Alarms(lines.store, lines.clock).raise_(Alarm("nobody", "nobody", lines.clock())) is True
