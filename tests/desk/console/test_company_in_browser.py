"""Who is there beside the operator: the person's page, a supervisor who reads along; and what cannot be seen by anybody."""

import re

import pytest
from playwright.async_api import expect

from bot.messaging.transcript import Line
from bot.storage.store import Store, key
from channels.web.page_updates import news
from desk.console import readers
from tests.accessible import faults
from tests.desk.night_in_browser import Night

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


async def asked(night: Night, store: Store, talk: str, seconds_ago: float) -> None:
    """The person's page has asked for news."""
    await store.call("HSET", key("conversation", talk), "page_seen", int((night.site.clock() - seconds_ago) * 1000))


async def test_an_operator_sees_whether_the_persons_page_is_open(night: Night, store: Store) -> None:
    talk = await night.lines.has(night.accounts["Ana"], "+1", Line("you", "hola"), by="web")
    ana = await night.sits("Ana", f"/desk/talk/{talk}")
    await expect(ana.locator(".presence")).to_have_count(0)  # nothing is known yet
    await asked(night, store, talk, 5)
    await expect(ana.locator(".presence")).to_have_text("Their page is open.")
    assert await faults(ana) == []
    await asked(night, store, talk, 90)
    await expect(ana.locator(".presence")).to_have_text("No sign of their page for over a minute.")
    await store.run("note_page_closed", [key("conversation", talk)])
    await expect(ana.locator(".presence")).to_have_text("Their page is closed.")
    assert await faults(ana) == []


@pytest.mark.parametrize("answered", [True, False])
async def test_only_while_an_operator_answers_an_open_page_leaves_a_sign(
    night: Night, store: Store, answered: bool
) -> None:
    talk = await night.lines.waits("+1", Line("you", "hola"), by="web")
    if answered:
        await night.lines.handoffs.claim(talk, night.accounts["Ana"].id, night.site.clock())
    pointer = (await store.call("HGET", key("conversation", talk), "pointer")).decode()
    assert await news(store, pointer, 900, "")
    seen = await store.call("HGET", key("conversation", talk), "page_seen")
    assert (seen is not None) == answered
    assert await news(store, pointer, 900, "")
    assert (
        await store.call("HGET", key("conversation", talk), "page_seen") == seen
    )  # seldom: each is a write to the disk


async def test_of_a_phone_nothing_is_said_that_nobody_knows(night: Night) -> None:
    talk = await night.lines.has(
        night.accounts["Ana"], "+1", Line("you", "hola"), Line("us", "Hola", by="Sam"), by="sms"
    )
    ana = await night.sits("Ana", f"/desk/talk/{talk}")
    await expect(ana.locator(".sent")).to_have_text("Sent")
    await expect(ana.locator(".presence")).to_have_count(0)


async def test_an_operator_sees_who_reads_along_until_they_leave(night: Night) -> None:
    talk = await night.lines.has(night.accounts["Ana"], "+1", Line("you", "hola"))
    ana = await night.sits("Ana", f"/desk/talk/{talk}")
    cam = await night.sits("Cam", f"/desk/talk/{talk}")
    await expect(ana.locator(".presence")).to_have_text("Cam is reading along.")
    await expect(cam.locator(".presence")).to_have_count(0)  # nobody is told whether the operator looks
    await cam.goto(f"{night.site.url}/desk")
    await expect(ana.locator(".presence")).to_have_count(0)


async def test_without_a_sign_a_reader_is_gone_and_nothing_of_it_stays(store: Store) -> None:
    await readers.note(store, "c" * 32, "1" * 32, 1_000.0)
    assert await readers.of_all(store, 1_000.0 + readers.SHOWN - 1) == {"1" * 32: {"c" * 32}}
    assert await readers.of_all(store, 1_000.0 + readers.SHOWN) == {}
    assert 0 < await store.call("TTL", "readers") <= readers.SHOWN


async def test_an_operator_knows_that_nobody_sees_a_picture_and_can_say_so(night: Night) -> None:
    talk = await night.lines.has(night.accounts["Ana"], "+1", Line("you", "", kind="picture"), by="telegram")
    ana = await night.sits("Ana", f"/desk/talk/{talk}")
    line = ana.locator(".line.you")
    await expect(line).to_contain_text("They sent a picture. It was deleted unopened.")
    await expect(line).to_contain_text("Ask them to write what it says or shows: there is a ready-made reply for it.")
    await ana.locator(".ready > summary").click()
    await ana.locator("#filter").fill("only read words")
    await ana.keyboard.press("Enter")
    await expect(ana.get_by_role("textbox", name="Your reply")).to_have_value(re.compile("Solo|solo"))
    await expect(ana.get_by_role("textbox", name="Your reply")).not_to_have_value("")
