"""Questions about a number that was given, in words of others who saw none of the lists (tests/evaluation/line_questions/)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from actions.hearing.line_questions import line_questions
from bot.served_languages import SERVED
from tests.every import every

ROOT = Path(__file__).parents[3]
SET = ROOT / "tests" / "evaluation" / "line_questions"
LOCALES = sorted(path.stem for path in SET.glob("*.tsv"))
KINDS = {"free", "language", "open_now", "men", "need_id", "no_papers", "in_writing", "which_country", "passes_on"}


def lines(locale: str) -> Iterator[tuple[set[str], str]]:
    for line in (SET / f"{locale}.tsv").read_text("utf-8").splitlines():
        asked, text = line.split("\t")
        yield {one.strip() for one in asked.split(",")} - {"none"}, text


def share(locales: list[str], *, questions: bool) -> float:
    """The share of questions of which at least one is heard, or of other messages in which one is."""
    found = [
        bool(asked & set(line_questions(text, locale, unsure=True)))
        if questions
        else bool(line_questions(text, locale, unsure=True))
        for locale in locales
        for asked, text in lines(locale)
        if bool(asked) == questions
    ]
    return sum(found) / len(found)


@every("locale", SERVED)
def test_every_language_has_words_for_a_line_and_for_each_question(locale: str) -> None:
    plain = yaml.safe_load((ROOT / "data" / "line_words" / f"{locale}.yml").read_text("utf-8"))
    assert plain["locale"] == locale
    assert set(plain["questions"]) == KINDS
    assert all(plain["questions"].values())
    assert plain["line"]


@every("locale", LOCALES)
def test_of_ten_questions_four_are_heard_by_words_alone_in_each_language(locale: str) -> None:
    assert share([locale], questions=True) >= 0.4


def test_of_ten_questions_six_are_heard_over_all_languages() -> None:
    assert share(LOCALES, questions=True) >= 0.6


def test_of_a_hundred_stories_with_the_same_words_three_are_taken_for_a_question() -> None:
    assert share(LOCALES, questions=False) <= 0.03


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("is that number free to call, and do they pick up at night?", {"free", "open_now"}),
        ("he makes us work at night for free", set()),
        ("at night i work for free " * 5 + "can i call that number", set()),
        ("", set()),
    ],
)
def test_both_a_word_for_the_line_and_one_for_the_question_are_needed(text: str, asked: set[str]) -> None:
    assert set(line_questions(text, "en")) == asked
