"""Questions about a number that was given, heard by reviewed words: one that means the line, and one for what is asked.

"Do they charge if I call?", "is that number open on Sundays, and for men?": the reader hears one question of a message,
and seldom those about names or writing.
"""

import re
from functools import cache
from pathlib import Path

import yaml

from bot.text.cleaning import clean, words
from bot.text.word_lists import PhraseList

_FOLDER = Path(__file__).parents[2] / "data" / "line_words"
_LINE = "line"
_EVERYWHERE = "en"  # words that people mix into any language: "free", "open", "WhatsApp"
_TOGETHER = {"hi": "ur", "ur": "hi"}  # one language in Latin letters
_ASKS = re.compile("[?？؟]")
_LONG = 25  # words: a longer message tells a story, whatever words are in it


def line_questions(text: str, locale: str, unsure: bool = False) -> tuple[str, ...]:
    """Return what a message asks about a line, by the names of data/line_words/, in the order it was said.

    `unsure`: it is not clear what else the message says; then a question mark is as good as a word for the line.
    """
    said = words(clean(text))
    found = _words(locale).find(said) if len(said) <= _LONG else {}
    of_it = _LINE in found or (unsure and _ASKS.search(text))
    return tuple(name for name in found if name != _LINE) if of_it else ()


@cache
def _words(locale: str) -> PhraseList:
    lists: dict[str, list[str]] = {}
    for language in dict.fromkeys((locale, _TOGETHER.get(locale, locale), _EVERYWHERE)):
        plain = yaml.load((_FOLDER / f"{language}.yml").read_bytes(), Loader=yaml.CSafeLoader)
        for name, phrases in {_LINE: plain[_LINE], **plain["questions"]}.items():
            lists.setdefault(name, []).extend(map(str, phrases))
    return PhraseList.of(lists)
