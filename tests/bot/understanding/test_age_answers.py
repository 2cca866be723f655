"""An answer to "are you under 18?" in each language: who says "not yet", or a number under 18, is a child."""

from collections.abc import Iterator

from bot.text.keyword_lists import own_words
from bot.text.word_lists import plain
from bot.understanding.age.age_answers import tells_child
from tests.every import every

CHILD = {
    "en": ["not yet", "nope not yet sir", "No. sixteen", "im almost 18", "in 2 months", "18 next month", "no under 18"],
    "es": ["todavía no", "no, 16", "casi", "no tengo 18", "dieciséis", "cumplo 18 en mayo", "aun no los tengo"],
    "ar": ["لسه", "مو بعد", "لا ١٦", "مزال", "قاصر", "عمري سبعتاشر", "الشهر الجاي", "mazal"],
    "fr": ["pas encore", "non 17", "presque 18", "j'ai seize ans", "dans deux mois", "bientôt"],
    "pt": ["ainda não", "não, 16", "quase", "tenho dezesseis", "faço 18 mês que vem", "de menor"],
    "hi": ["अभी नहीं", "नहीं, १६", "abhi nahi", "nahi hue", "सत्रह", "18 nahi hue", "agle mahine"],
    "zh-Hans": ["没", "还没呢", "快了", "十七岁", "我十六", "没到18", "还有2个月满18", "不，我16岁", "差两个月"],
    "ru": ["нет ещё", "нет 17", "пока нет", "семнадцать", "через два месяца", "нет 18", "eshe net"],
    "bn": ["এখনো না", "হয় নাই", "না, ১৬", "hoy nai", "সতেরো", "18 hoy nai", "সামনের মাসে"],
    "ur": ["ابھی نہیں", "نہیں، ۱۶", "abhi nahi", "nahi hue", "سترہ", "18 نہیں ہوئے", "اگلے مہینے"],
    "tl": ["wala pa po", "hindi pa po", "di pa", "wala pang 18", "hindi, 16 po", "malapit na"],
    "vi": ["chưa ạ", "chưa đủ", "em 17", "mười bảy tuổi", "không, 16 tuổi", "tháng sau", "chua du 18"],
    "fa": ["هنوز نه", "نه، ۱۶", "نشدم", "هنوز 18 نشدم", "هفده", "hanuz na", "ماه دیگه"],
    "uk": ["ще ні", "ні ще", "нема 18", "мені сімнадцять", "ні, 16", "через два місяці"],
    "ro": ["încă nu", "nu, 17", "aproape 18", "nu am 18", "șaisprezece", "peste două luni"],
    "th": ["ไม่ ยังไม่ถึง", "ยังค่ะ", "17ค่ะ", "สิบเจ็ด", "ใกล้ 18 แล้วค่ะ", "ไม่ค่ะ 15"],
}
ADULT = {
    "en": ["25", "no im 30", "no, twenty-eight", "i am over 18", "yes i am 20", "no 18", "no im not under 18"],
    "es": ["25", "no, veintiocho", "no, tengo 30", "soy mayor de edad", "sí, tengo 20"],
    "ar": ["25", "لا عمري ٣٠", "بالغة", "فوق 18", "لا ٢٢ سنة"],
    "fr": ["25 ans", "non, trente", "je suis majeure", "oui j'ai 20 ans"],
    "pt": ["25", "não, vinte e oito", "sou maior de idade", "sim, tenho 20 anos"],
    "hi": ["25", "नहीं २८ साल की हूं", "bais saal", "haan main 20 saal ki hun", "बालिग हूं"],
    "zh-Hans": ["二十八岁", "25", "成年了", "不是，我三十八了", "没有，我22岁"],
    "ru": ["нет, 25", "мне двадцать восемь", "старше", "да мне 20"],
    "bn": ["২৫", "না, আমার বয়স ৩০", "22 bochor", "প্রাপ্তবয়স্ক"],
    "ur": ["25", "نہیں ۲۸ سال کی ہوں", "بالغ ہوں", "22 saal"],
    "tl": ["25 na po", "oo 20 na ako", "hindi, 22 na ako", "lampas 18 na"],
    "vi": ["25", "hai mươi tám tuổi", "trên 18", "không em 22"],
    "fa": ["۲۵", "نه ۳۰ سالمه", "بالای ۱۸", "بیست و هشت"],
    "uk": ["25", "ні, мені 30", "старша", "двадцять вісім", "так, мені 20"],
    "ro": ["25", "nu, douăzeci și opt", "sunt majoră", "da, am 20 de ani"],
    "th": ["25ค่ะ", "ยี่สิบแปด", "ไม่ค่ะ 30 แล้ว", "เกิน 18 แล้วค่ะ"],
}
NO_AGE = {
    "en": ["no", "they have not yet paid me", "he works 12 hours", "yes 400 dollars", "i have been here 10 years"],
    "es": ["no me han pagado todavía", "trabajo 12 horas", "por qué"],
    "ar": ["لسه ما دفعوا لي", "لا", "ليش"],
    "fr": ["pas encore payée", "non", "pourquoi"],
    "pt": ["ainda não me pagaram", "não", "por quê"],
    "hi": ["abhi paise nahi mile", "नहीं", "kyun"],
    "zh-Hans": ["还没发工资", "不是", "为什么", "他有3个孩子", "没有人帮我"],
    "ru": ["ещё не заплатили", "нет", "зачем"],
    "bn": ["এখনো টাকা দেয় নাই", "না", "keno"],
    "ur": ["ابھی پیسے نہیں ملے", "نہیں", "کیوں"],
    "tl": ["wala pa sahod ko", "hindi po", "bakit"],
    "vi": ["chưa được trả lương", "không", "tại sao"],
    "fa": ["هنوز پولم ندادن", "نه", "چرا"],
    "uk": ["ще не заплатили", "ні", "чому"],
    "ro": ["încă nu m-au plătit", "nu", "de ce"],
    "th": ["ยังไม่ได้เงิน", "ไม่ค่ะ", "ทำงาน12ชั่วโมง"],
}
LOCALES = sorted(CHILD)


