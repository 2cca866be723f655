"""What an answer to "are you under 18?" says about an age, before its yes or no is read.

Many people answer the question they expected, "18 yet?": their "not yet" and their "no, 16" mean a child, and a child
who is taken for an adult is asked what no child may be asked. So words that fit both mean a child.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.text.cleaning import clean, words
from bot.text.keyword_lists import every, own_words
from bot.text.whole_messages import WholeMessages, bounded, free_of, has_blanks
from bot.text.word_lists import PhraseList, plain
from bot.understanding import lexicon_matcher
from bot.understanding.age.ages import (
    ADULT,
    CUT,
    YOUNGEST,
    age_words,
    apart_from_digits,
    begins_with,
    cut_out,
    ends_with,
    is_unit,
    number_words,
)

_OLDEST = 99
_SHORT = 4  # letters of a word that may be another one elsewhere
_FAR = 4  # unlisted words before a number: after more of them it counts something else
_LIMIT = str(ADULT)
_PARTED = re.compile(r"\d\s?[:/]\s?\d|\b(\d\d)\s+\1\b")  # a time, a date, "24/7", "50 50"
_PAUSE = re.compile(r"[,،、.;؛!?؟？\n，。！…]")


@dataclass(frozen=True)
class _Answers:
    """How one language answers: `age` of data/words/<locale>.yml, and its plain yes and no beside it."""

    not_yet: Set[str]
    no: Set[str]
    beside: Set[str]
    meant: WholeMessages[bool]  # by a whole clause: whether a child
    denied: WholeMessages[bool]  # "not under 18", which holds the words of a child

    @classmethod
    def of(cls, lists: Mapping[str, Any]) -> "_Answers":
        """Parse the file's form."""
        age, answer, safe = lists.get("age") or {}, lists.get("answer") or {}, lists.get("safe") or {}
        no = [*(answer.get("no") or ()), *(safe.get("doubt") or ())]
        beside = [*(age.get("beside") or ()), *(answer.get("yes") or ()), *(answer.get("no") or ())]
        not_yet, of_age, small, negations = (
            frozenset(map(plain, map(str, listed))) for listed in (age["not_yet"], age["of_age"], beside, no)
        )
        limit = small | {_LIMIT}
        denied = {phrase for phrase in of_age if not free_of(phrase, not_yet)}
        meant = WholeMessages({True: (not_yet, limit | of_age), False: (of_age, limit)})  # also "not yet of age"
        return cls(not_yet, negations, small, meant, WholeMessages({False: (denied, limit)}))

    def told(self, clauses: Sequence[str], aged: bool) -> bool | None:
        """Return whether a clause means a child ("not yet") or else an adult ("of age"), and nothing more.

        A "not yet" that is also the language's plain no ("没有") gives way to an age that is stated beside it.
        """
        if any(self.denied.find(_without_ages(clause)) for clause in clauses):
            return False
        meant = {clause: self.meant.find(_without_ages(clause)) for clause in clauses}
        if any(True in found for clause, found in meant.items() if not (aged and clause in self.no)):
            return True
        return False if any(False in found for found in meant.values()) else None

    def names_limit(self, clauses: Sequence[str]) -> bool:
        """Whether 18 is named as an age still to come, whatever else is said: "18 next month"."""
        return any(True in self._names_limit(clause) for clause in clauses if not self.denied.find(clause))

    def _names_limit(self, clause: str) -> Iterator[bool]:
        if _LIMIT not in clause.split():
            return
        for phrase in self.not_yet:
            before, found, _ = f" {clause} ".partition(bounded(phrase))
            yield bool(found) and (before.split() or [""])[-1] not in self.no


def tells_child(text: str, locale: str) -> bool | None:
    """Return whether an answer comes from somebody under 18; None if it states no age."""
    clauses = list(_clauses(text, locale))
    ages = [age for clause in clauses for age in _ages(clause.split())]
    if any(age < ADULT for age, _ in ages) or _hears_child(text):
        return True
    if (told := _in_words(clauses, locale, bool(ages))) is not None or not ages:
        return told
    if _is_unsure(text, locale):
        return None
    # "Yes, 20" contradicts itself: the 20 can be anything, and a child must not be taken for an adult, so the yes stands.
    # "Yes, I am 20" states an age, and answers "are you 18?".
    return None if _begins_with_yes(clauses, locale) and not any(told for _, told in ages) else False


def _is_unsure(text: str, locale: str) -> bool:
    """Whether a number over 18 may be no age of the writer's: a passport's, a husband's, of a room, 22:30, 50 50.

    Of another language than the talk's, long words only: a Vietnamese "nó" (he) is no Spanish "no".
    """
    whole = clean(text)
    return bool(_PARTED.search(whole) or _not_surely(locale).find(apart_from_digits(words(whole))))


def _in_words(clauses: Sequence[str], locale: str, aged: bool) -> bool | None:
    """Return what is said without an age. The conversation's language goes first: "18 na" is no in one and yes in another."""
    own = _answers().get(locale)
    if own and own.names_limit(clauses):
        return True
    others = [language for language in _answers().values() if language is not own]
    found = (language.told(clauses, aged) for language in [*filter(None, [own]), *others])
    return next((told for told in found if told is not None), None)


def _hears_child(text: str) -> bool:
    told = lexicon_matcher.age(text)
    return told is not None and told < ADULT


