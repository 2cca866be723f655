"""A reply that the organisation's translator has put into a person's language: proposed to its operator, who may send it.

Nothing is sent from here. In a crisis, where somebody else may hold the phone, and for anything that a life may hang on,
there is no proposal: only reviewed sentences are said then (docs/rules.md, Safety 0.10).
"""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from bot.messaging.transcript import ends_in_crisis
from bot.phrases.phrases import SOURCE, Phrasebook
from bot.text.text_messages import fits
from desk.console.conversation_access import Talk
from desk.translation.emergency_words import has_emergency, has_number
from desk.translation.translator import NotTranslated, translated

LABEL = "utter_machine_translated"  # tells the person
LONGEST = 4_000  # letters in one message, its label included
_MOST = 2_000  # letters that an operator may have translated at once
# Languages in letters that the translator does not write.
_SPELLED_ANEW = "-Latn"

NoProposal = Literal[
    "crisis", "quiet_machine", "number", "emergency", "ready", "same_language", "no_such_language", "away", "garbage",
    "long_original", "long_sms", "changed",
]  # fmt: skip


@dataclass(frozen=True)
class Proposal:
    """A translation as its operator reviews it."""

    original: str
    source: str  # BCP 47: of the original, and of `back`
    shown: str  # as the person would read it, with the label
    back: str  # the translation, translated back


class NotProposed(Exception):
    """There is no translation to send, for a reason that has a sentence in desk/templates/translation/words.html."""

    def __init__(self, why: NoProposal) -> None:
        super().__init__(why)
        self.why = why


def check_moment(talk: Talk) -> None:
    """Raise NotProposed while only reviewed replies may be sent in a conversation."""
    if talk.quiet:
        raise NotProposed("quiet_machine")
    if talk.record.crisis or ends_in_crisis(talk.lines):
        raise NotProposed("crisis")


def check_text(text: str, ready: Collection[str]) -> None:
    """Raise NotProposed for a text that no machine may translate. ready: English of the ready-made replies."""
    if len(text) > _MOST:
        raise NotProposed("long_original")
    if text.strip() in ready:
        raise NotProposed("ready")
    if has_number(text):
        raise NotProposed("number")
    if has_emergency(text):
        raise NotProposed("emergency")


async def propose(url: str, text: str, source: str, talk: Talk, book: Phrasebook) -> Proposal:
    """Return a translation of a checked text, and what it says when it is translated back; raises NotProposed."""
    if source == talk.locale:
        raise NotProposed("same_language")
    if talk.locale.endswith(_SPELLED_ANEW):
        raise NotProposed("no_such_language")
    try:
        there = await _one(url, text, source, talk.locale)
        back = await _one(url, there, talk.locale, source)
        english = back if source == SOURCE else await _one(url, there, talk.locale, SOURCE)
    except NotTranslated:
        raise NotProposed("away") from None
    if not _sane(there, text) or not _sane(back, text) or there.casefold() == text.casefold():
        raise NotProposed("garbage")
    if any(has_emergency(each) for each in (there, back, english)):
        raise NotProposed("emergency")
    return Proposal(text, source, _labeled(there, talk, book), back)


async def _one(url: str, text: str, source: str, target: str) -> str:
    return (await translated(url, [text], source, target))[0].strip()


def _sane(text: str, of: str) -> bool:
    """Whether a text could be a translation: it has letters, no numbers of its own, and a length like the other's."""
    letters = any(unicodedata.category(letter).startswith("L") for letter in text)
    broken = any(unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn") and letter != "\n" for letter in text)
    return letters and not broken and "\ufffd" not in text and not has_number(text) and len(text) <= 4 * len(of) + 80


def _labeled(text: str, talk: Talk, book: Phrasebook) -> str:
    shown = book.render(LABEL, {"text": text}, talk.locale, talk.handoff.channel)
    if talk.handoff.channel == "sms" and not fits(shown):
        raise NotProposed("long_sms")
    if len(shown) > LONGEST:
        raise NotProposed("long_original")
    return shown
