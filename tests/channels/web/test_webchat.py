"""The web page as a door: what it takes, what it refuses, and whom it shows what."""

import asyncio
import re
import secrets

import pytest

from bot.crypto.vault import Vault
from bot.messaging.message import Choice, kept
from bot.storage.store import key
from commands.runtime.redis_server import OwnRedis
from commands.runtime.time_travel import let_time_pass
from tests.hotline import SOON, Hotline, ScriptedEngine, Visitor, echo, eventually
from tests.page import said

TOKEN = "t" * 43


async def test_a_message_is_answered_on_the_page(hotline: Hotline) -> None:
    visitor = await hotline.page()
    assert await visitor.writes("hello my friend") == 202
    assert await visitor.reads_until("hello my friend") == [("you", "hello my friend"), ("us", "hello my friend")]


async def test_a_page_without_script_comes_back_with_the_answer(hotline: Hotline, engine: ScriptedEngine) -> None:
    engine.answers("hello my friend", echo("are you safe?", choices=(Choice("choice_yes", "affirm"),)))
    visitor = await hotline.page()
    status, page = await visitor.posts("/send", plain=True, text="hello my friend")
    assert status == 200
    assert said(page) == ["hello my friend", "are you safe?"]
    assert 'name="choice" value="1"' in page
    assert f'value="{visitor.token}"' in page


async def test_the_page_can_be_looked_at_again(hotline: Hotline) -> None:
    visitor = await hotline.page()
    await visitor.writes("hello my friend")
    await visitor.reads_until("hello my friend")
    status, page = await visitor.posts("/look", plain=True)
    assert (status, page.count("hello my friend")) == (200, 2)


async def test_what_a_person_writes_is_shown_as_text_and_never_as_html(hotline: Hotline) -> None:
    visitor = await hotline.page()
    _, page = await visitor.posts("/send", plain=True, text="<script>alert(1)</script>")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


async def test_a_message_posted_twice_is_answered_once(hotline: Hotline, engine: ScriptedEngine) -> None:
    visitor = await hotline.page()
    assert [await visitor.writes("hello", id="a1") for _ in range(2)] == [202, 202]
    assert await visitor.writes("good day", id="a2") == 202
    await visitor.reads_until("good day")
    assert engine.texts == ["hello", "good day"]


async def test_the_same_id_from_two_pages_is_two_messages(hotline: Hotline, engine: ScriptedEngine) -> None:
    first, second = await hotline.page(), await hotline.page()
    await first.writes("hello", id="a1")
    await second.writes("hello", id="a1")
    await eventually(lambda: len(engine.asked) == 2)


async def test_a_choice_is_sent_as_its_number(hotline: Hotline, engine: ScriptedEngine) -> None:
    visitor = await hotline.page()
    assert await visitor.writes("", choice="2") == 202
    await eventually(lambda: engine.texts == ["2"])


async def test_a_choice_counts_before_what_stands_half_written(hotline: Hotline, engine: ScriptedEngine) -> None:
    visitor = await hotline.page()
    await visitor.writes("half writ", choice="2")
    await eventually(lambda: engine.texts == ["2"])


async def test_lines_are_waited_for_and_come_as_soon_as_they_are_said(hotline: Hotline, engine: ScriptedEngine) -> None:
    held = engine.holds("hello")
    visitor = await hotline.page()
    await visitor.writes("hello")
    await eventually(lambda: engine.texts == ["hello"])  # and so the line of the person stands
    assert await visitor.reads() == [("you", "hello")]
    waiting = await visitor.waits(visitor.reads())
    assert not waiting.done()
    held.set()
    assert await asyncio.wait_for(waiting, SOON) == [("us", "hello")]


async def test_lines_written_by_another_gateway_are_found(hotline: Hotline, engine: ScriptedEngine) -> None:
    async with hotline.another().working() as other:
        visitor = await hotline.page()
        await visitor.writes("hello")
        await visitor.reads_until("hello")
        elsewhere = Visitor(other, visitor.token)
        assert await elsewhere.reads() == [("you", "hello"), ("us", "hello")]


async def test_another_token_sees_nothing_of_a_conversation(hotline: Hotline) -> None:
    visitor, stranger = await hotline.page(), await hotline.page()
    await visitor.writes("my boss took my passport")
    await visitor.reads_until("my boss took my passport")
    _, news = await stranger.posts("/next")
    _, page = await stranger.posts("/look", plain=True)
    assert (news["lines"], news["closed"]) == ([], True)
    assert "passport" not in page


async def test_every_page_has_a_token_of_its_own(hotline: Hotline) -> None:
    tokens = {(await hotline.page()).token for _ in range(5)}
    assert len(tokens) == 5


