"""Closer looks: every few words of a long message are read by themselves too, its end as well; of garbage none are."""

from bot.encoder.closer_looks import LONG, MOST, WINDOW, looks
from bot.text.message_parts import parts
from tests.bot.text.test_message_parts import GARBAGE, LetterGauge, different
from tests.every import every

LETTER = different("sixteen letters", 40)


def looked(text: str) -> list[str]:
    gauge = LetterGauge()
    return looks(text, parts(text, gauge, _cries), gauge, _cries)


def _cries(part: str) -> bool:
    return "knife" in part


def test_a_message_of_usual_length_is_read_once() -> None:
    short = " ".join(["word"] * LONG)
    assert LetterGauge().measured(short)[0] == LONG
    assert looked(short) == []


@every("place", [0, 7, 10, 17, 20])
@every("ending", [". ", " "])
def test_a_sentence_anywhere_in_a_letter_stands_whole_in_one_look(place: int, ending: str) -> None:
    sentences = [f"in house {number} we slept on the floor{ending}" for number in range(20)]
    letter = "".join([*sentences[:place], f"he will come tonight with a gun{ending}", *sentences[place:]]).strip()
    assert any("he will come tonight with a gun" in look for look in looked(letter))


@every("text", [LETTER, different("帮我", 200), different("سلام", 200), different("word", 900)])
def test_no_look_is_longer_than_a_usual_message_and_there_are_not_many(text: str) -> None:
    found = looked(text)
    assert max(LetterGauge().measured(look)[0] for look in found) <= WINDOW
    assert 1 < len(found) <= MOST


def test_of_a_very_long_letter_both_ends_questions_and_reviewed_words_come_first() -> None:
    story = different("we slept on the cold floor.", 60)
    letter = f"My name is Ana. {story} he has a knife. {story} Who pays for it? {different('it rained.', 200)} Come to gate nine"
    found = looked(letter)
    assert len(found) == MOST
    assert all(any(words in look for look in found) for words in ("My name is Ana", "a knife", "Who pays", "gate nine"))


@every("text", [different(GARBAGE, 400), "help me now " * 300, f"{different(GARBAGE, 200)} he has a knife"])
def test_there_is_no_closer_look_where_only_a_little_is_read(text: str) -> None:
    assert looked(text) == []


def test_a_few_words_over_and_over_get_no_closer_look() -> None:
    assert looked(" ".join(["peace be with him"] * 20)) == []
