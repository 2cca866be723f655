"""The master key is changed while people write, and while gateways with the old and the new one run side by side."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest

from bot.crypto.epochs import Epochs
from bot.crypto.vault import SealBroken, Vault
from bot.messaging import blocks, provider_copies
from bot.messaging.intake import Accepted, Intake
from bot.messaging.message import Message
from bot.messaging.provider_copies import Copy
from bot.organisation import Organisation, read, save
from bot.reporting import change_requests
from bot.settings import Settings
from bot.storage.janitor import Janitor
from bot.storage.store import Store
from channels.delivery.open_turn import OpenTurn
from desk.accounts import Accounts
from desk.duty.duty_calendar import Duty
from desk.key_rotation import KeyRotation, left
from tests.hotline import MASTER

NEW = bytes(range(100, 132))
PHONE = "+15550001111"
NIGHT = datetime(2030, 1, 1, 22)


@asynccontextmanager
async def opened(url: str, vault: Vault) -> AsyncIterator[Store]:
    store = Store.connect(url, vault)
    yield store
    await store.close()


@pytest.fixture
async def between(settings: Settings) -> AsyncIterator[Store]:
    """A gateway that has the new key, and that of before."""
    async with opened(settings.redis_url, Vault(NEW, before=MASTER)) as store:
        yield store


@pytest.fixture
async def after(settings: Settings) -> AsyncIterator[Store]:
    """A gateway that has the new key alone."""
    async with opened(settings.redis_url, Vault(NEW)) as store:
        yield store


async def rotated(store: Store) -> None:
    assert store.vault.before
    await KeyRotation(store, Accounts.build(store)).once(store.vault.before)


def wrote(number: int, text: str = "hello") -> Message:
    return Message("sms", PHONE, f"SM{number}", text)


async def living(store: Store) -> set[str]:
    return {id_ async for id_ in store.conversations()}


async def test_what_an_organisation_asked_for_is_still_there_after(store: Store, between: Store, after: Store) -> None:
    token = await change_requests.create(store, ("es-ley", "Ley", {"hours": ""}), "who", time.time())
    link = await change_requests.find(store, token)
    assert link
    await change_requests.submit(store, link, {"hours": "24/7"}, time.time())
    assert await left(between) == 1

    await rotated(between)
    assert await left(between) == 0
    asked = await change_requests.request_for(after, "es-ley")
    assert asked
    assert asked.wanted == {"hours": "24/7"}
    assert await store.call("TTL", "change_request:{es-ley}") > 0
    assert await change_requests.find(after, token) is None  # links end: another one is made


async def test_who_writes_before_and_after_has_one_conversation(
    store: Store, between: Store, after: Store, settings: Settings
) -> None:
    await Intake(store, settings).accept(wrote(1))
    talk = await living(store)
    assert await Intake(between, settings).accept(wrote(1)) == Accepted.REPEATED
    assert await Intake(between, settings).accept(wrote(2)) == Accepted.ACCEPTED
    assert await living(between) == talk
    (conversation,) = talk
    assert await after.find(await after.pointer("sms", PHONE)) == conversation


async def test_living_conversations_open_with_the_new_key_alone_once_their_keys_are_renewed(
    tmp_path: Path, settings: Settings
) -> None:
    epochs = Epochs(tmp_path / "memory")
    async with opened(settings.redis_url, Vault(MASTER, epochs)) as before:
        await Intake(before, settings).accept(wrote(1))
    async with opened(settings.redis_url, Vault(NEW, epochs, MASTER)) as between:
        await Janitor(between)._step()
    async with opened(settings.redis_url, Vault(NEW, epochs)) as after:
        (conversation,) = await living(after)
        assert await after.seal_of(conversation)
    async with opened(settings.redis_url, Vault(MASTER, epochs)) as before:
        assert await before.seal_of(conversation) is None


async def test_what_was_accepted_before_is_opened_by_the_gateway_with_the_new_key(
    store: Store, between: Store, settings: Settings
) -> None:
    await Intake(store, settings).accept(wrote(1, "one"))
    claim = await between.claim("t")
    assert claim and OpenTurn.of(claim, between.vault).text == "one"


async def test_somebody_who_is_blocked_stays_blocked(store: Store, between: Store, settings: Settings) -> None:
    await Intake(store, settings).accept(wrote(1))
    (conversation,) = await living(store)
    await blocks.block(store, conversation, 3600)
    pointer = await between.pointer("sms", PHONE)
    assert await between.call("EXISTS", f"blocked:{pointer}")
    assert len(await blocks.in_force(between)) == 1


async def test_accounts_shifts_and_settings_are_sealed_anew_and_the_old_key_can_go(
    store: Store, between: Store, after: Store
) -> None:
    people = Accounts.build(store).people
    account = await people.add("Blue Heron", ("operator",))
    await Duty(store, time.time).add(account.id, NIGHT, 60)
    await save(store, await read(store), Organisation(name="Haven"))
    assert await left(between) == 3
    await rotated(between)
    await rotated(between)
    assert await left(between) == 0
    found = await Accounts.build(after).people.named("blue heron")
    assert found == account
    assert [shift.account for shift in await Duty(after, time.time).shifts()] == [account.id]
    assert (await read(after)).organisation.name == "Haven"
    assert [name async for name in after.redis.scan_iter(match="account_*")] != []
    assert len([name async for name in after.redis.scan_iter(match="account_*")]) == 2


async def test_a_copy_at_a_provider_is_still_deleted_after_the_change(
    store: Store, between: Store, after: Store
) -> None:
    await provider_copies.schedule(store, [Copy("sms", "SM1", 0)])
    assert await left(between) == 1
    found = await provider_copies.claim(after)
    assert found and found.closed  # a gateway that cannot open it leaves it to one that can
    await after.call("ZADD", "copies", 1, found.key)
    found = await provider_copies.claim(between)
    assert found and found.copy == Copy("sms", "SM1", 0)


async def test_the_log_stays_as_it_was_written_and_goes_on(store: Store, between: Store, after: Store) -> None:
    first, both, last = (Accounts.build(each).audit for each in (store, between, after))
    await first.note("a" * 32, "signed_in")
    await both.note("b" * 32, "signed_in")
    await first.note("c" * 32, "signed_out")  # a gateway that has not been started again yet
    await rotated(between)
    await last.note("d" * 32, "signed_in")
    assert [line.who[0] async for line in last.lines()] == ["a", "b", "c", "d"]
    verdict = await last.verify()
    assert (verdict.lines, verdict.broken) == (4, None)


async def test_with_the_old_key_nobody_adds_a_line_to_the_log_afterwards(
    store: Store, between: Store, after: Store
) -> None:
    await Accounts.build(store).audit.note("a" * 32, "signed_in")
    await rotated(between)
    await Accounts.build(after).audit.note("b" * 32, "signed_in")
    await Accounts.build(store).audit.note("c" * 32, "signed_in")  # whoever has stolen it
    assert (await Accounts.build(after).audit.verify()).broken == 3


async def test_the_old_key_opens_nothing_that_was_sealed_since(store: Store, between: Store) -> None:
    await save(between, await read(between), Organisation(name="Haven"))
    assert (await read(store)).organisation.name == ""
    wrapped, _ = between.vault.new_key("c")
    with pytest.raises(SealBroken):
        store.vault.unwrap("c", wrapped)
