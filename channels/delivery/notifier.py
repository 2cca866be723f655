"""The notifier: it tells a person something outside a turn, such as an operator's message or news about the handoff.

These messages take the same path as the replies of a turn: one atomic step into transcript and outbox, behind
whatever is already queued there.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.crypto.vault import Seal, SealBroken
from bot.messaging import outbox
from bot.messaging.message import Reply, storable
from bot.messaging.outbox import OperatorMessage, Spoken, Written
from bot.phrases.phrases import SOURCE
from bot.storage.signals import Signals
from bot.storage.store import Store, key
from channels.delivery.rendering import Renderer


@dataclass(frozen=True)
class _Talk:
    """The fields of a conversation that are needed to say something in it."""

    id: str
    seal: Seal
    channel: str
    pointer: str
    locale: str


class Notifier:
    """Says phrases and operators' own words in a live conversation. `pulling`: channels whose page fetches its lines."""

    def __init__(self, store: Store, renderer: Renderer, signals: Signals, pulling: Collection[str] = ("web",)) -> None:
        self._store, self._renderer, self._signals, self._pulling = store, renderer, signals, pulling

    async def say(self, conversation: str, replies: Sequence[Reply], *, by: str = "", once: str = "") -> bool:
        """Say phrases in the conversation's settled language. Return False if the conversation is gone.

        by: the alias of the operator who says them. once: an idempotency key; a repeat under the same key is not said.
        """
        talk = await self._open(conversation)
        if talk is None:
            return False
        spoken = self._renderer.spoken(replies, [talk.locale], talk.channel)
        spoken = replace(spoken, lines=[replace(line, by=by) for line in spoken.lines])
        return await self._tell(talk, spoken, once=once) != "gone"

    async def write(self, conversation: str, words: OperatorMessage) -> Written:
        """Say an operator's own words unchanged, provided this operator holds the conversation."""
        talk = await self._open(conversation)
        if talk is None:
            return "gone"
        spoken = self._renderer.words(storable(words.text), words.alias, talk.channel, storable(words.original))
        return await self._tell(talk, spoken, operator=words.operator, once=words.once)

    async def _tell(self, talk: _Talk, spoken: Spoken, *, operator: str = "", once: str = "") -> Written:
        if talk.channel in self._pulling:
            spoken = Spoken(spoken.lines)
        outcome = await outbox.say(self._store, talk.id, spoken, talk.seal, operator=operator, once=once)
        if outcome == "said":
            self._signals.said(talk.pointer)
            self._signals.outgoing.set()
        return outcome

    async def _open(self, conversation: str) -> _Talk | None:
        fields = ("key", "channel", "pointer", "locale")
        found = await self._store.call("HMGET", key("conversation", conversation), *fields)
        wrapped, channel, pointer, locale = found
        if not wrapped:
            return None
        # Not settled yet: fall back to the language of the handoff, the language in which we look for operators.
        locale = locale or await self._store.call("HGET", key("handoff", conversation), "locale") or SOURCE.encode()
        try:
            seal = self._store.vault.unwrap(conversation, wrapped)
        except SealBroken:
            return None
        return _Talk(conversation, seal, channel.decode(), pointer.decode(), locale.decode())
