"""A message of several sentences is cut where they end, and what says nothing by itself is left out."""

import pytest

from bot.text.sentences import sentences
from tests.every import every


@every(
    ("text", "parts"),
    [
        ("Is it free? And do they tell the police?", ["And do they tell the police?"]),
        ("he hits me, he keeps my passport", ["he keeps my passport"]),
        ("他打我。护照在老板那里，怎么办", ["他打我。", "护照在老板那里，", "怎么办"][:2]),
        ("هل هو مجاني؟ وهل يتكلمون العربية؟", ["هل هو مجاني؟", "وهل يتكلمون العربية؟"]),
        ("I owe 25,000 pounds", []),
        ("one sentence of some length and no more", []),
        ("", []),
    ],
)
def test_it_is_cut_where_sentences_end(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@pytest.mark.parametrize("text", ["a. " * 400, "my boss shouts at us. " * 40])
def test_no_more_than_eight_are_read(text: str) -> None:
    assert len(sentences(text)) <= 8
