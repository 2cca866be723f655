"""What is learned: it knows its examples, gives chances, can be kept as plain numbers, and is the same each time."""

import numpy as np
import pytest

from bot.rasa.learning.meaning import Examples, Meaning
from bot.rasa.learning.views import bare
from bot.understanding.crisis import LABELS

TEXTS = [f"{word} {number}" for word in ("hello", "thanks", "knife") for number in range(8)]
NAMES = ["greet"] * 8 + ["thanks"] * 8 + ["immediate_danger"] * 8


class Words:
    """An encoder that knows three words."""

    def embed(self, texts: list[str]) -> np.ndarray:
        rows = [[("hello" in text), ("thanks" in text), ("knife" in text)] for text in texts]
        return np.array(rows, np.float32)


@pytest.fixture(scope="module")
def meaning() -> Meaning:
    return Meaning.learned(Examples.encoded(TEXTS, NAMES, Words()))


def labels(meaning: Meaning, *texts: str) -> list[str]:
    chances = meaning.chances(texts, Words().embed(list(texts))).labels
    return [meaning.names[place] for place in chances.argmax(axis=1)]


def test_it_knows_what_it_learned(meaning: Meaning) -> None:
    assert labels(meaning, "hello 2", "thanks 5", "knife 7") == ["greet", "thanks", "immediate_danger"]


def test_chances_of_labels_sum_up_to_one_and_a_crisis_has_its_own(meaning: Meaning) -> None:
    found = meaning.chances(["knife 3", "hello 3"], Words().embed(["knife 3", "hello 3"]))
    assert found.labels.sum(axis=1) == pytest.approx([1, 1], abs=1e-4)
    danger = found.crises[:, LABELS.index("immediate_danger")]
    assert danger[0] > 0.5 > danger[1]


def test_it_is_the_same_after_it_was_kept(meaning: Meaning) -> None:
    again = Meaning.of(meaning.names, meaning.tables())
    one, other = (each.chances(["hello"], Words().embed(["hello"])).labels for each in (meaning, again))
    assert np.array_equal(one, other)


def test_learning_again_gives_the_same(meaning: Meaning) -> None:
    again = Meaning.learned(Examples.encoded(TEXTS, NAMES, Words()))
    assert all(np.array_equal(table, again.tables()[name]) for name, table in meaning.tables().items())


def test_nothing_of_the_examples_can_be_read_in_it(meaning: Meaning) -> None:
    assert all(table.dtype.kind == "f" for table in meaning.tables().values())


def test_how_far_it_is_is_told_until_the_end() -> None:
    told: list[tuple[str, int, int]] = []
    Meaning.learned(Examples.encoded(TEXTS, NAMES, Words()), lambda *one: told.append(one))
    assert told[-1][1] == told[-1][2] == len(told)


def test_another_writing_is_the_text_without_accents_and_capitals() -> None:
    assert bare("Ví dụ ĐÂY") == "vi du day"
