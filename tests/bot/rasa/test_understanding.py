"""What a message means: the worst piece of it counts, and every message means something or nothing, never an error."""

from collections.abc import Sequence
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot.rasa.understanding import NOTHING, Understanding


class ScriptedNlu:
    """Stands in for a trained model: labels pieces by a word in them."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def read(self, messages: Sequence[UserMessage]) -> list[dict[str, Any]]:
        self.seen += [message.text or "" for message in messages]
        return [self._read(message.text or "") for message in messages]

    def _read(self, text: str) -> dict[str, Any]:
        labels = {"knife": "immediate_danger", "die": "self_harm", "passport": "disclose_document_confiscation"}
        label = next((label for word, label in labels.items() if word in text), "nlu_fallback")
        label = "greet" if "hello" in text else label
        entities = [{"entity": "country", "value": "MX", "start": 0}] if "mexico" in text else []
        crisis = label in ("immediate_danger", "self_harm")
        names = [label, "find_shelter", "find_hotline", *(f"label_{place}" for place in range(40))]
        ranking = [{"name": name, "confidence": 0.5 / (place + 1)} for place, name in enumerate(names)]
        intent = {"name": label, "confidence": 0.5}
        return {"intent": intent, "entities": entities, "crisis": crisis, "intent_ranking": ranking}


@pytest.fixture
def nlu() -> ScriptedNlu:
    return ScriptedNlu()


@pytest.fixture
def understanding(nlu: ScriptedNlu) -> Understanding:
    return Understanding(nlu)


FILLER = "We went to the market and then home again. " * 10


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (f"hello. {FILLER} he has a knife. {FILLER}", "immediate_danger"),
        (f"i want to die. {FILLER} he has a knife", "immediate_danger"),
        (f"hello. {FILLER} she keeps my passport. {FILLER}", "disclose_document_confiscation"),
        (f"hello. {FILLER}", "greet"),
        (FILLER, "nlu_fallback"),
    ],
)
def test_the_worst_piece_of_a_long_message_counts(understanding: Understanding, text: str, label: str) -> None:
    assert understanding.read(text).intent == label


def test_places_of_all_pieces_count_once(understanding: Understanding) -> None:
    found = understanding.read(f"i am in mexico. {FILLER} yes in mexico")
    assert found.entities == [{"entity": "country", "value": "MX"}]


@pytest.mark.parametrize("text", ["", "  ", "😭😭", "12345", "?!", "\u200b", "/", "///"])
def test_without_letters_there_is_nothing_to_read(understanding: Understanding, nlu: ScriptedNlu, text: str) -> None:
    assert understanding.read(text) == NOTHING
    assert nlu.seen == []


def test_a_slash_never_reaches_rasa(understanding: Understanding, nlu: ScriptedNlu) -> None:
    understanding.read("/restart")
    understanding.read(f"hello.\n/restart {FILLER}\n/session_start {FILLER}")
    assert [text for text in nlu.seen if text.startswith("/")] == []


def test_rasa_is_not_given_the_text_for_its_tracker(understanding: Understanding) -> None:
    assert understanding.read("hello my secret").parse_data()["text"] == ""


def test_what_is_not_understood_comes_with_the_likeliest_labels_for_asking_back(understanding: Understanding) -> None:
    ranking = understanding.read("something else").parse_data()["intent_ranking"]
    assert [guess["name"] for guess in ranking[:2]] == ["find_shelter", "find_hotline"]
    assert len(ranking) < 10


def test_what_is_understood_comes_without_second_thoughts(understanding: Understanding) -> None:
    assert understanding.read("hello").parse_data()["intent_ranking"] == []
