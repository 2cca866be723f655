"""Why something was answered: told beside the decision where it was asked for, and kept nowhere."""

import json
from io import StringIO
from typing import Any

import pytest

from bot.conversation.record import Record
from bot.crypto.identity import new_id
from bot.engine.protocol import Question
from bot.rasa.turn_reasons import ExplainingTurns, remembered
from bot.storage.store import Store
from tests.bot.rasa.staged import StagedEngine
from tests.bot.rasa.test_memory import conversation, lent, opened


@pytest.fixture
def explaining(store: Store) -> Any:
    return StagedEngine(store, kind=ExplainingTurns).turns


async def asked(store: Store, turns: Any, id_: str, *texts: str) -> dict[str, Any]:
    """The last decision."""
    decisions = [await turns.decide(Question(id_, new_id(), text, await lent(store, id_))) for text in texts]
    found: dict[str, Any] = decisions[-1]
    return found


async def test_a_decision_tells_what_was_heard_and_what_answered(store: Store, explaining: Any) -> None:
    why = (await asked(store, explaining, await conversation(store), "hello", "yes", "he will kill me"))["why"]
    assert why["labels"] == [{"name": "immediate_danger", "confidence": 1.0}]
    assert (why["crisis"], why["answered_by"], why["locales"]) == (True, "immediate_danger", ["en"])


async def test_it_tells_where_the_talk_stood_before_and_what_is_remembered(store: Store, explaining: Any) -> None:
    why = (await asked(store, explaining, await conversation(store), "hello", "yes"))["why"]
    assert why["before"] == {"situation": "asked_safe", "question": "safe"}
    assert why["record"]["situation"] == "talk"


async def test_two_languages_are_told_while_it_is_not_known_which_is_read(store: Store, explaining: Any) -> None:
    id_ = await conversation(store)
    decision = await explaining.decide(Question(id_, new_id(), "hello", await lent(store, id_), unsure="es,fr"))
    assert decision["why"]["locales"] == ["es", "fr"]


async def test_a_repeated_turn_gets_the_same_answer_without_reasons(store: Store, explaining: Any) -> None:
    id_, turn = await conversation(store), new_id()
    question = Question(id_, turn, "hello", await lent(store, id_))
    first, again = await explaining.decide(question), await explaining.decide(question)
    assert again == {**first, "why": {}}


async def test_reasons_are_neither_kept_nor_logged(store: Store, explaining: Any, log: StringIO) -> None:
    id_ = await conversation(store)
    await asked(store, explaining, id_, "hello", "yes", "he locks me in")
    kept = await opened(store, id_)
    assert "why" not in json.dumps(kept.answer)
    assert "answered_by" not in log.getvalue()
    assert "confinement" not in log.getvalue()


async def test_an_engine_that_people_write_to_gives_none(store: Store) -> None:
    assert "why" not in await asked(store, StagedEngine(store).turns, await conversation(store), "hello")


def test_what_nothing_is_known_of_is_not_told() -> None:
    assert remembered(Record()) == {}
    assert remembered(Record(country="MX", told=["intro"], said=[{"say": "utter_ok"}])) == {
        "country": "MX",
        "told": ["intro"],
    }
