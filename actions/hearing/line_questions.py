"""Questions about a number that was given, heard by reviewed words: one that means the line, and one for what is asked.

"Do they charge if I call?", "is that number open on Sundays, and for men?": the reader hears one question of a message,
and seldom those about names or writing.
"""

import re
from functools import cache
from pathlib import Path

import yaml

from bot.text.cleaning import clean, words
from bot.text.word_lists import SPACELESS, PhraseList

_FOLDER = Path(__file__).parents[2] / "data" / "line_words"
_LINE = "line"
_TOGETHER = {"hi": "ur", "ur": "hi"}  # one language in Latin letters
_ASKS = re.compile("[?？؟]")
_SPACELESS = re.compile(SPACELESS)
_LONG, _LONG_LETTERS = 25, 60  # words, and letters of a script without spaces: a longer message tells a story


def line_questions(text: str, locale: str, just_given: bool) -> tuple[str, ...]:
    """Return what a message asks about a line, by the names of data/line_words/, in the order it was said.

    `just_given`: the last answer gave a number. Then a question mark is as good as a word for the line; later both are needed.
    """
    said = words(clean(text))
    if len(said) > _LONG or len(_SPACELESS.findall(text)) > _LONG_LETTERS:
        return ()
    found = _words(locale).find(said)
    signs = (_LINE in found, _ASKS.search(text) is not None)
    return tuple(name for name in found if name != _LINE) if (any(signs) if just_given else all(signs)) else ()


@cache
def _words(locale: str) -> PhraseList:
    lists: dict[str, list[str]] = {}
    for language in dict.fromkeys((locale, _TOGETHER.get(locale, locale))):
        plain = yaml.load((_FOLDER / f"{language}.yml").read_bytes(), Loader=yaml.CSafeLoader)
        for name, phrases in {_LINE: plain[_LINE], **plain["questions"]}.items():
            lists.setdefault(name, []).extend(map(str, phrases))
    return PhraseList.of(lists)
