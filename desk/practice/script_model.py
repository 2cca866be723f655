"""What a practice conversation is made of, as its YAML file says it: scenes, what leads from one to another, and what is checked.

Everybody in it is invented; no model answers, only what is written there.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.handoff.case_card import Priority
from bot.handoff.pending_end import OUTCOMES

PracticeAct = Literal["write", "note", "call", "safe_again", "end", "block"]
PracticeCheckKind = Literal["first", "said", "never", "never_quiet", "before", "did", "never_did", "ended", "near_end"]
ShortText = Annotated[str, Field(min_length=1, max_length=2_000)]
Texts = dict[str, ShortText]  # by locale; English always


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Topic(_Strict):
    """What an operator may say: words of it by language, and the ready-made replies that say it."""

    words: dict[str, list[ShortText]] = {}
    ready: list[ShortText] = []  # phrases, without "utter_" or "utter_canned_"


class Branch(_Strict):
    """Where an operator's message leads if it has one of these topics; "anything": every message."""

    topics: list[ShortText] = Field(min_length=1)
    goes: ShortText


class PlayScene(_Strict):
    """One step: what the person says on coming there, and what they listen for then."""

    says: list[Texts] = []
    hears: list[Branch] = []
    waits: list[Texts] = []  # said in turn while nothing that is heard fits
    hush: Literal["begins", "over"] | None = (
        None  # somebody else has the phone; they have said that they are alone again
    )
    leaves: bool = False  # the person writes nothing more
    priority: Priority | None = None
    card: dict[str, Any] = {}  # fields of the record that change


class PracticeCheck(_Strict):
    """Something that the debrief looks at, with the rule that asks for it.

    first: the first message has the topic. said: any has it. never: none. never_quiet: none in quiet mode. before: one has it
    before any has `than`. did, never_did: an act. ended: with one of the outcomes. near_end: one of the last three messages.
    """

    check: PracticeCheckKind
    topic: str = ""
    than: str = ""
    act: PracticeAct | None = None
    outcomes: list[Literal[OUTCOMES]] = []  # type: ignore[valid-type]  # the list stands in one place
    scene: str = ""  # counts only if this scene was reached
    rule: ShortText  # of docs/rules.md
    well: ShortText
    missed: ShortText


class Before(_Strict):
    """A line from before the operator came."""

    person: Texts | None = None
    computer: str = ""  # a phrase


class InventedNumber(_Strict):
    """A number that Find help gives; it is invented, like everybody."""

    name: ShortText
    number: ShortText


class Script(_Strict):
    """One practice conversation."""

    title: ShortText
    practises: ShortText
    languages: list[ShortText] = Field(min_length=1)  # in which the person can be played
    alias: ShortText
    channel: Literal["web", "sms", "telegram"] = "web"
    priority: Priority
    card: dict[str, Any]  # fields of the record, as the case card shows them
    before: list[Before] = Field(min_length=1)
    scenes: dict[str, PlayScene] = Field(min_length=1)  # the first is where it begins
    numbers: list[InventedNumber] = []
    supervisor: ShortText  # what a supervisor notes when called
    checks: list[str | PracticeCheck] = Field(min_length=1)  # names of common checks, or checks of its own

    @property
    def start(self) -> str:
        """Return the name of the first scene."""
        return next(iter(self.scenes))
