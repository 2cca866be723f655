"""The page of an operator in a real browser: two operators and a supervisor at once."""

import asyncio
import re

import pytest
from playwright.async_api import Route, expect

from bot.handoff import on_duty
from bot.messaging.transcript import Line
from bot.storage.store import Store, key
from desk.console.notes import Note
from tests.accessible import faults
from tests.desk.night_in_browser import Night

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

SIZES = {"desktop": {"width": 1440, "height": 860}, "phone": {"width": 390, "height": 800}}


async def test_of_two_who_take_the_same_talk_at_once_one_has_it_and_the_other_is_told_who(night: Night) -> None:
    talk = await night.lines.waits("+1", priority="P0")
    ana, ben = await night.sits("Ana"), await night.sits("Ben")
    await asyncio.gather(*(page.get_by_role("button", name="Take").click() for page in (ana, ben)))

    for page in (ana, ben):
        await expect(page.locator(".head h2, .refused").first).to_be_visible()
    refused = [page for page in (ana, ben) if await page.locator(".refused").count()]
    (owner,) = [each.operator for each in (await night.lines.conversations.desk()).handoffs if each.id == talk]
    (winner,) = [name for name, account in night.accounts.items() if account.id == owner]
    assert len(refused) == 1
    await expect(refused[0].locator(".refused")).to_have_text(f"{winner} took this conversation a moment before you.")


async def test_a_talk_goes_from_the_line_to_its_end_and_nobody_reloads_a_page(night: Night) -> None:
    ana = await night.sits("Ana")
    await expect(ana.locator(".empty")).to_be_visible()
    talk = await night.lines.waits("+1", Line("you", "tiene mis papeles"), priority="P1")
    await ana.get_by_role("button", name="Take").click()
    await expect(ana.locator(".line.you .text")).to_have_text("tiene mis papeles")

    box = ana.get_by_role("textbox", name="Your reply")
    await box.press("Enter")  # the words to come in with
    await expect(box).to_have_value("")
    await box.type("Una cosa")
    await night.lines.adds(talk, Line("you", "sigo aquí"))
    await expect(ana.locator(".line.you .text").last).to_have_text("sigo aquí")
    await expect(box).to_have_value("Una cosa")
    await expect(box).to_be_focused()

    await ana.get_by_text("End", exact=True).click()
    await ana.get_by_role("button", name="End conversation").click()
    await expect(ana).to_have_url(f"{night.site.url}/desk")
    await night.site.ends()
    await expect(ana.locator(".own")).to_have_count(0)
    assert len(night.told) == 2 and night.told[1] == ["utter_person_closed"]


async def test_several_tabs_stay_in_step(night: Night) -> None:
    first = await night.sits("Ana")
    others = [await first.context.new_page() for _ in range(3)]
    for page in others:
        await page.goto(f"{night.site.url}/desk")
    await night.lines.waits("+1", priority="P0")

    for page in (first, *others):
        await expect(page.locator(".waiting .urgent")).to_be_visible()
        await expect(page).to_have_title("Desk (1)")
    await first.close()
    await night.lines.waits("+2", priority="P2")
    for page in others:
        await expect(page.locator(".waiting > li")).to_have_count(2)


ASKS_FIVE_TIMES = """async () => {
    const channel = new BroadcastChannel("desk");
    for (let time = 0; time < 5; time++) {
        const told = new Promise((tell) => channel.addEventListener("message", tell, { once: true }));
        channel.postMessage({ opened: true });
        await told;
    }
}"""


async def test_a_tab_that_opens_is_told_at_once_what_the_others_have_heard(night: Night) -> None:
    ana = await night.sits("Ana")
    await night.lines.waits("+1")
    await expect(ana.locator(".waiting > li")).to_have_count(1)
    other = await ana.context.new_page()
    await other.goto(f"{night.site.url}/you")
    async with asyncio.timeout(20):  # by itself a page is told something every ten seconds
        await other.evaluate(ASKS_FIVE_TIMES)


async def test_a_supervisor_reads_along_notes_and_takes_over_and_the_operator_sees_it(night: Night) -> None:
    talk = await night.lines.has(night.accounts["Ana"], "+1", Line("you", "hola"))
    ana, cam = await night.sits("Ana", f"/desk/talk/{talk}"), await night.sits("Cam", f"/desk/talk/{talk}")
    await cam.get_by_role("textbox", name="Note for").fill("Ask for the age first.")
    await cam.get_by_role("button", name="Note").click()
    await expect(ana.locator(".noted")).to_contain_text("Ask for the age first.")

    await ana.get_by_role("textbox", name="Your reply").fill("Un momento")
    await cam.get_by_role("button", name="Take over").click()
    await expect(cam.get_by_role("textbox", name="Your reply")).to_have_value("")
    await expect(ana.locator("#over")).to_be_visible()
    await expect(ana.get_by_role("textbox", name="Your reply")).to_have_value("Un momento")
    await expect(ana.get_by_role("button", name="Send")).to_be_disabled()
    await expect(ana.get_by_text("hola")).to_have_count(0)


