"""The context of a message: the open question and the mode that examples know by these names."""

from typing import get_args

from bot.conversation.message_context import context_of
from bot.conversation.record import Record
from bot.encoder.reading import Context
from bot.handoff.handoff_snapshot import HandoffSnapshot
from commands.examples.example_values import OpenQuestion, TalkMode
from tests.every import every

BOT = HandoffSnapshot()


@every(
    ("question", "shown"),
    [
        (None, ""),
        ("safe", "safe"),
        ("danger_country", "country"),
        ("concern_danger", "concern"),
        ("third_locked_in", "concern"),
        ("signs_cannot_quit", "screen"),
        ("job_fee", "offer"),
        ("self_harm", "selfharm"),
        ("something_new", ""),
    ],
)
def test_each_question_of_ours_has_its_name_in_the_examples(question: str | None, shown: str) -> None:
    context = context_of(Record(situation="talk", question=question), BOT, returning=False)
    assert context == Context(shown)
    assert shown in ("", *get_args(OpenQuestion))


@every(
    ("question", "said", "shown"),
    [
        (None, "utter_menu_again", "need"),
        (None, "utter_also", "more"),
        (None, "utter_choose_language", "language"),
        (None, "utter_ok", ""),
        ("safe", "utter_safe_again", "check"),
        ("safe", "utter_opening", "safe"),
        ("country", "utter_menu", "country"),
    ],
)
def test_what_a_phrase_asks_is_asked_too(question: str | None, said: str, shown: str) -> None:
    record = Record(situation="talk", question=question, said=[{"say": "utter_intro"}, {"say": said}])
    assert context_of(record, BOT, returning=False).question == shown


@every(
    ("record", "desk", "returning", "mode"),
    [
        (Record(situation="talk"), BOT, False, ""),
        (Record(situation="quiet"), BOT, True, "neutral"),
        (Record(situation="talk"), BOT, True, "gap"),
        (Record(situation="talk"), HandoffSnapshot(state="waiting"), False, "waiting"),
        (Record(situation="talk", said=[{"say": "utter_danger_phone"}]), BOT, False, "crisis"),
        (Record(situation="talk", said=[{"say": "utter_lines"}]), BOT, False, "lines"),
        (Record(situation="asked_safe", question="safe", answered={"deny": 1}), BOT, False, "rest"),
    ],
)
def test_a_conversation_stands_in_one_mode(record: Record, desk: HandoffSnapshot, returning: bool, mode: str) -> None:
    assert context_of(record, desk, returning).mode == mode
    assert mode in ("", *get_args(TalkMode))
