"""From a reply to what a person reads: the phrase in their language, the choices as their channel can show them."""

from collections.abc import Sequence
from typing import Any

from bot.message import Reply
from bot.outbox import Outgoing
from bot.phrases import Phrasebook
from bot.transcript import Line
from channels.adapter import Abilities


class Speech:
    """Renders replies. More than one locale is given while it is unsure which one the person reads."""

    def __init__(self, book: Phrasebook, abilities: dict[str, Abilities]) -> None:
        self._book = book
        self._abilities = abilities

    def line(self, reply: Reply, locales: Sequence[str], channel: str) -> Line:
        """Give the line that the transcript and the web page show."""
        texts = [self._book.render(reply.say, reply.arguments, locale, channel) for locale in locales]
        # A phrase that both languages have in English only is said once.
        return Line("us", "\n\n".join(dict.fromkeys(texts)), reply.say, self._choices(reply, locales, channel))

    def outgoing(self, reply: Reply, locales: Sequence[str], channel: str, turn: str) -> Outgoing:
        """Give the message to send; on a channel without buttons the choices are lines with numbers."""
        line = self.line(reply, locales, channel)
        text = line.text
        if line.choices and not self._abilities[channel].buttons:
            text += "\n" + "\n".join(f"{choice['number']} {choice['text']}" for choice in line.choices)
        return Outgoing(text, reply.say, line.choices, turn)

    def _choices(self, reply: Reply, locales: Sequence[str], channel: str) -> list[dict[str, Any]]:
        shown = []
        for number, choice in enumerate(reply.choices, 1):
            names = [self._book.render(choice.say, choice.arguments, locale, channel) for locale in locales]
            # The same word twice ("OK / OK") helps nobody.
            shown.append({"number": number, "text": " / ".join(dict.fromkeys(names))})
        return shown
