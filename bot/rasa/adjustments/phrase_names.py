"""Rasa's language generator, which generates no language: it names phrases, and the gateway says them.

So Rasa's tracker holds no prose, and the same sentences are said when Rasa is away.
"""

from typing import Any

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.trackers import DialogueStateTracker

from bot.messaging.message import Choice, Reply

# What rasa_sdk and Rasa add to every call beside our own arguments.
_NOT_ARGUMENTS = frozenset({
    "domain_responses", "text", "buttons", "elements", "custom", "template", "response", "image", "attachment",
    "quick_replies", "choices",
})  # fmt: skip


# Only below Rasa's templated generator does `responses` get filled, once the model is loaded.
class PhraseNames(TemplatedNaturalLanguageGenerator):
    """Gives `{say, arguments, choices, always}` for a named response."""

    def __init__(self) -> None:
        super().__init__({})

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any]:
        """Name the phrase; raises KeyError when the domain does not have it."""
        metadata = self.responses[utter_action][0].get("metadata") or {}
        chosen = kwargs["choices"] if "choices" in kwargs else metadata.get("choices") or []
        arguments = {name: value for name, value in kwargs.items() if name not in _NOT_ARGUMENTS}
        choices = tuple(Choice(**choice) for choice in chosen)
        reply = Reply(utter_action, arguments, choices, always=bool(metadata.get("always")))
        return {"custom": reply.plain()}
