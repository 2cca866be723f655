"""Signing in, being signed in, and what stands in the way of a stranger who tries."""

import asyncio

import pytest

from bot.storage.store import Store
from desk.accounts import Accounts
from desk.auth.sessions import IDLE, LONGEST
from desk.auth.throttle import MOST_BY_ACCOUNT, MOST_BY_SOURCE, WINDOW
from desk.web.refusals import Refused
from tests.desk.colleagues import PASSWORD, Clock, Colleague

ELSEWHERE = "198.51.100.{}"


async def refusals(colleague: Colleague, sources: list[str], code: str = "000") -> list[str]:
    """Try with a wrong code from each source; give what is said."""
    said: list[str] = []
    for source in sources:
        with pytest.raises(Refused) as refused:
            await colleague.signs_in(code=code, source=source)
        said.append(refused.value.why)
    return said


@pytest.mark.parametrize(("password", "code"), [("wrong wrong wrong", ""), (PASSWORD, "000000"), (PASSWORD, "x")])
async def test_a_wrong_password_and_a_wrong_code_are_refused_in_the_same_words(
    heron: Colleague, password: str, code: str
) -> None:
    await heron.comes()

    with pytest.raises(Refused, match=r"^wrong$"):
        await heron.signs_in(password, code)


async def test_who_does_not_exist_is_invited_or_is_disabled_is_refused_in_the_same_words(
    desk: Accounts, heron: Colleague, otter: Colleague
) -> None:
    assert await refusals(heron, ["192.0.2.1"]) == ["wrong"]
    await desk.invitations.invite("Grey Otter", ("operator",))
    assert await refusals(otter, ["192.0.2.1"]) == ["wrong"]
    await heron.comes()
    await desk.disable("Blue Heron")
    assert await refusals(heron, ["192.0.2.1"], heron.code()) == ["wrong"]


async def test_a_code_is_good_once(heron: Colleague, clock: Clock) -> None:
    await heron.comes()
    await heron.signs_in()

    with pytest.raises(Refused, match=r"^wrong$"):
        await heron.signs_in()
    clock.now += 30
    assert await heron.signs_in()


async def test_of_several_who_send_one_code_at_once_one_gets_in(heron: Colleague) -> None:
    await heron.comes()

    await asyncio.gather(*(heron.desk.people.named("Blue Heron") for _ in range(6)))  # each has a connection now
    done = await asyncio.gather(*(heron.signs_in() for _ in range(6)), return_exceptions=True)

    assert sorted(type(one).__name__ for one in done) == ["Refused"] * 5 + ["str"]


async def test_the_code_that_came_with_the_invitation_does_not_sign_in(heron: Colleague, clock: Clock) -> None:
    await heron.comes()
    clock.now -= 30

    with pytest.raises(Refused, match=r"^wrong$"):
        await heron.signs_in()


async def test_a_wrong_password_does_not_use_the_code_up(heron: Colleague) -> None:
    await heron.comes()
    with pytest.raises(Refused):
        await heron.signs_in("seven quiet lamp posts")

    assert await heron.signs_in()


async def test_a_recovery_code_signs_in_once(heron: Colleague) -> None:
    await heron.comes()
    await heron.signs_in(code=heron.recovery[3].upper())

    with pytest.raises(Refused, match=r"^wrong$"):
        await heron.signs_in(code=heron.recovery[3])
    assert await heron.signs_in(code=heron.recovery[4])
    assert len((await heron.account()).recovery) == 8


async def test_a_session_is_found_by_its_token_only(desk: Accounts, heron: Colleague) -> None:
    await heron.comes()
    token = await heron.signs_in()

    session = await desk.sessions.find(token)
    assert session and session.account.name == "Blue Heron"
    assert await desk.sessions.find(token[:-1]) is None
    assert await desk.sessions.find("") is None


async def test_redis_holds_only_a_hash_of_the_token(store: Store, heron: Colleague) -> None:
    await heron.comes()
    token = await heron.signs_in()

    held = b"".join([name + (await store.redis.dump(name) or b"") async for name in store.redis.scan_iter()])
    assert token.encode() not in held


async def test_fifteen_minutes_without_a_click_end_a_session(desk: Accounts, heron: Colleague, clock: Clock) -> None:
    await heron.comes()
    token = await heron.signs_in()

    await clock.passes(IDLE - 10)
    assert await desk.sessions.find(token)
    await clock.passes(IDLE - 10)
    assert await desk.sessions.find(token)
    await clock.passes(IDLE + 1)
    assert await desk.sessions.find(token) is None


async def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(
    desk: Accounts, heron: Colleague, clock: Clock
) -> None:
    await heron.comes()
    token = await heron.signs_in()

    await clock.passes(IDLE - 10)
    assert await desk.sessions.find(token, click=False)
    await clock.passes(20)
    assert await desk.sessions.find(token) is None


