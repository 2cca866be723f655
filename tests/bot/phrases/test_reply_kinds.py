"""The kinds of replies: every phrase that can be said has one, and the table names no phrase that is gone."""

import re

from bot.phrases.phrases import Phrasebook
from bot.phrases.reply_kinds import KINDS, kind_of, listed
from commands.runtime.composition import ROOT
from tests.every import every

ENGLISH = Phrasebook.load(ROOT).texts["en"]
SAID = sorted(name for name in ENGLISH if name.startswith("utter_") and "|" not in name)
# What is filled in where a number to call is given.
HOLDS_NUMBERS = re.compile(r"\{(emergency|lines?|numbers|number|service)\}")
QUESTION = re.compile(r"[?]")


@every("name", SAID)
def test_every_phrase_that_can_be_said_has_a_kind(name: str) -> None:
    assert kind_of(name) in KINDS


@every("name", [name for name in SAID if HOLDS_NUMBERS.search(ENGLISH[name])])
def test_a_phrase_that_gives_a_number_is_known_as_one(name: str) -> None:
    assert kind_of(name) in ("number", "crisis")


@every("name", [name for name in SAID if QUESTION.search(ENGLISH[name])])
def test_a_phrase_that_asks_something_is_no_answer(name: str) -> None:
    assert kind_of(name) != "answer"


@every("name", [name for names in listed().values() for name in names])
def test_the_table_names_only_what_can_be_said(name: str) -> None:
    assert [said for said in SAID if said == name or (name.endswith("*") and said.startswith(name[:-1]))]


@every(
    ("name", "kind"),
    [
        ("utter_opening", "opening"),
        ("utter_safe_again", "check"),
        ("utter_cannot_talk", "rest"),
        ("utter_neutral", "neutral"),
        ("utter_danger_which_country", "crisis"),
        ("utter_lines", "number"),
        ("utter_ask_where", "question"),
        ("utter_disclose_debt_bondage", "answer"),
        ("", "answer"),
    ],
)
def test_a_kind_is_what_a_reader_would_call_it(name: str, kind: str) -> None:
    assert kind_of(name) == kind