def _clauses(text: str, locale: str) -> Iterator[str]:
    """Yield the text between pauses, in folded words, with all numbers in digits."""
    for part in _PAUSE.split(clean(text)):
        said = _in_digits(words(part), locale)
        yield " ".join(said)
        # Also "not yet" of "not yet but he hits me". The joining word may belong to the answer itself: "ещё нет".
        joins = [place for place, word in enumerate(said) if word in _joining()]
        for start, end in zip([-1, *joins], [*joins, len(said)], strict=True):
            if joins:
                yield " ".join(said[start + 1 : end])


def _in_digits(said: list[str], locale: str) -> list[str]:
    names, pattern = _numbers(locale)
    text = " ".join(said)
    if pattern:
        text = pattern.sub(lambda found: f" {names[found[0]]} ", text)
    apart = apart_from_digits([str(int(word)) if word.isdecimal() else word for word in text.split()])
    tens = [False, *(word.isdecimal() and int(word) > ADULT for word in apart)]
    # "Twenty-eight" is not 8.
    return [word for ten, word in zip(tens, apart, strict=False) if not (ten and word.isdecimal() and len(word) == 1)]


def _ages(clause: list[str]) -> Iterator[tuple[int, bool]]:
    """Yield each age in a clause, and whether it is stated as an age: "I am 20", "20 years old", and not just "20"."""
    lists = _lists()
    # "My daughter is 15" and "when I was 15" do not state the writer's age.
    said = " ".join(cut_out(clause, lists.not_own)).partition(CUT)[0].split()
    for place, word in enumerate(said):
        if not word.isdecimal() or not YOUNGEST <= int(word) <= _OLDEST:  # whoever writes can read
            continue
        before, behind = said[:place], said[place + 1 :]
        after = begins_with(behind, lists.after)
        if begins_with(" ".join(behind)[len(after) :].split(), lists.was):
            continue
        # "18 in Ramadan", "three days and 18": where the limit itself stands beside something else, it may be still to come.
        if word == _LIMIT and not after and not _known(before, behind):
            continue
        nearly = ends_with(before, lists.nearly)
        if after or _is_bare(before, behind):
            yield int(word) - nearly, bool(after) or ends_with(before, lists.before)


def _known(before: list[str], behind: list[str]) -> bool:
    lists = _lists()
    around = [word for word in (*before, *behind) if not word.isdecimal()]
    return all(word in lists.beside for word in around)


def _is_bare(before: list[str], behind: list[str]) -> bool:
    """Whether a number without "years old" is an age all the same, since an age was asked for."""
    lists = _lists()
    unknown = [word for word in before if word not in lists.beside and not word.isdecimal()]
    bare = begins_with(behind, lists.bare)
    if behind and is_unit(behind[0], lists.units):
        return not unknown and len(bare) == len(" ".join(behind))  # "16 years", but not "I am here 10 years"
    return bool(bare) or not unknown or (not behind and len(unknown) <= _FAR)


def _begins_with_yes(clauses: Sequence[str], locale: str) -> bool:
    said = " ".join(clauses).split()
    answers = own_words().get(locale, {}).get("answer") or {}
    yes = PhraseList.of({"yes": map(str, answers.get("yes") or ())})
    return bool(begins_with(said, yes))


def _without_ages(clause: str) -> str:
    return " ".join(word for word in clause.split() if not word.isdecimal() or int(word) >= ADULT)


@dataclass(frozen=True)
class _AgeLists:
    """What is written around a number, all languages in one."""

    before: PhraseList
    nearly: PhraseList
    after: PhraseList
    bare: PhraseList
    was: PhraseList
    not_own: PhraseList
    beside: Set[str]
    units: Set[str]


@cache
def _lists() -> _AgeLists:
    def listed(*names: str) -> list[str]:
        return [str(word) for lists in age_words().values() for name in names for word in lists.get(name) or ()]

    def phrases(*names: str) -> PhraseList:
        return PhraseList.of({"": listed(*names)})

    beside = {word for phrase in listed("before", "nearly") for word in plain(phrase).split()}
    beside |= {word for language in _answers().values() for phrase in language.beside for word in phrase.split()}
    units = frozenset(plain(unit).partition(" ")[0] for unit in listed("units"))
    return _AgeLists(
        phrases("before", "nearly", "alone"),
        phrases("nearly"),
        phrases("after", "own_after"),
        phrases("bare"),
        phrases("was"),
        phrases("not_own"),
        beside,
        units,
    )


@cache
def _not_surely(locale: str) -> PhraseList:
    listed = {language: map(str, lists.get("not_surely") or ()) for language, lists in age_words().items()}
    here = {locale, "en"}
    return PhraseList.of(
        {
            "": [
                phrase
                for language, phrases in listed.items()
                for phrase in phrases
                if language in here or _is_long(phrase)
            ]
        }
    )


def _is_long(phrase: str) -> bool:
    return len(phrase) > _SHORT or not has_blanks(phrase)


@cache
def _answers() -> Mapping[str, _Answers]:
    return {locale: _Answers.of(lists) for locale, lists in own_words().items() if "age" in lists}


@cache
def _joining() -> Set[str]:
    return frozenset(map(plain, every("joining")))


@cache
def _numbers(locale: str) -> tuple[Mapping[str, int], re.Pattern[str] | None]:
    """Return the number words of the conversation's language: "once" is eleven in one language and no number in another."""
    numbers = (age_words().get(locale) or {}).get("numbers") or {}
    names = {plain(str(name)): int(number) for number, listed in numbers.items() for name in listed}
    return names, number_words(names)
