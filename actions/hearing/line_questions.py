"""Questions about a number that was given, heard by reviewed words: one that means the line, and one for what is asked.

"Do they charge if I call?", "is that number open on Sundays, and for men?": the reader hears one question of a message,
and seldom those about names or writing.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from actions.policy.scene import Scene
from bot.engine.understood import FALLBACK
from bot.phrases.reply_kinds import kind_of
from bot.text.cleaning import clean, words
from bot.text.sentences import sentences
from bot.text.word_lists import SPACELESS_LETTER, PhraseList
from bot.text.word_sets import WordSets, stand_together

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
_LINE, _ASKED, _THEM, _EMERGENCY, _US = "line", "asks", "them", "emergency", "us"
_ANOTHER = "to_another"
_NO_QUESTIONS = frozenset({_LINE, _ASKED, _THEM, _EMERGENCY, _US, _ANOTHER})
# Whole questions, which need no question mark: "and what does he say". Right after a number they need no word for it either.
_FOR_ME = "call_for_me"
WHO, _SAYS = "who_runs", frozenset({"what_to_say", "they_say"})
WHOLE = frozenset({WHO, _FOR_ME, *_SAYS})
_PASSES_ON = "passes_on"
_WRITES, _CANNOT_CALL = "in_writing", "event/cannot_call"
_CALLING = (
    "utter_find_call_for_them",
    "utter_say_for_them",
    "utter_say_this",
    "utter_say_as_witness",
)  # answers on how to call
_TOGETHER = {"hi": "ur", "ur": "hi"}  # one language in Latin letters
_ASKS = re.compile("[?？؟]")
_FEW = 7  # words
_ONE, _BESIDE = "one", 13  # words that stand for a line beside one that tells which; letters between the two
_LONG, _LONG_LETTERS = 25, 60  # words, and letters of a script without spaces: a longer message tells a story


class LineWords(NamedTuple):
    """What the words of a message ask of a line."""

    questions: tuple[str, ...] = ()  # by the names of data/line_words/, in the order they were said
    line: bool = False  # a word for the line stands there, or its number
    asks: bool = False  # a question mark stands there, a word in its place, or a whole question
    short: bool = False
    them: bool = False  # it says that those who answer are meant: "if I call them"
    asked: bool = False  # it has such a mark or word besides
    emergency: bool = False  # the number for emergencies is named in words

    @property
    def plain(self) -> bool:
        """Whether both a line and a question are named, so that the last answer need not have given a number."""
        return bool(self.questions) and self.line and self.asks


class WhichWords(NamedTuple):
    """What the words of a message say of which line is meant."""

    places: tuple[str, ...] = ()  # first, second, last
    kinds: tuple[str, ...] = ()  # by the names of data/line_words/
    negations: frozenset[str] = frozenset()  # words of the language that say that the number after them is not meant


def which_words(text: str, locale: str) -> WhichWords:
    """Return which line is meant by a word beside that for a line: "the second number", "that refugee one"."""
    sets, kinds, negations = _which(locale)
    found = sets.find(words(clean(text)))
    near = [place for name in (_LINE, _ONE) for place in found.get(name, ())]
    beside = [name for name in found if name not in (_LINE, _ONE) and stand_together([found[name], near], _BESIDE)]
    return WhichWords(
        tuple(name for name in beside if name not in kinds), tuple(name for name in beside if name in kinds), negations
    )


def line_words(text: str, locale: str, numbered: bool = False) -> LineWords:
    """Return what a message asks of a line. `numbered`: it names the number of one."""
    said = words(clean(text))
    letters = len(SPACELESS_LETTER.findall(text))
    if len(said) > _LONG or letters > _LONG_LETTERS:
        return LineWords()
    found = _found(said, locale)
    if _US in found:  # "can you call for me?"
        found.pop(_FOR_ME, None)
    unmeant = _SAYS if _ANOTHER in found else frozenset()  # "what do I say to her?"
    questions = tuple(name for name in found if name not in _NO_QUESTIONS | unmeant)
    asked = _ASKED in found or _ASKS.search(text) is not None
    asks = asked or not WHOLE.isdisjoint(questions)
    short = len(said) <= _SHORT and letters <= _LONG_LETTERS // 2
    line = numbered or _LINE in found or _THEM in found
    return LineWords(questions, line, asks, short, _THEM in found, asked, _EMERGENCY in found)


def _found(said: list[str], locale: str) -> dict[str, str]:
    """Return what words name; those of a whole question name nothing else: "is that the police?" asks of nobody who tells them."""
    found = _words(locale).find(said)
    asked = {name: found[name] for name in found if name in WHOLE}
    # "What shall my friend say" holds "say what".
    within = {name for name, one in asked.items() for other in asked.values() if one != other and one in other}
    found = {name: phrase for name, phrase in found.items() if name not in within}
    whole = [phrase for name, phrase in asked.items() if name not in within]
    if not whole:
        return found
    rest = " ".join(said)
    for phrase in whole:
        rest = rest.replace(phrase, " ")
    left = _words(locale).find(rest.split())
    kept = {name for name in found if name in left or name in WHOLE | _NO_QUESTIONS}
    # "Who are they, police?": a bare word for an authority asks of nobody who is told.
    if WHO in kept and left.get(_PASSES_ON, "") in _authorities(locale):
        kept.discard(_PASSES_ON)
    return {name: phrase for name, phrase in found.items() if name in kept}


def questions_in_words(scene: Scene, numbered: bool = False) -> LineWords:
    """Return what reviewed words ask about a line, where the reader hears nothing surer: "call" is a word of stories too.

    Never beside a sure crisis or somebody who comes, or where something else is said of the line.
    """
    nothing = LineWords()
    sure = any(band == "sure" for _, band in scene.turn.crises.values())
    if scene.turn.chosen or scene.late or sure or scene.somebody_comes or not _OTHERWISE.isdisjoint(scene.topics):
        return nothing
    heard = line_words(scene.turn.text, scene.turn.locale, numbered)
    news = [label for label, chance in scene.many.items() if chance >= _NEWS_LEAST and label.startswith(_NEWS)]
    # "I can't call, they would hear me: can I text?" asks something with its news.
    if any(label != _CANNOT_CALL or _WRITES not in heard.questions for label in news):
        return nothing
    heard = _known_or_none(scene, heard)
    after_number = heard.asks and not scene.record.crisis and _just_given(scene)
    several = heard.line and len(heard.questions) >= _SEVERAL
    if not heard.questions or not (heard.plain or after_number or several or (heard.line and _just_given(scene))):
        return nothing
    return heard if _is_rather_that(scene, heard, numbered, after_number) else nothing


def _is_rather_that(scene: Scene, heard: LineWords, numbered: bool, after_number: bool) -> bool:
    """Tell whether words outweigh what the reader hears."""
    # "Can somebody else call for me?" is heard as a wish for a person.
    for_me = scene.label == "talk_to_human" and _FOR_ME in heard.questions
    told = scene.label.startswith(ELSE) and not for_me
    if heard.plain and not (told and scene.sureness >= _RATHER):
        likewise = scene.label.startswith(_LIKEWISE)
        if not WHOLE.isdisjoint(heard.questions) or (likewise and (numbered or heard.them)):
            return True
    least = _UNCLEAR_BELOW if scene.label in _UNCLEAR else _UNSURE
    same_need = scene.label.startswith("find_") and scene.label in ("find_hotline", scene.record.need)
    if scene.label == FALLBACK or same_need or scene.sureness < least:
        return True
    if scene.label.startswith(_LIKEWISE) and heard.plain:
        return not _OF_US.issuperset(heard.questions)
    # Several questions outweigh a guess that is no story and no wish: "that line, do they take men, and do they call my mother?"
    if len(heard.questions) >= _SEVERAL and scene.sureness < _SURE and not told:
        return True
    return scene.sureness < _RATHER and ((after_number and heard.short and not told) or numbered)


def _known_or_none(scene: Scene, heard: LineWords) -> LineWords:
    """Return what is asked with the line that a whole question means: the one that was just given, where none is named.

    "What do I say" in a long message means anybody, and who they are in a later one too.
    """
    said = [str(reply.get("say")) for reply in scene.record.said]
    spoken_of = _just_given(scene) or any(one in _CALLING for one in said)
    few = heard.short and _is_asked_shortly(scene)
    if not heard.line and spoken_of and (WHO in heard.questions or (few and not WHOLE.isdisjoint(heard.questions))):
        return heard._replace(line=True)
    unmeant = _SAYS if heard.line and not heard.short else frozenset() if heard.line else WHOLE
    left = tuple(name for name in heard.questions if name not in unmeant)
    return (
        heard if left == heard.questions else heard._replace(questions=left, asks=heard.asked or bool(WHOLE & {*left}))
    )


def _is_asked_shortly(scene: Scene) -> bool:
    """Tell whether a message, or the sentence of it that asks, is of few words: "what do I say to them? I only know the road"."""
    text, locale = clean(scene.turn.text), scene.turn.locale
    parts = [part for part in (text, *sentences(text)) if len(words(part)) <= _FEW]
    return any(not WHOLE.isdisjoint(line_words(part, locale).questions) for part in parts)


def asks_whose(text: str, locale: str) -> bool:
    """Tell whether a message with a number asks whether the police answer it: "is 17 police?"."""
    lists = [plain["questions"][_PASSES_ON] for plain in _files(locale)]
    told = {word for phrases in lists for phrase in phrases for word in words(clean(str(phrase)))}
    return _ASKS.search(text) is not None and not (told & _authorities(locale)).isdisjoint(words(clean(text)))


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
    for plain in _files(locale):
        named = {name: plain[name] for name in _NO_QUESTIONS}
        for name, phrases in {**named, **plain["questions"]}.items():
            lists.setdefault(name, []).extend(map(str, phrases))
    return PhraseList.of(lists)


@cache
def _authorities(locale: str) -> frozenset[str]:
    """Return the words that name an authority: those of "is it the police?"."""
    asked = (str(phrase) for plain in _files(locale) for phrase in plain["questions"][WHO])
    return frozenset(word for phrase in asked for word in words(clean(phrase)))


@cache
def _which(locale: str) -> tuple[WordSets, frozenset[str], frozenset[str]]:
    lists: dict[str, list[str]] = {}
    kinds: set[str] = set()
    negations: set[str] = set()
    for plain in _files(locale):
        for name, phrases in {_LINE: plain[_LINE], _ONE: plain[_ONE], **plain["places"], **plain["kinds"]}.items():
            lists.setdefault(name, []).extend(map(str, phrases))
        kinds |= set(plain["kinds"])
        negations |= {word for one in plain["not"] for word in words(clean(str(one)))[-1:]}
    return WordSets.of(lists), frozenset(kinds), frozenset(negations)


def _files(locale: str) -> Iterator[Mapping[str, Any]]:
    for language in dict.fromkeys((locale, _TOGETHER.get(locale, locale))):
        yield yaml.load((_FOLDER / f"{language}.yml").read_bytes(), Loader=yaml.CSafeLoader)
