"""Notifications on operators' devices: without content, for who is on duty and looks elsewhere, and ended in every way."""

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.crypto.push_key import push_key
from bot.crypto.vault import Vault
from bot.handoff import on_duty
from bot.settings import Settings
from bot.storage.store import Store, StoreAway
from desk.notifications.push_subscriptions import KEPT, PushSubscription, PushSubscriptions
from desk.notifications.push_watcher import PushWatcher
from desk.notifications.web_push import WebPush
from tests.desk.desk_page import DeskSite, Seat
from tests.desk.notifications.push_service import PushService
from tests.desk.talking import Lines
from tests.hotline import MASTER

pytest.importorskip("pywebpush")
CONTACT = "desk@example.org"


@pytest.fixture
async def service(desk_site: DeskSite) -> AsyncIterator[PushService]:
    async with PushService().serve() as service:
        settings = replace(desk_site.services.settings, push_services=(service.origin,), push_contact=CONTACT)
        object.__setattr__(desk_site.services, "settings", settings)
        yield service


@pytest.fixture
def watch(desk_site: DeskSite, service: PushService) -> PushWatcher:
    return PushWatcher(desk_site.services, WebPush(push_key(desk_site.services.store.vault), CONTACT))


@pytest.fixture
def lines(store: Store, settings: Settings, desk_site: DeskSite) -> Lines:
    return Lines(store, settings, desk_site.clock)


async def subscribes(seat: Seat, service: PushService, **other: str) -> int:
    return (await seat.sends("/push/subscribe", **(service.subscription() | other)))[0]


async def test_who_is_on_duty_and_looks_elsewhere_is_called_with_a_word_that_says_nothing(
    desk_site: DeskSite, service: PushService, watch: PushWatcher, lines: Lines
) -> None:
    async with desk_site.seat(await desk_site.hires("Ana")) as seat:
        assert await subscribes(seat, service) == 200
        assert await watch.look() == 0  # nobody waits
        await lines.waits("+1", priority="P0")
        assert await watch.look() == 1
        assert service.opened() == [b"desk"]
        headers, _ = service.taken[0]
        assert (headers["Urgency"], headers["Topic"], headers["Content-Encoding"]) == ("high", "desk", "aes128gcm")
        assert 0 < int(headers["TTL"]) <= 300
        claims = service.claims()
        assert (claims["aud"], claims["sub"]) == (service.origin, f"mailto:{CONTACT}")
        assert f"k={push_key(Vault(MASTER)).public}" in headers["Authorization"]
        # What is sealed and signed is looked at opened: random letters hold "P0" now and then.
        sent = repr(({**headers, "Authorization": ""}, claims, service.opened()))
        assert not any(word in sent for word in ("P0", "Ana", "uietline", "sms", "127.0.0.1:" + str(desk_site.port)))


async def test_nobody_is_called_again_within_two_minutes_whichever_gateway_looks(
    desk_site: DeskSite, service: PushService, watch: PushWatcher, lines: Lines
) -> None:
    other = PushWatcher(desk_site.services, WebPush(push_key(desk_site.services.store.vault), CONTACT))
    async with desk_site.seat(await desk_site.hires("Ana")) as seat:
        await subscribes(seat, service)
        await lines.waits("+1")
        assert [await each.look() for each in (watch, other, watch)] == [1, 0, 0]
        await desk_site.clock.passes(121)
        assert await other.look() == 1


async def test_who_looks_at_a_page_pauses_or_is_off_duty_is_not_called(
    desk_site: DeskSite, service: PushService, watch: PushWatcher, lines: Lines, store: Store
) -> None:
    ana = await desk_site.hires("Ana")
    who = (await ana.account()).id
    async with desk_site.seat(ana) as seat:
        await subscribes(seat, service)
        await lines.waits("+1")
        await seat.opens("/session?visible=yes")
        assert await watch.look() == 0
        await seat.opens("/session?visible=no")
        await on_duty.pause(store, who, desk_site.clock())
        assert await watch.look() == 0
        await on_duty.off(store, who, desk_site.clock())
        assert await watch.look() == 0
        await on_duty.here(store, who, desk_site.clock())
        assert await watch.look() == 1


@pytest.mark.parametrize(("status", "left"), [(404, 0), (410, 0), (429, 1), (500, 1), (302, 1)])
async def test_a_subscription_that_the_service_has_ended_is_removed_and_no_other(
    desk_site: DeskSite, service: PushService, watch: PushWatcher, lines: Lines, status: int, left: int
) -> None:
    ana = await desk_site.hires("Ana")
    async with desk_site.seat(ana) as seat:
        await subscribes(seat, service)
        await lines.waits("+1")
        service.status = status
        assert await watch.look() == 0
    assert len(await PushSubscriptions(lines.store, (service.origin,)).of((await ana.account()).id)) == left


async def test_it_ends_with_a_sign_out_and_with_the_account(
    desk_site: DeskSite, service: PushService, store: Store
) -> None:
    ana, ben = await desk_site.hires("Ana"), await desk_site.hires("Ben")
    async with desk_site.seat(ana) as seat, desk_site.seat(ben) as other:
        for each in (seat, other):
            await subscribes(each, service)
        assert len(await store.call("KEYS", "push:*")) == 2
        await seat.sends("/sign-out")
        await desk_site.services.accounts.disable("Ben")
    assert await store.call("KEYS", "push:*") == []


