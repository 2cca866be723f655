"""What is understood of a text without the engine: quick words, and reviewed phrases for a crisis."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.messaging.message import Urgency
from bot.understanding.crisis import CrisisNet
from bot.understanding.quick_words import Quick, QuickWords

_LONGEST_QUICK = 100  # characters of a message that can be a quick word, invisible characters included
_SMS = "sms"  # the channel whose carriers have words of their own
_PHRASES = Path(__file__).parents[2] / "data" / "crisis"


@dataclass(frozen=True)
class OfflineChecks:
    """The lists of all languages."""

    words: QuickWords
    crises: CrisisNet

    @classmethod
    @cache
    def load(cls) -> "OfflineChecks":
        """Read data/words/ and data/crisis/, once per process."""
        return cls(QuickWords.load(), CrisisNet.load(_PHRASES))

    def quick(self, text: str, channel: str = "") -> Quick | None:
        """Return which quick word a message is, or None. A flood of long messages must cost nothing here."""
        return self.words.find(text, by_sms=channel == _SMS) if len(text) <= _LONGEST_QUICK else None

    def cries(self, text: str) -> bool:
        """Whether a text contains a reviewed phrase for a crisis."""
        return self.crises.find(text) is not None

    def urgency(self, text: str, channel: str = "") -> Urgency:
        """Return what of a message must not wait. It is worked out once, at intake: a long text takes as long as a turn."""
        return Urgency(self.quick(text, channel) or "", self.cries(text))
