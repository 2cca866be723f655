"""The practice room: as an operator goes through it, and that none of it is real."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from re import search

import pytest
from playwright.async_api import Browser, expect

from bot.settings import Settings
from bot.storage.store import Store
from tests.accessible import faults
from tests.desk.colleagues import Clock
from tests.desk.desk_page import DeskSite, Seat, readable
from tests.desk.talking import Lines


@dataclass
class Practising:
    """An operator in the practice room, who sends what a browser without scripts would send."""

    seat: Seat

    async def takes(self, script: str, language: str = "en") -> str:
        assert await self.seat.sends("/practice/take", script=script, language=language) == (303, "/practice/talk")
        return await self.sees()

    async def sees(self) -> str:
        return (await self.seat.opens("/practice/talk"))[1]

    async def does(self, act: str, **fields: str) -> str:
        """Press a button of the page as it is now; give what is seen then."""
        found = search(r'name="turn" value="([^"]+)"', await self.sees())
        assert found
        status, shown = await self.seat.sends(f"/practice/{act}", turn=found[1], **fields)
        return await self.sees() if status == 303 else shown

    async def writes(self, *texts: str) -> str:
        shown = ""
        for text in texts:
            shown = await self.does("write", text=text)
        return readable(shown)

    async def ends(self, **fields: str) -> str:
        await self.does("end", **fields)
        return readable((await self.seat.opens("/practice/debrief"))[1])


@pytest.fixture
async def ana(desk_site: DeskSite) -> AsyncIterator[Practising]:
    async with desk_site.seat(await desk_site.hires("Ana")) as seat:
        yield Practising(seat)


def parts(debrief: str) -> tuple[str, str]:
    """What was done well, and what was missed."""
    well, missed = debrief.split("Done well", 1)[1].split("Practise it again", maxsplit=1)[0].rsplit(" Missed ", 1)
    return well, missed


async def test_a_practice_begins_with_the_case_and_an_opening_in_the_language_of_the_person(ana: Practising) -> None:
    shown = readable(await ana.takes("domestic_worker", "ar"))
    assert "Practice. Nobody is behind this" in shown
    assert "Signs heard" in shown
    assert "Machine translation: I want to talk to a person" in shown
    assert "هل ما زالت الكتابة آمنة لك" in shown  # in the box


async def test_the_person_answers_by_what_is_written_or_by_the_ready_reply(ana: Practising) -> None:
    await ana.takes("domestic_worker", "ar")
    assert "She is asleep now" in await ana.writes("هل ما زالت الكتابة آمنة لك؟")
    assert "tell the police that I stole" in await ana.writes("Take your time. There is no hurry.")
    assert "she will hit me" in await ana.writes("Just ask for your passport back.")


async def test_a_debrief_says_what_was_done_well(ana: Practising) -> None:
    await ana.takes("thinks_of_dying")
    await ana.writes("Hi, I'm Sam, a person. Is it safe to write?", "I'm here with you. That sounds very hard.")
    await ana.writes("Are you thinking about killing yourself?", "Thank you for telling me. I stay with you.")
    await ana.does("call")
    shown = await ana.writes(
        "Crisis line: 0800 000 003", "It is your choice.", "0800 000 003. You can write again any time."
    )
    assert "put them in the bathroom" in shown
    well, missed = parts(await ana.ends(outcome="connected"))
    assert "You asked the plain question" in well
    assert "You gave the crisis line" in well
    assert "You called a supervisor" in well
    assert "Safety 5" in well
    assert "Nothing. Thank you." in missed


async def test_a_debrief_says_what_was_missed_with_the_rule(ana: Practising) -> None:
    await ana.takes("worried_neighbour")
    assert "I went up and rang" in await ana.writes(
        "Go and knock on the door. Why did you not call? I promise she will be fine."
    )
    well, missed = parts(await ana.ends())
    for part in (
        "asks whether it is safe to write",
        "You promised something",
        "to confront somebody",
        "You gave no outcome",
    ):
        assert part in missed
    assert "Safety 0.1" in missed and "Safety 8" in missed
    assert "You asked for no name" in well


async def test_quiet_mode_takes_a_second_click_and_ends_only_when_they_are_alone(ana: Practising) -> None:
    await ana.takes("watched", "es")
    await ana.writes("¿Es seguro para ti escribir?")
    assert "Quiet mode." in await ana.writes("Gracias por contarme.")
    assert "have not written that they are alone" in readable(await ana.does("safe-again"))
    assert "Send anyway" in readable(await ana.does("write", text="OK."))
    assert "quien es?" not in await ana.sees()
    await ana.does("write", text="OK.", sure="yes")
    shown = readable(await ana.does("write", text="OK.", sure="yes"))
    assert "im alone again" in shown
    assert "Quiet mode." not in readable(await ana.does("safe-again"))
    well, _ = parts(await ana.ends(outcome="left"))
    assert "wrote nothing that shows what this is about" in well
    assert "You ended quiet mode" in well


async def test_whoever_gives_something_away_in_quiet_mode_reads_so_in_the_debrief(ana: Practising) -> None:
    await ana.takes("watched")
    await ana.writes("Is it still safe for you to write?", "Take your time.")
    shown = readable(await ana.does("write", text="Can you leave the house? The police can come.", sure="yes"))
    assert "who you write to" in shown
    _, missed = parts(await ana.ends(outcome="left"))
    assert "something that shows what this is about" in missed


async def test_a_form_sent_twice_or_of_an_earlier_practice_is_heard_once(ana: Practising) -> None:
    shown = await ana.takes("tester")
    turn = search(r'name="turn" value="([^"]+)"', shown)
    assert turn
    for _ in range(2):
        await ana.seat.sends("/practice/write", turn=turn[1], text="Tell me more, if you want.")
    assert (await ana.sees()).count('class="line desk"') == 1
    await ana.seat.sends("/practice/take", script="child", language="en")
    await ana.seat.sends("/practice/end", turn=turn[1])
    assert "Small Wren" in await ana.sees()


@pytest.mark.parametrize("act", ["write", "add", "note", "call", "safe-again", "end"])
async def test_without_a_practice_every_form_leads_to_the_room(ana: Practising, act: str) -> None:
    assert await ana.seat.sends(f"/practice/{act}", text="x", turn="1") == (303, "/practice")


async def test_what_is_no_script_language_or_outcome_is_refused_and_too_much_is_kept(ana: Practising) -> None:
    for fields in ({"script": "../x", "language": "en"}, {"script": "tester", "language": "es"}, {}):
        assert (await ana.seat.sends("/practice/take", **fields))[0] == 400
    await ana.takes("tester")
    shown = await ana.does("write", text="a" * 4_001)
    assert "longer than 4,000 characters" in readable(shown)
    assert "a" * 4_001 in shown
    await ana.does("end", outcome="x")
    assert "Red Crake" in await ana.sees()


async def test_two_operators_do_not_meet(desk_site: DeskSite, ana: Practising) -> None:
    await ana.takes("tester")
    async with desk_site.seat(await desk_site.hires("Ben")) as seat:
        ben = Practising(seat)
        assert (await seat.opens("/practice/talk"))[0] == 303
        await ben.takes("tester")
        await ben.writes("I cannot say who writes to us.")
    assert 'class="line desk"' not in await ana.sees()


async def test_it_is_in_no_queue_count_or_log_is_sealed_and_ends_by_itself(
    desk_site: DeskSite, store: Store, clock: Clock, ana: Practising
) -> None:
    before = {key async for key in store.redis.scan_iter()}
    logged = await store.call("XLEN", "audit")
    await ana.takes("child", "es")
    await ana.writes("a marked word: quillwort")
    await ana.does("note", text="quillwort")
    await ana.ends(outcome="left")
    added = {key async for key in store.redis.scan_iter()} - before
    kept = [key for key in added if key.startswith(b"practice:")]
    assert len(kept) == 1
    assert [key for key in added if not key.startswith((b"practice:", b"on_duty", b"operators"))] == []
    assert await store.call("XLEN", "audit") == logged
    sealed = await store.call("GET", kept[0])
    assert b"quillwort" not in sealed
    assert 0 < await store.call("TTL", kept[0]) <= 7_200
    assert (await desk_site.services.handoffs.look(clock())).handoffs == ()
    await ana.seat.sends("/practice/leave")
    assert await store.call("EXISTS", kept[0]) == 0


async def test_somebody_who_really_waits_is_told_of(
    desk_site: DeskSite, store: Store, settings: Settings, ana: Practising
) -> None:
    await ana.takes("tester")
    lines = Lines(store, settings, desk_site.clock)
    await lines.works(*await desk_site.services.accounts.people.all())
    assert 'role="status" hidden' in await ana.sees()
    await lines.waits("+1")
    assert 'role="status" hidden' not in await ana.sees()


async def test_it_is_opened_from_the_account_and_from_the_desk_while_nobody_waits(ana: Practising) -> None:
    for path in ("/you", "/desk"):
        assert 'href="/practice"' in (await ana.seat.opens(path))[1]


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_script_is_played_in_a_browser_to_its_debrief(
    desk_site: DeskSite, browser: Browser, scheme: str
) -> None:
    ana = await desk_site.hires("Ana")
    page = await desk_site.sits_down(browser, ana, "/practice", color_scheme=scheme)
    found = {"room": await faults(page)}
    await page.get_by_role("listitem").filter(has_text="A worried neighbour").get_by_role("button").click()
    box, lines = page.get_by_role("textbox", name="Your reply"), page.locator(".line.you")
    await expect(box).not_to_have_value("")
    await box.press("Enter")
    await expect(lines.last).to_contain_text("nobody is here")
    await page.get_by_text("Ready-made replies", exact=True).click()
    await page.get_by_role("button", name="Are you hurt?").click()
    await expect(box).to_have_value("Are you hurt? Do you need a doctor now?")
    await box.press("Enter")
    await expect(lines.last).to_contain_text("something broke")
    found["conversation"] = await faults(page)
    await box.fill("You can call this advice line if you want: 0800 000 004")
    await box.press("Enter")
    await expect(lines.last).to_contain_text("no papers")
    await page.get_by_role("button", name="Call a supervisor").click()
    await expect(page.get_by_text("A supervisor (practice)")).to_be_visible()
    await page.get_by_text("End", exact=True).click()
    await page.get_by_label("Outcome").select_option("informed")
    found["end"] = await faults(page)
    await page.get_by_role("button", name="End conversation").click()
    await expect(page.get_by_role("heading", name="Debrief")).to_be_visible()
    await expect(page.locator(".well")).to_contain_text("whether it is safe to write")
    await expect(page.locator(".missed")).to_contain_text("how to come back")
    found["debrief"] = await faults(page)
    assert {state: lines for state, lines in found.items() if lines} == {}
