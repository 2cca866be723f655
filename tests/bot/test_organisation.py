"""What the organisation sets: before the environment, without an end, sealed, and never two changes at once."""

import asyncio
from dataclasses import replace

import pytest

from bot.crypto.identity import new_id
from bot.crypto.vault import Vault
from bot.handoff.handoff import Handoffs
from bot.handoff.on_duty import here
from bot.organisation import (
    KEY,
    Organisation,
    OrganisationCache,
    OrganisationField,
    OwnNumber,
    Saved,
    SettingChange,
    limits,
    read,
    save,
)
from bot.rasa.memory import Memory
from bot.settings import Settings
from bot.storage.store import Store, StoreAway, key
from tests.hotline import Hotline, ScriptedEngine, eventually

NOW = 1_800_000_000.0
ANA = SettingChange(by="a" * 32, when=NOW)
HAVEN = Organisation(name="Haven", own_numbers=(OwnNumber(number="+442079460018"),), home_country="GB")


async def saved(store: Store, organisation: Organisation) -> None:
    assert await save(store, await read(store), organisation)


async def test_what_is_saved_is_found_again_has_no_end_and_can_not_be_read_in_redis(store: Store) -> None:
    await saved(store, HAVEN)
    assert (await read(store)).organisation == HAVEN
    assert await store.call("TTL", KEY) == -1
    stored = await store.call("GET", KEY)
    assert b"Haven" not in stored and b"9460018" not in stored


def test_what_is_saved_goes_before_the_environment_and_the_rest_stays(settings: Settings) -> None:
    environment = replace(settings, most_talks=3, most_severe=5, time_zone="Europe/Berlin", privacy_contact="a@ngo")
    found = Organisation(most_talks=2, privacy_contact="b@ngo").over(environment)
    assert (found.most_talks, found.most_severe, found.time_zone) == (2, 5, "Europe/Berlin")
    assert found.privacy_contact == "b@ngo"


async def test_of_two_who_save_onto_the_same_the_second_writes_nothing(store: Store) -> None:
    before = await read(store)
    assert await save(store, before, HAVEN)
    assert not await save(store, before, Organisation(name="Other"))
    assert (await read(store)).organisation == HAVEN


def test_only_what_differs_is_marked_with_who_and_when() -> None:
    ben = SettingChange(by="b" * 32, when=NOW + 60)
    first = Organisation().changed({"name": "Haven", "home_country": "GB"}, ["name", "home_country"], ANA)
    values: dict[OrganisationField, str] = {"name": "Haven", "home_country": "IE"}
    assert first.differs(values) == {"home_country"}
    second = first.changed(values, first.differs(values), ben)
    assert (second.changes["name"], second.changes["home_country"]) == (ANA, ben)


async def test_a_number_that_somebody_else_put_into_redis_is_not_read(store: Store) -> None:
    strange = Store(store.redis, Vault(b"another key of thirty-two bytes!"))
    await saved(strange, HAVEN)
    assert await read(store) == Saved(Organisation(), await store.call("GET", KEY), readable=False)
    await store.call("SET", KEY, HAVEN.model_dump_json())
    assert (await read(store)).organisation == Organisation()


async def test_an_operator_takes_as_much_as_is_set_at_this_moment(store: Store, settings: Settings) -> None:
    handoffs, talks = Handoffs(store, limits(store, settings)), [new_id() for _ in range(3)]
    await here(store, "ana", NOW)
    for talk in talks:
        await store.call("HSET", key("conversation", talk), "state", "bot")
        await handoffs.ask(talk, "P2", "en", "web", NOW)
    await saved(store, Organisation(most_talks=2))
    taken = [(await handoffs.claim(talk, "ana", NOW)).refused for talk in talks]
    await saved(store, Organisation())
    assert taken == [None, None, "full"]
    assert (await handoffs.claim(talks[2], "ana", NOW)).refused is None


async def test_a_turn_knows_what_is_set(hotline: Hotline, engine: ScriptedEngine) -> None:
    await hotline.hears("hello")
    assert engine.asked[-1].organisation == ""
    await saved(hotline.store, HAVEN.model_copy(update={"changes": {"name": ANA}}))
    await hotline.hears("hello again")
    told = engine.asked[-1].organisation
    when = {"name": ANA.model_copy(update={"by": ""})}
    assert Organisation.model_validate_json(told) == HAVEN.model_copy(update={"changes": when})
    assert ANA.by not in told  # no engine learns who at the desk did what


@pytest.mark.parametrize(
    ("stands", "counts"), [(Organisation(name="Haven"), "MX"), (Organisation(home_country="DE"), "DE")]
)
async def test_the_home_country_of_the_environment_counts_while_none_is_saved(
    store: Store, stands: Organisation, counts: str
) -> None:
    conversation = new_id()
    wrapped, seal = store.vault.new_key(conversation)
    await store.call("HSET", key("conversation", conversation), "key", wrapped)
    kept = await Memory(store, "MX").open(conversation, seal, stands.model_dump_json())
    assert kept and kept.organisation == stands.model_copy(update={"home_country": counts})


async def test_a_gateway_follows_what_is_saved_and_keeps_it_while_redis_is_away(store: Store) -> None:
    followed = OrganisationCache(store)
    await saved(store, HAVEN)
    task = asyncio.create_task(followed.run())
    await eventually(lambda: followed.now == HAVEN)
    task.cancel()
    away = Store.connect("unix:///nowhere/redis.sock", store.vault)
    followed._store = away
    with pytest.raises(StoreAway):
        await followed.look()
    assert followed.now == HAVEN
    await away.close()
