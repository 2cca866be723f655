"""Marks that somebody writes must be a listed phrase's; who types none is understood too, unless the list says otherwise."""

from bot.text.marked_phrases import spelled, spellings
from tests.every import every


@every(
    ("phrase", "message"),
    [
        ("xóa hết", "XÓA HẾT"),
        ("xóa hết", "xoá hết"),  # the mark stands on either letter
        ("xóa hết", "xoa het"),
        ("xóa hết", "xoa hết"),
        ("adiós", "adios"),
        ("oprește", "opreşte"),  # with a cedilla, as old keyboards have it
        ("à demain", "a demain"),
        ("c'est bon", "cest bon"),
        ("احذف", "أحذف"),
        ("всё", "все"),
        ("đừng nhắn tin cho tôi nữa", "dung nhan tin cho toi nua"),
    ],
)
def test_a_phrase_is_known_with_its_marks_and_without(phrase: str, message: str) -> None:
    assert spelled(message) in set(spellings([phrase]))


@every(
    ("phrase", "message"),
    [
        ("borre", "borré"),
        ("chau", "cháu"),
        ("dạ", "đã"),
        ("off đây", "off dạy"),
        ("sì", "sí"),
        ("=xóa", "xoa"),
        ("=đi đây", "di day"),
    ],
)
def test_other_marks_make_another_word_and_a_sign_takes_away_the_form_without(phrase: str, message: str) -> None:
    assert spelled(message) not in set(spellings([phrase]))


def test_a_long_message_full_of_marks_is_spelled_once() -> None:
    assert len(spelled("ế" * 2_000)) <= 6_000
