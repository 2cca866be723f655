"""Slips of the fingers in a text: a letter dropped, doubled, or swapped with the next.

People type fast and in fear, and dialects are spelled as they are heard: a word that is spelled unlike ours falls into other
tokens, so the reader has to see each word in more than one form.
"""

import numpy as np
import regex

_SHARE = 0.03  # of the letters
# In these scripts a letter is a word, and nobody's finger slips into another.
_WORDS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")


def slipped(text: str, drawn: np.random.Generator) -> str:
    """Return a text with a few slips. Digits stay: an age or an amount would be another."""
    letters = list(text)
    for place in np.flatnonzero(drawn.random(len(letters)) < _SHARE).tolist():
        letter = letters[place]
        if not letter.isalpha() or _WORDS.match(letter):
            continue
        kind = drawn.integers(3)
        if kind == 2 and place + 1 < len(letters) and letters[place + 1].isalpha():
            letters[place], letters[place + 1] = letters[place + 1], letter
        else:
            letters[place] = letter * 2 if kind == 1 else ""
    return "".join(letters)
