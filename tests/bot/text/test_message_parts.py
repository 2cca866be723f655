"""A long message is read in pieces, none of them too long, its end among them."""

from bot.text.message_parts import LETTERS, PIECES, pieces
from tests.every import every

STORY = "I came here for work. " * 40


def test_a_short_message_is_one_piece() -> None:
    assert pieces("he hit me. help") == ["he hit me. help"]


@every("text", [STORY, "word " * 300, "ا" * 2_000, "帮" * 2_000, "line\n" * 300])
def test_no_piece_is_longer_than_the_encoder_reads_well(text: str) -> None:
    assert max(len(piece) for piece in pieces(text)) <= LETTERS
    assert len(pieces(text)) <= PIECES


def test_pieces_end_where_sentences_end() -> None:
    assert all(piece.endswith(".") for piece in pieces(STORY.strip()))


def test_nothing_is_lost_of_a_message_of_usual_length() -> None:
    assert " ".join(pieces(STORY.strip())) == STORY.strip()


def test_the_end_of_a_very_long_message_is_read() -> None:
    assert "he has a knife" in pieces("this is my story. " * 300 + "he has a knife")[-1]
