"""Reviewed words that settle a grave question whatever label was understood: who holds the phone, safe, alone.

Who writes may use another language than the one we answer in, so each list is read in every language; but "yes"
must be all of one language, since a yes of one is a no of another.
"""

import re
from collections.abc import Mapping, Set
from functools import cache
from typing import Literal

from bot.text.cleaning import clean, words
from bot.text.keyword_lists import every, own_words
from bot.text.word_lists import PhraseList

_ANSWERS: tuple[Literal["yes", "no"], ...] = ("yes", "no")
_ANSWER_ONLY = frozenset({"en", "fr"})  # languages whose word for no negates no verb
_PAUSE = re.compile(r"[,،.;؛!\n，。！]")
_QUESTION = re.compile(r"[?؟？]")


def from_stranger(text: str) -> bool:
    """Tell whether this is what somebody asks who found the talk on another person's phone."""
    said = _plain(text)
    in_words, without_blanks = _beginnings()
    starts = f"{said} ".startswith(in_words) or said.replace(" ", "").startswith(without_blanks)
    return said in _folded("stranger", "whole") or starts


def says_safe(text: str) -> bool:
    """Tell whether a whole message says yes to "safe to write?", and nothing else."""
    return _is_yes(text, text)


def begins_safe(text: str) -> bool:
    """Tell whether a message says so before its first pause; what follows may be a story."""
    return _is_yes(_PAUSE.split(text.strip(), maxsplit=1)[0], text)


def says_not_alone(text: str) -> bool:
    """Tell whether a whole message says that somebody is there."""
    return _plain(text) in _folded("not_alone")


def says_alone(text: str) -> bool:
    """Tell whether a message speaks of being alone; "I am not alone" as the whole message does not."""
    return not says_not_alone(text) and bool(_list("alone").find(words(clean(text))))


def says_wrong(text: str) -> bool:
    """Tell whether a whole message takes back what was said or answered before."""
    return _plain(text) in _folded("wrong")


def settles_something(text: str) -> bool:
    """Tell whether a whole message is one that people send for a reason: yes, no, hello, "who is this?"."""
    safe = (_folded("safe", part) for part in ("yes", "beside", "doubt"))
    common = frozenset[str]().union(*safe, _folded("alone"), _folded("no_word", "common"))
    return _plain(text) in common or says_not_alone(text) or from_stranger(text)


def leading_answer(text: str, locale: str) -> Literal["yes", "no"] | None:
    """Tell what a message begins with, where that is a plain yes or no: "no im not gonna do it", "yes 400 dollars".

    In the language of the talk; one word alone in any language. The first word of a sentence may be
    another word elsewhere: a Vietnamese "nó" (he, she) is no Spanish "no".
    """
    said = words(clean(text))
    if not said:
        return None
    answers = _answers(locale) if len(said) > 1 else {**_answers(""), **_answers(locale)}
    return answers.get(said[0])


def stands_apart(text: str, locale: str) -> bool:
    """Tell whether the first word is an answer by itself: "no, …", "no no …". "No puedo más" and "nu mai pot" are no "no"."""
    said = words(clean(text))
    pause = words(clean(_PAUSE.split(text.strip(), maxsplit=1)[0]))
    return locale in _ANSWER_ONLY or len(pause) <= 1 or (len(said) > 1 and said[0] == said[1])


def says_enough(text: str) -> bool:
    """Tell whether a whole message wants no more questions."""
    return _plain(text) in _folded("enough")


def tells_of_others(text: str) -> bool:
    """Tell whether a message is about somebody whom the writer knows from next door or from work."""
    return bool(_list("others").find(words(clean(text))))


def is_question(text: str) -> bool:
    """Tell whether a message asks something, by its mark."""
    return bool(_QUESTION.search(text))


def asks_how(text: str) -> bool:
    """Tell whether a message asks how something is done."""
    return bool(_list("how").find(words(clean(text))))


def tells_topic(text: str) -> bool:
    """Tell whether a word of a message would give away what is talked about here."""
    return bool(_list("no_word", "topic").find(words(clean(text))))


def _is_yes(answer: str, text: str) -> bool:
    """Tell whether an answer is a yes in one language, and nothing in the whole text casts a doubt on it."""
    said, all_said = set(words(clean(answer))), set(words(clean(text)))
    return not is_question(text) and any(
        said & safe["yes"] and said <= safe["yes"] | safe["beside"] and not all_said & safe["doubt"]
        for safe in _safe().values()
    )


def _plain(text: str) -> str:
    return " ".join(words(clean(text)))


@cache
def _safe() -> Mapping[str, Mapping[str, Set[str]]]:
    """Give yes, beside and doubt of each language, as single words."""
    parts = ("yes", "beside", "doubt")
    return {
        locale: {
            part: frozenset(word for entry in lists["safe"][part] for word in words(clean(entry))) for part in parts
        }
        for locale, lists in own_words().items()
        if "safe" in lists
    }


@cache
def _answers(locale: str) -> dict[str, Literal["yes", "no"]]:
    """Give the plain answers of a language, or of all; where they differ "no" wins."""
    lists = [own_words().get(locale, {})] if locale else list(own_words().values())
    found: dict[str, Literal["yes", "no"]] = {}
    for answer in _ANSWERS:
        found |= {_plain(word): answer for one in lists for word in one.get("answer", {}).get(answer, ())}
    return found


@cache
def _beginnings() -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = PhraseList.of({"": every("stranger", "beginning")})
    return tuple(f"{start} " for start in found.names), tuple(found.spaceless)


@cache
def _folded(*path: str) -> frozenset[str]:
    return frozenset(_plain(entry) for entry in every(*path))


@cache
def _list(*path: str) -> PhraseList:
    return PhraseList.of({"": every(*path)})
