"""Sets of words of one meaning are found wherever they stand, with any ending where a star says so, in every script."""

from bot.text.cleaning import clean, words
from bot.text.word_sets import WordSets, stand_together
from tests.every import every

SETS = WordSets.of(
    {
        "sea": ["sea", "over the side"],
        "jump": ["jump*", "прыг*", "跳"],
        "night": ["tonight", "tonite", "今晚"],
        "bag": ["bag", "حقيبة", "กระเป๋า"],
    }
)


def found(text: str) -> set[str]:
    return set(SETS.find(words(clean(text))))


@every(
    ("text", "names"),
    [
        ("Shall I JUMP tonite?", {"jump", "night"}),
        ("im jumping over the side", {"jump", "sea"}),
        ("over the hill", set()),
        ("the season", set()),
        ("прыгнуть или нет", {"jump"}),
        ("今晚要不要跳", {"night", "jump"}),
        ("وحقيبة صديقي", {"bag"}),
        ("ถือกระเป๋าให้เขา", {"bag"}),
        ("", set()),
    ],
)
def test_words_are_found_with_their_endings(text: str, names: set[str]) -> None:
    assert found(text) == names


def test_where_words_stand_is_counted_in_letters() -> None:
    assert SETS.find(words("the sea, and then jump in")) == {"sea": [3], "jump": [13]}


def test_groups_stand_together_if_one_of_each_is_near_the_first() -> None:
    assert stand_together([[0, 200], [210]], within=20)
    assert not stand_together([[0], [210]], within=20)
    assert not stand_together([[0], []], within=20)
