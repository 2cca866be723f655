"""The context of a message in words, which stand ahead of its own: the reader knows what words mean before it learns.

Short, because every token costs time with every message; English, of which the encoder has read most. The tokenizer's mark
for an end stands between them and the message, so that they are not taken for what the person says.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.encoder.reading import Context
from bot.encoder.tokens import END, MOST

QUESTIONS: Final[Mapping[str, str]] = {
    "safe": "safe?",
    "check": "still safe?",
    "need": "what help?",
    "country": "which country?",
    "town": "which town?",
    "which_place": "which place?",
    "age": "18 or older?",
    "whom": "about you?",
    "danger": "danger now?",
    "selfharm": "suicide?",
    "alone": "alone?",
    "number": "can call?",
    "screen": "your situation?",
    "concern": "whose trouble?",
    "since": "since when?",
    "offer": "paid first?",
    "guess": "1 or 2?",
    "language": "which language?",
    "person": "a human?",
    "more": "anything else?",
    "clear": "delete chat?",
    "word": "secret word?",
}
MODES: Final[Mapping[str, str]] = {
    "rest": "unsafe:",
    "gap": "later:",
    "neutral": "stranger:",
    "waiting": "waiting:",
    "lines": "numbers:",
    "crisis": "crisis:",
}


def in_words(context: Context) -> str:
    """Return a context in words; empty where nothing is open and the conversation goes its usual way."""
    return f"{MODES.get(context.mode, '')} {QUESTIONS.get(context.question, '')}".strip()


def behind(context: Sequence[int], text: Sequence[int]) -> list[int]:
    """Return the ids of a text behind those of its context in words; both come from the tokenizer, framed."""
    joined = [*context, *text[1:]]
    return joined if len(joined) <= MOST + 2 else [*joined[: MOST + 1], END]
