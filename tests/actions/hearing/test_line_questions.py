"""Questions about a number that was given, in words of others who saw none of the lists (tests/evaluation/line_questions/)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from actions.hearing.line_questions import line_words
from bot.served_languages import SERVED
from tests.every import every

ROOT = Path(__file__).parents[3]
SET = ROOT / "tests" / "evaluation" / "line_questions"
LOCALES = sorted(path.stem for path in SET.glob("*.tsv"))
KINDS = {
    *("free", "language", "open_now", "men", "need_id", "no_papers", "in_writing", "which_country", "passes_on"),
    *("who_runs", "what_to_say", "they_say", "call_for_me"),
}
WHICH = {"labour", "legal_aid", "child", "women", "refugees", "consulate"}


# Stories, wishes and other questions with words for a call and for what is asked: what else is heard keeps them apart.
HARD = sorted((SET / "hard").glob("*.tsv"))


def lines(locale: str) -> Iterator[tuple[set[str], str]]:
    for line in (SET / f"{locale}.tsv").read_text("utf-8").splitlines():
        asked, text = line.split("\t")
        yield {one.strip() for one in asked.split(",")} - {"none"}, text


def line_questions(text: str, locale: str, *, just_given: bool) -> tuple[str, ...]:
    """What is asked of a line by words alone: right after a number, or some turns later."""
    heard = line_words(text, locale)
    return heard.questions if heard.plain or (just_given and (heard.line or heard.asks)) else ()


def share(locales: list[str], *, questions: bool) -> float:
    """The share of questions of which at least one is heard, or of other messages in which one is."""
    found = [
        bool(asked & set(line_questions(text, locale, just_given=True)))
        if questions
        else bool(line_questions(text, locale, just_given=True))
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
    assert set(plain["places"]) == {"first", "second", "last"}
    assert set(plain["kinds"]) == WHICH
    assert all(plain[name] for name in ("line", "asks", "them", "us", "not", "to_another", "emergency", "one"))


@every("locale", LOCALES)
def test_of_ten_questions_four_are_heard_by_words_alone_in_each_language(locale: str) -> None:
    assert share([locale], questions=True) >= 0.4


def test_of_ten_questions_seven_are_heard_over_all_languages() -> None:
    assert share(LOCALES, questions=True) >= 0.7


def test_of_a_hundred_other_messages_three_are_taken_for_a_question_right_after_a_number() -> None:
    assert share(LOCALES, questions=False) <= 0.03


def test_of_ten_hard_messages_some_turns_later_one_is_taken_for_a_question() -> None:
    texts = [(path.stem, line.split("\t")[1]) for path in HARD for line in path.read_text("utf-8").splitlines()]
    assert len(texts) == 320
    assert sum(bool(line_questions(text, locale, just_given=False)) for locale, text in texts) <= 32


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("is that number free to call, and do they pick up at night?", {"free", "open_now"}),
        ("he makes us work at night for free", set()),
        ("that hotline do they take guys", {"men"}),
        ("at night i work for free " * 5 + "can i call that number", set()),
        ("", set()),
    ],
)
def test_both_a_word_for_the_line_and_one_for_the_question_are_needed(text: str, asked: set[str]) -> None:
    assert set(line_questions(text, "en", just_given=False)) == asked


@pytest.mark.parametrize(
    "text",
    [
        "does the call cost money, at night too, and do they ask my name" + " please tell me" * 9,
        "老板拿走了我的护照，不让我打电话，晚上还要我们做事，男的打女的骂，我们十几个人睡在一个房间里，每天只给一顿饭，工资一分钱也没有发过，我不知道怎么办才好，我只想回家看看我的孩子，请你告诉我该怎么办？",
    ],
)
def test_a_long_message_tells_a_story_whatever_words_are_in_it(text: str) -> None:
    locale = "zh-Hans" if "老" in text else "en"
    assert line_questions(text, locale, just_given=True) == ()
