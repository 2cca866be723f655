"""The phrasebook as a whole: complete, fillable, short enough, and free of what must never be said."""

import re
from pathlib import Path

import polib
import pytest
import yaml

from bot.phrases import Phrasebook

ROOT = Path(__file__).parent.parent
BOOK = Phrasebook.load(ROOT)
ENGLISH = BOOK.texts["en"]
TRANSLATED = [locale for locale in BOOK.locales if locale != "en"]
GSM7 = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyz"
    "äöñüà"
    "^{}\\[~]|€"
)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


def sms_text(locale: str, name: str) -> str:
    texts = BOOK.texts[locale]
    return _PLACEHOLDER.sub("", texts.get(f"{name}|sms", texts[name]))


def fits_sms(text: str) -> bool:
    # Accented vowels outside GSM-7 are sent without their accent where that saves a part.
    plain = text.translate(str.maketrans("áíóúÁÍÓÚ", "aiouAIOU"))
    limit = 306 if set(plain) <= GSM7 else 201
    return len(plain) <= limit


SAID = sorted(name for name in ENGLISH if name.startswith("utter_") and "|" not in name)


@pytest.mark.parametrize("locale", TRANSLATED)
def test_every_phrase_is_said_in_every_language(locale: str) -> None:
    assert [name for name in ENGLISH if "|" not in name and name not in BOOK.texts[locale]] == []


@pytest.mark.parametrize("locale", TRANSLATED)
def test_no_translation_is_left_over_from_a_phrase_that_is_gone(locale: str) -> None:
    assert [name for name in BOOK.texts[locale] if name.partition("|")[0] not in ENGLISH] == []


@pytest.mark.parametrize("locale", TRANSLATED)
def test_translations_keep_the_placeholders_of_the_english_text(locale: str) -> None:
    shared = [name for name in BOOK.texts[locale] if name in ENGLISH]
    assert [n for n in shared if placeholders(BOOK.texts[locale][n]) != placeholders(ENGLISH[n])] == []


@pytest.mark.parametrize("locale", BOOK.locales)
def test_every_reply_fits_into_two_or_three_sms_parts(locale: str) -> None:
    assert [name for name in SAID if not fits_sms(sms_text(locale, name))] == []


@pytest.mark.parametrize("name", SAID)
def test_english_replies_for_sms_use_only_letters_that_cost_one(name: str) -> None:
    assert set(sms_text("en", name)) - GSM7 == set()


@pytest.mark.parametrize("locale", BOOK.locales)
def test_what_must_never_be_said_is_said_nowhere(locale: str) -> None:
    forbidden = yaml.safe_load((ROOT / f"tests/bot/forbidden/{locale}.yml").read_text("utf-8"))
    texts = {name: text.casefold() for name, text in BOOK.texts[locale].items()}
    assert [(name, bad) for name, text in texts.items() for bad in forbidden if bad.casefold() in text] == []


@pytest.mark.parametrize("locale", BOOK.locales)
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


@pytest.mark.parametrize("locale", BOOK.locales)
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


@pytest.mark.parametrize("locale", TRANSLATED)
def test_every_phrasebook_says_who_has_read_it(locale: str) -> None:
    metadata = polib.pofile(str(ROOT / f"bot/phrasebook/{locale}.po")).metadata
    assert metadata["X-Review"].startswith(("drafted", "reviewed"))


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
