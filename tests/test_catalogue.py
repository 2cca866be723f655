"""The phrasebook as a whole: complete, fillable, short enough, and free of what must never be said."""

import re
from pathlib import Path
from unicodedata import normalize

import yaml

from bot.phrases.phrase_checks import faults
from bot.phrases.phrase_checks import sms_text as text_message
from bot.phrases.phrases import Phrasebook
from bot.text.text_messages import letters
from tests.every import every

ROOT = Path(__file__).parent.parent
BOOK = Phrasebook.load(ROOT)
ENGLISH = BOOK.texts["en"]
TRANSLATED = [locale for locale in BOOK.locales if locale != "en"]


def sms_text(locale: str, name: str) -> str:
    return text_message(BOOK, locale, name)


SAID = sorted(name for name in ENGLISH if name.startswith("utter_") and "|" not in name)


@every("locale", [*BOOK.locales, *BOOK.shared])
def test_phrases_are_complete_current_short_and_free_of_what_must_never_be_said(locale: str) -> None:
    assert list(faults(ROOT, BOOK, locale)) == []


@every(
    ("name", "text", "what"),
    [
        ("utter_line", "no place for it", "placeholders"),
        ("utter_menu", "x" * 400, "too long"),
        ("utter_gone", "words", "no English text"),
        ("utter_call", "अगर हो सके तो फ़ोन करें: {number}।", "reads as another 1"),
        ("utter_menu", "112। क्या मदद चाहिए?", "reads as another 1"),
    ],
)
def test_a_fault_is_seen(name: str, text: str, what: str) -> None:
    book = Phrasebook({**BOOK.texts, "xx": {**BOOK.texts["en"], name: text}})
    assert any(what in fault.what for fault in faults(ROOT, book, "xx") if fault.phrase == name)


def test_a_forbidden_word_is_seen() -> None:
    book = Phrasebook({**BOOK.texts, "en": {**BOOK.texts["en"], "utter_menu": "You are a victim."}})
    said = [fault.what for fault in faults(ROOT, book, "en") if fault.phrase == "utter_menu"]
    assert said == ["says 'victim'"]


def test_a_phrase_that_is_not_translated_is_seen() -> None:
    book = Phrasebook({**BOOK.texts, "xx": {}})
    assert {fault.what for fault in faults(ROOT, book, "xx")} == {"missing"}


@every("name", SAID)
def test_english_replies_for_sms_use_only_letters_that_cost_one(name: str) -> None:
    text = sms_text("en", name)
    assert letters(text) == (len(text), True)


@every("locale", BOOK.locales)
def test_every_language_says_what_is_never_said(locale: str) -> None:
    assert len(yaml.load((ROOT / f"data/forbidden/{locale}.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)) > 10


@every("locale", BOOK.locales)
def test_the_opening_and_the_cover_line_name_no_topic(locale: str) -> None:
    topics = {
        "en": ("traffick", "exploit", "hotline", "abuse", "police", "victim", "danger"),
        "es": ("trata", "explot", "abuso", "polic", "víctima", "victima", "peligro"),
        "ar": ("اتجار", "استغلال", "عنف", "شرطة", "ضحية", "خطر"),
        "fr": ("traite", "trafic", "exploit", "abus", "polic", "victime", "danger"),
        "pt": ("tráfico", "explora", "abuso", "políc", "vítima", "perigo"),
        "ro": ("trafic", "exploat", "abuz", "poliți", "victim", "pericol"),
        "uk": ("торгівл", "експлуат", "насил", "поліц", "жертв", "небезпек"),
        "ru": ("торговл", "эксплуат", "насил", "полиц", "жертв", "опасност"),
        "fa": ("قاچاق", "سوءاستفاده", "خشونت", "پلیس", "قربانی", "خطر"),
        "hi": ("तस्करी", "शोषण", "हिंसा", "पुलिस", "पीड़ित", "खतरा"),
        "ur": ("اسمگلنگ", "استحصال", "تشدد", "پولیس", "متاثر", "خطرہ"),
        "bn": ("পাচার", "শোষণ", "নির্যাতন", "পুলিশ", "ভুক্তভোগী", "বিপদ"),
        "zh-Hans": ("贩卖", "剥削", "虐待", "警察", "热线", "受害", "危险"),
        "vi": ("mua bán", "buôn", "bóc lột", "lợi dụng", "tổng đài", "cảnh sát", "nguy hiểm"),
        "th": ("ค้ามนุษย์", "เอาเปรียบ", "ทำร้าย", "ตำรวจ", "เหยื่อ", "อันตราย"),
        "tl": ("trafficking", "abuso", "pulis", "biktima", "panganib"),
    }[locale]
    neutral = ("utter_opening", "utter_cover", "utter_stopped", "utter_neutral", "page_title")
    texts = [sms_text(locale, name).casefold() for name in neutral]
    assert [(text, topic) for text in texts for topic in topics if topic in text] == []


@every("locale", BOOK.locales)
def test_sms_is_never_called_anonymous_without_naming_the_phone_company(locale: str) -> None:
    carrier = {
        **{
            "en": "phone company",
            "es": "compañía",
            "ar": "شركة",
            "fr": "compagnie",
            "pt": "operadora",
            "ro": "compania",
        },
        **{"uk": "оператор", "ru": "оператор", "fa": "شرکت", "hi": "कंपनी", "ur": "کمپنی", "bn": "কোম্পানি"},
        **{"zh-Hans": "电话公司", "vi": "nhà mạng", "th": "บริษัท", "tl": "phone company"},
    }[locale]
    assert carrier in sms_text(locale, "utter_ask_anonymity").casefold()


@every("locale", TRANSLATED)
def test_every_phrasebook_says_who_has_read_it(locale: str) -> None:
    header = (ROOT / f"bot/phrases/phrasebook/{locale}.po").read_text("utf-8").partition("\n\n")[0]
    assert re.search(r'^"X-Review: (drafted|reviewed)', header, re.MULTILINE)


def test_menus_never_use_a_word_that_carriers_act_on() -> None:
    stop = {
        "stop",
        "stopall",
        "unsubscribe",
        "cancel",
        "end",
        "quit",
        "revoke",
        "optout",
        "help",
        "info",
        "yes",
        "start",
    }
    menus = [text.casefold() for name, text in ENGLISH.items() if name.startswith("choice_")]
    assert [text for text in menus if text in stop - {"yes"}] == []


@every("locale", BOOK.locales)
def test_the_button_that_leaves_the_page_is_called_as_it_is_everywhere(locale: str) -> None:
    texts, button = BOOK.texts[locale], BOOK.texts[locale]["page_exit"]
    quoting = [name for name, text in ENGLISH.items() if ENGLISH["page_exit"] in text and name != "page_exit"]
    assert quoting
    # Bengali letters with a dot are written as one character or as two.
    assert [name for name in quoting if normalize("NFC", button) not in normalize("NFC", texts[name])] == []
