"""Both nets for a crisis: how sure the reader must be, and that a phrase alone decides nothing."""

from pathlib import Path

import pytest
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.rasa.components import crisis_bands
from bot.rasa.components.crisis_bands import CrisisBounds, crisis_bounds
from bot.rasa.components.crisis_classifier import BANDS, CrisisClassifier
from bot.rasa.components.label_classifier import CRISES
from bot.understanding.crisis import LABELS
from tests.every import every

BOUNDS = CrisisBounds(maybe=0.2, sure=0.6, maybe_named=0.05, sure_named=0.3)


@pytest.fixture
def bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.rasa.components.crisis_classifier.crisis_bounds", lambda: dict.fromkeys(LABELS, BOUNDS))


def read(text: str, **crises: float) -> Message:
    message = Message({TEXT: text, INTENT: {"name": "greet", "confidence": 0.5}, CRISES: crises})
    CrisisClassifier.create({}, None, None, None).process([message])
    return message


@pytest.mark.usefixtures("bounds")
@every(
    ("text", "chances", "label", "bands"),
    [
        ("x", {"immediate_danger": 0.61}, "immediate_danger", {"immediate_danger": [0.61, "sure"]}),
        ("x", {"immediate_danger": 0.59}, "greet", {"immediate_danger": [0.59, "maybe"]}),
        ("x", {"immediate_danger": 0.19}, "greet", {}),
        ("you know i want to die now", {"self_harm": 0.31}, "self_harm", {"self_harm": [0.31, "sure"]}),
        ("you know i want to die now", {"self_harm": 0.06}, "greet", {"self_harm": [0.06, "maybe"]}),
        ("you know i want to die now", {"self_harm": 0.01}, "greet", {}),
        ("you know i want to die now", {"immediate_danger": 0.31}, "greet", {"immediate_danger": [0.31, "maybe"]}),
        ("x", {}, "greet", {}),
    ],
)
def test_a_phrase_lowers_what_the_reader_must_be_sure_of(
    text: str, chances: dict[str, float], label: str, bands: dict[str, list[object]]
) -> None:
    message = read(text, **chances)
    assert message.get(INTENT)["name"] == label
    assert message.get("crisis") == (label != "greet")
    assert message.get(BANDS) == bands


@pytest.mark.usefixtures("bounds")
def test_a_short_cry_decides_whatever_the_reader_hears() -> None:
    message = read("I will hang myself", immediate_danger=0.31)
    assert message.get(INTENT)["name"] == "self_harm"
    assert message.get(BANDS) == {"immediate_danger": [0.31, "maybe"], "self_harm": [0.6, "sure"]}


@pytest.mark.usefixtures("bounds")
@every(
    ("label", "chance", "answered", "crisis"),
    [
        ("self_harm", 0.3, "self_harm", True),
        ("cannot_talk_safely", 0.3, "cannot_talk_safely", True),
        ("cannot_talk_safely", 0.1, "ask_bot", False),
    ],
)
def test_a_possible_crisis_that_is_likeliest_is_answered_and_an_impossible_one_is_not(
    label: str, chance: float, answered: str, crisis: bool
) -> None:
    ranking = [
        {"name": label, "confidence": 0.4},
        {"name": "self_harm", "confidence": 0.3},
        {"name": "ask_bot", "confidence": 0.25},
    ]
    message = Message({TEXT: "x", INTENT: ranking[0], INTENT_RANKING_KEY: ranking, CRISES: {label: chance}})
    CrisisClassifier.create({}, None, None, None).process([message])
    assert (message.get(INTENT)["name"], message.get("crisis")) == (answered, crisis)


@pytest.mark.usefixtures("bounds")
def test_the_more_urgent_of_two_sure_ones_is_answered_and_both_are_told() -> None:
    message = read("x", self_harm=0.9, immediate_danger=0.7)
    assert message.get(INTENT) == {"name": "immediate_danger", "confidence": 0.7}
    assert set(message.get(BANDS)) == {"immediate_danger", "self_harm"}


def test_bounds_in_earnest_rise_from_maybe_to_sure_and_are_lower_where_a_phrase_helps() -> None:
    for bounds in crisis_bounds().values():
        assert 0 < bounds.maybe <= bounds.sure < 1
        assert 0 <= bounds.maybe_named <= bounds.sure_named <= bounds.sure
        assert bounds.maybe_named <= bounds.maybe


def test_every_crisis_has_its_bounds(tmp_path: Path) -> None:
    assert tuple(crisis_bounds()) == LABELS
    without = tmp_path / "bands.yml"
    without.write_text(crisis_bands.FILE.read_text("utf-8").replace("self_harm:", "else:"))
    with pytest.raises(KeyError):
        crisis_bounds(without)
