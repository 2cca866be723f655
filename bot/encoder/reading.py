"""What the reader is given with a text, and what it hears in the text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

_NEWS = "event/"
# How far the likeliest sentence raises the chance of a label below the fifty. Of 944 messages of several sentences by others,
# from .35 on .48 of these labels are heard instead of .44, and as often rightly (.78); for the fifty nothing is gained.
_OF_SENTENCE = 0.3


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
    # The same for the sentence in which a name is likeliest; empty where the message is one sentence.
    named_in_sentence: Mapping[str, float] = field(default_factory=dict)
    first_in_sentence: Mapping[str, float] = field(default_factory=dict)

    def averaged(self, other: "MessageReading") -> "MessageReading":
        """Return the mean of two readings of one text; of news the higher chance, since nothing is news by itself."""
        heads = {each.name: (getattr(self, each.name), getattr(other, each.name)) for each in fields(self)}
        return MessageReading(
            **{head: {name: _both(name, one[name], two[name]) for name in one} for head, (one, two) in heads.items()}
        )

    def with_sentences(self, read: Sequence["MessageReading"]) -> "MessageReading":
        """Return the reading with what its sentences say by themselves, each read without a context."""
        if not read:
            return self
        likeliest = _likeliest([one.many for one in read])
        many = {
            name: chance + _OF_SENTENCE * max(0.0, likeliest[name] - chance) if "/" in name else chance
            for name, chance in self.many.items()
        }
        named, first = (_likeliest([getattr(one, head) for one in read]) for head in ("named", "first"))
        return replace(self, many=many, named_in_sentence=named, first_in_sentence=first)


def _likeliest(read: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {name: max(one[name] for one in read) for name in read[0]}


def _both(name: str, one: float, other: float) -> float:
    return max(one, other) if name.startswith(_NEWS) else (one + other) / 2
