"""Whole messages of listed phrases: everything must be cut into them, and one of them must tell."""

import pytest

from bot.text.whole_messages import WholeMessages, without

BYE = WholeMessages(["bye", "see you"], ["ok", "see", "sir", "thank you"])
SAFE = WholeMessages(["安全", "没事"], ["我", "现在", "的"])


@pytest.mark.parametrize("said", ["bye", "ok bye", "ok see you sir", "bye bye", "thank you sir bye"])
def test_pieces_combine_in_any_order(said: str) -> None:
    assert BYE.holds(said)


@pytest.mark.parametrize(
    "said", ["", "ok", "ok sir", "see", "goodbye", "bye mother", "bye he", "byebye", "see sir you"]
)
def test_a_word_that_is_not_listed_or_none_that_tells_is_nothing(said: str) -> None:
    assert not BYE.holds(said)


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ("我现在安全的", True),
        ("我 现在 安全", True),
        ("现在", False),
        ("我不安全", False),
        ("安全吗", False),
        ("没事ok", False),
    ],
)
def test_a_script_without_blanks_is_cut_anywhere(said: str, holds: bool) -> None:
    assert SAFE.holds(said) is holds


def test_a_long_message_costs_little_even_where_much_fits() -> None:
    many = WholeMessages(["a" * size for size in range(1, 40)], ["b"])
    assert many.holds("a " * 2_000 + "b")
    assert not many.holds("a " * 2_000 + "c")


@pytest.mark.parametrize(
    ("said", "free"),
    [("yes but he sleeps", False), ("yes butter", True), ("现在不安全", False), ("", True)],
)
def test_a_doubt_is_a_whole_word_where_words_are_parted(said: str, free: bool) -> None:
    assert without(said, frozenset({"but", "不"})) is free
