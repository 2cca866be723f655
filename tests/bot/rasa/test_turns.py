"""Turns through the whole engine with a small model: decided once, kept whole or not at all, and silent in every log."""

import asyncio
import io
from dataclasses import dataclass
from typing import Any

import pytest

from bot import logs
from bot.conversation.record import Record
from bot.crypto.identity import new_id
from bot.encoder.reading import Context
from bot.engine.protocol import Question
from bot.engine.understood import Understood
from bot.phrases.phrases import Phrasebook
from bot.rasa.adjustments import environment
from bot.rasa.adjustments.processor import ActionFailed, Processor
from bot.rasa.components.answer_policy import ANSWER
from bot.rasa.handoff_bridge import HandoffBridge
from bot.rasa.locks import ConversationLocks
from bot.rasa.memory import Memory
from bot.rasa.turn_trackers import TurnTrackers
from bot.rasa.turns import Erased, Turns, _without_text
from bot.reporting.complaints import suspend
from bot.storage.store import Store, key
from tests.bot.rasa.conftest import SMALL
from tests.bot.rasa.small_actions import Answer
from tests.bot.rasa.test_memory import PARTS, conversation, lent, opened
from tests.hotline import eventually

pytestmark = pytest.mark.rasa
CANARY = "heron77"


@dataclass
class Talk:
    """One person and the engine."""

    turns: Turns
    memory: Memory
    store: Store
    id: str

    async def says(self, text: str, turn: str = "", kind: str = "text") -> dict[str, Any]:
        return await self.turns.decide(
            Question(self.id, turn or new_id(), text, await lent(self.store, self.id), kind=kind)
        )

    async def hears(self, text: str, **more: Any) -> list[str]:
        return [reply["say"] for reply in (await self.says(text, **more))["replies"]]

    async def record(self) -> Record:
        return (await opened(self.store, self.id)).record

    async def stored(self) -> list[bytes]:
        return [await self.store.call("GET", key(part, self.id)) for part in PARTS]


@pytest.fixture
async def talk(store: Store, small_processor: tuple[Processor, TurnTrackers, ConversationLocks]) -> Talk:
    memory = Memory(store)
    turns = Turns(memory, *small_processor, Phrasebook.load(SMALL), HandoffBridge(store))
    return Talk(turns, memory, store, await conversation(store))


async def test_the_first_message_is_met_by_what_comes_before_the_talk(talk: Talk) -> None:
    assert await talk.hears("hello") == ["utter_safe"]
    assert await talk.hears("hello") == ["utter_hello"]


async def test_a_crisis_is_answered_in_every_situation(talk: Talk) -> None:
    decision = await talk.says("he is hitting me")
    assert [reply["say"] for reply in decision["replies"]] == ["utter_danger"]
    assert decision["replies"][0]["always"] is True
    assert (decision["crisis"], decision["forget"], decision["locale"]) == (True, True, "es")


async def test_a_turn_knows_what_is_suspended_and_leaves_complaints_and_what_was_not_found(talk: Talk) -> None:
    await suspend(talk.store, "es-suspended")
    decision = await talk.says("he is hitting me")
    assert decision["complaints"] == ["es-a", "es-suspended"]
    assert decision["unmet"] == [{"need": "find_shelter", "country": "ES", "region": "", "locale": "en"}]


async def test_a_number_is_the_choice_that_was_shown(talk: Talk) -> None:
    await talk.hears("hello")
    decision = await talk.says("2")
    assert (decision["intent"], decision["replies"][0]["arguments"]) == ("provide_location", {"country": "MX"})
    assert (await talk.record()).country == "MX"


async def test_a_place_is_read_from_the_text(talk: Talk) -> None:
    await talk.hears("hello")
    assert (await talk.says("i am in mexico"))["replies"][0]["arguments"] == {"country": "MX"}


async def test_a_picture_is_answered_without_being_understood(talk: Talk) -> None:
    decision = await talk.says("", kind="picture")
    assert [reply["say"] for reply in decision["replies"]] == ["utter_no_files"]
    assert decision["intent"] is None


@pytest.mark.parametrize(
    "text", ["/restart", "/session_start", "/greet", '/greet{"country": "MX"}', "/EXTERNAL_x", "//back"]
)
async def test_a_slash_is_no_command(talk: Talk, text: str) -> None:
    assert await talk.hears(text) in (["utter_safe"], ["utter_danger"])


@pytest.mark.parametrize("text", ["", "   ", "😭", "12345", "\x00", "\ud800", "ﷺ" * 8, "x" * 2_000, "帮 " * 900])
async def test_any_text_is_answered(talk: Talk, text: str) -> None:
    assert await talk.hears(text) != []


async def test_the_same_turn_asked_again_gives_the_same_and_runs_nothing(talk: Talk) -> None:
    first = await talk.says("hello", turn="one")
    before = await talk.stored()
    assert await talk.says("hello", turn="one") == first
    assert await talk.stored() == before


