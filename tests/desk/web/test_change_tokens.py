"""What a page hears of by itself: marks that change with what it shows, and nothing of what its account may not see."""

import asyncio
import json
from dataclasses import replace
from io import StringIO
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.handoff.handoff import Handoffs
from bot.messaging.transcript import Line
from bot.settings import Settings
from bot.storage.store import Store, key
from desk.auth.people import Account
from desk.console.notes import Note
from desk.web.change_tokens import for_account, for_page, look
from desk.web.event_stream import PagePoller
from tests.desk.colleagues import Clock
from tests.desk.desk_page import DeskSite
from tests.desk.talking import Lines, account
from tests.hotline import PATIENCE, eventually

ANA, BEN, SUPERVISOR, STEWARD = account("a"), account("b"), account("c", "supervisor"), account("d", "steward")


@pytest.fixture
async def lines(store: Store, settings: Settings, clock: Clock) -> Lines:
    lines = Lines(store, settings, clock)
    await lines.works(ANA, BEN, SUPERVISOR)
    return lines


async def marks(lines: Lines, who: Account) -> dict[str, Any]:
    return for_account(await look(lines.store, lines.handoffs, lines.clock), who)


async def talk_marks(lines: Lines, talk: str) -> dict[str, str]:
    return dict((await marks(lines, ANA))["talks"][talk])


async def test_nothing_tells_of_a_talk_that_is_not_ones_own(lines: Lines) -> None:
    talk = await lines.has(ANA, "+1", Line("you", "zebra"))

    assert list((await marks(lines, ANA))["talks"]) == [talk]
    assert list((await marks(lines, SUPERVISOR))["talks"]) == [talk]
    for who in (BEN, STEWARD):
        assert talk not in json.dumps(await marks(lines, who))


async def test_who_takes_no_talks_hears_of_nobody_who_waits(lines: Lines) -> None:
    before = await marks(lines, STEWARD)
    await lines.waits("+1", priority="P0")

    assert await marks(lines, STEWARD) == before
    assert (await marks(lines, BEN))["urgent"] == 1


async def test_each_part_has_a_mark_that_changes_with_it(lines: Lines, store: Store) -> None:
    talk = await lines.has(ANA, "+1")
    before = await talk_marks(lines, talk)
    await lines.adds(talk, Line("you", "hello"))
    after_line = await talk_marks(lines, talk)
    await lines.notes.add(talk, Note("Cam", "age?", 1.0))
    after_note = await talk_marks(lines, talk)
    await lines.handoffs.transfer(talk, ANA.id, lines.clock(), BEN.id)
    after_offer = await talk_marks(lines, talk)

    assert before["state"] == after_line["state"]
    assert before["card"] != after_line["card"]  # it says when they were last heard, and what they picked
    assert before["lines"] != after_line["lines"] == after_note["lines"]
    assert after_line["card"] != after_note["card"]
    assert after_note["state"] != after_offer["state"]
    assert await talk_marks(lines, talk) == after_offer


async def test_the_sign_that_the_person_types_changes_the_lines(lines: Lines, store: Store) -> None:
    talk = await lines.has(ANA, "+1")
    before = await talk_marks(lines, talk)
    await store.call("SET", key("typing", talk), "1", "EX", 6)

    assert (await talk_marks(lines, talk))["lines"] != before["lines"]


async def test_what_an_operator_has_not_seen_is_counted_until_they_look(lines: Lines) -> None:
    talk = await lines.has(ANA, "+1", Line("you", "one"), Line("you", "two"))
    assert (await marks(lines, ANA))["unseen"] == 2

    await lines.conversations.seen(talk, (await lines.conversations.open(ANA, talk)).lines[-1].id)
    assert (await marks(lines, ANA))["unseen"] == 0


async def test_a_wait_that_gets_late_changes_the_queue(lines: Lines, clock: Clock) -> None:
    await lines.waits("+1", priority="P0")
    before = (await marks(lines, ANA))["queue"]
    clock.now += 61

    assert (await marks(lines, ANA))["queue"] != before


async def test_what_others_do_with_theirs_changes_the_line_of_who_may_look_on(lines: Lines) -> None:
    talk = await lines.has(ANA, "+1")
    before = [(await marks(lines, who))["queue"] for who in (BEN, SUPERVISOR)]
    await lines.handoffs.close(talk, ANA.id, lines.clock())

    after = [(await marks(lines, who))["queue"] for who in (BEN, SUPERVISOR)]
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False]


