"""Phrases that would hurt somebody if they were read the wrong way round, held in every language."""

import re
from pathlib import Path
from unicodedata import normalize

import yaml

from bot.phrases.phrases import Phrasebook
from tests.every import every

ROOT = Path(__file__).parent.parent
BOOK = Phrasebook.load(ROOT)

# A language whose word for what was done is also its word for work: "forced work is not punished" would be the
# opposite of the law. So the sentence names who was forced.
WHO_IS_NOT_PUNISHED = {
    "ar": "من كان مجبرا|الإنسان على (جرائم|ما) كان مجبرا",
    "bn": "যাকে দিয়ে জোর করে",
    "fa": "کسی را که مجبورش کرده‌اند|مردم را برای (کاری|جرمی) که به آن مجبور شده‌اند",
    "hi": "जिससे (जबरदस्ती|जबरन)",
    "ur": "جس سے زبردستی",
}
ON_PUNISHMENT = ("utter_ask_police", "utter_form_crime", "utter_crime_forced", "utter_law_eu_forced")


def variants(locale: str, *names: str) -> dict[str, str]:
    """Return the texts of phrases on every channel that has its own."""
    texts = BOOK.texts[locale].items()
    # Bengali letters with a dot are written as one character or as two.
    return {name: normalize("NFC", text) for name, text in texts if name.partition("|")[0] in names}


@every("locale", WHO_IS_NOT_PUNISHED)
def test_the_law_spares_the_person_who_was_forced_and_not_the_forcing(locale: str) -> None:
    who = re.compile(normalize("NFC", WHO_IS_NOT_PUNISHED[locale]))
    said = variants(locale, *ON_PUNISHMENT)
    assert [name for name, text in said.items() if not who.search(text)] == []


# "No" to "are you not yet 18?" means "I am not yet": a child would be taken for an adult.
NOT = {
    "ar": r"\bأ?(لا|ليس|لس|لم|دون)\w*",
    "bn": r"(^| )(না|নয়|নেই|হয়নি)( |$)",
    "en": r"\b(not|yet|no)\b|n['’]t\b",
    "es": r"\b(no|aún|todavía|sin)\b",
    "fa": r"(^| )(نه|نیست|نیستید|هنوز|نشده)( |$)",
    "fr": r"\b(ne|pas|sans)\b|\bn['’]",
    "hi": r"(^| )(नहीं|न|ना)( |$)",
    "pt": r"\b(não|ainda|sem)\b",
    "ro": r"\b(nu|n-|fără|încă)\b",
    "ru": r"\b(не|нет|ещё|еще)\b",
    "th": "(ไม่|ยัง)",
    "tl": r"\b(hindi|wala|pa)\b",
    "uk": r"\b(не|немає|нема|ще)\b",
    "ur": r"(^| )(نہیں|نہ)( |$)",
    "vi": r"\b(chưa|không phải)\b",
    "zh-Hans": "[没沒不]|未(?!成年)",
}


@every("locale", BOOK.locales)
def test_no_question_of_age_is_asked_with_a_not(locale: str) -> None:
    questions = [re.split(r"[?؟？]|ไหม", text)[0] for text in variants(locale, "utter_ask_age").values()]
    negation = re.compile(normalize("NFC", NOT[locale]), re.IGNORECASE)
    assert [question for question in questions if negation.search(question)] == []


NEGATED = {
    "ar": "ألم تبلغ 18 عاما", "bn": "আপনার বয়স কি ১৮ হয়নি", "en": "Aren't you 18", "es": "¿No tienes 18 años todavía",
    "fa": "هنوز ۱۸ سال نشده", "fr": "N’avez-vous pas 18 ans", "hi": "क्या आप 18 के नहीं हैं", "pt": "Ainda não tem 18 anos",
    "ro": "Nu ai încă 18 ani", "ru": "Вам ещё нет 18", "th": "คุณยังไม่ถึง 18", "tl": "Wala ka pang 18", "uk": "Вам ще немає 18",
    "ur": "کیا آپ 18 کے نہیں ہیں", "vi": "Bạn chưa đủ 18", "zh-Hans": "你还没成年",
}  # fmt: skip


@every("locale", BOOK.locales)
def test_a_question_of_age_with_a_not_would_be_found(locale: str) -> None:
    assert re.search(normalize("NFC", NOT[locale]), normalize("NFC", NEGATED[locale]), re.IGNORECASE)


# Who is under 18 decides by this sentence whether to say a name: a duty is told as a duty.
MAY_HAVE_TO = {
    "ar": "قد (يجب أن|يلزم|يضطر|أضطر)",
    "bn": "হয়তো .*জানাতে হবে",
    "en": "may have to",
    "es": "quizá .*teng",
    "fa": "شاید (لازم شود|مجبور شو)",
    "fr": "devrai? peut-[êe]tre|peut m.obliger",
    "hi": "शायद .*बताना पड़े",
    "pt": "(pode|posso) ter que|talvez .*tenha que",
    "ro": "poate va trebui|poate fi obligat|pot avea obliga",
    "ru": "возможно, (придётся|нужно)",
    "th": "อาจต้อง",
    "tl": "baka (kailangan|obligado)",
    "uk": "можливо, (доведеться|треба)",
    "ur": "شاید .*بتانا پڑے",
    "vi": "có thể phải",
    "zh-Hans": "可能(必须|要|得)告诉",
}


@every("locale", BOOK.locales)
def test_a_duty_to_tell_about_a_hurt_child_is_told_as_a_duty(locale: str) -> None:
    duty = re.compile(normalize("NFC", MAY_HAVE_TO[locale]), re.IGNORECASE)
    said = variants(locale, "utter_minor_limits", "utter_canned_under_18_limits")
    assert [name for name, text in said.items() if not duty.search(text)] == []


@every("locale", BOOK.locales)
def test_what_is_told_about_secrecy_asks_nothing(locale: str) -> None:
    said = variants(locale, "utter_intro", "utter_ask_anonymity", "utter_minor_limits")
    assert [name for name, text in said.items() if re.search(r"[?؟？]", text)] == []


@every("name", sorted(name for name in BOOK.texts["en"] if re.match(r"utter_(danger|medical)", name)))
def test_in_thai_whether_a_call_is_possible_stands_before_the_number(name: str) -> None:
    # Thai has no full stops: "call 112 if you can we can't send police" is read as one condition.
    assert not re.search(r"โทร[^\n]*ถ้าโทรได้", BOOK.texts["th"][name])


# A bare "no" answers whatever was asked: "can they see my messages?", heard as "do you tell them?", got a "No".
WHO_IS_TOLD = [f"utter_ask_anonymity_{who}" for who in ("police", "family", "employer", "school", "immigration")]


@every("locale", BOOK.locales)
def test_who_is_told_is_said_in_a_whole_sentence_and_never_as_a_bare_no(locale: str) -> None:
    lists = yaml.safe_load((ROOT / "data" / "words" / f"{locale}.yml").read_text("utf-8"))
    bare = {str(word).casefold() for word in lists["answer"]["no"]}
    first = {
        name: re.split(r"[,.،۔।。，]", text)[0].strip().casefold()
        for name, text in variants(locale, *WHO_IS_TOLD).items()
    }
    assert len(first) >= len(WHO_IS_TOLD)
    assert [name for name, words in first.items() if words in bare] == []
