"""From a reply to what a person reads: the phrase in their language, the choices as their channel can show them."""

from collections.abc import Sequence
from typing import Any

from bot.messaging.message import Reply
from bot.messaging.outbox import Outgoing, Spoken
from bot.messaging.transcript import Line
from bot.phrases.phrases import Phrasebook
from bot.text.text_messages import fits, messages, within
from channels.contract import Abilities


class Speech:
    """Renders replies. More than one locale is given while it is unsure which one the person reads."""

    def __init__(self, book: Phrasebook, abilities: dict[str, Abilities]) -> None:
        self._book = book
        self._abilities = abilities

    def line(self, reply: Reply, locales: Sequence[str], channel: str) -> Line:
        """Give the line that the transcript and the web page show."""
        texts = [self._book.render(reply.say, reply.arguments, locale, channel) for locale in locales]
        # A phrase that both languages have in English only is said once.
        spoken = locales[0] if len(locales) == 1 else ""
        choices = self._choices(reply, locales, channel)
        return Line("us", "\n\n".join(dict.fromkeys(texts)), reply.say, choices, locale=spoken)

    def spoken(self, replies: Sequence[Reply], locales: Sequence[str], channel: str, turn: str = "") -> Spoken:
        """Give both: the lines, and the messages to send, each with the number of its line."""
        lines = [self.line(reply, locales, channel) for reply in replies]
        sent = [
            (at, message)
            for at, reply in enumerate(replies, 1)
            for message in self.outgoing(reply, locales, channel, turn)
        ]
        return Spoken(lines, sent)

    def words(self, text: str, by: str, channel: str) -> Spoken:
        """Give what an operator has written, cut where the channel wants it."""
        abilities = self._abilities[channel]
        cut = (
            (within(text, abilities.longest) if abilities.longest else [text]) if abilities.buttons else messages(text)
        )
        return Spoken([Line("us", text, by=by)], [(1, Outgoing(piece, "")) for piece in cut])

    def outgoing(self, reply: Reply, locales: Sequence[str], channel: str, turn: str) -> list[Outgoing]:
        """Give the messages to send: one, or on a channel without buttons as many as the length of a text message asks for.

        There the choices are lines with numbers. A language, and a choice, is never cut in two.
        """
        line = self.line(reply, locales, channel)
        if self._abilities[channel].buttons:
            longest = self._abilities[channel].longest
            *before, end = within(line.text, longest) if longest else [line.text]
            return [
                *(Outgoing(text, reply.say, [], turn) for text in before),
                Outgoing(end, reply.say, line.choices, turn),
            ]
        languages = [self._book.render(reply.say, reply.arguments, locale, channel) for locale in locales]
        numbered = [f"{choice['number']} {choice['text']}" for choice in line.choices]
        *first, last = _packed(list(dict.fromkeys(languages)), numbered)
        return [*(Outgoing(text, reply.say, [], turn) for text in first), Outgoing(last, reply.say, line.choices, turn)]

    def _choices(self, reply: Reply, locales: Sequence[str], channel: str) -> list[dict[str, Any]]:
        shown = []
        for number, choice in enumerate(reply.choices, 1):
            names = [self._book.render(choice.say, choice.arguments, locale, channel) for locale in locales]
            # The same word twice ("OK / OK") helps nobody.
            shown.append({"number": number, "text": " / ".join(dict.fromkeys(names))})
        return shown


def _packed(languages: list[str], numbered: list[str]) -> list[str]:
    """Put blocks into as few messages as their length allows, in their order; one that is too long by itself is cut."""
    first, *others = languages
    packed = messages(first)
    for block, space in [*((text, "\n\n") for text in others), *((choice, "\n") for choice in numbered)]:
        longer = f"{packed[-1]}{space}{block}"
        if fits(longer):
            packed[-1] = longer
        else:
            packed += messages(block)
    return packed
