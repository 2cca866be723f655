"""Whole messages of listed phrases: everything must be cut into them, and one of them must tell."""

import pytest

from bot.text.whole_messages import WholeMessages, free_of

BYE = WholeMessages({"bye": (["bye", "see you"], ["ok", "see", "sir", "thank you"])})
SAFE = WholeMessages({"safe": (["安全", "没事"], ["我", "现在", "的"])})


@pytest.mark.parametrize("said", ["bye", "ok bye", "ok see you sir", "bye bye", "thank you sir bye"])
def test_pieces_combine_in_any_order(said: str) -> None:
    assert BYE.find(said)


@pytest.mark.parametrize(
    "said", ["", "ok", "ok sir", "see", "goodbye", "bye mother", "bye he", "byebye", "see sir you"]
)
def test_a_word_that_is_not_listed_or_none_that_tells_is_nothing(said: str) -> None:
    assert not BYE.find(said)


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
    assert bool(SAFE.find(said)) is holds


def test_pieces_of_two_lists_never_combine_and_each_list_that_holds_is_named() -> None:
    lists = WholeMessages({"tl": (["safe"], ["na"]), "bn": (["safe na", "ha"], ["bhai"]), "en": (["safe"], [])})
    assert lists.find("safe na") == ["tl", "bn"]
    assert lists.find("safe") == ["tl", "en"]
    assert lists.find("safe na na bhai") == []
    assert lists.find("bhai safe na") == ["bn"]
    assert lists.find("bhai") == []


def test_a_long_message_costs_little_even_where_much_fits() -> None:
    many = WholeMessages({"": (["a" * size for size in range(1, 40)], ["b"])})
    assert many.find("a " * 2_000 + "b")
    assert not many.find("a " * 2_000 + "c")


@pytest.mark.parametrize(
    ("said", "free"),
    [("yes but he sleeps", False), ("yes butter", True), ("现在不安全", False), ("", True)],
)
def test_a_doubt_is_a_whole_word_where_words_are_parted(said: str, free: bool) -> None:
    assert free_of(said, frozenset({"but", "不"})) is free
