"""The views of the queue: each operator keeps their own, and none hides anybody who must not be overlooked."""

from dataclasses import replace

import pytest
from playwright.async_api import Page, expect

from bot.handoff.waiting_line import Handoff
from desk.auth.people import QueueView
from desk.console.conversation_access import in_view
from tests.accessible import faults
from tests.desk.night_in_browser import Night
from tests.desk.talking import account

NOW = 1_000.0
CALM = Handoff("c", "Blue Heron", "sms", "ar", "P3", "waiting", NOW, "", "")


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (CALM, (True, False, False)),
        (replace(CALM, locale="es"), (True, True, False)),
        (replace(CALM, priority="P1"), (True, False, True)),
        (replace(CALM, priority="P0"), (True, True, True)),
        (replace(CALM, since=NOW - 1_801), (True, True, True)),  # late
        (replace(CALM, state="operator", operator="b" * 32, offered="a" * 32), (True, True, True)),
    ],
)
def test_a_view_hides_no_danger_nobody_late_and_nothing_that_is_offered(
    who: Handoff, seen: tuple[bool, bool, bool]
) -> None:
    ana = account("a").with_(languages=("es",))
    views: tuple[QueueView, ...] = ("all", "languages", "urgent")
    assert tuple(in_view(ana.with_(view=view), who, NOW) for view in views) == seen


async def chooses(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).click()
    await expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-pressed", "true")


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1440])
async def test_a_view_stays_with_its_operator_and_says_how_many_it_leaves_out(night: Night, width: int) -> None:
    ana_ = night.accounts["Ana"]
    await night.site.services.accounts.say_languages(ana_.id, ("es",), ana_.id)
    for person, locale, priority in (("+1", "es", "P2"), ("+2", "ar", "P2"), ("+3", "ar", "P0"), ("+4", "fr", "P3")):
        await night.lines.waits(person, locale=locale, priority=priority)  # type: ignore[arg-type]
    ana = await night.sits("Ana", viewport={"width": width, "height": 800})
    rows = ana.locator(".waiting > li")
    await expect(rows).to_have_count(4)
    await chooses(ana, "My languages")
    await expect(rows).to_have_count(2)
    await expect(ana.locator(".queue")).to_contain_text("2 more people wait, outside of this view.")
    await expect(ana.get_by_role("heading", name="Waiting")).to_contain_text("4")
    assert await faults(ana) == []
    await ana.reload()
    await expect(rows).to_have_count(2)
    ben = await night.sits("Ben")
    await expect(ben.locator(".waiting > li")).to_have_count(4)
    await chooses(ana, "P0, P1")
    await expect(rows).to_have_count(1)
    await night.lines.waits("+5", locale="fr", priority="P1")
    await expect(rows).to_have_count(2)  # by itself
    await chooses(ana, "All")
    await expect(rows).to_have_count(5)


async def test_a_view_that_there_is_not_is_refused(night: Night) -> None:
    async with night.site.seat(night.people["Ana"]) as seat:
        assert (await seat.sends("/desk/view", view="everything"))[0] == 400
        assert (await seat.sends("/desk/view", view="urgent", next="//elsewhere.example"))[1] == "/"
