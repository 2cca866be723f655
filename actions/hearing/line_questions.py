"""Questions about a number that was given, heard by reviewed words: one that means the line, and one for what is asked.

"Do they charge if I call?", "is that number open on Sundays, and for men?": the reader hears one question of a message,
and seldom those about names or writing.
"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

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
# What is asked of us is asked of a line in the same words: where both may be meant, the line is answered.
_LIKEWISE = ("find_hotline", "ask_cost", "ask_anonymity", "ask_bot", "ask_police")
_OF_US = frozenset(
    {"passes_on", "in_writing"}
)  # alone they are asked of us: "if I call, can my boss read these messages?"
_SEVERAL, _SURE = 2, 0.5  # questions that outweigh a guess; chance from which a label is no guess
_SHORT, _RATHER = 12, 0.6  # words right after a number, and chance of a label that they give way to
_FOLDER = Path(__file__).parents[2] / "data" / "line_words"
_LINE, _ASKED = "line", "asks"
_TOGETHER = {"hi": "ur", "ur": "hi"}  # one language in Latin letters
_ASKS = re.compile("[?？؟]")
_LONG, _LONG_LETTERS = 25, 60  # words, and letters of a script without spaces: a longer message tells a story


class LineWords(NamedTuple):
    """What the words of a message ask of a line."""

    questions: tuple[str, ...] = ()  # by the names of data/line_words/, in the order they were said
    line: bool = False  # a word for the line stands there, or its number
    asks: bool = False  # a question mark stands there, or a word in its place
    short: bool = False

    @property
    def plain(self) -> bool:
        """Whether both a line and a question are named, so that the last answer need not have given a number."""
        return bool(self.questions) and self.line and self.asks


def line_words(text: str, locale: str, numbered: bool = False) -> LineWords:
    """Return what a message asks of a line. `numbered`: it names the number of one."""
    said = words(clean(text))
    letters = len(SPACELESS_LETTER.findall(text))
    if len(said) > _LONG or letters > _LONG_LETTERS:
        return LineWords()
    found = _words(locale).find(said)
    questions = tuple(name for name in found if name not in (_LINE, _ASKED))
    asks = _ASKED in found or _ASKS.search(text) is not None
    short = len(said) <= _SHORT and letters <= _LONG_LETTERS // 2
    return LineWords(questions, numbered or _LINE in found, asks, short)


def questions_in_words(scene: Scene, numbered: bool = False) -> LineWords:
    """Return what reviewed words ask about a line, where the reader hears nothing surer: "call" is a word of stories too.

    Never beside a sure crisis or somebody who comes, or where something else is said of the line.
    """
    nothing = LineWords()
    sure = any(band == "sure" for _, band in scene.turn.crises.values())
    if scene.turn.chosen or scene.late or sure or scene.somebody_comes or not _OTHERWISE.isdisjoint(scene.topics):
        return nothing
    if any(chance >= _NEWS_LEAST for label, chance in scene.many.items() if label.startswith(_NEWS)):
        return nothing
    heard = line_words(scene.turn.text, scene.turn.locale, numbered)
    after_number = heard.asks and not scene.record.crisis and _just_given(scene)
    several = heard.line and len(heard.questions) >= _SEVERAL
    if not heard.questions or not (heard.plain or after_number or several or (heard.line and _just_given(scene))):
        return nothing
    return heard if _is_rather_that(scene, heard, numbered, after_number) else nothing


def _is_rather_that(scene: Scene, heard: LineWords, numbered: bool, after_number: bool) -> bool:
    """Tell whether words outweigh what the reader hears."""
    least = _UNCLEAR_BELOW if scene.label in _UNCLEAR else _UNSURE
    same_need = scene.label.startswith("find_") and scene.label in ("find_hotline", scene.record.need)
    if scene.label == FALLBACK or same_need or scene.sureness < least:
        return True
    if scene.label.startswith(_LIKEWISE) and heard.plain:
        return not _OF_US.issuperset(heard.questions)
    told = scene.label.startswith(ELSE)
    # Several questions outweigh a guess that is no story and no wish: "that line, do they take men, and do they call my mother?"
    if len(heard.questions) >= _SEVERAL and scene.sureness < _SURE and not told:
        return True
    return scene.sureness < _RATHER and ((after_number and heard.short and not told) or numbered)


def asks_for_a_line(scene: Scene) -> bool:
    """Tell whether words ask what a line is like before there was one: "who speaks Bangla there, and is the call free?"."""
    return not scene.record.given and questions_in_words(scene).plain


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
        for name, phrases in {_LINE: plain[_LINE], _ASKED: plain[_ASKED], **plain["questions"]}.items():
            lists.setdefault(name, []).extend(map(str, phrases))
    return PhraseList.of(lists)
