"""The gate before understanding: what a person cannot see must not change what we understand.

Without it, invisible characters hide a cry for help from the reader, and garbage can harm it. The cleaned
text is for understanding only; the transcript keeps what the person wrote.
"""

import re
import unicodedata

import regex

# Soft hyphen, combining grapheme joiner, bidi marks, word joiner and similar, fillers, variation selectors, tags.
_INVISIBLE = regex.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
# These shape words in Persian and Indic scripts and join emoji; inside these three scripts they only hide something.
_JOINERS = regex.compile(
    r"(?<=[\p{Latin}\p{Greek}\p{Cyrillic}])[\u200c\u200d]+|(?<![\u200c\u200d])[\u200c\u200d]++(?=[\p{Latin}\p{Greek}\p{Cyrillic}])"
)
_MARKS = regex.compile(r"(\p{M}{3})\p{M}+")
_GARBAGE = regex.compile(r"[\p{Cc}\p{Cs}\p{Co}\p{Cn}\ufffd]+")
# "heeeeeelp" is "help" shouted, not a word of its own.
_REPEATED = regex.compile(r"(\p{L})\1{3,}")
_LETTER = regex.compile(r"\p{L}")
_APOSTROPHES = re.compile("['’‘`´ʼ]")
_ASIDE = regex.compile(r"[^\p{L}\p{N}\p{M}]+")
# Spelling that people drop or mix up when they write Arabic script on phones: alef, ya, ta marbuta, hamza, tatweel; and the
# Persian and Urdu forms of letters, which keyboards swap.
_SPELLED = {
    **dict(zip("أإآٱىةؤئیکہھںۀۃے", "اااايهوييكههنههي", strict=True)),
    "ـ": "",
    **dict(zip("đıøł", "diol", strict=True)),  # Latin letters whose mark no decomposition removes
}
_SPELLING = re.compile(f"[{''.join(_SPELLED)}]")
# An accent is noise; the vowel signs of Indic scripts, Thai and similar scripts are letters and stay.
_ACCENTS = re.compile(f"[{''.join(filter(unicodedata.combining, map(chr, range(0x0700))))}]+")
# Marks of Latin letters, where they are kept: each as a letter, which no folding takes away. The cedilla of ş is the comma of ș.
_MARK_LETTERS = {0x0300 + number: chr(0xA500 + number) for number in range(0x70)} | {0x0327: chr(0xA526)}
_MARKED = re.compile("[a-z]+[\u0300-\u036f][a-z\u0300-\u036f]*")
_MARK = re.compile("[\u0300-\u036f]")
_MARK_LETTER = re.compile("[\ua500-\ua56f]")
_BARRED = str.maketrans({"đ": "d\u0335", "ł": "l\u0335", "ø": "o\u0338"})
# Characters that normalizing may make of a shorter text: one can become eighteen (U+FDFA), and four thousand would take a second.
_LONGEST = 5_000
_UNFOLDED = 300  # of them in a text that consists of such characters
_END = 1_000  # characters of them at the end: what is most urgent is often said last


def shortened(text: str, longest: int) -> str:
    """Return a text of at most so many characters: of a longer one the beginning and the end, on lines of their own."""
    return text if len(text) <= longest else f"{text[: longest - _END - 1]}\n{text[-_END:]}"


def clean(text: str) -> str:
    """Return the text as it looks: normalized, without invisible characters, garbage and extra white space."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    # Once before too: a ligature that stands there four thousand times is shouted like a letter.
    once = _REPEATED.sub(r"\1\1\1", _INVISIBLE.sub("", whole))
    normal = _INVISIBLE.sub("", shortened(unicodedata.normalize("NFKC", once), max(_LONGEST, len(once))))
    readable = _GARBAGE.sub(" ", normal)
    joined = _MARKS.sub(r"\1", _JOINERS.sub("", readable))
    return " ".join(_REPEATED.sub(r"\1\1\1", joined).split())


def unfolded(text: str) -> str:
    """Return a text as it is; or, where characters of it stand for many others, the last of these."""
    once = _REPEATED.sub(r"\1\1\1", text)
    normal = unicodedata.normalize("NFKC", once)
    return text if len(normal) <= len(once) + len(once) // 4 else normal[-_UNFOLDED:]


def has_letters(text: str) -> bool:
    """Whether the text has a letter of any script."""
    return bool(_LETTER.search(text))


def folded(text: str) -> str:
    """Return a cleaned text without accents, apostrophes, case and the spellings that Arabic writers mix up."""
    bare = _APOSTROPHES.sub("", text.casefold())
    if bare.isascii():
        return bare
    apart = unicodedata.normalize("NFKD", _spelled(bare))
    return _spelled(unicodedata.normalize("NFC", _ACCENTS.sub("", apart)))


def words(text: str) -> list[str]:
    """Return the folded words of a text, without what separates them."""
    return _ASIDE.sub(" ", folded(text)).split()


def marked_words(text: str) -> list[str]:
    """Return the folded words of a text, each with its marks behind it if it is in Latin letters.

    So "đã" is not "dạ", and "xoá" is "xóa", which is written both ways. Who types no marks has words without them.
    """
    if text.isascii():
        return words(text)
    apart = unicodedata.normalize("NFD", text.casefold().translate(_BARRED))
    return words(_MARKED.sub(lambda found: _marks_behind(found[0]), apart))


def without_marks(word: str) -> str:
    """Return a word of `marked_words` as somebody types it who leaves marks out."""
    return _MARK_LETTER.sub("", word)


def _marks_behind(word: str) -> str:
    return _MARK.sub("", word) + "".join(sorted(_MARK.findall(word))).translate(_MARK_LETTERS)


def _spelled(text: str) -> str:
    return _SPELLING.sub(lambda found: _SPELLED[found[0]], text)