async def test_a_supervisor_joins_writes_beside_the_operator_and_leaves_and_both_see_it(night: Night) -> None:
    talk = await night.lines.has(night.accounts["Ana"], "+1", Line("you", "hola"))
    ana, cam = await night.sits("Ana", f"/desk/talk/{talk}"), await night.sits("Cam", f"/desk/talk/{talk}")
    await ana.get_by_role("textbox", name="Your reply").fill("Un momento")
    await cam.get_by_role("button", name="Join").click()
    alias = night.accounts["Cam"].alias
    await expect(ana.locator(".beside")).to_have_text(
        f"Cam has joined and writes as {alias}. The conversation stays yours."
    )
    await expect(ana.get_by_role("textbox", name="Your reply")).to_have_value("Un momento")

    await expect(cam.locator(".beside")).to_contain_text("You have joined Ana")
    box = cam.get_by_role("textbox", name="Your reply")
    await expect(box).to_have_value("")  # what the operator has begun is not theirs
    await box.fill("Estoy aquí también.")
    await box.press("Enter")
    await expect(box).to_have_value("")
    assert night.told == [["utter_person_joined"], ["Estoy aquí también."]]
    assert await faults(cam) == [] == await faults(ana)

    await cam.get_by_role("button", name="Leave").click()
    await expect(box).to_have_count(0)
    await expect(cam.get_by_text("You are reading along.")).to_be_visible()
    await expect(ana.locator(".beside")).to_have_count(0)
    await expect(ana.get_by_role("textbox", name="Your reply")).to_have_value("Un momento")


async def test_the_whole_work_goes_by_keys(night: Night) -> None:
    await night.lines.waits("+1", priority="P2")
    night.site.clock.now += 1  # of two who came at one moment nobody is the second
    await night.lines.waits("+2", Line("you", "second"), priority="P2")
    ana = await night.sits("Ana")
    await expect(ana.locator("html[data-keys]")).to_have_count(1)
    await ana.keyboard.press("j")
    await ana.keyboard.press("j")
    await ana.keyboard.press("c")
    await expect(ana.locator(".line.you .text")).to_have_text("second")
    await expect(ana.locator("html[data-keys]")).to_have_count(1)
    await expect(ana.get_by_role("textbox", name="Your reply")).to_be_focused()

    await ana.keyboard.press("Escape")
    await ana.keyboard.press("w")
    await ana.keyboard.type("fault")
    await expect(ana.locator(".ready li:visible")).to_have_count(1)
    await ana.keyboard.press("Tab")
    await ana.keyboard.press("Enter")
    await expect(ana.get_by_role("textbox", name="Your reply")).to_have_value(
        f"{night.site.services.book.render('utter_person_joined', {'alias': night.accounts['Ana'].alias}, 'es', 'sms')}\n\n"
        f"{night.site.services.book.render('utter_canned_not_your_fault', {}, 'es', 'sms')}"
    )
    await ana.keyboard.press("Escape")
    await ana.keyboard.press("?")
    await expect(ana.get_by_role("dialog")).to_be_visible()


@pytest.mark.parametrize("size", ["desktop", "phone"])
async def test_ones_own_language_comes_first_for_the_eye_and_the_key_while_a_colleague_has_the_other(
    night: Night, size: str
) -> None:
    for name, language in (("Ana", "es"), ("Ben", "ar")):
        await night.site.services.accounts.say_languages(night.accounts[name].id, (language,), night.accounts[name].id)
    spanish = await night.lines.waits("+1", locale="es")
    night.site.clock.now += 1
    arabic = await night.lines.waits("+2", Line("you", "مرحبا"), locale="ar")
    ben = await night.sits("Ben", viewport=SIZES[size])
    first, second = ben.locator(".waiting > li").first, ben.locator(".waiting > li").last
    await expect(first).to_have_attribute("data-key", arabic)
    await expect(second).to_contain_text("Not your language: Ana speaks Spanish.")
    await on_duty.pause(night.lines.store, night.accounts["Ana"].id, night.site.clock())
    await expect(first).to_have_attribute("data-key", spanish)
    await expect(first).to_contain_text("Not your language. Nobody free speaks it.")
    await on_duty.resume(night.lines.store, night.accounts["Ana"].id, night.site.clock())
    await expect(first).to_have_attribute("data-key", arabic)
    await ben.keyboard.press("c")
    await expect(ben.locator(".line.you .text")).to_have_text("مرحبا")


async def test_what_changes_and_changes_back_while_a_page_asks_for_it_is_shown_as_it_is(night: Night) -> None:
    ana, ben = night.accounts["Ana"].id, night.accounts["Ben"].id
    for who, language in ((ana, "es"), (ben, "ar")):
        await night.site.services.accounts.say_languages(who, (language,), who)
    await night.lines.waits("+1", locale="es")
    night.site.clock.now += 1
    arabic = await night.lines.waits("+2", locale="ar")
    page = await night.sits("Ben")
    await expect(page).to_have_title("Desk (2)")

    async def answer_in_a_pause(route: Route) -> None:
        await on_duty.pause(night.lines.store, ana, night.site.clock())
        answer = await route.fetch()
        await on_duty.resume(night.lines.store, ana, night.site.clock())
        await route.fulfill(response=answer)

    await page.route("**/desk/part/queue*", answer_in_a_pause, times=1)
    await night.lines.waits("+3", locale="es", priority="P3")
    await expect(page.locator(".waiting > li")).to_have_count(3)
    await expect(page.locator(".waiting > li").first).to_have_attribute("data-key", arabic)


