"""The case card: what an operator must see in five seconds, and what must never be in it."""

import json

from bot.conversation.record import Record
from bot.handoff.case_card import Case, priority
from tests.every import every

MARK = {"indicator": "doc_confiscation", "when": "now", "how": "said", "quote": "took my passport", "who": "self"}


def card(record: Record) -> Case:
    return Case.of(record, id="a" * 32, channel="sms", locale="es", started="2026-01-01T00:00Z", last_heard="")


def full() -> Record:
    return Record(
        situation="talk", about="self", minor=False, country="MX", marks=[MARK], declined=["questions"], told=["intro"],
        asked=["signs_offer"], may_join=True, word="blue bird",
        answered={"disclose_document_confiscation": 1, "find_legal_aid": 1, "cannot_talk_safely": 1},
    )  # fmt: skip


def test_it_says_what_was_said_and_nothing_of_who_said_it() -> None:
    plain = json.dumps(card(full()).plain())
    for kept in ("took my passport", "find_legal_aid", "MX", "questions"):
        assert kept in plain
    for never in ("address", "number", "score", "blue bird", "transcript", "gender", "nationality", "credib"):
        assert never not in plain


def test_safety_stands_in_it() -> None:
    found = card(full())
    assert (found.safe_to_write, found.watched, found.agreed_word) == ("yes", True, True)


def test_who_said_that_somebody_is_here_is_not_safe_to_write_to() -> None:
    assert card(Record(told=["closed"], answered={"cannot_talk_safely": 1})).safe_to_write == "no"
    assert card(Record(told=["closed"], answered={"goodbye": 1})).safe_to_write == "not said"
    assert card(Record(situation="quiet")).safe_to_write == "no"


def test_what_was_declined_is_seen_so_that_nobody_asks_again() -> None:
    found = card(full())
    assert (found.said_no, found.questions, found.may_join) == (("questions",), "no", "yes")


def test_an_untouched_conversation_gives_an_empty_card() -> None:
    found = card(Record())
    assert (found.level, found.priority, found.about, found.under_18) == ("none", "P3", "unsure", "not said")


@every(
    ("record", "expected"),
    [
        (Record(answered={"self_harm": 1}), "P0"),
        (Record(about="self", minor=True, marks=[MARK]), "P0"),
        (Record(about="self", marks=[MARK]), "P1"),
        (Record(about="self", minor=True), "P1"),
        (Record(answered={"express_distress": 2}), "P1"),
        (Record(about="self", marks=[{**MARK, "indicator": "wages_low_none"}]), "P2"),
        (Record(answered={"find_shelter": 1}), "P2"),
        (Record(about="other", answered={"report_concern": 1}), "P3"),
        (Record(about="other", answered={"report_concern": 1}, marks=[{**MARK, "who": "other"}]), "P2"),
        (Record(answered={"ask_signs": 1}), "P3"),
        (Record(), "P3"),
    ],
)
def test_the_queue_is_ordered_by_need(record: Record, expected: str) -> None:
    assert priority(record) == expected


def test_places_times_and_sums_stand_in_it_as_they_were_said() -> None:
    found = card(Record(named={"place": ["Lagos"], "span": ["3 months"], "money": ["400 dollars"]}))
    assert (found.places, found.times, found.sums) == (("Lagos",), ("3 months",), ("400 dollars",))
