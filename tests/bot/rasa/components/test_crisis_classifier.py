"""Both nets for a crisis: phrases, and a bar that is low where a miss costs a life."""

from pathlib import Path

import pytest
import yaml
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.rasa.components.crisis_classifier import CrisisClassifier
from bot.rasa.components.label_classifier import CRISES
from bot.understanding.crisis import LABELS

PIPELINE = yaml.load((Path(__file__).parents[4] / "config.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)["pipeline"]
CONFIG = next(part for part in PIPELINE if part["name"].endswith("CrisisClassifier"))


BARS = {"threshold": 0.2, "higher": {"cannot_talk_safely": 0.3, "medical_emergency": 0.3}}


def read(text: str, likeliest: str = "greet", **crises: float) -> Message:
    ranking = [{"name": likeliest, "confidence": 0.5}]
    message = Message({TEXT: text, INTENT: ranking[0], INTENT_RANKING_KEY: ranking, CRISES: crises})
    CrisisClassifier.create({**CONFIG, **BARS}, None, None, None).process([message])
    return message


@pytest.mark.parametrize(
    ("chances", "label"),
    [
        ({"immediate_danger": 0.21}, "immediate_danger"),
        ({"medical_emergency": 0.28}, "greet"),
        ({"medical_emergency": 0.31}, "medical_emergency"),
        ({"immediate_danger": 0.12, "medical_emergency": 0.1}, "immediate_danger"),
        ({"immediate_danger": 0.19}, "greet"),
        ({"self_harm": 0.2, "immediate_danger": 0.15}, "self_harm"),
        ({"cannot_talk_safely": 0.28}, "greet"),
        ({"cannot_talk_safely": 0.31}, "cannot_talk_safely"),
        ({}, "greet"),
    ],
)
def test_the_bar_is_higher_where_a_mistake_costs_the_talk(chances: dict[str, float], label: str) -> None:
    message = read("x", "greet", **chances)
    assert message.get(INTENT)["name"] == label
    assert message.get("crisis") == (label != "greet")


def test_a_crisis_that_is_the_likeliest_label_needs_no_bar() -> None:
    message = read("x", likeliest="cannot_talk_safely", cannot_talk_safely=0.15)
    assert (message.get(INTENT)["name"], message.get("crisis")) == ("cannot_talk_safely", True)


def test_a_reviewed_phrase_needs_no_bar() -> None:
    assert read("i want to die").get(INTENT) == {"name": "self_harm", "confidence": 1.0}


def test_the_more_urgent_of_both_nets_is_answered() -> None:
    assert read("he checks my phone", immediate_danger=0.4).get(INTENT)["name"] == "immediate_danger"


def test_every_crisis_label_has_a_bar_in_earnest() -> None:
    assert 0 < CONFIG["threshold"] < 1
    assert set(CONFIG["higher"]) <= set(LABELS)
