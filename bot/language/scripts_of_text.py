"""The script a text is written in, and so which languages it can be: the cheapest and surest step of all.

Most scripts name their language at once; the others leave a short list for the detectors.
"""

import re
import unicodedata
from functools import lru_cache

LATIN = (
    *("en", "es", "fr", "pt", "ro", "vi", "tl", "de", "it", "nl"),
    *("pl", "hu", "sq", "tr", "id", "so", "sw", "ht", "ha", "yo"),
)
CYRILLIC = ("bg", "uk", "ru", "mn")
ARABIC = ("ar", "fa", "ur")
DEVANAGARI = ("hi", "ne")
ETHIOPIC = ("am", "ti")
HAN = ("zh-Hans", "zh-Hant", "ja")
KANA = ("ja",)

# First letter, last letter, the languages it can be. From Hebrew to Sinhala most are languages that we
# do not serve: naming them keeps their people from being answered in a neighbor's language.
_RANGES: tuple[tuple[int, int, tuple[str, ...]], ...] = (
    (0x0041, 0x024F, LATIN),
    (0x0250, 0x02AF, LATIN),
    (0x0370, 0x03FF, ("el",)),
    (0x0400, 0x052F, CYRILLIC),
    (0x0531, 0x058F, ("hy",)),
    (0x0590, 0x05FF, ("he",)),
    (0x0600, 0x06FF, ARABIC),
    (0x0750, 0x077F, ARABIC),
    (0x0900, 0x097F, DEVANAGARI),
    (0x0980, 0x09FF, ("bn",)),
    (0x0A00, 0x0A7F, ("pa",)),
    (0x0A80, 0x0AFF, ("gu",)),
    (0x0B80, 0x0BFF, ("ta",)),
    (0x0C00, 0x0C7F, ("te",)),
    (0x0C80, 0x0CFF, ("kn",)),
    (0x0D00, 0x0D7F, ("ml",)),
    (0x0D80, 0x0DFF, ("si",)),
    (0x0E00, 0x0E7F, ("th",)),
    (0x0E80, 0x0EFF, ("lo",)),
    (0x1000, 0x109F, ("my",)),
    (0x10A0, 0x10FF, ("ka",)),
    (0x1100, 0x11FF, ("ko",)),
    (0x1200, 0x139F, ETHIOPIC),
    (0x1780, 0x17FF, ("km",)),
    (0x1E00, 0x1EFF, LATIN),
    (0x1F00, 0x1FFF, ("el",)),
    (0x3040, 0x30FF, KANA),
    (0x3130, 0x318F, ("ko",)),
    (0x3400, 0x4DBF, HAN),
    (0x4E00, 0x9FFF, HAN),
    (0xAC00, 0xD7AF, ("ko",)),
    (0xF900, 0xFAFF, HAN),
    (0xFB50, 0xFDFF, ARABIC),
    (0xFE70, 0xFEFE, ARABIC),
    (0x20000, 0x2FFFF, HAN),
)
KNOWN = tuple(dict.fromkeys(language for _, _, languages in _RANGES for language in languages))

TEXT_READ = 600  # characters: reading more changes no decision and costs time
_NO_LANGUAGE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|@\w+")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_CANTONESE = frozenset("佢唔咗嘅喺啲嚟冇嘢哋咁睇乜")


def clean(text: str) -> str:
    """Return a text without what says nothing about its language, such as addresses; in lower case; "heeelp" is "help"."""
    # A lone surrogate (half an emoji, cut by some platform) cannot be encoded, and CLD2 refuses control characters.
    text = "".join(" " if unicodedata.category(char) in _DROPPED else char for char in text[:TEXT_READ])
    # Cut once more: one letter can become eighteen.
    text = unicodedata.normalize("NFKC", _NO_LANGUAGE.sub(" ", text))[:TEXT_READ].replace("\u0640", "").lower()
    return " ".join(_REPEATED.sub(r"\1", text).split())


_DROPPED = frozenset(("Cc", "Cs", "Co", "Cn"))


def letters_only(cleaned: str) -> str:
    """Return only the letters of a text, their marks and the apostrophes inside words."""
    kept = "".join(char if char.isalpha() or _is_mark(char) else " " for char in cleaned)
    return " ".join(kept.split())


@lru_cache(maxsize=8192)
def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M" or char in "'’ʼ¿¡"


@lru_cache(maxsize=8192)
def _languages_of(char: str) -> tuple[str, ...]:
    code = ord(char)
    if not (char.isalpha() or unicodedata.category(char)[0] == "M"):
        return ()
    return next((languages for first, last, languages in _RANGES if first <= code <= last), ())


def possible_languages(text: str) -> tuple[tuple[str, ...], float]:
    """Return which languages the script leaves, and the share of the text in that script; () without letters.

    A letter outside Latin counts three times, so that a Thai sentence with "passport" in it stays Thai.
    """
    counts: dict[tuple[str, ...], int] = {}
    for char in text:
        if languages := _languages_of(char):
            counts[languages] = counts.get(languages, 0) + (1 if languages is LATIN else 3)
    if not counts:
        return (), 0.0
    if KANA in counts and HAN in counts:  # any kana makes it Japanese
        counts[KANA] += counts.pop(HAN)
    best = max(counts, key=lambda languages: counts[languages])
    return best, counts[best] / sum(counts.values())


def chinese_variant(text: str) -> str | None:
    """Return whether Han letters are Simplified or Traditional; None if neither outnumbers the other.

    The old national encodings serve as the table: of a pair, GB 2312 has only the simplified letter, Big5 only the other.
    """
    simplified = sum(_encodes(char, "gb2312") and not _encodes(char, "big5") for char in text)
    traditional = sum(_encodes(char, "big5") and not _encodes(char, "gb2312") for char in text)
    traditional += sum(char in _CANTONESE for char in text)
    if simplified == traditional:
        return None
    return "zh-Hans" if simplified > traditional else "zh-Hant"


@lru_cache(maxsize=8192)
def _encodes(char: str, encoding: str) -> bool:
    if _languages_of(char) is not HAN:
        return False
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def count_words(text: str) -> int:
    """Count words of two letters or more; in scripts without spaces two letters count as one word."""
    words = letters_only(text).split()
    spaceless = sum(_languages_of(char) in _SPACELESS for char in text)
    return max(sum(len(word) > 1 for word in words), spaceless // 2)


_SPACELESS = frozenset((HAN, KANA, ("th",), ("lo",), ("km",), ("my",)))
