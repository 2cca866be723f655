"""Words that act at once, as people and their phones really write them."""

from pathlib import Path

import pytest

from bot.understanding.offline_checks import OfflineChecks
from bot.understanding.quick_words import QuickWords

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def quick() -> QuickWords:
    return QuickWords.load()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("bye", "cover"),
        ("Bye.", "cover"),
        ("adiós", "cover"),
        ("ADIOS!", "cover"),
        (".", "cover"),
        (" . ", "cover"),
        ("0", "cover"),
        ("باي", "cover"),
        ("delete", "erase"),
        ("Delete all", "erase"),
        ("delete\u00a0all", "erase"),
        ("Borrar todo.", "erase"),
        ("احذف", "erase"),
        ("\u200fاحذف\u200f", "erase"),
        ("STOP", "stop"),
        ("Stop !", "stop"),
        ("stop...", "stop"),
        ("ＳＴＯＰ", "stop"),
        ("Arrêt", "stop"),
        ("\u200bstop", "stop"),
        ("٠", "cover"),
        ("۰", "cover"),
        ("०", "cover"),
        ("０", "cover"),
        ("。", "cover"),
        ("۔", "cover"),
        ("．", "cover"),
        ("Bye。", "cover"),
        ("¡Adiós!", "cover"),
        ("Chao", "cover"),
        ("chau!", "cover"),
        ("باي باي", "cover"),
        ("الغاء", "stop"),
        ("Parar", "stop"),
        ("ADIÓS señora", "cover"),
        ("886", "cover"),
        ("PA", "cover"),  # our texts tell people to write these
        ("STERGE", "erase"),
        ("ȘTERGE", "erase"),
        ("XÓA", "erase"),
        ("XOA", "erase"),
        ("ไว้เจอกันใหม่", "cover"),
        ("borra todo ya por favor", "erase"),
        ("xoá hết tin nhắn", "erase"),
        ("xoa het tin nhan", "erase"),
    ],
)
def test_a_quick_word_is_known(quick: QuickWords, text: str, kind: str) -> None:
    assert quick.find(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\0",
        "!",
        "..",
        "...",
        "?",
        "1",
        "00",
        "please stop him",
        "he said bye",
        "delete it maybe",
        "stopped",
        "by",
        "chào",
        "سلام",
        "١",
        "٠٠",
        "。。",
        "alto",
        "no puede parar",
        "توقف عن ضربي",
        "papasa",  # "please send" in Tagalog
        "bora",  # "let's go" in Portuguese
        "khayr",  # "no" in Dari
        "papás",  # parents in Spanish
        "papa",
        "tata mama",
        "lớp một",  # first grade in Vietnamese
        "bảy",  # seven
        "all clear",  # an answer to "safe to write?"
        "ok clear",
        "i must go",
        "em phải đi",
        "выдали",  # "they handed me over" in Russian
        "goodbye guys",
        "goodbye mum",
        "大家再见",
        "وداعا",
        "borré esto ayer",  # what tells of what was done
        "ya eliminé esto",
        "j'ai tout supprimé",
        "eu já excluí",
        "em đã xóa rồi",
        "信息他都删了",
        "every night i delete all",
        "bura hai",  # bad, in Hindi
        "em xoa",
        "xấu ạ",
        "cháu ạ",
        "my off day",
        "a plus",  # a mark, a blood group
        "ok pa",  # still well, in Tagalog
        "đứng lại đi",  # halt
        "ruk jao please",  # wait
        "الان نفرست",  # do not send now
        "ekhon jai na",
        "clear karo please",
        "visa cancelado",
        "取消了",
    ],
)
def test_other_messages_are_not_taken_for_one(quick: QuickWords, text: str) -> None:
    assert quick.find(text) is None


@pytest.mark.parametrize("text", ["Cancel", "end.", "QUIT", "arrêt"])
def test_what_carriers_act_on_stops_by_text_message_only(quick: QuickWords, text: str) -> None:
    assert quick.find(text, by_sms=True) == "stop"
    assert quick.find(text, by_sms=False) is None
    assert OfflineChecks.load().urgency(text, "sms").quick == "stop"
    assert OfflineChecks.load().urgency(text, "web").quick == ""


def test_no_quick_word_answers_a_menu(quick: QuickWords) -> None:
    answers = ["1", "٢", "۳", "yes", "no", "sí", "نعم", "لا", "one", "dos", "tres", "واحد", "ok"]
    assert [answer for answer in answers if quick.find(answer)] == []
