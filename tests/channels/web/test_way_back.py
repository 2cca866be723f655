"""A way back: four words, asked for, that lead one page back once, and show nothing of before."""

import asyncio
import html
import re
import time
from contextlib import suppress

import pytest
from playwright.async_api import Browser, Page, expect

from bot.conversation import way_back
from bot.conversation.recall import recall
from bot.conversation.record import Record
from bot.crypto.vault import SealBroken, Vault
from bot.engine.protocol import Decision
from bot.messaging.farewell import forget
from bot.phrases.phrases import Phrasebook
from bot.settings import Settings
from bot.storage.store import Claim, Store, key
from channels.web.page import new_token
from commands.runtime.redis_server import OwnRedis
from commands.runtime.time_travel import let_time_pass
from tests.accessible import faults
from tests.channels.conftest import WebHotline
from tests.channels.page_operator import Operator
from tests.hotline import MASTER, ROOT, Hotline, ScriptedEngine, Visitor, echo, eventually
from tests.page import opened, ours, own, said, write

SECRET = "my boss has my papers"
KNOWN = Record(situation="talk", country="MX", answered={"find_legal_aid": 1}, told=["intro"], need="find_legal_aid")
ASKS = "words please"
WRONG = "do not lead anywhere"
CHECK = "Is it safe to write now?"
HOUR = 3_600
HOME, NEIGHBOUR = "81.2.69.142", "81.2.69.160"


async def asks_for_words(hotline: Hotline, engine: ScriptedEngine) -> tuple[Visitor, str, str]:
    """Somebody has written and asks for a way back; give their page, the conversation, and what the page shows in its place."""
    visitor = await hotline.page()
    await visitor.writes(SECRET)
    await visitor.reads_until(SECRET)
    conversation = await hotline.store.find(await hotline.store.pointer("web", visitor.token))
    assert conversation
    seal = await hotline.store.seal_of(conversation)
    assert seal
    sealed = seal.shared.seal(KNOWN.dump(), "record")
    await hotline.store.call("SET", key("record", conversation), sealed, "EX", 900)
    engine.answers(ASKS, echo("not now"), way_back=True)
    await visitor.writes(ASKS)
    await eventually(hotline.quiet)
    _, answer = await visitor.posts("/next", after=visitor.after)
    return visitor, conversation, str(answer["text"] or "")


def words_in(text: str) -> str:
    found = re.search("\u2066([a-z ]+)\u2069", html.unescape(text))
    assert found, text
    return found[1]


async def has_words(hotline: Hotline, engine: ScriptedEngine) -> tuple[str, str]:
    """Give the conversation that was put away, and its words."""
    _, conversation, text = await asks_for_words(hotline, engine)
    return conversation, words_in(text)


async def comes_back(hotline: Hotline, words: str) -> tuple[Visitor, str]:
    """Type the words on a page of somebody else; give it, and what it shows."""
    visitor = await hotline.page()
    _, page = await visitor.posts("/back", plain=True, words=words, locale="en")
    return visitor, page