async def test_what_happens_before_a_page_hears_its_first_news_is_seen(night: Night) -> None:
    talk = await night.lines.has(night.accounts["Ana"], "+1", Line("you", "hola"))
    ana, joined = await night.sits("Ana"), asyncio.Event()

    async def hear_later(route: Route) -> None:
        await joined.wait()
        await route.continue_()

    await ana.route("**/desk/live", hear_later)
    await ana.goto(f"{night.site.url}/desk/talk/{talk}")
    assert (await night.lines.handoffs.join(talk, night.accounts["Cam"].id, night.site.clock())).done
    joined.set()
    await expect(ana.locator(".beside")).to_contain_text("Cam has joined")


async def test_that_a_language_is_not_ones_own_is_said_in_the_talk_and_stays_true(night: Night) -> None:
    for name, language in (("Ana", "es"), ("Ben", "ar")):
        await night.site.services.accounts.say_languages(night.accounts[name].id, (language,), night.accounts[name].id)
    talk = await night.lines.has(night.accounts["Ana"], "+1", locale="ar")
    ana = await night.sits("Ana", f"/desk/talk/{talk}")
    await expect(ana.locator(".talk .foreign")).to_contain_text("Arabic is not one of your languages. Ben speaks it")
    await ana.get_by_role("textbox", name="Your reply").fill("Un momento")

    await on_duty.off(night.lines.store, night.accounts["Ben"].id, night.site.clock())
    await expect(ana.locator(".talk .foreign")).to_contain_text("No free colleague speaks it.")
    await expect(ana.get_by_role("textbox", name="Your reply")).to_have_value("Un momento")
    assert await faults(ana) == []


async def test_what_the_person_types_and_what_arrived_is_seen(night: Night, store: Store) -> None:
    talk = await night.lines.has(night.accounts["Ana"], "+1", Line("us", "Hola", by="Sam"), by="web")
    ana = await night.sits("Ana", f"/desk/talk/{talk}")
    await expect(ana.locator(".sent")).to_have_text("On its way")
    await store.call("SET", key("typing", talk), "1", "EX", 60)
    await expect(ana.locator(".typing")).to_be_visible()

    (line,) = (await night.lines.conversations.open(night.accounts["Ana"], talk)).lines
    await store.call("HSET", key("conversation", talk), "fetched", line.id)
    await expect(ana.locator(".sent")).to_have_text("On their page")


async def test_that_the_page_of_a_person_is_closed_is_seen_where_a_line_waits_for_it(
    night: Night, store: Store
) -> None:
    talk = await night.lines.has(night.accounts["Ana"], "+1", Line("us", "Hola", by="Sam"), by="web")
    ana = await night.sits("Ana", f"/desk/talk/{talk}")
    await expect(ana.locator(".sent")).to_have_text("On its way")
    await store.call("HSET", key("conversation", talk), "page_closed", int((night.site.clock() - 40) * 1_000))
    await expect(ana.locator(".sent")).to_have_text(re.compile(r"Not read: page closed \d\d s ago"))


async def test_a_page_left_open_keeps_nobody_signed_in(night: Night, store: Store) -> None:
    ana = await night.sits("Ana")
    (session,) = await store.call("KEYS", "session:*")
    await store.call("PEXPIRE", session, 400)

    await expect(ana.locator("#signed-out")).to_be_visible()


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
async def test_a_checker_finds_no_fault(night: Night, size: str, look: str) -> None:
    said = [
        Line("you", "صاحب العمل أخذ جواز سفري"),
        Line("us", "نعم", "utter_x", locale="ar"),
        Line("us", "Hi", by="Sam"),
    ]
    mark = {"indicator": "doc_confiscation", "when": "now", "how": "said", "quote": "جواز سفري", "who": "self"}
    talk = await night.lines.has(
        night.accounts["Cam"], "+1", *said, locale="ar", situation="quiet", marks=[mark], declined=["police"], minor=True,
        answered={"immediate_danger": 1}, named={"place": ["Beirut"]}, priority="P0",
    )  # fmt: skip
    await night.lines.notes.add(talk, Note("Sam", "afraid of dogs", night.site.clock()))
    await night.lines.waits("+2", priority="P0")
    await night.lines.has(night.accounts["Ben"], "+3", priority="P2")
    cam = await night.sits("Cam", f"/desk/talk/{talk}", viewport=SIZES[size], color_scheme=look)

    assert await faults(cam) == []
    for fold in (".ready", ".find"):
        await cam.locator(f"{fold} summary").click()
        assert await faults(cam) == []
    await cam.goto(f"{night.site.url}/desk")
    assert await faults(cam) == []
    assert await cam.evaluate("document.documentElement.scrollWidth <= innerWidth")
