"""What the eye cannot see does not change what is understood, and what it can see stays."""

import pytest

from bot.text.cleaning import clean, folded, has_letters, unfolded, words
from tests.every import every


@every(
    ("written", "read"),
    [
        ("  help \t me\n\nnow ", "help me now"),
        ("he\u200blp m\u00ade", "help me"),
        ("h\u200de\u200cl\u2060p", "help"),
        ("\u202ehelp\u202c", "help"),
        ("help\U000e0068\U000e0069", "help"),
        ("help\x00me", "help me"),
        ("help \ud83d me", "help me"),
        ("ｈｅｌｐ", "help"),
        ("heeeeeeelp", "heeelp"),
        ("z\u0300\u0301\u0302\u0303\u0304\u0305a", "z\u0300\u0301\u0302a"),
        ("", ""),
        (" \u200b\u2060 ", ""),
    ],
)
def test_what_cannot_be_seen_is_gone(written: str, read: str) -> None:
    assert clean(written) == read


@every("text", ["می\u200cخواهم", "क्\u200dष", "सहायता", "ช่วยด้วย", "مرحبا", "¿dónde?", "👩\u200d👧"])
def test_what_belongs_to_a_script_stays(text: str) -> None:
    assert clean(text) == text


def test_a_lone_surrogate_beside_a_whole_emoji_leaves_the_emoji() -> None:
    assert clean("\ud800😀") == "😀"


@every(
    ("text", "plain"),
    [
        ("No PUEDO más", "no puedo mas"),
        ("don’t", "dont"),
        ("مَدْرَسَة", "مدرسه"),
        ("إلى أين آخذ", "الي اين اخذ"),
        ("مسؤول شيء ئ", "مسوول شيء ي"),
        ("الـــسلام", "السلام"),
        ("हिन्दी", "हिन्दी"),
    ],
)
def test_folding_takes_away_what_people_leave_out_on_a_phone(text: str, plain: str) -> None:
    assert folded(text) == plain


def test_words_are_what_stands_between_signs() -> None:
    assert words("He's HERE!!! (now), ¿sí?") == ["hes", "here", "now", "si"]


@every(("text", "there"), [("a", True), ("ب", True), ("帮", True), ("12 😭 ...", False), ("", False)])
def test_letters_of_any_script_are_letters(text: str, there: bool) -> None:
    assert has_letters(text) is there


@pytest.mark.timeout(20)
def test_a_flood_of_joiners_costs_no_more_than_other_letters() -> None:
    # With a pattern that backtracks this takes a minute, and everybody waits for it.
    assert clean("\u200d" * 40_000 + "help") == "help"


def test_letters_that_stand_for_eighteen_are_read_as_what_they_stand_for_and_as_few() -> None:
    assert unfolded("\ufdfa" * 4_000) == "صلى الله عليه وسلم" * 3
    assert len(unfolded("\ufdfa\ufdfb" * 2_000)) == 300
    assert unfolded("ｈｅｌｐ… he took my passport ½") == "ｈｅｌｐ… he took my passport ½"
