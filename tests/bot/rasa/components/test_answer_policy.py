"""The policy: each message is answered once, by one action, and then Rasa waits."""

from types import SimpleNamespace
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.rasa.components.answer_policy import ANSWER, AnswerPolicy
from tests.bot.rasa.conftest import SMALL

# Rasa reads YAML with a library that warns about itself.
pytestmark = pytest.mark.filterwarnings("ignore")
LISTENS = ActionExecuted("action_listen")


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load(SMALL / "domain.yml")


def next_action(domain: Domain, *events: Event) -> str:
    unused: Any = SimpleNamespace(node_name="policy", is_finetuning=False)
    policy = AnswerPolicy(AnswerPolicy.get_default_config(), unused, unused, unused)
    tracker = DialogueStateTracker.from_events("c", list(events), domain=domain)
    chances = policy.predict_action_probabilities(tracker, domain).probabilities
    assert sorted(chances)[-2:] == [0.0, 1.0]
    return str(domain.action_names_or_texts[chances.index(1.0)])


@pytest.mark.parametrize("label", ["immediate_danger", "greet", "nlu_fallback"])
def test_whatever_is_said_one_action_answers(domain: Domain, label: str) -> None:
    assert next_action(domain, LISTENS, UserUttered("", {"name": label})) == ANSWER


def test_after_the_answer_the_next_message_is_awaited(domain: Domain) -> None:
    assert next_action(domain, LISTENS, UserUttered("", {"name": "greet"}), ActionExecuted(ANSWER)) == "action_listen"


def test_a_second_message_is_answered_like_the_first(domain: Domain) -> None:
    first = (LISTENS, UserUttered("", {"name": "greet"}), ActionExecuted(ANSWER))
    assert next_action(domain, *first, LISTENS, UserUttered("", {"name": "greet"})) == ANSWER