async def test_looking_at_the_page_stores_nothing(hotline: Hotline) -> None:
    visitor = await hotline.page()
    await visitor.posts("/look", plain=True)
    await visitor.posts("/next")
    assert await hotline.keys() == []


async def test_an_expired_talk_is_closed(hotline: Hotline) -> None:
    visitor = await hotline.page()
    await visitor.writes("hello")
    await visitor.reads_until("hello")
    await let_time_pass(hotline.store, hotline.settings.keep_web + 1)
    _, news = await visitor.posts("/next", after=visitor.after)
    assert (news["lines"], news["closed"], news["text"]) == ([], True, None)
    _, page = await visitor.posts("/look", plain=True)
    assert "This chat is over and deleted." in page


async def test_an_open_page_keeps_its_talk_alive(hotline: Hotline) -> None:
    visitor = await hotline.page()
    await visitor.writes("hello")
    await visitor.reads_until("hello")
    await let_time_pass(hotline.store, hotline.settings.keep_web - 60)
    await visitor.posts("/next")
    await let_time_pass(hotline.store, 120)
    _, news = await visitor.posts("/next")
    assert news["closed"] is False


async def test_after_a_quick_word_the_page_gets_the_neutral_line_and_the_talk_is_closed(hotline: Hotline) -> None:
    visitor = await hotline.page()
    await visitor.writes("hello")
    await visitor.reads_until("hello")
    await visitor.writes("bye")
    await eventually(hotline.quiet)
    _, news = await visitor.posts("/next", after=visitor.after)
    assert (news["closed"], news["text"]) == (True, "Thanks, bye.")


async def test_the_exit_erases_at_once_and_leads_to_something_dull(hotline: Hotline) -> None:
    visitor = await hotline.page()
    await visitor.writes("hello")
    await visitor.reads_until("hello")
    data = {"token": visitor.token}
    async with hotline.web.post(hotline.url + "/exit", data=data, allow_redirects=False) as response:
        assert (response.status, await response.text()) == (200, "")
        # A redirect would be held against the page's own form-action, and the talk would stay on the screen.
        assert response.headers["Refresh"] == f"0; url={hotline.settings.exit_url}"
    assert {name.partition(":")[0] for name in await hotline.keys()} == {"seen", "erased", "left", "counts"}


async def test_a_message_that_arrives_after_the_exit_opens_nothing_anew(hotline: Hotline) -> None:
    visitor = await hotline.page()
    await visitor.posts("/exit")
    assert await visitor.writes("still on its way") == 410
    assert await hotline.conversation("web", visitor.token) == ""


async def test_what_was_typed_beside_a_choice_comes_back_in_the_page(hotline: Hotline) -> None:
    visitor = await hotline.page()
    _, page = await visitor.posts("/send", plain=True, choice="1", text="half a sentence")
    assert ">half a sentence</textarea>" in page


async def test_the_exit_of_the_script_is_answered_with_nothing(hotline: Hotline) -> None:
    visitor = await hotline.page()
    await visitor.writes("hello")
    assert await visitor.posts("/exit", quiet="1") == (204, "")
    assert await hotline.conversation("web", visitor.token) == ""


async def test_the_exit_wakes_a_page_that_waits(hotline: Hotline) -> None:
    visitor = await hotline.page()
    await visitor.writes("hello")
    await visitor.reads_until("hello")
    waiting = await visitor.waits(visitor.posts("/next", after=visitor.after))
    await visitor.posts("/exit")
    _, news = await asyncio.wait_for(waiting, SOON)
    assert news["closed"] is True


