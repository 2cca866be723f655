"""The budget of text messages: how many parts one number gets in an hour, and all numbers together.

Whoever writes decides how often we answer, and each part costs the organisation money. So a number has a share, and all have
a sum, in Redis: they hold for all gateways and outlive each of them. When one is used up,

- an answer to a crisis still goes out, from a reserve that each number has to itself and nobody else can use up;
- what a person at the desk writes still goes out: nobody can make it be sent by a machine;
- everything else is held back, and once in the hour a line with a number to call goes out in its place.
"""

from dataclasses import dataclass
from typing import Literal

from bot.crypto import identity
from bot.settings import Settings
from bot.storage.store import Store

HOUR = 3_600  # seconds from the first text on, of one number or of all
RESERVE = (
    20  # parts in an hour for answers to a crisis to one number: two at least, also in three parts and two languages
)
_SENT = "texts_sent"  # parts sent in this hour, to whomever
TextPurpose = Literal["answer", "crisis", "person"]  # person: the words of somebody at the desk


@dataclass(frozen=True)
class TextPayment:
    """What became of a text that is to be sent: paid for, or held back."""

    paid: str = ""  # from what: share or reserve; empty if it is held back
    why: str = ""  # of one that is held back: the share of the number is used up, or the sum of all
    excuse: bool = False  # a line is due in its place: none was sent to this number in this hour


class TextBudget:
    """The budget, kept in Redis."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._share, self._sum = store, settings.sms_parts_each, settings.sms_parts_all

    async def pay(self, address: str, parts: int, purpose: TextPurpose, *, excused: bool) -> TextPayment:
        """Take so many parts from the budget before a text is sent. `excused`: if it is held back, a line may go out for it."""
        limits = {"share": self._share, "sum": self._sum, "reserve": RESERVE, "seconds": HOUR}
        asked = {"parts": parts, "purpose": purpose, "excused": excused}
        found = await self._store.run_named("pay_text", self._keys(address), **asked, **limits)
        return TextPayment(found["paid"].decode(), found["why"].decode(), bool(found["excuse"]))

    async def give_back(self, address: str, parts: int, payment: TextPayment) -> None:
        """Put back what was paid for a text that the platform did not take."""
        await self._store.run("refund_text", self._keys(address), parts=parts, paid=payment.paid)

    def _keys(self, address: str) -> list[str]:
        return [_SENT, f"texts:{identity.address_key('sms', address, self._store.vault.pepper)}"]


async def sent(store: Store) -> int:
    """Return how many parts were sent in this hour."""
    return int(await store.call("GET", _SENT) or 0)
