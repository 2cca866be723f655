"""Accounts: invited by a link, under a name they choose, sealed, shut out at once and for sure."""

import asyncio
import re
from pathlib import Path

import pytest

from bot.crypto.vault import Vault
from bot.handoff import aliases
from bot.storage.store import Store, key
from desk.accounts import Accounts
from desk.auth.invitations import DAY, Acceptance
from desk.auth.people import KEPT
from desk.web.refusals import Refused
from tests.desk.colleagues import PASSWORD, Clock, Colleague
from tests.hotline import MASTER

DATA_MAP = (Path(__file__).parents[3] / "docs" / "privacy.md").read_text("utf-8")


async def test_no_two_accounts_are_given_one_alias_even_in_the_same_moment(
    desk: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aliases, "people", lambda: ["Sam", "Kim"])
    added = await asyncio.gather(*(desk.people.add(f"Desk {number}", ("operator",)) for number in range(5)))
    assert len({account.alias for account in added}) == 5
    assert {"Sam", "Kim"} < {account.alias for account in added}


async def test_an_alias_that_was_given_up_is_free_again(desk: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aliases, "people", lambda: ["Sam", "Kim"])
    one = await desk.people.add("Desk one", ("operator",))
    assert (one.alias, (await desk.people.draw_alias(one.id)).alias) == ("Sam", "Kim")
    assert (await desk.people.add("Desk two", ("operator",))).alias == "Sam"


async def test_who_accepts_the_invitation_can_sign_in(heron: Colleague) -> None:
    await heron.comes("operator", "steward")

    assert await heron.signs_in()
    account = await heron.account()
    assert (account.state, account.roles, account.seen) == ("active", ("operator", "steward"), "2027-01-15")


async def test_an_account_of_before_languages_is_read_as_not_said(
    desk: Accounts, heron: Colleague, store: Store
) -> None:
    account = await (await heron.comes()).account()
    before = account.model_dump_json(exclude={"languages"}).encode()
    sealed = store.vault.desk.seal(before, f"account {account.id}")
    await store.call("SET", key("account", account.id), sealed, "EX", 60)

    assert (await heron.account()).languages == ()
    assert (await desk.people.change(account.id, lambda now: now.with_(languages=("es",)))).languages == ("es",)


async def test_who_is_invited_may_choose_another_name(desk: Accounts, heron: Colleague, otter: Colleague) -> None:
    otter.name, token = "Night Owl", await desk.invitations.invite("Grey Otter", ("operator",))
    await otter.accepts(token)

    assert await desk.people.named("Grey Otter") is None
    assert (await otter.account()).state == "active"


async def test_a_link_is_good_once(desk: Accounts, heron: Colleague) -> None:
    token = await desk.invitations.invite("Blue Heron", ("operator",))
    await heron.accepts(token)

    with pytest.raises(Refused, match="link_dead"):
        await desk.invitations.look(token)


async def test_of_several_who_use_a_link_at_once_one_gets_in(desk: Accounts, heron: Colleague) -> None:
    token = await desk.invitations.invite("Blue Heron", ("operator",))
    heron.secret = (await desk.invitations.look(token)).secret
    given = Acceptance("Blue Heron", PASSWORD, heron.code())

    await asyncio.gather(*(desk.invitations.look(token) for _ in range(6)))  # each has a connection now
    done = await asyncio.gather(*(desk.invitations.accept(token, given) for _ in range(6)), return_exceptions=True)

    assert sorted(type(one).__name__ for one in done) == ["Refused"] * 5 + ["list"]


async def test_a_link_is_good_for_a_day(desk: Accounts, clock: Clock) -> None:
    token = await desk.invitations.invite("Blue Heron", ("operator",))
    await clock.passes(DAY - 10)
    assert await desk.invitations.look(token)

    await clock.passes(20)
    with pytest.raises(Refused, match="link_dead"):
        await desk.invitations.look(token)


async def test_a_newer_link_ends_the_older_one(desk: Accounts) -> None:
    older = await desk.invitations.invite("Blue Heron", ("operator",))
    newer = await desk.invitations.invite("blue  HERON", ("steward",))

    assert (await desk.invitations.look(newer)).roles == ("steward",)
    with pytest.raises(Refused, match="link_dead"):
        await desk.invitations.look(older)


async def test_a_link_to_somebody_who_was_disabled_meanwhile_is_dead(desk: Accounts) -> None:
    token = await desk.invitations.invite("Blue Heron", ("operator",))
    await desk.disable("Blue Heron")

    with pytest.raises(Refused, match="link_dead"):
        await desk.invitations.look(token)


async def test_a_weak_password_or_a_wrong_code_uses_no_link_up(desk: Accounts, heron: Colleague) -> None:
    token = await desk.invitations.invite("Blue Heron", ("operator",))
    heron.secret = (await desk.invitations.look(token)).secret

    with pytest.raises(Refused, match="too_short"):
        await desk.invitations.accept(token, Acceptance("Blue Heron", "short", heron.code()))
    with pytest.raises(Refused, match="wrong_code"):
        await desk.invitations.accept(token, Acceptance("Blue Heron", PASSWORD, "12"))
    assert await heron.accepts(token)


