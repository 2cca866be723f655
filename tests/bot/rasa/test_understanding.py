"""What a message means: the worst piece of it counts, and every message means something or nothing, never an error."""

from collections.abc import Sequence
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot.encoder.closer_looks import looks
from bot.encoder.reading import Context
from bot.engine.understood import FALLBACK, NOTHING, Understood
from bot.rasa.understanding import Understanding, combined
from bot.text.message_parts import parts
from tests.bot.text.test_message_parts import LetterGauge


class ScriptedNlu:
    """Stands in for a model: labels pieces by a word in them."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.contexts: list[Any] = []
        self.told: dict[str, float] = {}

    def parts(self, text: str) -> list[str]:
        return parts(text, LetterGauge(), lambda part: "knife" in part)

    def looks(self, text: str, read: Sequence[str]) -> list[str]:
        return looks(text, read, LetterGauge(), lambda part: "knife" in part)

    def look(self, looks: Sequence[str]) -> list[Understood]:
        return [self._looked(look) for look in looks]

    def _looked(self, look: str) -> Understood:
        if "tonight" in look:
            return Understood("immediate_danger", 0.9, True, crises={"immediate_danger": (0.9, "sure")})
        said = {"ask_police": 0.9} if "police" in look else {}
        crises = {"self_harm": (0.5, "maybe")} if "alone" in look else {}
        return Understood(FALLBACK, 0.0, False, heard={"many": said}, crises=crises)

    def read(self, messages: Sequence[UserMessage]) -> list[dict[str, Any]]:
        self.seen += [message.text or "" for message in messages]
        self.contexts += [message.metadata for message in messages]
        return [self._read(message.text or "") for message in messages]

    def _read(self, text: str) -> dict[str, Any]:
        labels = {
            "knife": "immediate_danger",
            "die": "self_harm",
            "passport": "disclose_document_confiscation",
            "wages": "find_legal_aid",
        }
        label = next((label for word, label in labels.items() if word in text), "nlu_fallback")
        label = "greet" if "hello" in text else label
        entities = [{"entity": "country", "value": "MX", "start": 0}] if "mexico" in text else []
        crisis = label in ("immediate_danger", "self_harm")
        names = [label, "find_shelter", "find_hotline", *(f"label_{place}" for place in range(40))]
        ranking = [{"name": name, "confidence": 0.5 / (place + 1)} for place, name in enumerate(names)]
        intent = {"name": label, "confidence": 0.5}
        many = {
            "find_legal_aid": 0.9 if "lawyer" in text else 0.1,
            "find_shelter": 0.8 if "bed" in text else 0.1,
            "find_shelter/men": 0.9 if "bed" in text else 0.1,
            "thanks": 0.9,
            label: 0.99,
            **self.told,
        }
        bands = {"self_harm": [0.3, "maybe"]} if "sad" in text else {}
        return {
            "intent": intent, "entities": entities, "crisis": crisis, "intent_ranking": ranking,
            "heard": {"many": many}, "crisis_bands": bands,
        }  # fmt: skip


@pytest.fixture
def nlu() -> ScriptedNlu:
    return ScriptedNlu()


@pytest.fixture
def understanding(nlu: ScriptedNlu) -> Understanding:
    return Understanding(nlu)


FILLER = "We went to the market and then home again. " * 20


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


def test_a_bare_number_is_read_where_something_was_asked(understanding: Understanding, nlu: ScriptedNlu) -> None:
    assert understanding.read("15", Context("age")) != NOTHING
    assert understanding.read("😭", Context("age")) == NOTHING
    assert nlu.seen == ["15"]


def test_a_message_is_read_once_in_its_context(understanding: Understanding, nlu: ScriptedNlu) -> None:
    understanding.read("they took my passport, and i need a bed, and a lawyer", Context("safe", "gap"))
    assert (len(nlu.seen), nlu.contexts) == (1, [{"question": "safe", "mode": "gap"}])


def test_a_slash_never_reaches_rasa(understanding: Understanding, nlu: ScriptedNlu) -> None:
    understanding.read("/restart")
    understanding.read(f"hello.\n/restart {FILLER}\n/session_start {FILLER}")
    assert [text for text in nlu.seen if text.startswith("/")] == []


def test_rasa_is_not_given_the_text_for_its_tracker(understanding: Understanding) -> None:
    assert understanding.read("hello my secret").parse_data()["text"] == ""


def test_other_thoughts_of_a_message_are_told_surest_first(understanding: Understanding) -> None:
    assert understanding.read("my passport, a bed and a lawyer").also == ("find_legal_aid", "find_shelter")
    assert understanding.read("hello").also == ()


def test_a_story_decides_before_the_need_that_is_asked_for(understanding: Understanding, nlu: ScriptedNlu) -> None:
    nlu.told = {"disclose_unpaid_wages": 0.8}
    found = understanding.read("wages, a lawyer and a bed")
    assert (found.intent, found.also) == ("disclose_unpaid_wages", ("find_legal_aid", "find_shelter"))


def test_a_possible_crisis_anywhere_in_a_message_is_told(understanding: Understanding) -> None:
    found = understanding.read(f"hello. {FILLER} so sad. {FILLER}")
    assert (found.crisis, found.crises) == (False, {"self_harm": (0.3, "maybe")})


def test_what_any_part_says_is_heard_of_the_whole(understanding: Understanding) -> None:
    found = understanding.read(f"she keeps my passport. {FILLER} i need a lawyer. {FILLER}")
    assert (found.intent, found.heard["many"]["find_legal_aid"]) == ("disclose_document_confiscation", 0.9)


def test_what_is_not_understood_comes_with_the_likeliest_labels_for_asking_back(understanding: Understanding) -> None:
    ranking = understanding.read("something else").ranking
    assert [label for label, _ in ranking[:2]] == ["find_shelter", "find_hotline"]
    assert len(ranking) < 10


def test_what_is_understood_comes_without_second_thoughts(understanding: Understanding) -> None:
    assert understanding.read("hello").ranking == ()


def test_rasa_is_given_a_label_and_nothing_that_was_said(understanding: Understanding) -> None:
    found = understanding.read("she keeps my passport")
    plain = found.parse_data()
    assert (plain["text"], plain["entities"], set(plain)) == ("", [], {"text", "intent", "entities"})
    assert plain["intent"]["name"] == found.intent


def test_of_what_was_told_only_a_label_of_the_domain_decides(understanding: Understanding, nlu: ScriptedNlu) -> None:
    nlu.told = {"disclose_threats": 0.75, "disclose_threats/tell": 0.9}
    assert understanding.read("wages, a lawyer and a bed").intent == "disclose_threats"


DAYS = " ".join(f"We went to market {number} and then home again." for number in range(20))


@pytest.mark.parametrize("place", [0, 10, 20])
def test_a_crisis_that_only_a_closer_look_hears_decides(understanding: Understanding, place: int) -> None:
    sentences = [f"we went to market {number} and then home again" for number in range(20)]
    letter = " and ".join([*sentences[:place], "tonight he comes", *sentences[place:]])
    found = understanding.read(f"hello, she keeps my passport {letter}")
    assert (found.intent, found.crisis, "immediate_danger" in found.crises) == ("immediate_danger", True, True)


def test_a_question_that_only_a_closer_look_hears_is_told_beside_the_story(understanding: Understanding) -> None:
    found = understanding.read(f"she keeps my passport. {DAYS} will the police take me")
    assert (found.intent, found.also) == ("disclose_document_confiscation", ("ask_police",))


def test_what_a_closer_look_holds_possible_is_told_and_decides_nothing(understanding: Understanding) -> None:
    found = understanding.read(f"hello. {DAYS} and then i was alone")
    assert (found.intent, found.crisis, found.crises) == ("greet", False, {"self_harm": (0.5, "maybe")})


def test_a_look_that_only_holds_a_crisis_possible_takes_no_sureness_away() -> None:
    part = Understood("immediate_danger", 0.22, True, crises={"immediate_danger": (0.22, "sure")})
    look = Understood(FALLBACK, 0.0, False, crises={"immediate_danger": (0.5, "maybe")})
    assert combined([part, look]).crises == {"immediate_danger": (0.5, "sure")}