async def test_what_changes_while_a_page_is_made_has_no_mark_on_it_and_the_rest_has(lines: Lines) -> None:
    talk = await lines.has(ANA, "+1")
    before = await look(lines.store, lines.handoffs, lines.clock)
    await lines.adds(talk, Line("you", "hello"))
    after = await look(lines.store, lines.handoffs, lines.clock)

    made = for_page(before, after, ANA, talk)
    assert made["talks"][talk] == {**await talk_marks(lines, talk), "lines": "", "card": ""}
    assert made["queue"] == (await marks(lines, ANA))["queue"]


async def test_a_page_whose_talk_ended_while_it_was_made_shows_what_is_not_any_more(lines: Lines) -> None:
    talk = await lines.has(ANA, "+1")
    before = await look(lines.store, lines.handoffs, lines.clock)
    await lines.handoffs.close(talk, ANA.id, lines.clock())
    after = await look(lines.store, lines.handoffs, lines.clock)

    assert for_page(before, after, ANA, talk)["talks"] == {talk: {"state": ""}}


async def next_event(stream: aiohttp.StreamReader) -> tuple[str, Any]:
    """The name of what comes next, and what it holds."""
    name, words, _ = [(await stream.readline()).decode().strip() for _ in range(3)]
    return name, json.loads(words.removeprefix("data: "))


@pytest.mark.long
async def test_the_stream_says_what_changed(desk_site: DeskSite, store: Store, settings: Settings) -> None:
    ana = await desk_site.hires("Ana", "operator")
    lines = Lines(store, settings, desk_site.clock)
    await lines.works(await ana.account())
    async with desk_site.seat(ana) as seat, seat.web.get(f"{seat.site.url}/desk/live") as response:
        assert response.headers["Content-Type"].startswith("text/event-stream")
        before = await next_event(response.content)
        await lines.waits("+1")
        after = await next_event(response.content)

    assert before[0] == after[0] == "event: marks"
    assert (before[1]["waiting"], after[1]["waiting"]) == (0, 1)


async def test_a_server_that_stops_waits_for_no_page(desk_site: DeskSite) -> None:
    ana = await desk_site.hires("Ana", "operator")
    stopping = DeskSite(desk_site.services, desk_site.clock)
    async with desk_site.seat(ana) as seat:
        async with stopping.open():
            response = await seat.web.get(f"{stopping.url}/desk/live")
            await next_event(response.content)
        # A server that waited in vain would cut the stream off after two seconds, and this is an error.
        assert await response.content.read() == b""


async def test_a_page_that_opens_while_the_last_one_closes_hears_of_news(desk_site: DeskSite) -> None:
    live = PagePoller(desk_site.services)
    async with live.page():
        assert await live.next()
    async with live.page(), asyncio.timeout(PATIENCE):
        assert await live.next()


async def test_pages_are_told_while_redis_is_away(desk_site: DeskSite) -> None:
    away = Store.connect("unix:///nowhere/redis.sock", desk_site.services.store.vault)
    live = PagePoller(replace(desk_site.services, store=away, handoffs=Handoffs(away)))
    async with live.page(), asyncio.timeout(PATIENCE):
        assert await live.next() is None
    await away.close()


def broken() -> float:
    raise ValueError


async def test_pages_are_told_when_a_look_breaks(desk_site: DeskSite, log: StringIO) -> None:
    live = PagePoller(replace(desk_site.services, clock=broken))
    async with live.page(), asyncio.timeout(PATIENCE):
        assert await live.next() is None
        await eventually(lambda: "desk_look_failed" in log.getvalue())


async def test_who_may_see_no_queue_gets_no_stream(desk_site: DeskSite) -> None:
    steward = await desk_site.hires("Dan", "steward")
    async with desk_site.seat(steward) as seat:
        assert (await seat.opens("/desk/live"))[0] == 403
        assert (await seat.opens("/desk"))[0] == 403


async def test_a_page_that_opens_while_the_server_stops_is_let_go(desk_site: DeskSite) -> None:
    live = PagePoller(desk_site.services)
    await live.close(web.Application())
    async with live.page(), asyncio.timeout(4):
        assert await live.next() is None
