"""An engine whose turns, memory, desk and actions are the real ones; only what a message means is told by the test."""

from collections.abc import Mapping, Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.engine.protocol import Decision, Question
from bot.engine.protocol import Question as Asked
from bot.engine.understood import FALLBACK, Understood
from bot.messaging.message import Choice, Reply
from bot.rasa.handoff_bridge import HandoffBridge
from bot.rasa.locks import ConversationLocks
from bot.rasa.memory import Memory
from bot.rasa.turns import Turns
from bot.storage.store import Store
from bot.text.cleaning import clean, words
from bot.understanding.crisis import LABELS
from channels.engine_client import EngineAway
from resources_directory.files.entries_folder import ENTRIES, read_file
from resources_directory.model.directory import Directory
from resources_directory.places.whereabouts import Whereabouts
from tests.actions.small_directory import SmallDirectory, SmallGazetteer
from tests.actions.stage import BOOK, DOMAIN, _arguments, actions_of_engine
from tests.hotline import ScriptedEngine

MEANINGS = {
    "hello": "greet",
    "yes": "affirm",
    "no": "deny",
    "can i talk to a person": "talk_to_human",
    "he will kill me": "immediate_danger",
    "i want to die": "self_harm",
    "he is here": "cannot_talk_safely",
    "he locks me in": "disclose_confinement",
    "who can see this": "ask_anonymity",
    "erase it": "delete_my_data",
    "what can you do": "help_menu",
    "i need a number": "find_hotline",
}


class Mexico(SmallDirectory):
    """The country file of Mexico, and no other: all of them take seconds to read."""

    def directory(self) -> Directory:
        return _mexico()

    def gazetteer(self) -> SmallGazetteer:
        return OwnNameAlone()


class OwnNameAlone(SmallGazetteer):
    """Knows, as the true one does, that somebody who writes the name of a place and nothing else is there."""

    def whereabouts(
        self, text: str, locale: str, country: str | None, asked: bool, near: Sequence[str] = ()
    ) -> Whereabouts:
        return super().whereabouts(text, locale, country, asked or len(words(clean(text))) == 1, near)


@cache
def _mexico() -> Directory:
    return Directory.of([read_file(ENTRIES / "mx.yml")])


class StagedProcessor:
    """Stands where Rasa stands: reads a message by a list, and runs the action that the rules give."""

    def __init__(self, meanings: Mapping[str, str]) -> None:
        self._meanings = {clean(text).casefold(): label for text, label in meanings.items()}
        self._executor = actions_of_engine()

    def parts(self, text: str) -> list[str]:
        return [text]

    def looks(self, text: str, read: Sequence[str]) -> list[str]:
        return []

    def look(self, looks: Sequence[str]) -> list[Understood]:
        return []

    def read(self, messages: Sequence[UserMessage]) -> list[dict[str, Any]]:
        return [self._read(message) for message in messages]

    def _read(self, message: UserMessage) -> dict[str, Any]:
        label = self._meanings.get(message.text.casefold(), FALLBACK)
        entities = (
            [{"entity": "country", "value": "MX", "words": "mexico"}] if "mexico" in message.text.casefold() else []
        )
        return {"intent": {"name": label, "confidence": 1.0}, "entities": entities, "crisis": label in LABELS}

    async def handle_message(self, message: UserMessage) -> None:
        parsed: dict[str, Any] = message.parse_data
        dispatcher = CollectingDispatcher()
        tracker = Tracker("c", {}, parsed, [], False, None, {}, "action_listen")
        await self._executor.actions["action_answer"](dispatcher, tracker, DOMAIN)
        replies: Any = message.output_channel
        replies.said += [_reply(said).plain() for said in dispatcher.messages]


class StagedEngine(ScriptedEngine):
    """Answers the gateway's questions as an engine process does."""

    def __init__(self, store: Store, meanings: Mapping[str, str] = MEANINGS, kind: type[Turns] = Turns) -> None:
        super().__init__()
        trackers: Any = SimpleNamespace(begin=lambda *_: None, end=lambda _: b"")
        processor: Any = StagedProcessor(meanings)
        self.turns = kind(Memory(store), processor, trackers, ConversationLocks(), BOOK, HandoffBridge(store))

    async def decide(self, question: Asked) -> Decision:
        try:
            return Decision.of(await self.turns.decide(Question.of(vars(question))))
        except Exception as error:
            raise EngineAway(type(error).__name__, refused=True) from error


def _reply(said: dict[str, Any]) -> Reply:
    about = BOOK.reply(said["response"])
    choices = tuple(Choice(**choice) for choice in said["choices"]) if "choices" in said else about.choices
    return Reply(said["response"], _arguments(said), choices, about.always)
