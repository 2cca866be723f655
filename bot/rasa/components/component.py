"""What our components have in common: how Rasa's graph makes those that learn nothing, and where a classifier may stand."""

from typing import Any, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier


class FixedComponent(GraphComponent):
    """A component that learns nothing: it is made of its configuration alone."""

    def __init__(self, config: dict[str, Any]) -> None:
        """Subclasses take what they need of `config`."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """Return the component, as Rasa's graph asks for it."""
        return cls(config)


class SecondClassifier(FixedComponent, IntentClassifier):
    """A classifier that changes what another one found."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Refuse a pipeline without a classifier before this."""
        return [IntentClassifier]
