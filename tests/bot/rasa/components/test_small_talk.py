"""Small talk counts only where it is likely."""

import pytest
import yaml
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.rasa.components.small_talk import LABELS, SmallTalk
from tests.bot.rasa.conftest import ROOT


@pytest.mark.parametrize(
    ("label", "confidence", "counted"),
    [
        ("greet", 0.39, "nlu_fallback"),
        ("greet", 0.41, "greet"),
        ("affirm", 0.3, "nlu_fallback"),
        ("disclose_threats", 0.21, "disclose_threats"),
        ("immediate_danger", 0.21, "immediate_danger"),
        ("nlu_fallback", 0.2, "nlu_fallback"),
    ],
)
def test_unlikely_small_talk_is_asked_again(label: str, confidence: float, counted: str) -> None:
    message = Message({INTENT: {"name": label, "confidence": confidence}})
    SmallTalk(SmallTalk.get_default_config()).process([message])
    assert message.get(INTENT) == {"name": counted, "confidence": confidence}


def test_every_label_of_small_talk_exists() -> None:
    domain = yaml.load((ROOT / "domain.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    assert set(domain["intents"]) >= LABELS
