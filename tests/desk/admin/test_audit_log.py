"""The audit log: every act has a line, no line has content, and none can be changed or taken away unseen."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from itertools import chain

import pytest

from bot.crypto.vault import Vault
from bot.storage.store import Store, StoreAway
from commands.runtime.redis_server import OwnRedis
from desk.accounts import Accounts
from desk.admin.audit_log import CONSOLE, Audit
from desk.auth.people import KEPT
from desk.web.refusals import Refused
from tests.desk.colleagues import Clock, Colleague
from tests.hotline import MASTER, eventually

WHO, TALK = "a" * 32, "b" * 32


@pytest.fixture
def audit(desk: Accounts) -> Audit:
    return desk.audit


async def said(audit: Audit) -> list[tuple[str, str, str]]:
    return [(line.who, line.what, line.which) async for line in audit.lines()]


async def ids(store: Store) -> list[bytes]:
    return [id_ for id_, _ in await store.call("XRANGE", "audit", "-", "+")]


async def noted(audit: Audit, count: int) -> None:
    for _ in range(count):
        await audit.note(WHO, "read", TALK)


async def test_what_was_done_is_found_again_in_order(audit: Audit) -> None:
    await audit.note(CONSOLE, "invited", WHO)
    await audit.note(WHO, "claim", TALK)
    await audit.note(WHO, "check_directory", "es-016")

    assert await said(audit) == [
        (CONSOLE, "invited", WHO),
        (WHO, "claim", TALK),
        (WHO, "check_directory", "es-016"),
    ]
    verdict = await audit.verify()
    assert (verdict.lines, verdict.broken) == (3, None)


async def test_an_empty_log_is_whole(audit: Audit) -> None:
    assert (await audit.verify()).broken is None


async def test_all_that_an_account_goes_through_is_noted(desk: Accounts, heron: Colleague, clock: Clock) -> None:
    await heron.comes()
    await desk.sign_in.end(await heron.signs_in())
    await heron.signs_in(code=heron.recovery[0])
    with pytest.raises(Refused):
        await heron.signs_in(code="000")
    await desk.sign_in.change_password(await heron.account(), "seven quiet lamps", "nine loud trumpets", "192.0.2.7")
    await desk.disable("Blue Heron")

    id_ = (await heron.account()).id
    assert [(who.replace(id_, "heron"), what) for who, what, _ in await said(desk.audit)] == [
        (CONSOLE, "invited"),
        ("heron", "accepted"),
        ("heron", "signed_in"),
        ("heron", "signed_out"),
        ("heron", "signed_in_by_recovery_code"),
        ("heron", "sign_in_refused"),
        ("heron", "password_changed"),
        (CONSOLE, "disabled"),
    ]


@pytest.mark.parametrize(
    ("who", "what", "which"),
    [
        (WHO, "read", "he took my passport"),
        (WHO, "read", "+34914113232"),
        (WHO, "he took my passport", TALK),
        ("Blue Heron", "read", TALK),
        ("192.0.2.7", "read", TALK),
    ],
)
async def test_no_word_no_number_and_no_name_can_be_noted(audit: Audit, who: str, what: str, which: str) -> None:
    with pytest.raises(ValueError, match="ids and fixed words"):
        await audit.note(who, what, which)  # type: ignore[arg-type]  # some are no event
    assert await said(audit) == []


async def test_who_did_what_can_not_be_read_without_the_master_key(store: Store, audit: Audit) -> None:
    await audit.note(WHO, "claim", TALK)

    held = await store.call("DUMP", "audit")
    assert [mark for mark in (WHO, TALK, "claim") if mark.encode() in held] == []


async def removed_in_the_middle(store: Store) -> None:
    await store.call("XDEL", "audit", (await ids(store))[2])


async def removed_at_the_start(store: Store) -> None:
    await store.call("XDEL", "audit", (await ids(store))[0])


async def removed_at_the_end(store: Store) -> None:
    await store.call("XDEL", "audit", (await ids(store))[-1])


async def removed_altogether(store: Store) -> None:
    await store.call("DEL", "audit")


async def the_head_removed(store: Store) -> None:
    await store.call("DEL", "audit_head")


async def a_line_added(store: Store) -> None:
    _, fields = (await store.call("XRANGE", "audit", "-", "+"))[-1]
    await store.call("XADD", "audit", "1800000000000-99", *chain(*fields.items()))


async def nonsense_added(store: Store) -> None:
    await store.call("XADD", "audit", "1800000000000-6", "before", b"\xff x", "what", "?")


async def the_log_begun_anew(store: Store) -> None:
    await store.call("DEL", "audit_head")
    await store.call("XTRIM", "audit", "MAXLEN", "2")
    await Audit(store, lambda: 1_800_000_100.0).note(WHO, "read", TALK)  # in the same hour


@pytest.mark.parametrize(
    ("harm", "line"),
    [
        (removed_in_the_middle, 3),
        (removed_at_the_start, 1),
        (removed_at_the_end, 5),
        (removed_altogether, 1),
        (the_head_removed, 6),
        (a_line_added, 6),
        (nonsense_added, 6),
        (the_log_begun_anew, 3),
    ],
)
async def test_the_first_broken_line_is_named(
    store: Store, audit: Audit, harm: Callable[[Store], Awaitable[None]], line: int
) -> None:
    await noted(audit, 5)
    await harm(store)

    assert (await audit.verify()).broken == line


@pytest.mark.parametrize("field", [b"before", b"sealed", b"mac"])
async def test_a_line_that_was_changed_shows(store: Store, audit: Audit, field: bytes) -> None:
    await noted(audit, 3)
    kept = await store.call("XRANGE", "audit", "-", "+")
    await store.call("DEL", "audit")
    kept[1][1][field] = bytes([kept[1][1][field][0] ^ 1]) + kept[1][1][field][1:]
    for id_, fields in kept:
        await store.call("XADD", "audit", id_, *chain(*fields.items()))

    assert (await audit.verify()).broken == 2


async def test_a_log_that_was_cut_with_its_end_shows_to_who_noted_the_end(store: Store, audit: Audit) -> None:
    await noted(audit, 3)
    earlier = await store.call("GET", "audit_head")
    await noted(audit, 2)
    end = (await audit.verify()).end
    for id_ in (await ids(store))[3:]:
        await store.call("XDEL", "audit", id_)
    await store.call("SET", "audit_head", earlier)

    assert (await audit.verify()).broken is None  # all that is in Redis agrees
    assert (await audit.verify(end)).broken == 5


async def test_a_log_that_only_grew_agrees_with_the_end_that_was_noted(audit: Audit) -> None:
    await noted(audit, 3)
    end = (await audit.verify()).end
    await noted(audit, 2)

    assert (await audit.verify(end)).broken is None


async def test_old_lines_end_by_themselves_and_the_rest_is_whole(store: Store, audit: Audit, clock: Clock) -> None:
    await noted(audit, 3)
    end = (await audit.verify()).end
    clock.now += KEPT - 1000
    await noted(audit, 2)
    clock.now += 3600 + 1000
    await noted(audit, 1)

    assert [line.number async for line in audit.lines()] == [4, 5, 6]
    assert (await audit.verify(end)).broken is None


async def test_many_who_write_at_once_leave_one_whole_log(audit: Audit) -> None:
    await asyncio.gather(*(audit.note(WHO, "read", TALK) for _ in range(40)))

    verdict = await audit.verify()
    assert (verdict.lines, verdict.broken) == (40, None)


async def test_a_clock_that_was_set_back_breaks_nothing(audit: Audit, clock: Clock) -> None:
    await noted(audit, 2)
    clock.now -= 3600
    await noted(audit, 2)

    assert (await audit.verify()).broken is None


async def test_a_log_longer_than_one_look_is_read_to_its_end(store: Store, clock: Clock) -> None:
    audit = Audit(store, clock, batch=2)
    await noted(audit, 5)

    assert len(await said(audit)) == 5


async def test_the_log_survives_a_crash_in_the_middle(own_redis: OwnRedis) -> None:
    store = Store.connect(own_redis.url, Vault(MASTER))
    audit = Audit(store, lambda: 1_800_000_000.0)
    writing = [asyncio.create_task(noted(audit, 1000)) for _ in range(3)]
    await eventually(lambda: many_are_kept(store))
    os.kill(own_redis.pid, signal.SIGKILL)
    ends = await asyncio.gather(*writing, return_exceptions=True)
    assert {type(end) for end in ends} == {StoreAway}
    await eventually(own_redis.restart_if_dead)
    await noted(audit, 3)

    verdict = await audit.verify()
    await store.close()
    assert verdict.broken is None
    assert verdict.lines > 3


async def many_are_kept(store: Store) -> bool:
    return int(await store.call("XLEN", "audit")) > 100


async def test_who_has_the_log_and_a_phone_bill_does_not_learn_which_call_was_which_conversation(
    store: Store, audit: Audit, clock: Clock
) -> None:
    for seconds in (0.25, 61, 1_800, 3_599):
        clock.now = 1_800_000_000 + seconds
        await noted(audit, 1)
    clock.now = 1_800_003_600 + 5
    await noted(audit, 1)

    kept = [id_.decode() for id_ in await ids(store)]
    assert kept == [f"1800000000000-{number}" for number in range(1, 5)] + ["1800003600000-5"]
    assert [line.when.isoformat() async for line in audit.lines()] == ["2027-01-15T08:00:00+00:00"] * 4 + [
        "2027-01-15T09:00:00+00:00"
    ]
    assert (await audit.verify()).broken is None


async def test_exact_times_of_an_earlier_version_are_shown_as_hours_and_the_log_stays_whole(
    store: Store, audit: Audit, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr("desk.admin.audit_log._HOUR", 1)
        clock.now = 1_800_001_234.567
        await noted(audit, 2)
    end = (await audit.verify()).end
    await noted(audit, 1)
    clock.now += 3_600
    await noted(audit, 1)

    assert [line.when.isoformat() async for line in audit.lines()] == ["2027-01-15T08:00:00+00:00"] * 3 + [
        "2027-01-15T09:00:00+00:00"
    ]
    assert [line.number async for line in audit.lines()] == [1, 2, 3, 4]
    assert (await audit.verify(end)).broken is None
