"""What the reader is given with a text, and what it hears in the text."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

_NEWS = "event/"


@dataclass(frozen=True)
class Context:
    """The situation in which a message is sent. Empty: no question is open, and the conversation goes its usual way."""

    question: str = ""  # the open one, by its name in docs/examples.md
    mode: str = ""


@dataclass(frozen=True)
class MessageReading:
    """What a message may say, each name with its chance. All are empty if there was nothing to read."""

    first: Mapping[str, float] = field(default_factory=dict)  # label that decides what is answered first; sums to 1
    crisis: Mapping[str, float] = field(default_factory=dict)  # crisis that decides, or "" for none; sums to 1
    many: Mapping[str, float] = field(default_factory=dict)  # labels and fine labels, each by itself
    marks: Mapping[str, float] = field(default_factory=dict)  # danger:me:now …, watched, free, negated, corrected
    about: Mapping[str, float] = field(default_factory=dict)  # me, other, both, none; sums to 1
    answer: Mapping[str, float] = field(default_factory=dict)  # yes, no, unsure, value, none; sums to 1
    named: Mapping[str, float] = field(default_factory=dict)  # row of data/particulars.yml, or "" for none; sums to 1

    def averaged(self, other: "MessageReading") -> "MessageReading":
        """Return the mean of two readings of one text; of news the higher chance, since nothing is news by itself."""
        heads = {each.name: (getattr(self, each.name), getattr(other, each.name)) for each in fields(self)}
        return MessageReading(
            **{head: {name: _both(name, one[name], two[name]) for name in one} for head, (one, two) in heads.items()}
        )


def _both(name: str, one: float, other: float) -> float:
    return max(one, other) if name.startswith(_NEWS) else (one + other) / 2
