"""Reviewed phrases as they are compared: read in one go, they give what each would give that passed the gate like a message."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.text.cleaning import clean, words
from bot.text.word_lists import plain, plain_all
from tests.every import every

DATA = Path(__file__).parents[3] / "data"


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (text for value in node.values() for text in _texts(value))
    elif isinstance(node, list):
        yield from (text for value in node for text in _texts(value))
    elif isinstance(node, str):
        yield node


@pytest.mark.long
@every("kind", ["age_words", "crisis", "indicator_words", "topic_words", "wanted_words", "words"])
def test_no_phrase_of_ours_is_changed_by_the_gate(kind: str) -> None:
    files = sorted((DATA / kind).glob("*.yml"))
    assert files
    for file in files:
        texts = list(_texts(yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)))
        if words(clean("\n".join(texts))) != words("\n".join(texts)):
            assert [text for text in texts if words(clean(text)) != words(text)] == [], file.name


def test_many_phrases_are_folded_as_each_alone() -> None:
    phrases = ["Ne me laisse PAS sortir", "", "لا أستطيع", "पासपोर्ट ले लिया", "don't", "ฉันกลัว"]
    assert plain_all(phrases) == [plain(phrase) for phrase in phrases]
    assert plain_all([]) == []
