"""Reviewed words that settle a grave question whatever label was understood: who holds the phone, safe, alone.

Who writes may use another language than the one we answer in, so each list is read in every language; but "yes"
must be all of one language, since a yes of one is a no of another.
"""

import re
from collections.abc import Iterable, Mapping, Set
from functools import cache
from typing import Literal

from bot.text.cleaning import clean, words
from bot.text.keyword_lists import every, own_words
from bot.text.marked_phrases import spelled, spellings
from bot.text.whole_messages import WholeMessages, free_of, has_blanks
from bot.text.word_lists import PhraseList, plain

_ANSWERS: tuple[Literal["yes", "no"], ...] = ("yes", "no")
_ANSWER_ONLY = frozenset({"en", "fr"})  # languages whose word for no negates no verb
_PAUSE = re.compile(r"[,،.;؛!\n，。！]")
_LONGEST_ANSWER = 4  # words
_QUESTION = re.compile(r"[?؟？]")
_ASKING = re.compile(r"[?؟？][\s!?؟？]*$")
# A word in Latin letters by itself, and of at most so many, is an answer in the language of the talk only, and in English, which is
# said everywhere: "sim" is yes, and a card; "ha" is yes, no, and a laugh.
_SHORT, _EVERYWHERE = 3, "en"
_A_WORD_MORE = 1  # behind "wrong number": whoever says more, "nobody picks up", complains of ours
_LAUGHTER = re.compile(r"^(ha|हा|ها|ہا|ха|হা)([ ,!.]*\1)+[ ,!.]*$", re.IGNORECASE)  # "ha" is yes, "ha ha" is none
_LATIN = re.compile("[a-z]")


def from_stranger(text: str, *, given: bool = False) -> bool:
    """Tell whether this is what somebody asks who found the talk on another person's phone.

    "Wrong number", "whose number is this?" is about ours where a number was given in this talk, and no stranger's.
    """
    said = plain(text)
    if said in _folded("stranger", "whole") or _begun_with(said, "beginning"):
        return True
    begun = "" if given else _begun_with(said, "number")
    rest = said.removeprefix(begun.strip())
    return bool(begun) and len(rest.split() if has_blanks(begun) else rest) <= _A_WORD_MORE


def says_safe(text: str, locale: str) -> bool:
    """Tell whether a whole message says yes to "safe to write?", and nothing else."""
    return _is_yes(locale, text)


def begins_safe(text: str, locale: str) -> bool:
    """Tell whether a message says so before its first pause; what follows may be a story."""
    return _is_yes(locale, *_PAUSE.split(text.strip(), maxsplit=1))


def says_not_alone(text: str, locale: str = "") -> bool:
    """Tell whether a whole message says that somebody is there; with the language of the talk, where that is known.

    "Is anybody there?" asks us, and whoever asks it is alone.
    """
    said = spelled(text)
    if not said or _only_asks(text):
        return False
    if locale and said.isalpha() and _LATIN.match(said):
        # "Mai", "hindi", "tata": what one language calls a mother is a name in another.
        found = _not_alone().find(said)
        return any(language in found or said in _noes(language) for language in (locale, _EVERYWHERE))
    # A plain no says so by itself, and may stand only before a pause. Elsewhere it would turn it round: "no, he is here" and
    # "no people here" begin alike.
    first, *rest = _PAUSE.split(text.strip(), maxsplit=1)
    denying = {locale for locale in _not_alone().names if spelled(first) in _noes(locale)}
    behind = _not_alone().find(spelled(rest[0])) if denying and rest else ()
    return bool(_not_alone().find(said) or denying.intersection(behind) or (denying and not rest))


def says_alone(text: str) -> bool:
    """Tell whether a message speaks of being alone; "I am not alone" as the whole message does not.

    The graver of the two wins where a message only can be cut into pieces of the other.
    """
    return plain(text) not in _folded("not_alone", "words") and bool(_list("alone").find(words(clean(text))))


def says_wrong(text: str) -> bool:
    """Tell whether a whole message takes back what was said or answered before."""
    return plain(text) in _folded("wrong")


def settles_something(text: str) -> bool:
    """Tell whether a whole message is one that people send for a reason: yes, no, hello, "who is this?"."""
    safe = (_folded("safe", part) for part in ("yes", "beside", "doubt"))
    common = frozenset[str]().union(*safe, _folded("alone"), _folded("no_word", "common"))
    said = plain(text)
    return said in common or bool(_safe().find(said)) or says_not_alone(text) or from_stranger(text)


def leading_answer(text: str, locale: str) -> Literal["yes", "no"] | None:
    """Tell what a message begins with, where that is a plain yes or no: "no im not gonna do it", "yes 400 dollars".

    In the language of the talk; one word alone in any language. The first word of a sentence may be
    another word elsewhere: a Vietnamese "nó" (he, she) is no Spanish "no". Of both together the no is the answer: "ji nahi",
    "yeah no". Who begins so and does not know says neither: "no idea". Nor does a question: "yes?", "no what?", "ha?".
    """
    said = spelled(text).split()
    if not said or _only_asks(text) or _LAUGHTER.search(text) or _is_unsure(plain(text), locale):
        return None
    answers = _answers(locale) if len(said) > 1 else _lone_answers(locale, _is_short(said[0]))
    together = {answers.get(word) for word in spelled(_PAUSE.split(text.strip(), maxsplit=1)[0]).split()}
    if together == {"yes", "no"}:
        return "no"
    begun = (" ".join(said[:size]) for size in range(_LONGEST_ANSWER, 0, -1))  # "claro que no" before "claro"
    return next((answers[answer] for answer in begun if answer in answers), None)


