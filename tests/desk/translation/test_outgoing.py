"""An operator's words by machine: reviewed before they go, labelled for the person, and never where a life may hang on them."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from aiohttp import ClientTimeout
from playwright.async_api import Browser, expect

from bot.messaging import transcript
from bot.messaging.transcript import Line
from bot.phrases.phrases import Phrasebook
from bot.served_languages import SERVED
from bot.settings import Settings
from bot.storage.signals import Signals
from bot.storage.store import Store
from bot.text.text_messages import fits
from channels.delivery.notifier import Notifier
from channels.delivery.rendering import Renderer
from desk.console.notes import Notes
from desk.translation import translator
from desk.translation.outgoing import LABEL
from tests.accessible import faults
from tests.desk.colleagues import Colleague
from tests.desk.desk_page import DeskSite, Seat, readable
from tests.desk.talking import Lines
from tests.desk.translation.machine import Machine
from tests.hotline import ABILITIES, ROOT

WORDS = "You are not alone with this."


@dataclass
class Talking:
    """Ana at the desk, with somebody who reads Spanish."""

    site: DeskSite
    seat: Seat
    lines: Lines
    id: str
    ana: Colleague

    async def asks(self, text: str = WORDS, **fields: str) -> tuple[int, str]:
        return await self.seat.sends(f"/desk/talk/{self.id}/translate", text=text, **fields)

    async def sends(self, shown: str, **changed: str) -> tuple[int, str]:
        """Press the button below a translation that is shown."""
        fields = dict(re.findall(r'name="(original|translation|proof|once)" value="([^"]*)"', shown))
        return await self.seat.sends(f"/desk/talk/{self.id}/write-translated", **{**fields, **changed})

    async def said(self) -> list[Line]:
        return [line for line in await transcript.read(self.lines.store, self.id) if line.who == "us"]

    async def draft(self) -> str:
        return await Notes(self.lines.store).draft(self.id)


@pytest.fixture
async def talking(with_machine: DeskSite, store: Store, settings: Settings) -> AsyncIterator[Talking]:
    services = with_machine.services
    site = DeskSite(
        replace(services, notifier=Notifier(store, Renderer(services.book, ABILITIES), Signals())), with_machine.clock
    )
    ana, lines = await site.hires("Ana"), Lines(store, settings, site.clock)
    await lines.works(await ana.account())
    id_ = await lines.has(await ana.account(), "+1", Line("you", "tiene mis papeles"))
    async with site.open(), site.seat(ana) as seat:
        yield Talking(site, seat, lines, id_, ana)


async def test_a_translation_is_shown_with_what_it_says_translated_back_and_nothing_is_sent(talking: Talking) -> None:
    status, shown = await talking.asks()

    assert status == 200
    assert "You wrote " + WORDS in readable(shown)
    assert f"Translated back E E {WORDS}" in readable(shown)
    assert await talking.said() == []
    assert await talking.draft() == WORDS


async def test_a_second_click_sends_it_labelled_and_the_transcript_keeps_what_was_written(talking: Talking) -> None:
    _, shown = await talking.asks()
    status, _ = await talking.sends(shown)

    line = (await talking.said())[0]
    assert status == 303
    assert line.text == f"Esto lo tradujo una máquina:\nE {WORDS}"
    assert (line.original, line.by) == (WORDS, (await talking.ana.account()).alias)
    assert await talking.draft() == ""
    _, page = await talking.seat.opens(f"/desk/talk/{talking.id}")
    assert f"Machine translation of: {WORDS}" in readable(page)


async def test_a_translation_sent_twice_arrives_once(talking: Talking) -> None:
    _, shown = await talking.asks()
    await talking.sends(shown, once="a" * 16)
    await talking.sends(shown, once="a" * 16)
    assert len(await talking.said()) == 1


async def test_a_translation_that_the_translator_did_not_give_is_not_sent(talking: Talking) -> None:
    _, shown = await talking.asks()
    status, page = await talking.sends(shown, translation="Esto lo tradujo una máquina:\nSal de ahí")

    assert (status, await talking.said()) == (409, [])
    assert "not the one that was shown" in readable(page)
    assert await talking.draft() == WORDS


@pytest.mark.parametrize(
    ("record", "why"),
    [
        ({"crisis": "self_harm"}, "A crisis is open"),
        ({"situation": "quiet"}, "Somebody else may have the phone: no machine"),
    ],
)
async def test_in_a_crisis_or_a_hush_only_reviewed_replies_go_even_if_it_began_between_the_clicks(
    talking: Talking, machine: Machine, record: dict[str, Any], why: str
) -> None:
    _, shown = await talking.asks()
    machine.asked.clear()
    await talking.lines.remembers(talking.id, **record)
    for status, page in (await talking.asks(), await talking.sends(shown)):
        assert status == 409
        assert why in readable(page)
    assert (await talking.said(), machine.asked, await talking.draft()) == ([], [], WORDS)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Call 112 now.", "has a number"),
        ("Please call the police.", "a word of an emergency"),
        ("Llama a una ambulancia", "a word of an emergency"),
        ("Take your time. There is no hurry.", "exactly these words"),
        ("a " * 1_500, "too long for one message"),
    ],
)
async def test_what_a_life_may_hang_on_or_is_reviewed_already_is_shown_to_no_machine(
    talking: Talking, machine: Machine, text: str, why: str
) -> None:
    status, page = await talking.asks(text)
    assert (status, machine.asked, await talking.draft()) == (409, [], text.strip())
    assert why in readable(page)


async def test_a_text_message_that_would_not_fit_with_its_label_is_not_sent(talking: Talking) -> None:
    status, page = await talking.asks("No one here is angry with you, and you decide. " * 7)
    assert status == 409
    assert "too long for one text message" in readable(page)


@pytest.mark.parametrize("locale", SERVED)
def test_beside_its_label_a_text_message_has_room_for_a_few_sentences(locale: str) -> None:
    label = Phrasebook.load(ROOT).render(LABEL, {"text": "я" * 150}, locale, "sms")
    assert fits(label)


@pytest.mark.parametrize(
    "answer",
    [
        *({}, [], {"error": "xx is not supported"}, {"translatedText": [7]}, {"translatedText": "a"}),
        *(
            {"translatedText": found}
            for found in (["a", "b"], [" "], ["…"], ["call 911 911"], ["x" * 5_000], [WORDS], ["no \ufffd"])
        ),
    ],
)
async def test_garbage_from_the_translator_is_not_sent_and_the_words_are_kept(
    talking: Talking, machine: Machine, answer: Any
) -> None:
    machine.answer = answer
    status, page = await talking.asks()
    assert (status, await talking.draft()) == (502, WORDS)
    assert "your words are kept" in readable(page)
    assert "write-translated" not in page


async def test_an_emergency_that_only_the_translation_has_is_not_sent(talking: Talking, machine: Machine) -> None:
    machine.answer = {"translatedText": ["Llame a la policía"]}
    status, page = await talking.asks()
    assert status == 409
    assert "a word of an emergency" in readable(page)


async def test_a_slow_translator_is_waited_for_no_longer_than_its_time(
    talking: Talking, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(translator, "_WAIT", ClientTimeout(total=0.2))
    machine.slow = 2
    status, page = await talking.asks()
    assert (status, await talking.draft()) == (502, WORDS)
    assert "does not answer" in readable(page)


async def test_an_operator_writes_in_a_language_of_theirs_and_gets_it_back_in_it(
    talking: Talking, machine: Machine
) -> None:
    accounts, account = talking.site.services.accounts, await talking.ana.account()
    await accounts.say_languages(account.id, ("fr",), account.id)
    status, shown = await talking.asks("Vous n'avez rien fait de mal.", source="fr")
    assert status == 200
    assert [(asked["source"], asked["target"]) for asked in machine.asked] == [("fr", "es"), ("es", "fr"), ("es", "en")]
    assert 'lang="fr"' in shown
    assert (await talking.asks(source="de"))[0] == 400


async def test_nobody_but_who_writes_in_it_gets_a_translation(talking: Talking, machine: Machine) -> None:
    ben = await talking.site.hires("Ben")
    async with talking.site.seat(ben) as his:
        assert (await his.sends(f"/desk/talk/{talking.id}/translate", text=WORDS))[0] == 404
    assert machine.asked == []


async def test_without_a_translator_there_is_nothing_to_press(
    desk_site: DeskSite, store: Store, settings: Settings
) -> None:
    ana, lines = await desk_site.hires("Ana"), Lines(store, settings, desk_site.clock)
    await lines.works(await ana.account())
    talk = await lines.has(await ana.account(), "+1")
    async with desk_site.seat(ana) as seat:
        assert "Translate" not in (await seat.opens(f"/desk/talk/{talk}"))[1]
        status, _ = await seat.sends(f"/desk/talk/{talk}/translate", text=WORDS)
    assert (status, desk_site.told.said) == (502, [])


@pytest.mark.browser
async def test_in_a_browser_it_takes_two_clicks_and_a_change_of_the_words_begins_anew(
    with_machine: DeskSite, store: Store, settings: Settings, machine: Machine, browser: Browser
) -> None:
    site = with_machine
    ana, lines = await site.hires("Ana"), Lines(store, settings, site.clock)
    await lines.works(await ana.account())
    talk = await lines.has(await ana.account(), "+1", Line("you", "tiene mis papeles"))
    page = await site.sits_down(browser, ana, f"/desk/talk/{talk}")
    box, send = page.get_by_role("textbox", name="Your reply"), page.get_by_role("button", name="Send translation")
    await box.fill("Call the police")
    await page.get_by_role("button", name="Translate", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("a word of an emergency")
    await box.fill("You decide.")
    await page.get_by_role("button", name="Translate", exact=True).click()
    await expect(send).to_be_visible()
    await box.press_sequentially("..")
    await expect(send).to_have_count(0)
    await page.get_by_role("button", name="Translate", exact=True).click()
    await expect(page.locator(".proposal .shown")).to_have_text("Esto lo tradujo una máquina:\nE You decide...")
    assert await faults(page) == []
    assert site.told.said == []
    await send.click()
    await expect(box).to_have_value("")
    await expect(page.locator(".proposal")).to_have_count(0)
    assert [words for _, words, _ in site.told.said] == [["Esto lo tradujo una máquina:\nE You decide..."]]