def _each(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(locale, text) for locale, texts in table.items() for text in texts]


@every(("locale", "text"), _each(CHILD))
def test_not_yet_and_a_number_under_18_mean_a_child(locale: str, text: str) -> None:
    assert tells_child(text, locale) is True


@every(("locale", "text"), _each(ADULT))
def test_an_age_of_18_or_more_and_of_age_mean_an_adult(locale: str, text: str) -> None:
    assert tells_child(text, locale) is False


@every(("locale", "text"), _each(NO_AGE))
def test_a_plain_no_and_a_story_tell_no_age(locale: str, text: str) -> None:
    assert tells_child(text, locale) is None


@every("text", ["yes 20", "yes, 18", "yeah 25 days here"])
def test_a_yes_stands_beside_a_number_that_may_be_anything(text: str) -> None:
    assert tells_child(text, "en") is None


@every("text", ["he told me to say 18 but im 15", "i am turning 18 in may", "no not yet, he hits me", "17 and a half"])
def test_the_younger_of_two_ages_counts(text: str) -> None:
    assert tells_child(text, "en") is True


def test_a_language_is_understood_while_another_one_is_answered() -> None:
    assert tells_child("hindi pa po", "en") is True
    assert tells_child("пока нет", "uk") is True


@every(
    ("text", "child"),
    [
        ("i got here when i was 15, now 22", False),
        ("my daughter is 9", None),
        ("18 in december", True),
        ("not even 17", True),
    ],
)
def test_an_age_of_the_past_or_of_a_child_of_theirs_is_not_that_of_the_writer(text: str, child: bool | None) -> None:
    assert tells_child(text, "en") is child


@every(
    ("text", "locale"),
    [
        ("it says 22 in my passport", "en"), ("en mi pasaporte pone 20", "es"), ("по паспорту 22", "ru"), ("护照上是20", "zh-Hans"),
        ("papers say 19", "tl"), ("he said say that you are 20", "en"), ("me dicen que diga 21", "es"), ("боссу 45", "ru"),
        ("my husband 41", "en"), ("asawa ko po 38", "tl"), ("i paid 50", "en"), ("room 31", "en"), ("21:45", "en"), ("30/7", "es"),
    ],
)  # fmt: skip
def test_the_number_of_a_paper_a_lie_somebody_else_a_room_or_a_time_makes_nobody_an_adult(
    text: str, locale: str
) -> None:
    assert tells_child(text, locale) is None


@every(("text", "locale"), [("passport says 21 but im 16", "en"), ("en el pasaporte 20, tengo 15", "es")])
def test_beside_a_paper_an_own_age_under_18_counts(text: str, locale: str) -> None:
    assert tells_child(text, locale) is True


@every(("text", "locale"), [("mi vieja", "es"), ("bada bhai", "hi"), ("rồi", "vi"), ("plus", "fr"), ("bura", "hi")])
def test_who_names_somebody_older_or_says_a_small_word_is_no_adult_by_that(text: str, locale: str) -> None:
    assert tells_child(text, locale) is None


def _listed(name: str) -> Iterator[tuple[str, str]]:
    for locale, lists in own_words().items():
        yield from ((locale, plain(phrase)) for phrase in (lists.get("age") or {}).get(name) or ())


def _plain_answers(locale: str) -> set[str]:
    answer = own_words()[locale]["answer"]
    return {plain(str(word)) for kind in ("yes", "no") for word in answer[kind]}


@every("locale", LOCALES)
def test_each_language_says_not_yet_and_no_word_of_it_is_a_plain_answer_in_another(locale: str) -> None:
    phrases = {phrase for language, phrase in _listed("not_yet") if language == locale}
    others = set[str]().union(*(_plain_answers(other) for other in LOCALES if other != locale))
    assert phrases
    assert phrases & others == set()


def test_no_phrase_means_both_a_child_and_an_adult() -> None:
    assert set(_listed("not_yet")) & set(_listed("of_age")) == set()