async def test_the_page_shows_four_words_in_place_of_all_that_was_written(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    visitor, conversation, text = await asks_for_words(hotline, engine)

    assert len(words_in(text).split()) == way_back.WORDS
    assert "24 hours" in text
    assert await visitor.writes("one more") == 410
    kept = {name.partition(":")[0] for name in await hotline.keys() if conversation in name}
    assert kept == {"conversation", "record", "counted"}
    assert 900 < await hotline.store.call("TTL", key("record", conversation)) <= 24 * HOUR


async def test_without_the_words_nothing_opens_what_is_kept(hotline: Hotline, engine: ScriptedEngine) -> None:
    conversation, words = await has_words(hotline, engine)

    assert await hotline.store.seal_of(conversation) is None
    stored = [await hotline.store.call("DUMP", name) for name in await hotline.keys()]
    assert not [name for name in await hotline.keys() if words.split()[0] in name]
    assert not [value for value in stored if words.encode() in value]


async def test_who_has_the_disk_and_the_master_key_finds_no_words_in_what_the_page_is_told_last(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    visitor, _, text = await asks_for_words(hotline, engine)

    assert b"utter_way_back_words" not in await opened_with_the_master_key(hotline)
    _, again = await visitor.posts("/next")  # the page itself still reads it
    assert words_in(str(again["text"])) == words_in(text)


async def opened_with_the_master_key(hotline: Hotline) -> bytes:
    """Give all that Redis holds in whole values and the seals of the master key open."""
    store, opened = hotline.store, b""
    for name in [each for each in await hotline.keys() if each.startswith("farewell")]:
        with suppress(SealBroken):
            opened += store.vault.duties.open(await store.call("GET", name), "farewell")
    return opened


async def test_who_makes_very_many_ways_back_does_not_fill_the_memory_with_them_for_days(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    soon = int(time.time() * 1000) + 60_000
    many = [part for number in range(way_back._MOST) for part in (soon, f"{number:064x}")]
    await hotline.store.call("ZADD", "ways_back", *many)
    engine.answers(ASKS, echo("not now"), way_back=True)
    visitor = await hotline.page()
    await visitor.writes(ASKS)
    await visitor.reads_until("That does not work right now. You can ask again in a moment.")

    await hotline.store.call("ZADD", "ways_back", "XX", 1, f"{7:064x}")  # one of them is over
    assert (await has_words(hotline, engine))[1]
    assert 0 < await hotline.store.call("TTL", "ways_back") <= 24 * HOUR


async def test_a_way_back_that_was_used_or_erased_makes_room_for_another(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    _, words = await has_words(hotline, engine)
    conversation, _ = await has_words(hotline, engine)
    assert await hotline.store.call("ZCARD", "ways_back") == 2
    await comes_back(hotline, words)
    await forget(hotline.store, conversation)
    assert await hotline.store.call("EXISTS", "ways_back") == 0


async def test_who_comes_back_is_asked_first_whether_it_is_safe_and_sees_nothing_of_before(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    conversation, words = await has_words(hotline, engine)
    visitor, page = await comes_back(hotline, f"  {words.upper().replace(' ', ', ')}. ")

    assert said(page) == [CHECK]
    assert SECRET not in page
    record = await recall(hotline.store, conversation)
    assert (record.situation, record.question, record.country, record.need) == ("asked_safe", "safe", "MX", None)
    assert [choice["value"] for choice in record.choices] == ["affirm", "deny", "unsure"]
    await visitor.writes("yes")
    await visitor.reads_until("yes")
    assert engine.asked[-1].conversation == conversation
    assert 0 < await hotline.store.call("TTL", key("record", conversation)) <= 900


async def test_words_work_once_and_wrong_used_and_expired_ones_get_the_same_answer(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    _, words = await has_words(hotline, engine)
    await comes_back(hotline, words)
    _, used = await comes_back(hotline, words)
    _, wrong = await comes_back(hotline, "kite lemon river apple")
    _, garbage = await comes_back(hotline, "\x00ؤ' OR 1=1 --" * 50)
    await let_time_pass(hotline.store, 60)
    engine.answers(SECRET, echo(SECRET))
    _, late = await has_words(hotline, engine)
    await let_time_pass(hotline.store, 24 * HOUR)
    _, expired = await comes_back(hotline, late)

    bare = [re.sub(r'value="[^"]*"', "", page) for page in (used, wrong, garbage, expired)]
    assert WRONG in bare[0]
    assert len(set(bare)) == 1


async def test_of_two_pages_with_the_same_words_at_once_one_goes_on(hotline: Hotline, engine: ScriptedEngine) -> None:
    _, words = await has_words(hotline, engine)
    pages = await asyncio.gather(*(comes_back(hotline, words) for _ in range(3)))

    assert sorted(CHECK in said(page) for _, page in pages) == [False, False, True]


async def test_the_same_form_sent_twice_shows_the_same_page(hotline: Hotline, engine: ScriptedEngine) -> None:
    _, words = await has_words(hotline, engine)
    visitor, _ = await comes_back(hotline, words)
    _, again = await visitor.posts("/back", plain=True, words=words)

    assert said(again) == [CHECK]


async def test_the_page_that_was_put_away_can_go_on_with_its_words_at_once(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    visitor, _, text = await asks_for_words(hotline, engine)
    _, page = await visitor.posts("/back", plain=True, words=words_in(text))
    assert said(page) == [CHECK]

    found = re.search(r'id="write".*?name="token" value="([^"]{43})"', page, re.DOTALL)
    assert found
    assert await Visitor(hotline, found[1]).writes("yes") == 202


async def test_after_five_tries_in_a_minute_from_one_place_none_is_looked_at(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    _, words = await has_words(hotline, engine)
    field, token = hotline.webchat._words, new_token()
    field.tries._clock = lambda: 1_000.0
    for _ in range(5):
        assert not await field.lead("kite lemon river apple", token, HOME)

    assert not await field.lead(words, token, HOME)
    assert await field.lead(words, token, NEIGHBOUR)


async def test_behind_a_front_one_who_guesses_keeps_nobody_else_from_coming_back(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    _, words = await has_words(hotline, engine)
    for _ in range(10):
        await comes_back(hotline, "kite lemon river apple")

    assert CHECK in said((await comes_back(hotline, words))[1])


async def test_so_many_tries_from_everywhere_and_none_is_looked_at(hotline: Hotline, engine: ScriptedEngine) -> None:
    _, words = await has_words(hotline, engine)
    await hotline.store.call("SET", "way_back_tries", 30, "EX", 60)

    assert WRONG in (await comes_back(hotline, words))[1]
    await let_time_pass(hotline.store, 60)
    assert CHECK in said((await comes_back(hotline, words))[1])


async def test_what_is_erased_leaves_no_way_back(hotline: Hotline, engine: ScriptedEngine) -> None:
    conversation, words = await has_words(hotline, engine)
    assert await forget(hotline.store, conversation)
    assert [name for name in await hotline.keys() if name.startswith("way_back:") or conversation in name] == []

    conversation, words = await has_words(hotline, engine)
    visitor, _ = await comes_back(hotline, words)
    await visitor.posts("/exit", quiet="1")
    assert [name for name in await hotline.keys() if name.startswith("way_back:") or conversation in name] == []


@pytest.mark.parametrize(
    "keys", [{"before": MASTER}, {}], ids=["while both keys are there", "once the old one is gone"]
)
async def test_when_the_master_key_is_changed_words_from_before_lead_back_while_both_keys_are_there(
    hotline: Hotline, engine: ScriptedEngine, settings: Settings, keys: dict[str, bytes]
) -> None:
    _, words = await has_words(hotline, engine)
    changed = Store.connect(settings.redis_url, Vault(bytes(range(100, 132)), hotline.store.vault.epochs, **keys))
    led = await way_back.come_back(changed, words, new_token(), Phrasebook.load(ROOT), 900)
    await changed.close()

    assert led == bool(keys)


async def test_who_wrote_more_meanwhile_is_answered_and_keeps_everything(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    visitor = await hotline.page()
    engine.answers(ASKS, echo("not now"), way_back=True)
    held = engine.holds(ASKS)
    await visitor.writes(ASKS)
    await eventually(lambda: engine.texts == [ASKS])
    await visitor.writes("one more")
    held.set()

    lines = await visitor.reads_until("one more")
    assert ("us", "That does not work right now. You can ask again in a moment.") in lines


async def test_a_worker_that_was_given_up_puts_nothing_away(hotline: Hotline) -> None:
    visitor = await hotline.page()
    await visitor.writes("hello")
    await visitor.reads_until("hello")
    conversation = await hotline.store.find(await hotline.store.pointer("web", visitor.token))
    assert conversation
    late = Claim(conversation, "its token of before", b"", 1, 0, 0, {})

    assert not await way_back.leave(hotline.store, late, "kite lemon river apple", b"a farewell", 24)
    assert await hotline.store.seal_of(conversation)
    assert [name for name in await hotline.keys() if name.startswith(("way_back:", "farewell:"))] == []


async def test_while_the_store_is_away_there_is_a_sentence_and_a_number(
    own_redis: OwnRedis, brittle_hotline: Hotline
) -> None:
    own_redis.stop()
    status, page = await Visitor(brittle_hotline, new_token()).posts("/back", plain=True, words="a b c d")
    assert status == 503
    assert "112" in page


def test_the_words_are_many_short_and_different() -> None:
    words = way_back.words()
    assert len(words) == len(set(words)) >= 900
    assert [word for word in words if not re.fullmatch("[a-z]{2,12}", word)] == []
    assert way_back.typed(way_back.new_words()) is not None
    assert way_back.typed("kite lemon") is way_back.typed("kite lemon river apple pear") is None


# In a browser


async def typed(page: Page, words: str) -> None:
    await page.click(".back summary")
    await page.fill("input[name=words]", words)
    await page.press("input[name=words]", "Enter")


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
async def test_in_a_browser_the_words_lead_back(browser: Browser, web_hotline: WebHotline, script: bool) -> None:
    web_hotline.engine.answers(ASKS, echo("not now"), way_back=True)
    first, _ = await opened(browser, web_hotline, java_script_enabled=script)
    await first.fill("#text", ASKS)
    await first.click("#send")
    await expect(first.get_by_role("alert")).to_contain_text("four words")
    words = words_in(await first.get_by_role("alert").inner_text())
    await expect(first.locator(".line")).to_have_count(0)

    second, _ = await opened(browser, web_hotline, java_script_enabled=script)
    await typed(second, "kite lemon river apple")
    await expect(second.get_by_role("alert")).to_contain_text(WRONG)
    await typed(second, words)
    await expect(ours(second)).to_have_text([CHECK])
    assert words not in await second.content()
    await second.click("button[name=choice] >> nth=0")
    await expect(second.locator(".you > p")).to_have_count(1)


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
async def test_in_a_browser_the_menu_asks_for_words(browser: Browser, web_hotline: WebHotline, script: bool) -> None:
    page, _ = await opened(browser, web_hotline, java_script_enabled=script)
    menu, later = page.get_by_text("Who can see this?"), page.get_by_text("Come back later", exact=True)
    await menu.click()
    await expect(page.get_by_text("Only words can be sent here.")).to_be_visible()
    await expect(later).to_be_hidden()  # nobody has written yet
    await menu.click()
    await page.fill("#text", SECRET)
    await page.click("#send")
    await expect(ours(page)).to_have_count(1)
    await menu.click()
    await later.click()
    await expect(page.get_by_text("Anyone who finds them can come back in your place.")).to_be_visible()
    if script:
        assert await faults(page) == []
    await page.fill("#text", "half a sentence")
    await page.get_by_role("button", name="Ask for words").click()
    await expect(own(page)).to_have_text([SECRET, "Ask for words"])
    await expect(ours(page)).to_have_count(2)
    asked = web_hotline.engine.asked[-1]
    assert (asked.kind, asked.text) == ("command", "way_back")
    await expect(page.locator("#text")).to_have_value("half a sentence")


@pytest.mark.browser
async def test_while_a_person_is_waited_for_the_menu_has_no_words(browser: Browser, web_hotline: WebHotline) -> None:
    page, _ = await opened(browser, web_hotline)
    await write(page, SECRET)
    await expect(ours(page)).to_have_count(1)
    await page.get_by_text("Who can see this?").click()
    await expect(page.get_by_text("Come back later", exact=True)).to_be_visible()
    operator = Operator(web_hotline)
    await operator.takes()
    await expect(page.get_by_text("Come back later", exact=True)).to_be_hidden()
    await operator.leaves()
    await expect(page.get_by_text("Come back later", exact=True)).to_be_visible()


async def test_a_menu_entry_that_there_is_not_is_refused(hotline: Hotline) -> None:
    visitor = await hotline.page()
    assert (await visitor.posts("/send", command="forget_all", id="1"))[0] == 400
    assert hotline.engine.asked == []


@pytest.mark.browser
async def test_the_words_do_not_stay_on_a_screen_that_was_left_alone(browser: Browser, web_hotline: WebHotline) -> None:
    web_hotline.engine.answers(ASKS, echo("not now"), way_back=True)
    page, _ = await opened(browser, web_hotline)
    await page.clock.install()
    await write(page, ASKS)
    await expect(page.get_by_role("alert")).to_contain_text("four words")
    await page.clock.run_for(15 * 60_000)
    await expect(page.get_by_role("alert")).not_to_contain_text("four words")


def test_an_engine_of_a_version_before_makes_no_way_back() -> None:
    assert not Decision.of({"replies": []}).way_back
