"""A played conversation and its JSON Lines format, which outside programs rely on (docs/rehearsal.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.messaging.message import Hints
from bot.messaging.outbox import Outgoing
from bot.phrases.reply_kinds import ReplyKind, kind_of
from bot.text.text_messages import sparing
from commands.rehearsal.scenario import Act, Scenario


@dataclass(frozen=True)
class Bubble:
    """One message that the person received."""

    say: str
    kind: ReplyKind
    text: str
    choices: Sequence[Mapping[str, Any]] = ()

    @classmethod
    def of(cls, reply: Outgoing, channel: str) -> "Bubble":
        """Build from an outgoing message as the channel sends it, with its kind: a text message drops accents that cost a part."""
        choices = [{"number": choice["number"], "text": choice["text"]} for choice in reply.choices]
        text = sparing(reply.text) if channel == "sms" else reply.text
        return cls(reply.say, kind_of(reply.say), text, choices)

    def plain(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"say": self.say, "kind": self.kind, "text": self.text, "choices": list(self.choices)}


@dataclass(frozen=True)
class PlayedTurn:
    """One thing the person did, and all replies until the next."""

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
        """Return the kinds of the replies, in order."""
        return [reply.kind for reply in self.replies]

    @property
    def text(self) -> str:
        """Return the text of all replies."""
        return "\n".join(reply.text for reply in self.replies)

    @property
    def locales(self) -> list[str]:
        """Return the languages of the replies, if the engine reported them: two while the person's language is unknown."""
        return list(self.why.get("locales") or ())

    @property
    def countries(self) -> list[str]:
        """Return the person's countries as far as the hotline knows: where they said to be, of their phone, named in passing."""
        record = self.why.get("record", {})
        found = (
            record.get("country"),
            self.why.get("phone_country"),
            record.get("likely_country"),
            record.get("their_country"),
        )
        return [country for country in found if country]

    @property
    def label(self) -> str:
        """Return the label that was answered, or an empty string."""
        labels = self.why.get("labels") or [{}]
        return str(labels[0].get("name") or "")


@dataclass(frozen=True)
class Played:
    """A whole played conversation."""

    scenario: Scenario
    turns: Sequence[PlayedTurn]

    @property
    def answered(self) -> list[PlayedTurn]:
        """Return the turns in which the person wrote or sent something."""
        return [turn for turn in self.turns if turn.act != "wait"]

    @property
    def hints(self) -> Hints:
        """Return what the channel knew."""
        return self.scenario.hints
