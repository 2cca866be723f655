"""The bench of pages that wait: its pages are taken for open ones with a conversation, or it would measure refusals."""

from bot.messaging.message import Reply
from commands.bench.bench_waiting import talks_begun
from tests.hotline import Hotline, Visitor


async def test_a_page_of_the_bench_waits_and_reads_what_is_said(hotline: Hotline) -> None:
    (token,) = await talks_begun(hotline.settings.redis_url, hotline.store.vault, 1)
    page = Visitor(hotline, token)
    waiting = await page.waits(page.reads())
    assert not waiting.done()
    assert await hotline.notifier.say(await anext(aiter(hotline.store.conversations())), [Reply("utter_cover")])
    assert [who for who, _ in await waiting] == ["us"]