async def test_it_ends_with_the_sessions_that_a_new_password_ends(
    desk_site: DeskSite, service: PushService, watch: PushWatcher, lines: Lines, store: Store
) -> None:
    ana = await desk_site.hires("Ana")
    who = (await ana.account()).id
    async with desk_site.seat(ana) as seat:
        await subscribes(seat, service)
        people = desk_site.services.accounts.people
        await people.change(who, lambda now: now.with_(generation=now.generation + 1))
        await lines.waits("+1")
        assert await watch.look() == 0
    assert service.taken == []
    assert await PushSubscriptions(store, (service.origin,)).of(who) == []


@pytest.mark.parametrize(
    "other",
    [
        {"endpoint": "http://127.0.0.1:1/inside"},
        {"endpoint": "https://169.254.169.254/latest"},
        {"endpoint": "http://fcm.googleapis.com/send"},
        {"endpoint": "https://fcm.googleapis.com.evil.example/send"},
        {"endpoint": "https://user@fcm.googleapis.com/send"},
        {"endpoint": "https://:x@fcm.googleapis.com/send"},
        {"endpoint": "https:/\r/fcm.googleapis.com/send"},
        {"endpoint": r"https://127.0.0.1\.fcm.googleapis.com/send"},
        {"endpoint": "https://fcm.googleapis.com:8443/send"},
        {"endpoint": "https://fcm.googleapis.com:0443/send"},
        {"endpoint": "https://[::1"},
        {"endpoint": "https://fcm.googleapis.com/" + "a" * 1000},
        {"p256dh": "short"},
        {"p256dh": "é" * 87},
        {"auth": ""},
    ],
)
async def test_the_desk_calls_no_address_of_somebodys_choice(
    desk_site: DeskSite, service: PushService, store: Store, other: dict[str, str]
) -> None:
    settings = replace(desk_site.services.settings, push_services=(service.origin, "fcm.googleapis.com"))
    object.__setattr__(desk_site.services, "settings", settings)
    async with desk_site.seat(await desk_site.hires("Ana")) as seat:
        assert await subscribes(seat, service, **other) == 422
    assert await store.call("KEYS", "push:*") == []


async def test_a_service_with_many_hosts_is_named_by_their_end(store: Store) -> None:
    served = PushSubscriptions(store, ("*.push.apple.com",)).serves
    assert served("https://web.push.apple.com/abc")
    assert not served("https://webpush.apple.com/abc")
    assert not served("https://push.apple.com.example/abc")


async def test_subscriptions_are_sealed_few_and_expire(desk_site: DeskSite, service: PushService, store: Store) -> None:
    ana = await desk_site.hires("Ana")
    async with desk_site.seat(ana) as seat:
        for _ in range(2):
            await subscribes(seat, service)
        (name,) = await store.call("KEYS", "push:*")
        assert await store.call("HLEN", name) == 1  # the same device twice
        assert service.origin.encode() not in b"".join(await store.call("HVALS", name))
        assert 0 < await store.call("TTL", name) <= KEPT
        _, source = await seat.opens("/you")
        assert "On for 1 device." in source
        assert f'data-key="{push_key(store.vault).public}"' in source
        assert await seat.sends("/push/end") == (303, "/you?done=saved")
    assert await store.call("KEYS", "push:*") == []


class DyingStore(Store):
    """A store that dies after the first thing it has written of notifications."""

    async def run(self, script: str, keys: Sequence[str] = (), **given: Any) -> Any:
        await super().run(script, keys, **given)
        raise StoreAway("died")

    async def call(self, command: str, *args: Any) -> Any:
        found = await super().call(command, *args)
        if command == "HSET":
            raise StoreAway("died")
        return found


async def test_no_device_is_called_for_ever_because_the_store_died_while_it_was_added(store: Store) -> None:
    service = PushService(port=1)
    dying = PushSubscriptions(DyingStore(store.redis, store.vault), (service.origin,))
    with pytest.raises(StoreAway):
        await dying.add("a" * 32, PushSubscription(**service.subscription(), generation=0))
    (name,) = await store.call("KEYS", "push:*")
    assert 0 < await store.call("TTL", name) <= KEPT


async def test_a_device_that_renews_itself_puts_out_no_other(store: Store) -> None:
    service = PushService(port=1)
    subscriptions, who = PushSubscriptions(store, (service.origin,)), "a" * 32
    sent = service.subscription()
    devices = [{**sent, "endpoint": f"{sent['endpoint']}-{number}"} for number in range(5)]
    for device in [*devices, devices[0]]:
        await subscriptions.add(who, PushSubscription(**device, generation=0))
    assert len(await subscriptions.of(who)) == 5
    await subscriptions.add(who, PushSubscription(**sent, generation=0))
    assert len(await subscriptions.of(who)) == 1


async def test_without_a_service_in_the_settings_nothing_is_offered_noted_or_accepted(
    desk_site: DeskSite, store: Store
) -> None:
    async with desk_site.seat(await desk_site.hires("Ana")) as seat:
        _, source = await seat.opens("/you")
        assert "push" not in re.sub(r"/push-", "", source).lower()
        assert await subscribes(seat, PushService()) == 422
        await seat.opens("/session?visible=yes")
    assert await store.call("KEYS", "push*") == await store.call("KEYS", "desk_visible*") == []


def test_the_key_is_derived_from_the_master_key_and_shown_nowhere() -> None:
    assert push_key(Vault(MASTER)) == push_key(Vault(MASTER))
    assert push_key(Vault(MASTER)) != push_key(Vault(bytes(32)))
    assert push_key(Vault(MASTER)).private not in repr(push_key(Vault(MASTER)))
    assert len(push_key(Vault(MASTER)).public) == 87
