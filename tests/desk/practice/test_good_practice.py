"""Each practice conversation can be answered well: then its debrief has nothing to say against it, in every language of it."""

from pathlib import Path

import pytest

from bot.phrases.phrases import SOURCE, Phrasebook
from desk.practice.hearing import topics_in
from desk.practice.play import Play
from desk.practice.play_checks import findings
from desk.practice.practice_view import begun
from desk.practice.script_files import load
from desk.practice.script_model import PracticeAct

BOOK = Phrasebook.load(Path(__file__).parents[3])
ALL = load(frozenset(BOOK.texts[SOURCE]))
ACTS: dict[str, PracticeAct] = {"(call)": "call", "(note)": "note", "(safe again)": "safe_again"}

# What a good operator writes: a ready-made reply by its name, an act in brackets, or words of their own.
GOOD: dict[str, tuple[str, ...]] = {
    "domestic_worker": (
        *("(opening)", "thank_you_for_telling", "not_your_fault", "your_choice", "before_you_call"),
        *("Domestic workers' line: 0800 000 001", "how_to_clear_chat", "goodbye_safe"),
    ),
    "child": (
        *("(opening)", "(call)", "under_18_limits", "not_your_fault", "are_you_hurt", "call_emergency"),
        *("Child helpline: 0800 000 002", "how_to_come_back"),
    ),
    "thinks_of_dying": (
        *("(opening)", "(call)", "thank_you_for_telling", "Are you thinking about killing yourself?", "here_with_you"),
        *("Crisis line: 0800 000 003", "goodbye_safe"),
    ),
    "worried_neighbour": (
        *("(opening)", "Is anyone in danger now?", "You can call this line, they can advise: 0800 000 004"),
        *("your_choice", "how_to_come_back"),
    ),
    "tester": (
        *("still_safe", "I cannot say who writes to us, whoever asks.", "(note)", "your_choice", "(call)"),
        "abusive_end",
    ),
    "watched": (
        *("(opening)", "thank_you_for_telling", "OK.", "OK.", "(safe again)", "agree_word", "agree_word"),
        *("Shelter line: 0800 000 005", "how_to_clear_chat"),
    ),
}
OUTCOMES = {"tester": "abuse"}


def played(name: str, locale: str) -> Play:
    script = ALL.scripts[name]
    play = begun(name, script, locale, "Sam", BOOK)
    for each in GOOD[name]:
        if each in ACTS:
            play.safe_again() if each == "(safe again)" else play.does(ACTS[each])
            continue
        phrase = f"utter_canned_{each}"
        text = (
            play.draft
            if each == "(opening)"
            else BOOK.render(phrase, {}, locale)
            if phrase in BOOK.texts[SOURCE]
            else each
        )
        play.hears(script, text, topics_in(text, ALL.topics, BOOK, locale))
    play.does("end", outcome=OUTCOMES.get(name, "informed"))
    return play


@pytest.mark.parametrize(("name", "locale"), [(name, tag) for name in GOOD for tag in ALL.scripts[name].languages])
def test_a_good_operator_misses_nothing(name: str, locale: str) -> None:
    play = played(name, locale)
    missed = [each.text for each in findings(play, ALL.checks(ALL.scripts[name])) if not each.well]
    assert (missed, play.visited) == ([], play.visited)
    assert not play.quiet


def test_every_script_has_been_answered_well() -> None:
    assert set(GOOD) == set(ALL.scripts)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Why don't you just leave?", "why"),
        ("Just leave tonight", "confront"),
        ("I promise you'll be OK", "promise"),
        ("¿Por qué no te fuiste?", "why"),
        ("We'll get you out", "promise"),
        ("لماذا لم تهربي؟", "why"),
        ("What's your name?", "identity_asked"),
    ],
)
def test_what_is_never_said_is_heard_as_people_type_it(text: str, topic: str) -> None:
    assert topic in topics_in(text, ALL.topics, BOOK, "en")


@pytest.mark.parametrize(
    "name", [name for name in BOOK.texts[SOURCE] if name.startswith("utter_canned_") and "|" not in name]
)
def test_no_ready_reply_is_heard_as_something_never_said(name: str) -> None:
    for locale in ("en", "es", "ar"):
        heard = topics_in(BOOK.render(name, {}, locale), ALL.topics, BOOK, locale)
        assert {"promise", "why", "confront", "identity_asked"} & set(heard) == set()
