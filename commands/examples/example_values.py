"""What the marks and the context of an example may say. docs/examples.md explains each."""

from typing import Literal

About = Literal["me", "other", "both", "none"]
Whose = Literal["me", "other"]
CrisisKind = Literal["danger", "selfharm", "medical"]
CrisisTime = Literal["now", "past", "feared"]
Answer = Literal["yes", "no", "unsure", "value", "none"]
OpenQuestion = Literal[
    "safe", "check", "need", "country", "town", "which_place", "age", "whom", "danger", "selfharm", "alone",
    "number", "screen", "concern", "since", "offer", "guess", "language", "person", "more", "clear", "word",
]  # fmt: skip
TalkMode = Literal["rest", "gap", "neutral", "waiting", "lines", "crisis"]
