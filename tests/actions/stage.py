"""A stage for actions: labels come in as the engine would understand them, and the phrases said come out.

Rules and domain are the real ones; only Rasa's machinery between them is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from actions.policy.answering import ACTIONS
from bot.conversation.record import Record
from bot.engine import turn as turns
from bot.engine.turn import Turn
from bot.engine.understood import Understood
from bot.handoff.handoff_snapshot import HandoffSnapshot
from bot.messaging.message import Reply
from bot.organisation import Organisation
from bot.phrases.phrases import Phrasebook
from bot.understanding.crisis import LABELS as CRISES
from channels.contract import Abilities
from channels.delivery.rendering import Renderer

ROOT = Path(__file__).parent.parent.parent
DOMAIN: dict[str, Any] = yaml.load((ROOT / "domain.yml").read_bytes(), Loader=yaml.CSafeLoader)
BOOK = Phrasebook.load(ROOT)
LABELS: list[str] = DOMAIN["intents"]


@cache
def actions_of_engine() -> ActionExecutor:
    """All our actions, as the engine has them: they keep nothing of a conversation."""
    executor = ActionExecutor()
    for action in ACTIONS:
        executor.register_action(action)
    return executor


@dataclass
class Stage:
    """One conversation with the actions."""

    channel: str = "web"
    locale: str = "en"
    record: Record = field(default_factory=Record)
    turn: Turn | None = None
    suspended: frozenset[str] = frozenset()
    desk: HandoffSnapshot = field(default_factory=HandoffSnapshot)  # nobody on duty
    organisation: Organisation = field(default_factory=Organisation)  # nothing is set
    way_back_hours: str = ""  # no way back can be made
    said: list[dict[str, Any]] = field(default_factory=list)

    async def hears(
        self,
        label: str | None,
        text: str = "some words",
        understood: list[dict[str, str]] | None = None,
        *,
        also: tuple[str, ...] = (),
        returning: bool = False,
        phone: str | None = None,
        unsure: tuple[str, ...] = (),
        confidence: float = 1.0,
        guesses: tuple[tuple[str, float], ...] = (),
        chosen: bool = False,
        heard: Mapping[str, Mapping[str, float]] | None = None,
        possible: bool = False,
        crises: Mapping[str, tuple[float, str]] | None = None,
        **entities: str,
    ) -> list[str]:
        """Answer one understood message; give the names of the phrases said."""
        about: dict[str, Any] = {"record": self.record, "returning": returning, "unsure": unsure}
        about |= {"phone_country": phone, "suspended": self.suspended, "desk": self.desk}
        about |= {"organisation": self.organisation, "way_back_hours": self.way_back_hours}
        found = understood or [{"entity": name, "value": value} for name, value in entities.items()]
        bands = crises or ({label: (confidence, "maybe")} if possible and label else {})
        meaning = Understood(label, confidence, label in CRISES, found, also, guesses, chosen, heard or {}, bands)
        self.turn = Turn("c" * 32, "t", text, self.locale, self.channel, meaning, **about)
        turns.begin(self.turn)
        tracker = Tracker("c" * 32, {}, {}, [], False, None, {}, "action_listen")
        dispatcher = CollectingDispatcher()
        await actions_of_engine().actions["action_answer"](dispatcher, tracker, DOMAIN)
        self.said = dispatcher.messages
        self._show_choices()
        if label != "change_language":
            self.record.said = [self._reply(message) for message in self.said]
        return [name for message in self.said for name in _names(message)]

    def shows(self, channel: str = "") -> str:
        """Return all that the last turn said, as the person reads it."""
        texts = [
            BOOK.render(
                message["response"],
                _arguments(message),
                self.locale,
                channel or self.channel,
            )
            for message in self.said
        ]
        return "\n".join(texts)

    def as_text_messages(self, message: dict[str, Any]) -> list[str]:
        """Return one reply as it is sent by SMS."""
        renderer = Renderer(BOOK, {"sms": Abilities()})
        return [sent.text for sent in renderer.outgoing(Reply.of(self._reply(message)), [self.locale], "sms", "turn")]

    def _reply(self, message: dict[str, Any]) -> dict[str, Any]:
        default = (DOMAIN["responses"][message["response"]][0].get("metadata") or {}).get("choices") or []
        choices = message.get("choices", default)
        return {"say": message["response"], "arguments": _arguments(message), "choices": choices}

    def _show_choices(self) -> None:
        for message in self.said:
            if shown := self._reply(message)["choices"]:
                self.record.choices = shown


def _names(message: dict[str, Any]) -> list[str]:
    """Return the phrases of a message: one that joins two has both."""
    say = message.get("response") or message["say"]
    if say != "utter_both":
        return [say]
    told = message.get("arguments") or message
    return [*_names(told["first"]), *_names(told["second"])]


def _arguments(message: dict[str, Any]) -> dict[str, Any]:
    reserved = ("response", "template", "text", "buttons", "elements", "custom", "image", "attachment", "choices")
    return {name: value for name, value in message.items() if name not in reserved}
