"""The case card of docs/rules.md, Screening 7, which an operator gets when they take over, and the order of the queue.

It is made from the record when it is needed, and stored nowhere. It has no number, no name, no address, no transcript
and no score: a level orders the queue, with the reasons beside it.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from bot.conversation.record import Record
from bot.understanding.crisis import LABELS as CRISIS
from bot.understanding.indicators import Assessment, Level, Mark, assess

Priority = Literal["P0", "P1", "P2", "P3"]
_ABOUT_OTHERS = ("report_concern", "report_missing_person", "check_job_offer", "ask_signs")
DANGER_TO_OTHER = "concern danger"  # in `told`: somebody is in danger now, as the person worried about them said
_WANTS = ("find_", "ask_immigration", "ask_worker", "ask_police", "talk_to_human", "report_", "check_")


@dataclass(frozen=True)
class Reason:
    """One reason for the level: which sign, when, how it became known, and one line in the person's own words."""

    indicator: str
    when: str  # now, past, open
    how: str  # said, asked
    quote: str = ""


@dataclass(frozen=True)
class Case:
    """One conversation, as an operator sees it before the first word."""

    id: str  # of the conversation, random
    channel: str  # sms, telegram, web
    locale: str  # BCP 47
    started: str  # ISO 8601, UTC
    last_heard: str
    safe_to_write: Literal["yes", "no", "not said"]
    watched: bool  # the person said that somebody is watching
    agreed_word: bool
    priority: Priority
    level: Level
    reasons: tuple[Reason, ...]
    wants: tuple[str, ...]  # labels of what was asked for
    about: str  # self, other, question, unsure
    under_18: Literal["yes", "no", "not said"]
    country: str | None  # ISO 3166-1 alpha-2, as stated
    places: tuple[str, ...]  # cities, spans of time and sums of money in the person's own words
    times: tuple[str, ...]
    sums: tuple[str, ...]
    said_no: tuple[str, ...]
    told: tuple[str, ...]
    may_join: Literal["yes", "no", "not said"]
    questions: Literal["yes", "no", "not asked"]
    crises: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, record: Record, *, id: str, channel: str, locale: str, started: str, last_heard: str) -> "Case":
        """Make a conversation's card."""
        found = assessed(record)
        crises = tuple(label for label in CRISIS if record.answered.get(label))
        return cls(
            id,
            channel,
            locale,
            started,
            last_heard,
            safe_to_write="no" if record.hushed else "yes" if record.situation == "talk" else "not said",
            watched="cannot_talk_safely" in crises or any(r.indicator == "surveillance" for r in found.reasons),
            agreed_word=record.word is not None,
            priority=priority(record),
            level=found.level,
            reasons=tuple(Reason(mark.indicator, mark.when, mark.how, mark.quote) for mark in found.reasons),
            wants=tuple(label for label in record.answered if label.startswith(_WANTS)),
            about=record.about or "unsure",
            under_18=_yes_or_no(record.minor),
            country=record.country,
            places=tuple(record.named.get("place", ())),
            times=tuple(record.named.get("span", ())),
            sums=tuple(record.named.get("money", ())),
            said_no=tuple(record.declined),
            told=tuple(record.told),
            may_join=_yes_or_no(record.may_join),
            questions=_questions(record),
            crises=crises,
        )

    def plain(self) -> dict[str, Any]:
        """Return the JSON form."""
        return asdict(self)


def assessed(record: Record) -> Assessment:
    """Assess the signs about the person the conversation is about."""
    whom = "other" if record.about == "other" else "self"
    marks: Sequence[Mark] = [Mark(**plain) for plain in record.marks if plain["who"] == whom]  # type: ignore[arg-type]  # as they were noted
    return assess(marks, minor=bool(record.minor), crisis=_in_crisis(record))


def priority(record: Record) -> Priority:
    """Return the priority in the queue (docs/rules.md, Safety 12). Raising a P2 that waits long is left to the queue."""
    found = assessed(record)
    if _in_crisis(record) or (record.minor and found.reasons):
        return "P0"
    heavy = record.answered.get("express_distress", 0) >= 2
    if found.level in ("urgent", "strong") or record.minor or heavy:
        # About somebody else it is urgent only if it is a crisis or a child: both were handled above.
        return "P1" if record.about != "other" or record.minor else "P2"
    about_others = record.about == "other" or any(record.answered.get(label) for label in _ABOUT_OTHERS)
    asked = found.reasons or any(label.startswith(_WANTS) for label in record.answered)
    return "P2" if asked and not about_others else "P3"


def _in_crisis(record: Record) -> bool:
    # Somebody else in danger now is as urgent, though no crisis label was heard.
    return any(record.answered.get(label) for label in CRISIS) or DANGER_TO_OTHER in record.told


def _yes_or_no(value: bool | None) -> Literal["yes", "no", "not said"]:
    return "not said" if value is None else "yes" if value else "no"


def _questions(record: Record) -> Literal["yes", "no", "not asked"]:
    if "signs_offer" not in record.asked:
        return "not asked"
    return "no" if "questions" in record.declined else "yes"
