"""What the engine is asked: letters that stand for many others are read as these, and as few."""

from bot.engine.protocol import Question

PLAIN = {"conversation": "c" * 32, "turn": "turn-1", "data_key": "a2V5"}


def test_a_flood_of_letters_that_unfold_to_eighteen_is_a_short_question() -> None:
    assert len(Question.of({**PLAIN, "text": "\ufdfa\ufdfb" * 2_000}).text) < 500


def test_a_question_of_a_usual_text_is_that_text() -> None:
    text = "me quitó el pasaporte… ½ del sueldo, نص الراتب"
    assert Question.of({**PLAIN, "text": text}).text == text
