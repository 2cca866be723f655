"""A long message is read in parts, none of them too long, its end among them; of what is no language little is read."""

from bot.text.message_parts import PARTS, TOKENS, WHOLE, parts
from tests.every import every

STORY = " ".join(f"In house {number} I came here for work." for number in range(40))
GARBAGE = "qxzwvkj"


class LetterGauge:
    """Four letters of a word are a token, and a text with one word that is none is garbage."""

    def measured(self, text: str) -> tuple[int, float]:
        return -(-len("".join(text.split())) // 4), 0.0

    def is_garbage(self, text: str, measured: tuple[int, float]) -> bool:
        return text.count(GARBAGE) * len(GARBAGE) * 2 > len(text)


def read(text: str) -> list[str]:
    return parts(text, LetterGauge(), lambda part: "knife" in part)


def different(word: str, times: int) -> str:
    """The word so many times, with a number behind each, so that no two parts are the same."""
    return " ".join(f"{word} {number}" for number in range(times))


def test_a_short_message_is_one_part() -> None:
    assert read("he hit me. help") == ["he hit me. help"]


@every("text", [STORY, different("word", 300), "ا" * 2_000, "帮" * 2_000, different("line\n", 300)])
def test_no_part_takes_longer_than_a_few_messages(text: str) -> None:
    assert max(LetterGauge().measured(part)[0] for part in read(text)) <= TOKENS
    assert len(read(text)) <= PARTS


def test_parts_end_where_sentences_end() -> None:
    assert all(part.endswith(".") for part in read(STORY))


@every("text", [STORY, different("word", 300)])
def test_nothing_is_lost_of_a_long_letter(text: str) -> None:
    assert " ".join(read(text)) == text


def test_no_part_is_a_few_words_alone() -> None:
    whole = different("abcdef", 120)
    assert LetterGauge().measured(whole)[0] > TOKENS
    assert min(len(part) for part in read(whole)) > len(whole) // 4


def test_a_message_of_some_length_is_read_as_it_is() -> None:
    text = " ".join(["passport"] * (TOKENS // 2 + 10))
    assert TOKENS < LetterGauge().measured(text)[0] <= WHOLE
    assert read(text) == [text]


@every("sentences", [20, 22, 25, 27, 33, 36, 40])
def test_the_last_sentence_of_a_letter_is_read_by_itself(sentences: int) -> None:
    letter = " ".join(f"In house {number} I came here for work and slept on the floor." for number in range(sentences))
    assert read(f"{letter} Now he wants my sister")[-1] == "Now he wants my sister"


def test_the_end_of_a_very_long_message_is_read() -> None:
    assert "he has a key" in read(different("this is my story.", 2_000) + " he has a key")[-1]


def test_a_few_words_over_and_over_are_read_once_with_what_stands_at_the_end() -> None:
    assert len(read("help me now " * 300)) == 1
    (part,) = read("help me now " * 300 + "he has a key")
    assert part.endswith("he has a key")


def test_of_four_thousand_letters_in_no_language_a_little_of_the_end_is_read() -> None:
    (part,) = read(different(GARBAGE, 400))
    assert len(part) <= TOKENS


def test_in_garbage_reviewed_words_for_a_crisis_are_read() -> None:
    (part,) = read(f"{different(GARBAGE, 200)} he has a knife {different(GARBAGE, 200)}")
    assert "he has a knife" in part
