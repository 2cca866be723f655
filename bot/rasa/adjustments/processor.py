"""Rasa's message processor with its model, our stores and a way to notice that an action failed."""

import tempfile
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.loader import load_predict_graph_runner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa_sdk import Action as OurAction

from bot.encoder.closer_looks import looks
from bot.engine.understood import Understood
from bot.rasa.adjustments.actions_in_process import ActionsInProcess, trust_our_actions
from bot.rasa.adjustments.phrase_names import PhraseNames
from bot.rasa.adjustments.straight_runner import StraightRunner
from bot.rasa.components.closer_look import looked
from bot.rasa.components.label_classifier import LabelClassifier
from bot.rasa.locks import ConversationLocks
from bot.rasa.turn_trackers import TurnTrackers
from bot.text.message_parts import parts
from bot.understanding.offline_checks import OfflineChecks


class ActionFailed(Exception):
    """An action raised something, or none was the last: the turn must not be kept. Names no text."""


class Processor(MessageProcessor):
    """Where Rasa logs an exception and answers with nothing, this one raises ActionFailed."""

    _no_tracker = DialogueStateTracker("", [])  # nothing is understood by what was said before

    @staticmethod
    def _load_model(model_path: Path) -> tuple[str, ModelMetadata, StraightRunner]:
        with tempfile.TemporaryDirectory() as folder:
            found = load_predict_graph_runner(Path(folder), model_path, LocalModelStorage, StraightRunner)
        return model_path.name, *found

    def parts(self, text: str) -> list[str]:
        """Split a cleaned text into what is read at once, as the reader measures it."""
        return parts(text, LabelClassifier.reader, OfflineChecks.load().cries)

    def looks(self, text: str, read: Sequence[str]) -> list[str]:
        """Return the closer looks into a cleaned text that is read in these parts."""
        return looks(text, read, LabelClassifier.reader, OfflineChecks.load().cries)

    def look(self, looks: Sequence[str]) -> list[Understood]:
        """Return what each of some looks tells."""
        return looked(looks)

    def read(self, messages: Sequence[UserMessage]) -> list[dict[str, Any]]:
        """Give what the model understands of each message, all in one run of its graph."""
        target = self.model_metadata.nlu_target
        inputs = {PLACEHOLDER_MESSAGE: list(messages), PLACEHOLDER_TRACKER: self._no_tracker}
        return [
            message.as_dict(only_output_properties=True) for message in self.graph_runner.run(inputs, [target])[target]
        ]

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: PhraseNames,
        prediction: PolicyPrediction,
    ) -> bool:
        watched = _Watched(action)
        more: bool = await super()._run_action(watched, tracker, output_channel, nlg, prediction)
        if watched.failed:
            raise ActionFailed(watched.failed)
        return more


class _Watched:
    """An action that remembers what was raised in it."""

    def __init__(self, action: Action) -> None:
        self._action = action
        self.failed: str | None = None

    async def run(self, *args: Any) -> list[Event]:
        try:
            events: list[Event] = await self._action.run(*args)
        except ActionExecutionRejection:
            raise
        except Exception as error:
            self.failed = type(error).__name__
            raise
        return events

    def __getattr__(self, name: str) -> Any:
        return getattr(self._action, name)


class Replies(OutputChannel):
    """Collects the phrases that a turn says."""

    def __init__(self) -> None:
        self.said: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """Name the channel, as Rasa asks for it."""
        return "quietline"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Take one reply; Rasa calls this."""
        self.said.append(message["custom"])


def load(model: Path, actions: Iterable[OurAction] = ()) -> tuple[Processor, TurnTrackers, ConversationLocks]:
    """Load the trained model; to read messages takes no actions.

    Rasa's own start-up would replace what it cannot load by something else, quietly.
    """
    trust_our_actions()
    trackers, locks, names = TurnTrackers(), ConversationLocks(), PhraseNames()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        processor = Processor(
            model_path=model,
            tracker_store=trackers,
            lock_store=locks,
            generator=names,
            action_endpoint=ActionsInProcess(actions),
            on_circuit_break=_circling,
        )
    trackers.domain = processor.domain
    names.responses = processor.domain.responses
    return processor, trackers, locks


def _circling(*_: Any) -> None:
    raise ActionFailed("endless actions")
