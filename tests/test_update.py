"""An update loses nothing: what an earlier version has written to Redis is taken over.

`written_by_47c7d24.json` holds every key of a hotline of that commit, before keys were renamed (Redis' DUMP in base64): a
message that waits for an answer, a reply and a farewell that wait to be sent, somebody who said STOP, somebody blocked,
somebody who waits for a person, a copy at the provider, an account, the audit log, counts. All of it is invented.
"""

import base64
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.crypto import identity
from bot.handoff.handoff import Handoffs
from bot.messaging import blocks
from bot.reporting import complaints, unmet_needs
from bot.settings import Settings
from bot.storage.migration import Migration
from bot.storage.store import Store
from channels.terminal import Terminal
from desk.admin.audit_log import Audit
from desk.auth.people import People
from tests.hotline import Hotline, ScriptedEngine, eventually

WRITTEN = Path(__file__).parent / "written_by_47c7d24.json"
THEN = 1_795_884_596.0  # when it was written
A_MONTH = 31 * 86_400
BEFORE = {"agenda", "postbox", "duties"}


@pytest.fixture
async def updated(store: Store) -> Store:
    """A Redis with the keys of then, after this version's gateway has looked."""
    for name, dumped in json.loads(WRITTEN.read_text()).items():
        await store.redis.restore(name, 3_600_000, base64.b64decode(dumped))
    await Migration(store).rename()
    return store


@pytest.fixture
async def hotline(
    updated: Store, settings: Settings, engine: ScriptedEngine, terminal: Terminal
) -> AsyncIterator[Hotline]:
    async with Hotline(settings, engine, {"sms": terminal}).working() as hotline:
        yield hotline


async def test_who_waits_is_answered_and_what_waits_is_sent(hotline: Hotline) -> None:
    await eventually(lambda: len(hotline.said) >= 3)
    await eventually(hotline.quiet)
    said = dict(zip(hotline.phrases, hotline.texts, strict=True))
    assert said.pop("utter_stopped").startswith("OK. No more messages")
    assert said == {"utter_echo": "are you there", "utter_goodbye": "still on its way"}


async def test_no_key_keeps_its_old_name(updated: Store) -> None:
    names = {name.decode() for name in await updated.call("KEYS", "*")}
    assert not names & BEFORE
    assert not [name for name in names if name.startswith("duty:")]
    assert all([await updated.call("TTL", name) > 0 for name in names])


async def test_what_an_old_gateway_still_writes_is_found_too(updated: Store) -> None:
    (waiting,) = await updated.call("ZRANGE", "inbox_due", 0, -1)
    await updated.call("ZADD", "agenda", 5, "f" * 32, 7, waiting)
    await Migration(updated).rename()
    due = await updated.call("ZRANGE", "inbox_due", 0, -1, "WITHSCORES")
    assert due == [[b"f" * 32, 5.0], [waiting, 7.0]]
    assert not await updated.call("EXISTS", "agenda")


async def test_nothing_is_renamed_where_nothing_is_old(store: Store) -> None:
    await Migration(store).rename()
    assert await store.call("KEYS", "*") == []


async def test_who_said_stop_is_left_alone_and_who_was_blocked_stays_blocked(updated: Store) -> None:
    pointer = identity.address_key("sms", "+5215500000003", updated.vault.pepper)
    assert await updated.call("EXISTS", f"stopped:{pointer}")
    (block,) = await blocks.in_force(updated)
    assert (block.by, block.door) == ("f" * 32, "sms")


async def test_who_waits_for_a_person_keeps_their_place(updated: Store) -> None:
    (waiting,) = await Handoffs(updated).waiting(THEN)
    assert (waiting.priority, waiting.locale, waiting.channel) == ("P1", "en", "sms")


async def test_accounts_and_the_audit_log_are_whole(updated: Store) -> None:
    found = await People(updated).named("Nadia")
    assert found is not None
    assert (found.name, found.roles) == ("nadia", ("operator",))
    verdict = await Audit(updated, lambda: THEN).verify()
    assert (verdict.broken, [line.what async for line in Audit(updated, lambda: THEN).lines()]) == (
        None,
        ["signed_in"] * 2,
    )


async def test_counts_and_duties_go_on(updated: Store) -> None:
    first = (await unmet_needs.report(updated, THEN + A_MONTH))[0]
    assert (first.divided, first.count) == ((), 12)
    assert await complaints.counts(updated, THEN) == {"mx-casa-segura": 1}
    assert await complaints.suspended(updated, THEN) == {"mx-casa-segura"}
    assert await updated.call("HGET", "counts:2026-11", "day|28") == b"5"
    (copy,) = await updated.call("ZRANGE", "copies", 0, -1)
    assert copy.startswith(b"sms:")
    assert await updated.call("HEXISTS", f"copy:{copy.decode()}", "sealed")
