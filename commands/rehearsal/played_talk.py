"""A talk as it was played, and its form on paper: one JSON object a line, which programs outside rely on (docs/rehearsal.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.messaging.message import Hints
from bot.messaging.outbox import Outgoing
from commands.rehearsal.checks.reply_kinds import ReplyKind, kind_of
from commands.rehearsal.scenario import Act, Scenario


@dataclass(frozen=True)
class Bubble:
    """One message that the person got."""

    say: str
    kind: ReplyKind
    text: str
    choices: Sequence[Mapping[str, Any]] = ()

    @classmethod
    def of(cls, reply: Outgoing) -> "Bubble":
        """Name the kind of what was sent."""
        choices = [{"number": choice["number"], "text": choice["text"]} for choice in reply.choices]
        return cls(reply.say, kind_of(reply.say), reply.text, choices)

    def plain(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"say": self.say, "kind": self.kind, "text": self.text, "choices": list(self.choices)}


@dataclass(frozen=True)
class PlayedTurn:
    """What the person did, and all that was said back before the next thing they did."""

    turn: int
    act: Act
    what: str
    state: str
    replies: Sequence[Bubble]
    why: Mapping[str, Any] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """Return the JSON form, without reasons."""
        replies = [reply.plain() for reply in self.replies]
        return {"turn": self.turn, self.act: self.what, "state": self.state, "replies": replies}

    def plain_why(self) -> dict[str, Any]:
        """Return the JSON form of the reasons."""
        return {"turn": self.turn, self.act: self.what, "why": dict(self.why)}

    @property
    def kinds(self) -> list[ReplyKind]:
        """Return the kinds of what was said, in its order."""
        return [reply.kind for reply in self.replies]

    @property
    def text(self) -> str:
        """Return all that was said."""
        return "\n".join(reply.text for reply in self.replies)

    @property
    def locales(self) -> list[str]:
        """Return the languages of the replies, where the engine told them: two while it is not known which one is read."""
        return list(self.why.get("locales") or ())

    @property
    def countries(self) -> list[str]:
        """Return where the person is as far as the hotline knows: as was said, and by the prefix of the phone."""
        found = (self.why.get("record", {}).get("country"), self.why.get("phone_country"))
        return [country for country in found if country]

    @property
    def label(self) -> str:
        """Return the label that was answered."""
        labels = self.why.get("labels") or [{}]
        return str(labels[0].get("name") or "")


@dataclass(frozen=True)
class Played:
    """The whole talk."""

    scenario: Scenario
    turns: Sequence[PlayedTurn]

    @property
    def answered(self) -> list[PlayedTurn]:
        """Return the turns in which the person wrote or sent something."""
        return [turn for turn in self.turns if turn.act != "wait"]

    @property
    def hints(self) -> Hints:
        """Return what the door knew."""
        return self.scenario.hints