async def test_the_same_turn_asked_twice_at_once_runs_once(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    both = await asyncio.gather(talk.says("hello", turn="one"), talk.says("hello", turn="one"))
    assert both[0] == both[1]
    assert (await talk.record()).situation == "talk"
    assert both[0]["replies"][0]["say"] == "utter_safe"


@pytest.mark.parametrize("text", ["thank you so much", "goodbye"])
async def test_when_an_action_fails_nothing_is_kept(talk: Talk, text: str) -> None:
    await talk.hears("hello")
    before = await talk.stored()
    with pytest.raises(ActionFailed):
        await talk.says(text)
    assert await talk.stored() == before
    assert await talk.hears("hello") == ["utter_hello"]


async def test_a_conversation_without_a_key_is_gone(talk: Talk) -> None:
    talk.id = new_id()
    with pytest.raises(Erased):
        await talk.says("hello")


async def test_a_conversation_erased_during_the_turn_stays_erased(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def erased(*_: Any) -> list[Any]:
        await talk.store.call("DEL", key("conversation", talk.id))
        return []

    monkeypatch.setattr(talk.turns, "_let_rasa_decide", erased)
    with pytest.raises(Erased):
        await talk.says("hello")
    assert await talk.stored() == [None, None, None]


async def test_a_long_conversation_does_not_grow(talk: Talk) -> None:
    sizes = []
    for _ in range(30):
        await talk.hears("hello")
        sizes.append(sum(len(part) for part in await talk.stored()))
    assert sizes[29] < sizes[9] * 1.2


async def test_no_log_at_any_level_holds_what_was_said(
    talk: Talk, log: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    environment.silence("debug")
    logs.set_up("debug", log)
    for text in (f"hello {CANARY}", f"thanks {CANARY}", f"he is hitting me {CANARY}", f"/{CANARY}", f"bye {CANARY}"):
        await asyncio.gather(talk.says(text), return_exceptions=True)
    printed = capfd.readouterr()
    assert "rasa.core.processor" in log.getvalue()
    assert CANARY not in log.getvalue() + printed.out + printed.err


def test_the_small_action_is_that_of_the_policy_and_of_the_small_domain() -> None:
    assert Answer().name() == ANSWER
    assert ANSWER in (SMALL / "domain.yml").read_text("utf-8")


@pytest.mark.parametrize(
    ("kind", "text", "label", "entities"),
    [
        ("command", "start", "greet", []),
        ("command", "menu", "help_menu", []),
        ("command", "help", "step", [("to", "text_help")]),
        ("command", "way_back", "step", [("to", "way_back")]),
        ("command", "a word of a later version", "no_files", []),
        ("edit", "", "no_files", [("to", "edit")]),
        ("picture", "", "no_files", []),
        ("location", "Paris, FR", "no_files", []),
    ],
)
def test_what_is_no_text_is_read_by_its_kind(kind: str, text: str, label: str, entities: list[tuple[str, str]]) -> None:
    understood = _without_text(Question("c", "t", text, "", kind=kind), Record())
    assert (understood.intent, understood.confidence, understood.crisis) == (label, 1.0, False)
    assert [(found["entity"], found["value"]) for found in understood.entities] == entities


@pytest.mark.parametrize("question", ["country", "town"])
def test_a_place_counts_only_where_one_was_asked_for(question: str) -> None:
    asked = Record(question=question)
    understood = _without_text(Question("c", "t", "Paris, FR", "", kind="location"), asked)
    assert understood.intent == "provide_location"
    assert understood.entities == [{"entity": "country", "value": "FR"}]
    assert _without_text(Question("c", "t", "", "", kind="location"), asked).intent == "no_files"


def test_a_place_that_a_phone_tells_keeps_the_number_of_its_city() -> None:
    sent = Question("c", "t", "Springfield, US", "", kind="location", place="4250542")
    entities = _without_text(sent, Record(question="town")).entities
    assert {"entity": "picked", "value": "4250542"} in entities


async def test_a_short_message_is_read_between_two_parts_of_a_long_letter(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Talk(talk.turns, talk.memory, talk.store, await conversation(talk.store))
    read = talk.turns._understanding._part
    seen: list[str] = []

    def noticed(part: str, context: Context) -> list[Understood]:
        seen.append(part)
        return read(part, context)

    monkeypatch.setattr(talk.turns._understanding, "_part", noticed)
    letter = " ".join(f"In house {number} they gave us work in the kitchen and no day off." for number in range(50))
    long = asyncio.create_task(talk.says(f"{letter} he is hitting me"))
    await eventually(lambda: seen)
    await other.says("hello")
    assert not long.done()
    decision = await long
    assert seen[-1] != "hello"
    assert len(seen) > 4
    assert decision["crisis"]  # what is said at the end is heard
