"""Which languages a text asks for: by their names in the languages that we serve (Unicode CLDR), and by their own."""

import re
from functools import cache

from babel import Locale

from bot.served_languages import NAMES, SERVED
from bot.text.cleaning import clean, folded, words

_ALSO = {
    "en": "ingles, inglish, englis, inglesh, anglais, الانجليزي, انجليزي, انكليزي, الانكليزي, انقليزي, انجلش, ingilizi",
    "es": "espanol, castellano, spanich, spanis, castilian, espagnol, espaniol, الاسباني, اسباني, سبنيش",
    "fr": "frances, francais, french, frensh, فرنسي, الفرنسي, französisch, francuzskiy, французский, fransay",
    "pt": "portugues, portuguese, brasileiro, brazilian, brasileno, portuguez",
    "hi": "hindi, hindustani, हिंदी",
    "ur": "urdu, اردو",
    "bn": "bangla, bengali, bangali, বাংলায়",
    "zh-Hans": "chinese, mandarin, chino, zhongwen, putonghua, 汉语, 普通话, 国语, 简体中文, 中文",
    "ru": "russian, ruso, russkiy, ruski, po russki, russe, روسي",
    "uk": "ukrainian, ucraniano, ukrainska, ukrainskoyu, українською, ukrainien",
    "fa": "farsi, persian, dari, persa, فارسي, دری",
    "vi": "vietnamese, tieng viet, vietnamita, viet",
    "th": "thai, tailandes, ภาษาไทย, phasa thai",
    "tl": "tagalog, filipino, pilipino, taglish, filipina",
    "ro": "romanian, rumano, romana, romaneste, românește, roumain, moldovan",
    "ar": "arab, arabe, arabi, arabic, 3arabi, 3araby, arabiya, arabia, العربي, عربي, بالعربي",
}
# "I do not speak English": the language named is not wanted.
_NEGATIONS = frozenset(
    {"not", "no", "dont", "cant", "cannot", "doesnt", "isnt", "never", "without"}
    | {"nunca", "sin", "tampoco", "nada"}
    | {"لا", "ما", "مش", "مو", "ليس", "لست", "بدون", "مب", "ماني", "مابعرف", "مافي"}
)
# "Hindi ko alam": in Tagalog that is no language but "not".
_NOT_IN_TAGALOG = frozenset(
    {"ko", "po", "na", "ako", "pa", "siya", "sya", "ba", "naman", "kami", "kayo", "sila", "niya", "nya", "nila", "ka"}
    | {"mo", "nga", "kasi", "alam", "pwede", "rin", "din", "ito"}
)
_REACH = 4  # words between the negation and the language
_CLAUSE_ENDS = re.compile(r"[.,;:!?،؛؟\n]+|\bbut\b|\bpero\b|\bبس\b|\bلكن\b")
_PREFIXES = ("وبال", "بال", "وال", "لل", "وب", "ب", "و", "ل")


def languages(text: str) -> list[str]:
    """Return the BCP 47 tags of the served languages that a text asks for, in order, each once."""
    found = [tag for clause in _CLAUSE_ENDS.split(clean(text)) for tag in _asked(words(clause))]
    return list(dict.fromkeys(found))


def _asked(said: list[str]) -> list[str]:
    found, after, place = [], 0, 0
    while place < len(said):
        tag, length = _named(said, place)
        if tag:
            before = said[max(after, place - _REACH) : place]
            if _NEGATIONS.isdisjoint(before):
                found.append(tag)
            after = place + length
        place += length
    return found


def _named(said: list[str], place: int) -> tuple[str | None, int]:
    """Return the language that is named from this word on, if any, and in how many words."""
    names = _names()
    for length in (3, 2):  # "Tiếng Bồ Đào Nha" begins like Portuguese; the rest of it is nothing else
        if place + length <= len(said) and (tag := names.get(" ".join(said[place : place + length]))):
            return tag, length
    word = said[place]
    if word == "hindi" and not _NOT_IN_TAGALOG.isdisjoint(said[place + 1 : place + 2]):
        return None, 1
    forms = [word, *(word[len(prefix) :] for prefix in _PREFIXES if word.startswith(prefix))]
    return next((names[form] for form in forms if form in names), None), 1


@cache
def _names() -> dict[str, str]:
    """Return the languages by what they are called: whole names, for "anh" alone is no "tiếng Anh"."""
    names: dict[str, str] = {}
    for tag in SERVED:
        spoken = [cldr_locale(locale).languages.get(_base(tag), "") for locale in SERVED]
        spoken += [*_ALSO.get(tag, "").split(", "), NAMES.get(tag, "")]
        called = [" ".join(words(form)[:3]) for name in spoken for form in (clean(name), folded(clean(name)))]
        names |= {name: tag for name in called if len(name) > 1 or (name and ord(name) > 0x2E80)}
    return names


def _base(tag: str) -> str:
    return {"tl": "fil"}.get(tag, tag.partition("-")[0])


def cldr(tag: str) -> str:
    """Return CLDR's tag for one of our languages."""
    return _base(tag) if tag == "tl" else tag.replace("-", "_")


@cache
def cldr_locale(tag: str) -> Locale:
    """Return one of our languages as CLDR knows it, with its names for other languages, countries and days."""
    return Locale.parse(cldr(tag))