@pytest.mark.long
async def test_twelve_hours_end_a_session_however_busy(desk: Accounts, heron: Colleague, clock: Clock) -> None:
    await heron.comes()
    token = await heron.signs_in()
    for _ in range(LONGEST // 600 - 1):
        await clock.passes(600)
        assert await desk.sessions.find(token)

    await clock.passes(601)
    assert await desk.sessions.find(token) is None


async def test_signing_out_ends_this_session_and_no_other(desk: Accounts, heron: Colleague, clock: Clock) -> None:
    await heron.comes()
    first = await heron.signs_in()
    clock.now += 30
    second = await heron.signs_in()
    await desk.sign_in.end(first)

    assert await desk.sessions.find(first) is None
    assert await desk.sessions.find(second)


async def test_who_is_disabled_is_signed_out_at_once_and_stays_so(desk: Accounts, heron: Colleague) -> None:
    await heron.comes()
    token = await heron.signs_in()
    await desk.disable("Blue Heron")
    assert await desk.sessions.find(token) is None

    await heron.comes()
    assert await desk.sessions.find(token) is None


async def test_a_role_that_was_taken_away_is_gone_with_the_next_click(desk: Accounts, heron: Colleague) -> None:
    await heron.comes("operator", "supervisor")
    token = await heron.signs_in()
    account = await heron.account()
    await desk.people.change(account.id, lambda now: now.with_(roles=("operator",)))

    session = await desk.sessions.find(token)
    assert session and session.account.roles == ("operator",)


async def test_a_new_password_ends_all_sessions_but_the_new_one(desk: Accounts, heron: Colleague, clock: Clock) -> None:
    await heron.comes()
    old = await heron.signs_in()
    new = await desk.sign_in.change_password(await heron.account(), PASSWORD, "nine loud trumpets", "192.0.2.7")

    assert await desk.sessions.find(old) is None
    assert await desk.sessions.find(new)
    clock.now += 30
    assert await heron.signs_in("nine loud trumpets")


async def test_who_does_not_know_the_old_password_sets_no_new_one(desk: Accounts, heron: Colleague) -> None:
    await heron.comes()
    token = await heron.signs_in()

    with pytest.raises(Refused, match=r"^wrong$"):
        await desk.sign_in.change_password(await heron.account(), "seven quiet lamp", "nine loud trumpets", "192.0.2.7")
    assert await desk.sessions.find(token)


async def test_a_form_of_another_session_is_not_taken(desk: Accounts, heron: Colleague, clock: Clock) -> None:
    await heron.comes()
    mine = await desk.sessions.find(await heron.signs_in())
    clock.now += 30
    other = await desk.sessions.find(await heron.signs_in())

    assert mine and other
    assert mine.sent_by(mine.form_token)
    assert not mine.sent_by(other.form_token)
    assert not mine.sent_by("")
    assert not mine.sent_by("é")


async def test_many_tries_on_one_account_have_to_wait(heron: Colleague) -> None:
    await heron.comes()
    sources = [ELSEWHERE.format(number) for number in range(MOST_BY_ACCOUNT + 2)]

    assert await refusals(heron, sources) == ["wrong"] * MOST_BY_ACCOUNT + ["too_many"] * 2


async def test_many_tries_from_one_source_have_to_wait_whatever_name_they_give(desk: Accounts, clock: Clock) -> None:
    strangers = [Colleague(desk, clock, f"Bird {number}") for number in range(MOST_BY_SOURCE + 1)]
    said = [(await refusals(stranger, ["198.51.100.9"]))[0] for stranger in strangers]

    assert said == ["wrong"] * MOST_BY_SOURCE + ["too_many"]


async def test_one_line_of_ipv6_is_one_source_whatever_addresses_it_takes(desk: Accounts, clock: Clock) -> None:
    strangers = [Colleague(desk, clock, f"Bird {number}") for number in range(MOST_BY_SOURCE + 1)]
    said = [(await refusals(one, [f"2001:db8::{at:x}"]))[0] for at, one in enumerate(strangers, 1)]

    assert said[-1] == "too_many"


async def test_a_wait_ends_and_no_further_try_makes_it_longer(heron: Colleague, clock: Clock) -> None:
    await heron.comes()
    sources = [ELSEWHERE.format(number) for number in range(MOST_BY_ACCOUNT + 1)]
    await refusals(heron, sources)
    await clock.passes(WINDOW - 60)
    with pytest.raises(Refused) as refused:
        await heron.signs_in()
    assert 0 < refused.value.wait <= 60

    await clock.passes(61)
    assert await heron.signs_in()


async def test_a_stranger_can_not_keep_out_who_has_signed_in_from_here_before(heron: Colleague, clock: Clock) -> None:
    await heron.comes()
    await heron.signs_in()
    clock.now += 30
    await refusals(heron, [ELSEWHERE.format(number) for number in range(MOST_BY_ACCOUNT + 1)])

    assert await heron.signs_in()
    clock.now += 30
    with pytest.raises(Refused, match="too_many"):
        await heron.signs_in(source="203.0.113.5")


async def test_tries_at_once_are_all_counted(heron: Colleague) -> None:
    await heron.comes()
    tries = [heron.signs_in(code="000", source=ELSEWHERE.format(number)) for number in range(MOST_BY_ACCOUNT * 2)]
    done = await asyncio.gather(*tries, return_exceptions=True)

    assert sorted(str(one) for one in done) == ["too_many"] * MOST_BY_ACCOUNT + ["wrong"] * MOST_BY_ACCOUNT
