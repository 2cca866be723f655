"""What the word lists of each language settle, in messages of others who saw none of them (tests/evaluation/words/).

The floors are what is reached, a little below: what a list does not know, the reader still hears. What must not be settled wrongly
has ceilings for all languages together, and nothing is allowed where a mistake would silence the bot or erase a conversation.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from actions.hearing import answer_words
from bot.served_languages import SERVED
from bot.understanding.age.age_answers import tells_child
from bot.understanding.offline_checks import OfflineChecks
from tests.every import every

SET = Path(__file__).parents[3] / "tests" / "evaluation" / "words"


def _quick(text: str, locale: str) -> str:
    return OfflineChecks.load().quick(text) or "none"


def _safe(text: str, locale: str) -> str:
    return "yes" if answer_words.says_safe(text, locale) else "other"


def _yes_no(text: str, locale: str) -> str:
    return answer_words.leading_answer(text, locale) or "other"


def _alone(text: str, locale: str) -> str:
    # The graver of the two wins, as in a talk (actions/crisis/self_harm.py).
    return (
        "alone"
        if answer_words.says_alone(text)
        else "not_alone"
        if answer_words.says_not_alone(text, locale)
        else "other"
    )


def _stranger(text: str, locale: str) -> str:
    return "stranger" if answer_words.from_stranger(text) else "self"


def _age(text: str, locale: str) -> str:
    child = tells_child(text, locale)
    if child is None:
        child = {"yes": True, "no": False}.get(answer_words.leading_answer(text, locale) or "")
    return "other" if child is None else "child" if child else "adult"


def _crisis(text: str, locale: str) -> str:
    return OfflineChecks.load().crises.find(text) or "none"


LISTS: Mapping[str, Callable[[str, str], str]] = {
    "quick": _quick,
    "safe": _safe,
    "yes_no": _yes_no,
    "alone": _alone,
    "stranger": _stranger,
    "age": _age,
    "crisis": _crisis,
}
# List and answer: the share that is settled so over all languages, and at least in each.
SETTLED = {
    ("quick", "stop"): (0.10, 0.05),
    ("quick", "erase"): (0.42, 0.25),
    ("quick", "cover"): (0.36, 0.15),
    ("safe", "yes"): (0.64, 0.50),
    ("yes_no", "yes"): (0.67, 0.36),
    ("yes_no", "no"): (0.73, 0.44),
    ("alone", "alone"): (0.66, 0.52),
    ("alone", "not_alone"): (0.36, 0.15),
    ("stranger", "stranger"): (0.34, 0.21),
    ("age", "child"): (0.83, 0.73),
    ("age", "adult"): (0.77, 0.68),
    ("crisis", "immediate_danger"): (0.39, 0.20),
    ("crisis", "self_harm"): (0.58, 0.36),
    ("crisis", "medical_emergency"): (0.59, 0.28),
    ("crisis", "cannot_talk_safely"): (0.32, 0.12),
}
# What is meant and what is settled in its place: the share over all languages at most.
MISTAKEN = {
    ("safe", "other", "yes"): 0.012,  # not safe, or not surely, and taken for safe
    ("age", "child", "adult"): 0.009,  # a child who is taken for an adult
    ("age", "adult", "child"): 0.02,
    ("alone", "alone", "not_alone"): 0.005,  # who thinks of dying is asked whether they are alone
    ("alone", "not_alone", "alone"): 0.04,  # the graver of the two
    ("yes_no", "yes", "no"): 0.003,
    ("yes_no", "no", "yes"): 0.006,
    ("yes_no", "other", "no"): 0.03,
    ("yes_no", "other", "yes"): 0.03,
    ("stranger", "self", "stranger"): 0.03,
    ("crisis", "none", "immediate_danger"): 0.02,
    ("crisis", "none", "self_harm"): 0.02,
    ("crisis", "none", "medical_emergency"): 0.005,
    ("crisis", "none", "cannot_talk_safely"): 0.01,
}


@cache
def shares() -> Mapping[tuple[str, str, str, str], float]:
    """The share of each answer by list, what is meant, what is settled, and language."""
    counts: Counter[tuple[str, str, str, str]] = Counter()
    lines: Counter[tuple[str, str, str]] = Counter()
    for locale, listed, meant, text in _messages():
        lines[listed, meant, locale] += 1
        counts[listed, meant, LISTS[listed](text, locale), locale] += 1
    return {key: count / lines[key[0], key[1], key[3]] for key, count in counts.items()}


def _messages() -> Iterator[tuple[str, str, str, str]]:
    for path in sorted(SET.glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            listed, meant, text = line.split("\t")
            yield path.stem, listed, meant, text


def _share(listed: str, meant: str, settled: str) -> float:
    return sum(shares().get((listed, meant, settled, locale), 0.0) for locale in SERVED) / len(SERVED)


@every("locale", SERVED)
def test_each_list_is_tried_with_a_hundred_messages_and_like_ones_in_each_language(locale: str) -> None:
    lines: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for language, listed, meant, _ in _messages():
        if language == locale:
            lines[listed][meant] += 1
    assert lines.keys() == LISTS.keys()
    assert all(sum(answers.values()) >= 200 for answers in lines.values())


@every("answer", list(SETTLED))
def test_what_people_write_is_settled_as_it_is_meant(answer: tuple[str, str]) -> None:
    listed, meant = answer
    together, least = SETTLED[answer]
    assert _share(listed, meant, meant) >= together
    assert min(shares().get((listed, meant, meant, locale), 0.0) for locale in SERVED) >= least


@every("mistake", list(MISTAKEN))
def test_what_people_write_is_hardly_ever_settled_as_something_else(mistake: tuple[str, str, str]) -> None:
    assert _share(*mistake) <= MISTAKEN[mistake]


@pytest.mark.parametrize("settled", ["stop", "erase", "cover"])
def test_no_message_that_means_something_else_silences_the_bot_or_erases_a_conversation(settled: str) -> None:
    assert _share("quick", "none", settled) == 0
