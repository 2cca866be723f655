"""What is remembered of a conversation, corrected beside the turns that write it."""

from typing import Any

import pytest

from bot.conversation.recall import correct, recall
from bot.conversation.record import Record
from bot.settings import Settings
from bot.storage.store import Store
from tests.desk.colleagues import Clock
from tests.desk.talking import Lines


async def test_what_a_turn_has_heard_meanwhile_is_not_written_over(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = Lines(store, settings, Clock(store))
    talk = await lines.writes("+1", situation="quiet")
    run = store.run

    async def after_a_turn(*asked: Any, **given: Any) -> Any:
        await lines.remembers(talk, situation="quiet", country="MX")
        return await run(*asked, **given)

    monkeypatch.setattr(store, "run", after_a_turn)
    assert not await correct(store, talk, Record.heard_safe)
    monkeypatch.undo()
    assert await recall(store, talk) == Record(situation="quiet", country="MX")

    assert await correct(store, talk, Record.heard_safe)
    assert await recall(store, talk) == Record(situation="talk", country="MX")


async def test_of_who_is_gone_nothing_is_written(store: Store, settings: Settings) -> None:
    talk = await Lines(store, settings, Clock(store)).writes("+1", situation="quiet")
    await store.call("FLUSHALL")

    assert not await correct(store, talk, Record.heard_safe)
    assert await store.call("DBSIZE") == 0
