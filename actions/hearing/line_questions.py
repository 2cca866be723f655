"""Questions about a number that was given, heard by reviewed words: one that means the line, and one for what is asked.

"Do they charge if I call?", "is that number open on Sundays, and for men?": the reader hears one question of a message,
and seldom those about names or writing.
"""

import re
from functools import cache
from pathlib import Path

import yaml

from actions.policy.scene import Scene
from bot.engine.understood import FALLBACK
from bot.phrases.reply_kinds import kind_of
from bot.text.cleaning import clean, words
from bot.text.word_lists import SPACELESS_LETTER, PhraseList

ELSE = ("disclose_", "report_", "talk_to_human", "delete_my_data", "goodbye")  # sure ones ask nothing of a line
_UNCLEAR = frozenset({"out_of_scope", "not_understood"})
_UNCLEAR_BELOW, _UNSURE = 0.6, 0.35  # chance of these, and of any other label, below which words are looked at
# Something else is said of a line: that it does not work, that another one is wanted, that somebody cannot call.
_OTHERWISE = frozenset({"referral_another", "referral_closer", "referral_wrong", "referral_town"})
_NEWS, _NEWS_LEAST = ("event/", "talk/nobody_answers", "talk/are_you_there"), 0.28
_SEVERAL, _SURE = 2, 0.5  # questions that outweigh a guess; chance from which a label is no guess
_FOLDER = Path(__file__).parents[2] / "data" / "line_words"
_LINE = "line"
_TOGETHER = {"hi": "ur", "ur": "hi"}  # one language in Latin letters
_ASKS = re.compile("[?？؟]")
_LONG, _LONG_LETTERS = 25, 60  # words, and letters of a script without spaces: a longer message tells a story


def line_questions(text: str, locale: str, just_given: bool) -> tuple[str, ...]:
    """Return what a message asks about a line, by the names of data/line_words/, in the order it was said.

    `just_given`: the last answer gave a number. Then a question mark is as good as a word for the line; later both are needed.
    """
    said = words(clean(text))
    if len(said) > _LONG or len(SPACELESS_LETTER.findall(text)) > _LONG_LETTERS:
        return ()
    found = _words(locale).find(said)
    signs = (_LINE in found, _ASKS.search(text) is not None)
    return tuple(name for name in found if name != _LINE) if (any(signs) if just_given else all(signs)) else ()


def questions_in_words(scene: Scene) -> tuple[str, ...]:
    """Return what reviewed words ask about a line, where the reader hears nothing else: "call" is a word of stories too.

    Never within a crisis, beside somebody who comes, or where something else is said of the line.
    """
    if scene.turn.chosen or scene.late or scene.record.crisis or scene.turn.crises or scene.somebody_comes:
        return ()
    news = any(chance >= _NEWS_LEAST for label, chance in scene.many.items() if label.startswith(_NEWS))
    if news or not _OTHERWISE.isdisjoint(scene.topics):
        return ()
    least = _UNCLEAR_BELOW if scene.label in _UNCLEAR else _UNSURE
    same_need = scene.label.startswith("find_") and scene.label in ("find_hotline", scene.record.need)
    unclear = scene.label == FALLBACK or same_need or scene.sureness < least
    asked = line_questions(scene.turn.text, scene.turn.locale, _just_given(scene))
    # Several questions outweigh a guess that is no story and no wish: "that line, do they take men, and do they call my mother?"
    several = len(asked) >= _SEVERAL and scene.sureness < _SURE and not scene.label.startswith(ELSE)
    return asked if unclear or several else ()


def asks_for_a_line(scene: Scene) -> bool:
    """Tell whether words ask what a line is like before there was one: "who speaks Bangla there, and is the call free?"."""
    return not scene.record.given and len(questions_in_words(scene)) >= _SEVERAL


def _just_given(scene: Scene) -> bool:
    """Tell whether the last answer gave a number: by itself, or as one of two sentences in a message."""
    said = [reply.get("say") for reply in scene.record.said]
    parts = [part for reply in scene.record.said for part in (reply.get("arguments") or {}).values()]
    said += [part["say"] for part in parts if isinstance(part, dict) and "say" in part]
    return any(kind_of(str(name)) == "number" for name in said)


@cache
def _words(locale: str) -> PhraseList:
    lists: dict[str, list[str]] = {}
    for language in dict.fromkeys((locale, _TOGETHER.get(locale, locale))):
        plain = yaml.load((_FOLDER / f"{language}.yml").read_bytes(), Loader=yaml.CSafeLoader)
        for name, phrases in {_LINE: plain[_LINE], **plain["questions"]}.items():
            lists.setdefault(name, []).extend(map(str, phrases))
    return PhraseList.of(lists)
