"""What the engine remembers of a conversation: where it stands, what was told and asked, and which signs were heard.

Labels and codes; the only words of the person are a line beside each sign, and the places, times and sums that they
named, for an operator who takes over. It lives beside Rasa's tracker, sealed with the conversation's own key, and dies with it.
"""

import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

# new: nothing said yet · asked_safe: "safe to write?" is open · talk · quiet: neutral mode, somebody may hold the phone
Situation = Literal["new", "asked_safe", "talk", "quiet"]
# What was answered where somebody said that they can not write safely: in these words, or with a no to "safe to write?".
NOT_SAFE = ("cannot_talk_safely", "deny", "unsure")


@dataclass
class Record:
    """The position of one conversation. Every field has a neutral default, so that old records stay readable."""

    situation: Situation = "new"
    question: str | None = None  # the question that is open: safe, country, word, or one of a flow
    choices: list[dict[str, Any]] = field(default_factory=list)  # the numbered answers last shown
    times_asked: int = 0  # how often the open question was put
    want: str | None = None  # label of what was told before it was known to be safe
    country: str | None = None  # ISO 3166-1 alpha-2 code, as stated
    region: str | None = None  # its first-level division, by the code of GeoNames, as stated or of the city below
    place: int | None = None  # the city, by its number in GeoNames: nothing finer is kept
    word: str | None = None  # agreed word, cleaned: "someone is here"
    answered: dict[str, int] = field(default_factory=dict)  # label: how often it was answered
    told: list[str] = field(default_factory=list)  # what was explained: intro, limits
    declined: list[str] = field(default_factory=list)  # what the person said no to
    about: Literal["self", "other", "question"] | None = None  # whom it is about, as said
    minor: bool | None = None  # whether that person is under 18, as said
    marks: list[dict[str, str]] = field(default_factory=list)  # signs that were heard: indicators.Mark
    asked: list[str] = field(default_factory=list)  # questions of our flows that were put
    skips: int = 0  # answers in a row that told nothing
    parked: str | None = None  # a question that something more urgent broke into
    waits: list[str] = field(default_factory=list)  # labels told in passing, offered after the first is answered
    said: list[dict[str, Any]] = field(default_factory=list)  # the last replies, by name: for another language
    named: dict[str, list[str]] = field(default_factory=dict)  # place, span, money: the words that name them
    offered: list[str] = field(default_factory=list)  # labels offered as guesses since something was understood
    may_join: bool | None = None  # whether a person may join, as asked for or said no to
    need: str | None = None  # label for which numbers were given last
    holds: list[str] = field(default_factory=list)  # what a service must fit: men, women, children, young, no_police …
    given: dict[str, str] = field(default_factory=dict)  # ids of what was given last, each with its name
    referred: list[str] = field(default_factory=list)  # ids of all that was given
    complained: list[str] = field(default_factory=list)  # ids that did not work: not given again
    nearest: float | None = None  # km to the nearest that was given

    @property
    def hushed(self) -> bool:
        """Tell whether somebody else may hold the phone: nothing is written outside of a turn until it is said to be safe again."""
        said_so = any(self.answered.get(label) for label in NOT_SAFE)
        if self.situation == "new":
            return said_so and "closed" in self.told
        if self.situation == "asked_safe" and self.question == "safe":
            # Whoever wrote now may be who was feared.
            quiet = self.word is not None or "stranger" in self.told or "insult_or_prank" in self.answered
            return said_so or quiet
        return self.situation == "quiet"

    def heard_safe(self) -> None:
        """Note that the person has told an operator that it is safe to write again."""
        self.situation, self.question = "talk", None

    def dump(self) -> bytes:
        """Give the bytes to seal."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def load(cls, raw: bytes) -> "Record":
        """Read what `dump` gave; fields that this version does not know are left out."""
        known = {f.name for f in fields(cls)}
        return cls(**{name: value for name, value in json.loads(raw).items() if name in known})