async def test_too_many_messages_ahead_are_refused_with_numbers_to_call(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    engine.holds("message 0")
    visitor = await hotline.page()
    taken = [await visitor.writes(f"message {number}") for number in range(100)]
    status, answer = await visitor.posts("/send", text="one more")
    assert (set(taken), status, answer["error"]) == ({202}, 429, "too_fast")
    assert "112" in answer["text"]


async def test_an_empty_message_without_script_shows_the_talk_again(hotline: Hotline, engine: ScriptedEngine) -> None:
    visitor = await hotline.page()
    await visitor.posts("/send", plain=True, text="hello my friend")
    status, page = await visitor.posts("/send", plain=True, text=" ")
    assert (status, page.count("hello my friend")) == (200, 2)
    assert engine.texts == ["hello my friend"]


# ---- bad input ----


@pytest.mark.parametrize("path", ["/send", "/next", "/look", "/exit"])
@pytest.mark.parametrize(
    "token",
    ["", "short", "t" * 42, "t" * 44, "t" * 42 + "é", "t" * 42 + "\n", "t" * 42 + "{", "t" * 42 + "٢"],
)
async def test_a_broken_token_is_refused(hotline: Hotline, path: str, token: str) -> None:
    assert await Visitor(hotline, token).posts(path, text="hello") == (400, {"error": "token"})
    assert await hotline.keys() == []


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\u3000"])
async def test_an_empty_message_is_refused(hotline: Hotline, text: str) -> None:
    assert await Visitor(hotline, TOKEN).posts("/send", text=text) == (400, {"error": "text"})


@pytest.mark.parametrize("after", ["x", "-", "1", "1-2-3", "9" * 30 + "-1", "٢-١", "1-1\n", "+"])
async def test_a_broken_line_number_is_refused(hotline: Hotline, after: str) -> None:
    visitor = await hotline.page()
    await visitor.writes("hello")
    assert await visitor.posts("/next", after=after) == (400, {"error": "after"})


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (b"a%00b", "a b"),
        (b"a%ED%A0%80b", "a\ufffd\ufffd\ufffdb"),
        (b"a%FFb", "a\ufffdb"),
        ("ħëłłø 👋".encode(), "ħëłłø 👋"),
        (b"%22quoted%22%3B--", '"quoted";--'),
    ],
    ids=["null byte", "lone surrogate", "broken UTF-8", "raw UTF-8", "quotes"],
)
async def test_strange_letters_are_kept_as_far_as_they_are_letters(hotline: Hotline, sent: bytes, kept: str) -> None:
    visitor = await hotline.page()
    body = b"token=" + visitor.token.encode() + b"&text=" + sent
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    async with hotline.web.post(f"{hotline.url}/send", data=body, headers=headers) as response:
        assert response.status == 202
    assert (await visitor.reads())[0] == ("you", kept)


async def test_ten_thousand_letters_are_kept_to_four_thousand(hotline: Hotline) -> None:
    visitor = await hotline.page()
    assert await visitor.writes("1234567890" * 1_000) == 202
    assert (await visitor.reads())[0] == ("you", kept("1234567890" * 1_000))


async def test_an_error_never_shows_the_text_that_was_sent(hotline: Hotline) -> None:
    marked = f"marked {secrets.token_hex(8)}"
    bad = [
        await Visitor(hotline, "broken").posts("/send", text=marked),
        await Visitor(hotline, TOKEN).posts("/next", after=marked),
        await Visitor(hotline, TOKEN).posts(f"/{marked}", text=marked),
        await Visitor(hotline, TOKEN).posts("/send", text=marked * 10_000),
    ]
    assert [status for status, _ in bad] == [400, 400, 404, 413]
    assert [answer for _, answer in bad if marked in str(answer)] == []


# ---- Redis is gone ----


@pytest.mark.parametrize("before", [None, Vault(bytes(range(100, 132)))], ids=["", "while the master key is changed"])
async def test_with_redis_gone_the_page_says_so_and_shows_numbers(
    brittle_hotline: Hotline, own_redis: OwnRedis, before: Vault | None
) -> None:
    brittle_hotline.store.vault.before = before
    visitor = await brittle_hotline.page()
    await visitor.writes("hello")
    await visitor.reads_until("hello")
    waiting = await visitor.waits(visitor.posts("/next", after=visitor.after))
    own_redis.stop()
    status, answer = await visitor.posts("/send", text="are you there?")
    assert (status, answer["error"]) == (503, "store_away")
    assert "112" in answer["text"]
    assert (await asyncio.wait_for(waiting, SOON))[0] == 503
    assert (await visitor.posts("/next", after=visitor.after))[0] == 503
    status, page = await visitor.posts("/look", plain=True)
    assert status == 503
    assert "112" in re.findall(r'id="notice"[^>]*>([^<]*)<', page)[0]
    assert f'value="{visitor.token}"' in page
    assert (await visitor.posts("/exit"))[0] == 200
    assert (await brittle_hotline.page()).token


async def test_with_redis_back_the_same_page_goes_on(brittle_hotline: Hotline, own_redis: OwnRedis) -> None:
    visitor = await brittle_hotline.page()
    await visitor.writes("hello")
    await visitor.reads_until("hello")
    own_redis.stop()
    assert await visitor.writes("are you there?", id="again") == 503
    own_redis.start()
    assert await visitor.writes("are you there?", id="again") == 202
    await visitor.reads_until("are you there?")


async def test_a_message_is_not_accepted_twice_when_the_door_is_asked_again(hotline: Hotline) -> None:
    visitor = await hotline.page()
    await asyncio.gather(*(visitor.writes("hello", id="same") for _ in range(10)))
    await visitor.reads_until("hello")
    conversation = await hotline.conversation("web", visitor.token)
    assert await hotline.store.call("XLEN", key("transcript", conversation)) == 2
