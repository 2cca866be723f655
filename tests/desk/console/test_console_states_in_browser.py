"""What an operator sees when something is not as it should be: the server gone, the person gone, a full load, an end by a slip."""

import pytest
from playwright.async_api import Page, expect

from bot.messaging import farewell
from bot.messaging.transcript import Line
from tests.accessible import faults
from tests.desk.night_in_browser import Night

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

LOOKS = [("light", 1440), ("dark", 390)]


async def clean(page: Page) -> None:
    assert await faults(page) == []


@pytest.mark.parametrize(("look", "width"), LOOKS)
async def test_a_server_that_is_gone_is_seen_and_nobody_can_be_taken(night: Night, look: str, width: int) -> None:
    await night.lines.waits("+1", priority="P1")
    ana = await night.sits("Ana", color_scheme=look, viewport={"width": width, "height": 800})
    await ana.context.set_offline(True)
    await expect(ana.get_by_role("alert")).to_contain_text(
        "No connection to the server. This page shows how things were at"
    )
    await expect(ana.get_by_role("button", name="Take")).to_be_disabled()
    await expect(ana.get_by_role("button", name="Pause")).to_be_disabled()
    green = "getComputedStyle(document.querySelector('#duty')).textDecorationLine"
    assert await ana.evaluate(green) == "line-through"  # nobody knows whether they are on duty
    await ana.keyboard.press("c")
    await expect(ana.locator(".toast")).to_have_text("No connection to the server.")
    await clean(ana)

    await ana.context.set_offline(False)
    await expect(ana.get_by_role("alert")).to_have_count(0)
    await expect(ana.get_by_role("button", name="Take")).to_be_enabled()


async def test_when_the_person_has_left_nothing_can_be_noted_or_kept(night: Night) -> None:
    talk = await night.lines.has(night.accounts["Cam"], "+1", Line("you", "hola"))
    cam = await night.sits("Cam", f"/desk/talk/{talk}")
    await cam.get_by_role("textbox", name="Your reply").fill("Un momento")
    await farewell.forget(night.lines.store, talk)
    await expect(cam.locator("#over")).to_be_visible()
    for name in ("Add note", "Keep 72 hours", "Set", "Send"):
        await expect(cam.get_by_role("button", name=name)).to_be_disabled()
    await expect(cam.get_by_role("textbox", name="Note for")).to_be_disabled()
    await expect(cam.locator(".side")).to_contain_text("This conversation is over: nothing can be sent, noted or kept.")
    await expect(cam.get_by_role("textbox", name="Your reply")).to_have_value("Un momento")
    await clean(cam)


async def test_who_has_enough_cannot_take_more_and_stays_in_the_open_conversation(night: Night) -> None:
    ana_ = night.accounts["Ana"]
    first, *_ = [await night.lines.has(ana_, f"+{number}", Line("you", "hola")) for number in range(3)]
    waits = await night.lines.waits("+9", priority="P1")
    ana = await night.sits("Ana", f"/desk/talk/{first}")
    take = ana.get_by_role("button", name="Take")
    await expect(take).to_be_disabled()
    await expect(ana.locator("#why-full")).to_contain_text("You have as many conversations as one person can carry.")
    await expect(ana.locator("html[data-keys]")).to_have_count(1)
    await ana.keyboard.press("Escape")
    await ana.keyboard.press("c")
    await expect(ana.locator(".toast")).to_contain_text("You have as many conversations")
    await expect(ana).to_have_url(f"{night.site.url}/desk/talk/{first}")
    await clean(ana)

    await night.lines.handoffs.release(first, ana_.id, night.site.clock())
    await ana.goto(f"{night.site.url}/desk")
    await expect(take).to_be_enabled()
    await take.click()
    await expect(ana).to_have_url(f"{night.site.url}/desk/talk/{waits}")


async def test_a_refused_claim_leaves_the_open_conversation_open(night: Night) -> None:
    ana_ = night.accounts["Ana"]
    talk = await night.lines.has(ana_, "+1", Line("you", "hola"))
    waits = await night.lines.waits("+2")
    ana = await night.sits("Ana", f"/desk/talk/{talk}")
    await ana.route("**/desk/live", lambda route: route.abort())
    await ana.reload()
    await night.lines.handoffs.claim(waits, night.accounts["Ben"].id, night.site.clock())
    await ana.locator(".waiting form").evaluate("(form) => HTMLFormElement.prototype.submit.call(form)")
    await expect(ana.locator(".refused")).to_contain_text("Ben took this conversation a moment before you.")
    await expect(ana.locator(".line.you .text")).to_have_text("hola")


