"""Place names folded for comparison: without accents, case, punctuation, or the letters that people mix up on a phone.

It does for names what bot/text/cleaning.py does for sentences. The directory imports nothing from the bot, so the small
part of it that names need is repeated here; a test compares the two.
"""

import re
import unicodedata

import regex

# Format characters, variation selectors and tag characters are invisible. Control characters, lone surrogates and emoji are
# not letters.
_UNSEEN = regex.compile(r"[\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u3164\ufe00-\ufe0f\uffa0]")
_APOSTROPHES = re.compile("['’‘`´ʼʻʿʾ]")
_ASIDE = regex.compile(r"[^\p{L}\p{N}\p{M}]+")
# Letter forms that Arabic, Persian and Urdu keyboards swap or leave out, and Latin letters whose mark no decomposition
# removes.
_SPELLED = {
    **dict(zip("أإآٱىةؤئیکہھںۀۃے", "اااايهوييكههنههي", strict=True)),
    **dict(zip("đıøłð", "diold", strict=True)),
    **{"ـ": "", "ฯ": "", "æ": "ae", "œ": "oe", "þ": "th"},
}
_SPELLING = re.compile(f"[{''.join(_SPELLED)}]")
# An accent is noise; the vowel signs of Indic scripts, Thai and related scripts are letters and stay.
_ACCENTS = re.compile(f"[{''.join(filter(unicodedata.combining, map(chr, range(0x0700))))}]+")
# Scripts without spaces between words.
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_SYLLABLES = regex.compile(r"[\p{Han}\p{Hangul}]")
_LATIN = regex.compile(r"[\p{Latin}]")
_LETTER = regex.compile(r"\p{L}")


def folded(text: str) -> str:
    """Return a text in the form in which names are compared: folded letters and digits, one space between words."""
    readable = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    whole = _UNSEEN.sub("", unicodedata.normalize("NFKC", _UNSEEN.sub("", readable)))
    bare = _APOSTROPHES.sub("", whole.casefold())
    if not bare.isascii():
        apart = unicodedata.normalize("NFKD", _spelled(bare))
        bare = _spelled(unicodedata.normalize("NFC", _ACCENTS.sub("", apart)))
    return " ".join(_ASIDE.sub(" ", bare).split())


def unspaced(word: str) -> bool:
    """Whether a word is in a script without spaces between words, so names can stand inside it."""
    return bool(_UNSPACED.match(word))


def letters_are_words(word: str) -> bool:
    """Whether a word is in a script where two letters can be a whole name."""
    return len(word) > 1 and bool(_SYLLABLES.match(word))


def mixed(name: str) -> bool:
    """Whether a name mixes Latin letters with another script, as only machines write."""
    letters = _LETTER.findall(name)
    return 0 < sum(bool(_LATIN.match(letter)) for letter in letters) < len(letters)


def _spelled(text: str) -> str:
    return _SPELLING.sub(lambda found: _SPELLED[found[0]], text)
