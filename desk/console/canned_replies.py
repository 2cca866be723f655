"""Reviewed sentences that an operator puts into a conversation with one click: in the person's language, with the English."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.messaging.transcript import Line
from bot.phrases.phrases import SOURCE, Phrasebook

_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("first", ("still_safe", "who_else_sees", "here_with_you", "i_read_that", "one_question_at_a_time")),
    ("listening", ("take_your_time", "not_your_fault", "thank_you_for_telling", "can_you_say_more", "your_choice")),
    ("danger", ("call_emergency", "i_can_not_send_police", "are_you_hurt", "under_18_limits", "agree_word")),
    ("help", ("where_are_you_roughly", "looking_for_service", "here_is_number", "before_you_call", "utter_no_files")),
    ("pause", ("i_will_be_away_minutes", "colleague_takes_over", "back_to_bot_ok")),
    ("end", ("how_to_come_back", "how_to_clear_chat", "goodbye_safe", "abusive_end")),
)
_HOLE = re.compile(r"\{\w+\}")
_STEPS = 10  # of the safety plan

# What was asked for, as a phrase that fits after "you asked for this".
_WANTS = {
    "find_shelter": "choice_stay", "find_legal_aid": "choice_lawyer", "find_medical_care": "choice_doctor",
    "find_counselling": "choice_talk", "find_basic_needs": "choice_needs", "find_hotline": "choice_number",
    "ask_worker_rights": "choice_work", "ask_immigration_rights": "choice_permits", "report_missing_person": "choice_missing",
}  # fmt: skip


@dataclass(frozen=True)
class CannedReply:
    """One canned reply."""

    name: str
    text: str
    english: str  # empty where the text is English


@dataclass(frozen=True)
class ReplyGroup:
    """Canned replies for one kind of moment."""

    name: str
    ready: Sequence[CannedReply]


def groups(book: Phrasebook, locale: str, channel: str) -> list[ReplyGroup]:
    """Return all groups in the order in which a conversation goes, the steps of a safety plan last."""
    named = [(group, [_phrase(name) for name in names]) for group, names in _GROUPS]
    named.append(("plan", [f"utter_plan_{number}" for number in range(1, _STEPS + 1)]))
    return [ReplyGroup(group, [_ready(book, name, locale, channel) for name in names]) for group, names in named]


def opening(book: Phrasebook, alias: str, wants: Sequence[str], to: tuple[str, str]) -> str:
    """Return an operator's opening words. They name what was asked for last, so nobody has to say it again.

    to: the person's locale and channel.
    """
    wanted = [_WANTS[label] for label in wants if label in _WANTS]
    if not wanted:
        return book.render("utter_person_joined", {"alias": alias}, *to)
    return book.render("utter_person_joined_wants", {"alias": alias, "want": {"say": wanted[-1]}}, *to)


def gloss(book: Phrasebook, line: Line, channel: str) -> str:
    """Return the English of a phrase said in another language, without arguments that can be read in the line; else empty."""
    if line.locale == SOURCE:
        return ""
    if line.english:
        return "" if line.english in line.text else line.english
    english = book.texts[SOURCE].get(f"{line.say}|{channel}") or book.texts[SOURCE].get(line.say or "", "")
    said = _HOLE.sub("…", english)
    return "" if english in line.text or not said.strip("… \n") else said


def _phrase(name: str) -> str:
    return name if name.startswith("utter_") else f"utter_canned_{name}"


def _ready(book: Phrasebook, name: str, locale: str, channel: str) -> CannedReply:
    text = book.render(name, {}, locale, channel)
    english = book.render(name, {}, SOURCE, channel)
    return CannedReply(name, text, english if english != text else "")