@pytest.mark.parametrize(("look", "width"), LOOKS)
async def test_an_end_asks_first_and_can_be_undone(night: Night, look: str, width: int) -> None:
    talk = await night.lines.has(night.accounts["Ana"], "+1", Line("you", "hola"))
    ana = await night.sits("Ana", f"/desk/talk/{talk}", color_scheme=look, viewport={"width": width, "height": 800})
    await ana.get_by_text("End", exact=True).click()
    await expect(ana.get_by_text("End this conversation?")).to_be_visible()
    await ana.get_by_label("Outcome").select_option("Connected to a service")
    for tag in ("Unpaid wages", "Debt", "Violence"):
        await ana.get_by_role("checkbox", name=tag).check()
    await expect(ana.get_by_role("checkbox", name="Threats")).to_be_disabled()  # three at most
    await clean(ana)
    await ana.get_by_role("button", name="End conversation").click()
    await expect(ana).to_have_url(f"{night.site.url}/desk")
    row = ana.locator(".own li")
    await expect(row).to_contain_text("ends in")
    await clean(ana)
    await row.get_by_role("button", name="Undo").click()
    await expect(ana).to_have_url(f"{night.site.url}/desk/talk/{talk}")
    await expect(ana.get_by_role("textbox", name="Your reply")).to_be_visible()
    await night.site.ends()
    assert night.told == []


async def test_an_end_comes_though_the_browser_is_closed(night: Night) -> None:
    talk = await night.lines.has(night.accounts["Ana"], "+1", Line("you", "hola"))
    ana = await night.sits("Ana", f"/desk/talk/{talk}")
    await ana.get_by_text("End", exact=True).click()
    await ana.get_by_role("button", name="End conversation").click()
    await expect(ana).to_have_url(f"{night.site.url}/desk")
    await ana.goto(f"{night.site.url}/desk/talk/{talk}")
    await expect(ana.locator(".closing")).to_contain_text(
        "You ended this conversation. If the person writes now, it goes on."
    )
    await expect(ana.get_by_role("textbox", name="Your reply")).to_have_count(0)
    await clean(ana)
    await ana.context.close()
    await night.site.ends()
    assert night.told == [["utter_person_closed"]]


async def test_the_keys_stand_in_the_middle(night: Night) -> None:
    ana = await night.sits("Ana")
    await expect(ana.locator("html[data-keys]")).to_have_count(1)
    await ana.keyboard.press("?")
    box = await ana.get_by_role("dialog").bounding_box()
    assert box and box["y"] > 80


async def test_in_a_narrow_window_the_queue_has_the_whole_height(night: Night) -> None:
    talk = await night.lines.has(night.accounts["Ana"], "+1", Line("you", "hola"))
    ana = await night.sits("Ana", f"/desk/talk/{talk}", viewport={"width": 1024, "height": 768})
    queue = await ana.locator(".queue").bounding_box()
    assert queue and queue["y"] + queue["height"] == pytest.approx(768, abs=2)
    lines = await ana.get_by_role("log").bounding_box()
    assert lines and lines["height"] > 768 / 4  # what was said has room beside the card


EDGES = """(selector) => {
    const style = getComputedStyle(document.querySelector(selector));
    return [style.outlineStyle, style.borderInlineStart, style.borderBlockEndColor, style.textDecorationLine].join("; ");
}"""


async def test_with_forced_colours_the_current_page_and_conversation_are_marked(night: Night) -> None:
    talk = await night.lines.has(night.accounts["Ana"], "+1")
    await night.lines.has(night.accounts["Ana"], "+2")
    ana = await night.sits("Ana", f"/desk/talk/{talk}", forced_colors="active")
    for current, other in (
        (".bar nav a[aria-current]", ".bar nav a:not([aria-current])"),
        (".own li[aria-current]", ".own li:not([aria-current])"),
    ):
        assert await ana.evaluate(EDGES, current) != await ana.evaluate(EDGES, other)


async def test_of_ones_own_the_most_urgent_stands_first(night: Night) -> None:
    ana_ = night.accounts["Ana"]
    calm = await night.lines.has(ana_, "+1", priority="P1")
    night.site.clock.now += 1
    urgent = await night.lines.has(ana_, "+2", priority="P0")
    ana = await night.sits("Ana")
    assert [await row.get_attribute("data-key") for row in await ana.locator(".own li").all()] == [urgent, calm]
