"""How names of places are compared: without accents, case, punctuation, and the letters that writers mix up on a phone.

It does for names what bot/text/cleaning.py does for sentences. The directory imports nothing of the conversation, so the small
part of it that names need stands here too; a test holds the two against each other.
"""

import re
import unicodedata

import regex

# Format signs, variation selectors and tag letters are not seen; control signs, halves of pairs and emoji are no letters.
_UNSEEN = regex.compile(r"[\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u3164\ufe00-\ufe0f\uffa0]")
_APOSTROPHES = re.compile("['’‘`´ʼʻʿʾ]")
_ASIDE = regex.compile(r"[^\p{L}\p{N}\p{M}]+")
# The forms of letters that Arabic, Persian and Urdu keyboards exchange or leave out, and Latin letters that no
# decomposition takes the mark from.
_SPELLED = {
    **dict(zip("أإآٱىةؤئیکہھںۀۃے", "اااايهوييكههنههي", strict=True)),
    **dict(zip("đıøłð", "diold", strict=True)),
    **{"ـ": "", "ฯ": "", "æ": "ae", "œ": "oe", "þ": "th"},
}
_SPELLING = re.compile(f"[{''.join(_SPELLED)}]")
# An accent is noise; the vowel signs of Indic scripts, Thai and their kin are letters and stay.
_ACCENTS = re.compile(f"[{''.join(filter(unicodedata.combining, map(chr, range(0x0700))))}]+")
# In these no blank stands between two words.
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_SYLLABLES = regex.compile(r"[\p{Han}\p{Hangul}]")
_LATIN = regex.compile(r"[\p{Latin}]")
_LETTER = regex.compile(r"\p{L}")


def folded(text: str) -> str:
    """Give a text as names are compared: words of folded letters and digits with one blank between them."""
    readable = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    whole = _UNSEEN.sub("", unicodedata.normalize("NFKC", _UNSEEN.sub("", readable)))
    bare = _APOSTROPHES.sub("", whole.casefold())
    if not bare.isascii():
        apart = unicodedata.normalize("NFKD", _spelled(bare))
        bare = _spelled(unicodedata.normalize("NFC", _ACCENTS.sub("", apart)))
    return " ".join(_ASIDE.sub(" ", bare).split())


def unspaced(word: str) -> bool:
    """Tell whether a word is of a script that puts no blanks between words, so that names stand inside of it."""
    return bool(_UNSPACED.match(word))


def letters_are_words(word: str) -> bool:
    """Tell whether a word is of a script where two letters are a whole name."""
    return len(word) > 1 and bool(_SYLLABLES.match(word))


def mixed(name: str) -> bool:
    """Tell whether letters of Latin and of another script stand in one name, as only machines write them."""
    letters = _LETTER.findall(name)
    return 0 < sum(bool(_LATIN.match(letter)) for letter in letters) < len(letters)


def _spelled(text: str) -> str:
    return _SPELLING.sub(lambda found: _SPELLED[found[0]], text)
