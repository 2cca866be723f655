"""Finds the names of countries and of languages in a text: entities "country" (ISO 3166-1 alpha-2) and "language" (BCP 47)."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.countries import countries
from bot.languages import languages


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class NameExtractor(GraphComponent, EntityExtractorMixin):
    """Adds entities by looking names up; nothing is learned."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "NameExtractor":
        """Make the component as Rasa's graph asks for it."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add what each message names."""
        for message in messages:
            text = message.get(TEXT) or ""
            found = [{"entity": "country", "value": code} for code in countries(text)]
            found += [{"entity": "language", "value": tag} for tag in languages(text)]
            message.set(ENTITIES, [*(message.get(ENTITIES) or []), *found], add_to_output=True)
        return messages
