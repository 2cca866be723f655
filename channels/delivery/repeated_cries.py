"""The same cry over and over from one phone: three answers in ten minutes, where each answer costs money.

It is the cry that is compared, and not the answer: a person in danger who writes something else gets an answer, even where
it has the same words. Somebody who changes a word each time meets the budget (bot/messaging/text_budget.py).
"""

import regex

from bot.storage.store import Store, key
from channels.delivery.open_turn import OpenTurn

_BILLED = frozenset({"sms"})
_MOST, _SECONDS = 3, 600
_NO_LETTERS = regex.compile(r"[^\p{L}\p{M}]+")


async def may_answer(store: Store, turn: OpenTurn) -> bool:
    """Whether this cry is still answered, and count it; a turn that is tried again counts once."""
    if turn.channel not in _BILLED:
        return True
    cry = store.vault.keyed(f"cry {turn.id}", _letters(turn.text))
    counted = {"turn": turn.turn, "cry": cry, "most": _MOST, "seconds": _SECONDS}
    return bool(await store.run("count_cry", [key("cries", turn.id)], **counted))


def _letters(text: str) -> str:
    """Return what makes a cry the same: no number, mark or space behind it makes it another."""
    return _NO_LETTERS.sub("", text.casefold()) or text
