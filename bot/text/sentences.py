"""The sentences of a message, and what commas part: the second half of one is heard better when it is read by itself too."""

import regex

_END = regex.compile(r"(?<=[.!?…؟।;])\s+|(?<=[。！？,،、，])\s*(?=\D)")
_OF_WORDS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")  # scripts in which a letter is a word
_LEAST, _LEAST_OF_WORDS = 12, 4  # letters, blanks included: less says little by itself
_MOST = 8


def sentences(text: str) -> list[str]:
    """Return the parts of a cleaned text that say something by themselves; none, where it is one part."""
    found = [part for part in _END.split(text) if part]
    return [part for part in found if _says_something(part)][:_MOST] if len(found) > 1 else []


def _says_something(part: str) -> bool:
    return len(part) >= (_LEAST_OF_WORDS if _OF_WORDS.search(part) else _LEAST)
