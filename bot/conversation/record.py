"""The record: what the engine remembers of a conversation, such as where it stands, what was asked and which signs were heard.

Labels and codes; the only words of the person are a line beside each sign, and the places, times and sums that they
named, for an operator who takes over. It is kept beside Rasa's tracker, sealed with the conversation's key, and erased with it.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

# new: nothing said yet · asked_safe: "safe to write?" is open · talk · quiet: neutral mode, somebody else may hold the phone
Situation = Literal["new", "asked_safe", "talk", "quiet"]
# The labels by which people say that they cannot write safely: in so many words, or with a no to "safe to write?".
NOT_SAFE = ("cannot_talk_safely", "deny", "unsure")


@dataclass
class Record:
    """The state of one conversation. Every field has a neutral default, so that old records stay readable."""

    situation: Situation = "new"
    question: str | None = None  # the open question: safe, country, word, or a question of a flow
    choices: list[dict[str, Any]] = field(default_factory=list)  # the numbered answers last shown
    times_asked: int = 0  # how often the open question was asked
    want: str | None = None  # label of what was said before it was known to be safe
    want_heard: dict[str, float] = field(
        default_factory=dict
    )  # fine labels that were heard in that message, each with its chance
    country: str | None = None  # ISO 3166-1 alpha-2 code, as stated
    likely_country: str | None = None  # the only one that was named at all, in passing: an assumption
    their_country: str | None = None  # where somebody else is whom they worry about, as named
    region: str | None = None  # its first-level division, a GeoNames code, as stated or from the city below
    place: int | None = None  # the city, by its GeoNames id: nothing finer is kept
    word: str | None = None  # agreed word, cleaned: "someone is here"
    answered: dict[str, int] = field(default_factory=dict)  # label: how often it was answered
    told: list[str] = field(default_factory=list)  # what was explained: intro, limits
    declined: list[str] = field(default_factory=list)  # what the person said no to
    about: Literal["self", "other", "question"] | None = None  # who it is about, as said
    minor: bool | None = None  # whether that person is under 18, as said
    marks: list[dict[str, str]] = field(default_factory=list)  # signs that were heard: indicators.Mark
    asked: list[str] = field(default_factory=list)  # questions of our flows that were asked
    skips: int = 0  # answers in a row that said nothing
    parked: str | None = None  # a question that something more urgent interrupted
    waits: list[str] = field(default_factory=list)  # labels mentioned in passing, offered after the first is answered
    said: list[dict[str, Any]] = field(default_factory=list)  # the last replies, by name, to repeat in another language
    named: dict[str, list[str]] = field(default_factory=dict)  # place, span, money: the words that name them
    offered: list[str] = field(default_factory=list)  # labels offered as guesses since something was last understood
    may_join: bool | None = None  # whether an operator may join, as asked for or declined
    need: str | None = None  # label that numbers were last given for
    holds: list[str] = field(default_factory=list)  # what a service must fit: men, women, children, young, no_police …
    given: dict[str, str] = field(default_factory=dict)  # ids of the services given last, each with its name
    referred: list[str] = field(default_factory=list)  # ids of all services given
    since_safe: list[str] = field(default_factory=list)  # of these, those given since it was last known to be safe
    complained: list[str] = field(default_factory=list)  # ids of services that did not work: not given again
    refused: list[str] = field(
        default_factory=list
    )  # ids of lines that are not for the person, as they said: not given again
    theirs: list[str] | None = None  # ids of lines for people of one country that are for them; None: nothing was said
    crisis: str | None = None  # label of the crisis whose thread is open: nothing weaker closes it
    crisis_turns: int = 0  # messages since it was told last
    spoken: dict[str, int] = field(
        default_factory=dict
    )  # phrase, with a checksum of its arguments: how often it was said
    nearest: float | None = None  # km to the nearest service given

    @property
    def hushed(self) -> bool:
        """Whether somebody else may hold the phone: nothing is sent outside a turn until the person says it is safe again."""
        said_so = any(self.answered.get(label) for label in NOT_SAFE)
        if self.situation == "new":
            return said_so and "closed" in self.told
        if self.situation == "asked_safe" and self.question == "safe":
            # Whoever is writing may be the person who was feared.
            quiet = self.word is not None or "stranger" in self.told or "insult_or_prank" in self.answered
            return said_so or quiet
        return self.situation == "quiet"

    def drop_wish(self) -> None:
        """Forget what waited to be answered, and what was heard in it."""
        self.want, self.want_heard = None, {}

    def heard_safe(self) -> None:
        """Record that the person has told an operator that it is safe to write again."""
        self.situation, self.question = "talk", None

    def comes_back(self, choices: list[dict[str, Any]]) -> None:
        """Begin as after a long silence, with "safe to write?" open: nothing from before is repeated to whoever writes now.

        `choices`: of that question.
        """
        self.situation, self.question, self.times_asked = "asked_safe", "safe", 1
        self.choices, self.waits, self.said, self.skips = choices, [], [], 0
        self.need = None
        self.forget_given()
        self.drop_wish()

    def give(self, services: Mapping[str, str]) -> None:
        """Remember services as those given last: ids, each with its name."""
        self.given = dict(services)
        self.referred = list(dict.fromkeys([*self.referred, *services]))
        self.since_safe = [*(id for id in self.since_safe if id not in services), *services]

    def forget_given(self) -> None:
        """Forget which services were given, and for whose people: whoever writes now may be somebody else."""
        self.given, self.since_safe, self.theirs = {}, [], None

    def dump(self) -> bytes:
        """Return the bytes to seal."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def load(cls, raw: bytes) -> "Record":
        """Parse what `dump` returned; fields that this version does not know are dropped."""
        known = {f.name for f in fields(cls)}
        return cls(**{name: value for name, value in json.loads(raw).items() if name in known})
