"""Renders a reply into what the person reads: the phrase in their language, choices in a form their channel can show."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.messaging.message import Reply
from bot.messaging.outbox import Outgoing, Spoken
from bot.messaging.transcript import Line
from bot.phrases.phrases import SOURCE, Phrasebook
from bot.text.text_messages import fits, messages, within
from channels.contract import Abilities
from channels.delivery.cards import Piece, pieces


class Renderer:
    """Renders replies. Callers pass several locales while it is unclear which of them the person reads."""

    def __init__(self, book: Phrasebook, abilities: dict[str, Abilities]) -> None:
        self._book = book
        self._abilities = abilities

    def line(self, reply: Reply, locales: Sequence[str], channel: str) -> Line:
        """Return the line that the transcript and the web page show."""
        locales = self._book.read_as(locales)
        texts = [self._book.render(reply.say, reply.arguments, locale, channel) for locale in locales]
        # A phrase that both locales have only in English is said once.
        spoken = locales[0] if len(locales) == 1 else ""
        choices = self._choices(reply, locales, channel)
        text, shown = "\n\n".join(dict.fromkeys(texts)), self._pieces(reply, locales, channel)
        said = Line("us", text, reply.say, choices, locale=spoken, pieces=shown)
        if list(locales) == [SOURCE]:
            return said
        return replace(said, glosses=self._glosses(reply, channel), english=self._english(reply, channel))

    def spoken(self, replies: Sequence[Reply], locales: Sequence[str], channel: str, turn: str = "") -> Spoken:
        """Return the transcript lines and the messages to send, each message with the number of its line."""
        lines = [self.line(reply, locales, channel) for reply in replies]
        sent = [
            (at, message)
            for at, reply in enumerate(replies, 1)
            for message in self.outgoing(reply, locales, channel, turn)
        ]
        return Spoken(lines, sent)

    def words(self, text: str, by: str, channel: str, original: str = "") -> Spoken:
        """Render an operator's text, split to fit the channel; original: what they wrote, if a machine translated it."""
        abilities = self._abilities[channel]
        cut = (
            (within(text, abilities.longest) if abilities.longest else [text]) if abilities.buttons else messages(text)
        )
        return Spoken([Line("us", text, by=by, original=original)], [(1, Outgoing(piece, "")) for piece in cut])

    def outgoing(self, reply: Reply, locales: Sequence[str], channel: str, turn: str) -> list[Outgoing]:
        """Return the messages to send: more than one if the text exceeds the channel's limit.

        Without buttons, choices become numbered lines, packed with the text into as few text messages as possible.
        A language or a choice is not split across two messages unless it is too long for one.
        """
        locales = self._book.read_as(locales)
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

    def _pieces(self, reply: Reply, locales: Sequence[str], channel: str) -> list[Piece]:
        """Return the reply as cards and sentences, where a page shows it."""
        if not self._abilities[channel].pulls:
            return []
        return [
            piece for locale in locales for piece in pieces(self._book, reply.say, reply.arguments, locale, channel)
        ]

    def _choices(self, reply: Reply, locales: Sequence[str], channel: str) -> list[dict[str, Any]]:
        shown = []
        for number, choice in enumerate(reply.choices, 1):
            names = [self._book.render(choice.say, choice.arguments, locale, channel) for locale in locales]
            # The same word twice ("OK / OK") helps no one.
            shown.append({"number": number, "text": " / ".join(dict.fromkeys(names))})
        return shown

    def _english(self, reply: Reply, channel: str) -> str:
        """Return the reply in English, if phrases are filled into it, which nobody could find again by the name of the phrase."""
        composed = any(isinstance(value, Mapping | list) for value in reply.arguments.values())
        return self._book.render(reply.say, reply.arguments, SOURCE, channel) if composed else ""

    def _glosses(self, reply: Reply, channel: str) -> list[str]:
        return [self._book.render(choice.say, choice.arguments, SOURCE, channel) for choice in reply.choices]


def _packed(languages: list[str], numbered: list[str]) -> list[str]:
    """Pack blocks, in order, into as few messages as possible; only a block too long for one message is split."""
    first, *others = languages
    packed = messages(first)
    for block, space in [*((text, "\n\n") for text in others), *((choice, "\n") for choice in numbered)]:
        longer = f"{packed[-1]}{space}{block}"
        if fits(longer):
            packed[-1] = longer
        else:
            packed += messages(block)
    return packed