def stands_apart(text: str, locale: str) -> bool:
    """Tell whether the first word is an answer by itself: "no, …", "no no …". "No puedo más" and "nu mai pot" are no "no"."""
    said = words(clean(text))
    pause = words(clean(_PAUSE.split(text.strip(), maxsplit=1)[0]))
    return locale in _ANSWER_ONLY or len(pause) <= 1 or (len(said) > 1 and said[0] == said[1])


def says_enough(text: str) -> bool:
    """Tell whether a whole message wants no more questions."""
    return plain(text) in _folded("enough")


def tells_of_others(text: str) -> bool:
    """Tell whether a message is about somebody whom the writer knows from next door or from work."""
    return bool(_list("others").find(words(clean(text))))


def is_question(text: str) -> bool:
    """Tell whether a message asks something, by its mark."""
    return bool(_QUESTION.search(text))


def _is_short(said: str) -> bool:
    """Tell whether a message is a word so short that it is another one elsewhere; not if its marks tell: "sí"."""
    return len(said) <= _SHORT and said.isascii() and said.isalpha()


def _only_asks(text: str) -> bool:
    """Tell whether a message has one clause, and that is a question by its mark."""
    return bool(_ASKING.search(text)) and not _PAUSE.search(text.strip())


def asks_how(text: str) -> bool:
    """Tell whether a message asks how something is done."""
    return bool(_list("how").find(words(clean(text))))


def tells_topic(text: str) -> bool:
    """Tell whether a word of a message would give away what is talked about here."""
    return bool(_list("no_word", "topic").find(words(clean(text))))


def _is_yes(locale: str, answer: str, rest: str = "") -> bool:
    """Tell whether an answer is a yes in one language, and nothing in what follows casts a doubt on it.

    Nor may the answer hold a doubt of the conversation's language: "safe na" is safe by now in Tagalog, and not safe in Bengali.
    """
    said, follows = plain(answer), plain(rest)
    if is_question(answer + rest) or said in _folded("safe", "other") or not _is_sure(said, locale):
        return False
    found = set(_safe().find(spelled(answer)))
    if _is_short(said):
        found &= {locale, _EVERYWHERE}
    return any(_is_sure(said, language) and free_of(follows, _doubts(language)) for language in found)


def _is_sure(said: str, locale: str) -> bool:
    """Tell whether no doubt stands in a yes; in scripts without blanks it is part of other words ("没" of "没事", all is well)."""
    return free_of(said, _parted_doubts(locale))


@cache
def _safe() -> WholeMessages[str]:
    return WholeMessages(
        {locale: _parts(lists["safe"], "yes") for locale, lists in own_words().items() if "safe" in lists}
    )


@cache
def _doubts(locale: str) -> Set[str]:
    return frozenset(plain(str(phrase)) for phrase in own_words().get(locale, {}).get("safe", {}).get("doubt", ()))


@cache
def _parted_doubts(locale: str) -> Set[str]:
    return frozenset(filter(has_blanks, _doubts(locale)))


@cache
def _not_alone() -> WholeMessages[str]:
    lists = {locale: lists["not_alone"] for locale, lists in own_words().items() if "not_alone" in lists}
    return WholeMessages({locale: _parts(listed, "words", _noes(locale)) for locale, listed in lists.items()})


def _noes(locale: str) -> Set[str]:
    return frozenset(word for word, answer in _answers(locale).items() if answer == "no")


def _parts(
    lists: Mapping[str, Iterable[str]], telling: str, but: Set[str] = frozenset()
) -> tuple[Iterable[str], Iterable[str]]:
    tells, beside = (frozenset(spellings(lists[part])) - but for part in (telling, "beside"))
    return tells, beside


def _is_unsure(said: str, locale: str) -> bool:
    begins = own_words().get(locale, {}).get("answer", {}).get("unsure", ())
    return f"{said} ".startswith(_begun(tuple(begins)))


@cache
def _begun(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{plain(phrase)} " if has_blanks(phrase) else plain(phrase) for phrase in phrases)


@cache
def _answers(locale: str) -> dict[str, Literal["yes", "no"]]:
    """Give the plain answers of a language, or of all; where they differ "no" wins."""
    lists = [own_words().get(locale, {})] if locale else list(own_words().values())
    found: dict[str, Literal["yes", "no"]] = {}
    for answer in _ANSWERS:
        listed = (word for one in lists for word in one.get("answer", {}).get(answer, ()))
        found |= dict.fromkeys(spellings(listed), answer)
    return found


@cache
def _lone_answers(locale: str, is_short: bool) -> Mapping[str, Literal["yes", "no"]]:
    """Give the answers that count as a word by itself."""
    return {**_answers(_EVERYWHERE if is_short else ""), **_answers(locale)}


def _begun_with(said: str, kind: str) -> str:
    """Return the longest listed beginning of a message, or nothing."""
    in_words, without_blanks = _beginnings(kind)
    joined = said.replace(" ", "")
    found = [start for start in in_words if f"{said} ".startswith(start)]
    return max([*found, *(start for start in without_blanks if joined.startswith(start))], key=len, default="")


@cache
def _beginnings(kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = PhraseList.of({"": every("stranger", kind)})
    return tuple(f"{start} " for start in found.names), tuple(found.spaceless)


@cache
def _folded(*path: str) -> frozenset[str]:
    return frozenset(plain(entry) for entry in every(*path))


@cache
def _list(*path: str) -> PhraseList:
    return PhraseList.of({"": every(*path)})
