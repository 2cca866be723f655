"""The page is told whether a crisis was answered last: then it is not cleared by itself."""

import re
from typing import Any

import pytest

from bot.messaging.message import Reply
from tests.hotline import Hotline, ScriptedEngine, Visitor, echo

CRISIS = ["utter_danger_112", "utter_number_there", "utter_medical", "utter_self_harm", "utter_cannot_talk"]


async def news_after(visitor: Visitor, text: str) -> dict[str, Any]:
    """All that was said so far, with the page's view of it."""
    await visitor.writes(text)
    await visitor.reads_until("last")
    _, news = await visitor.posts("/next")
    return dict(news)


@pytest.mark.parametrize("phrase", CRISIS)
async def test_after_the_answer_to_a_crisis_the_page_is_told(
    hotline: Hotline, engine: ScriptedEngine, phrase: str
) -> None:
    engine.answers("he is here", Reply(phrase, {"number": "112"}), echo("last"))
    visitor = await hotline.page()
    assert (await news_after(visitor, "he is here"))["crisis"] is True
    _, page = await visitor.posts("/look", plain=True)
    assert 'data-crisis="1"' in page


async def test_it_is_told_also_with_the_last_line_alone(hotline: Hotline, engine: ScriptedEngine) -> None:
    engine.answers("he is here", Reply("utter_danger_112"), echo("last"))
    visitor = await hotline.page()
    news = await news_after(visitor, "he is here")
    before = news["lines"][-2]["id"]
    _, end = await visitor.posts("/next", after=before)
    assert (len(end["lines"]), end["crisis"]) == (1, True)


async def test_once_the_talk_goes_on_it_is_over(hotline: Hotline, engine: ScriptedEngine) -> None:
    engine.answers("he is here", Reply("utter_danger_112"))
    engine.answers("he is gone", echo("last"))
    visitor = await hotline.page()
    await visitor.writes("he is here")
    assert (await news_after(visitor, "he is gone"))["crisis"] is False
    _, page = await visitor.posts("/look", plain=True)
    assert re.search(r'data-crisis=""', page)
