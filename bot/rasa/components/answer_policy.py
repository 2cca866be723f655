"""The policy: one action answers each message, and then Rasa waits for the next. What it says is decided in actions/."""

from typing import Any

from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

ANSWER = "action_answer"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=False)
class AnswerPolicy(Policy):
    """A policy that looks only at whether the message was answered. Rules of Rasa would say the same once for each label."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the priority that Rasa wants to know among several policies."""
        return {"priority": 1}

    @staticmethod
    def supported_data() -> SupportedData:
        """Return that no data is needed of either kind."""
        return SupportedData.ML_AND_RULE_DATA

    def train(self, *_: Any, **__: Any) -> Resource:
        """Return what was there: nothing is learned."""
        return self._resource

    def predict_action_probabilities(
        self, tracker: DialogueStateTracker, domain: Domain, rule_only_data: Any = None, **_: Any
    ) -> PolicyPrediction:
        """Return the answer for a message, and waiting after it."""
        name = ANSWER if tracker.latest_action_name == ACTION_LISTEN_NAME else ACTION_LISTEN_NAME
        chances = self._default_predictions(domain)
        chances[domain.index_for_action(name)] = 1.0
        return self._prediction(chances)