async def test_who_works_already_is_not_invited_again(desk: Accounts, heron: Colleague) -> None:
    await heron.comes()

    with pytest.raises(Refused, match="already_active"):
        await desk.invitations.invite("BLUE HERON", ("administrator",))
    assert (await heron.account()).roles == ("operator",)


async def test_who_lost_the_phone_is_disabled_and_invited_again(desk: Accounts, heron: Colleague) -> None:
    await heron.comes()
    before, lost = await heron.account(), heron.secret
    await desk.disable("Blue Heron")
    await heron.comes()

    assert (await heron.account()).id == before.id
    assert heron.secret != lost
    assert await heron.signs_in()


async def test_somebody_elses_name_can_not_be_taken(desk: Accounts, heron: Colleague, otter: Colleague) -> None:
    await heron.comes()
    token = await desk.invitations.invite("Grey Otter", ("operator",))
    otter.name = "ＢＬＵＥ heron"

    with pytest.raises(Refused, match="name_taken"):
        await otter.accepts(token)


@pytest.mark.parametrize("name", ["", "x", "a" * 41, "me@home.example", "Blue\u202eHeron", "Blue\x1b[2J", "<b>"])
async def test_a_name_is_short_and_no_address_and_hides_no_signs(desk: Accounts, name: str) -> None:
    with pytest.raises(Refused, match="bad_name"):
        await desk.invitations.invite(name, ("operator",))


@pytest.mark.parametrize("name", ["Garza Azul", "苍鹭", "مالك الحزين", "नीला बगुला", "Night-Owl 2"])
async def test_a_name_may_be_in_any_writing(desk: Accounts, name: str) -> None:
    await desk.invitations.invite(name, ("operator",))

    assert [account.name for account in await desk.people.all()] == [name]


async def test_a_disabled_account_keeps_nothing_to_prove_oneself_with(desk: Accounts, heron: Colleague) -> None:
    await heron.comes()
    await desk.disable("Blue Heron")

    account = await heron.account()
    assert (account.state, account.password, account.secret, account.recovery) == ("disabled", "", "", ())


async def test_disabling_wins_over_a_change_that_had_begun(desk: Accounts, heron: Colleague) -> None:
    await heron.comes()
    account = await heron.account()

    await asyncio.gather(
        *(desk.people.change(account.id, lambda now: now.with_(seen=now.seen + "x")) for _ in range(20)),
        desk.people.disable(account.id),
        *(desk.people.change(account.id, lambda now: now.with_(seen=now.seen + "x")) for _ in range(20)),
    )
    after = await heron.account()

    assert (after.state, len(after.seen)) == ("disabled", 40)


async def test_who_is_not_there_can_not_be_disabled(desk: Accounts) -> None:
    with pytest.raises(Refused, match="unknown"):
        await desk.disable("Nobody")


async def test_redis_holds_no_name_no_secret_and_no_hash_in_clear(store: Store, heron: Colleague) -> None:
    await heron.comes()
    await heron.signs_in()
    account = await heron.account()
    names = [name async for name in store.redis.scan_iter()]
    held = b"".join([name + (await store.redis.dump(name) or b"") for name in names])

    assert [
        mark for mark in ("Heron", "heron", account.secret, "argon2", heron.recovery[0]) if mark.encode() in held
    ] == []


async def test_a_text_made_of_an_account_holds_nothing_to_sign_in_with(heron: Colleague) -> None:
    await heron.comes()
    account = await heron.account()

    assert [mark for mark in (account.secret, account.password, account.recovery[0]) if mark in repr(account)] == []


async def test_an_account_that_was_put_in_the_place_of_another_does_not_open(
    store: Store, desk: Accounts, heron: Colleague, otter: Colleague
) -> None:
    await heron.comes("administrator")
    await otter.comes()
    mighty, plain = (await heron.account()).id, (await otter.account()).id
    await store.call("COPY", f"account:{{{mighty}}}", f"account:{{{plain}}}", "REPLACE")

    assert [account.id for account in await desk.people.all()] == [mighty]


async def test_accounts_of_another_master_key_are_left_out_of_the_list(store: Store, heron: Colleague) -> None:
    await heron.comes()
    other = Store(store.redis, Vault(MASTER[::-1]))

    assert await Accounts.build(other).people.all() == []


async def test_every_key_has_an_end_and_stands_in_the_data_map(
    store: Store, desk: Accounts, clock: Clock, heron: Colleague
) -> None:
    await heron.comes()
    await heron.signs_in()
    await desk.invitations.invite("Grey Otter", ("operator",))
    with pytest.raises(Refused):
        await heron.signs_in(code="000", source="198.51.100.1")

    names = [name.decode() async for name in store.redis.scan_iter()]
    assert {name.partition(":")[0] for name in names} == {
        "account", "account_alias", "account_name", "audit", "audit_head", "invitation", "known_source", "session", "sign_in",
    }  # fmt: skip
    assert [name for name in names if not 0 < await store.call("TTL", name) <= KEPT] == []
    assert [name for name in names if not re.search(rf"`{name.partition(':')[0]}\b", DATA_MAP)] == []
