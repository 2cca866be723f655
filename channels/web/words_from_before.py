"""The field for words from before (bot/conversation/way_back.py): how often they can be tried, and where they lead."""

import time
from ipaddress import ip_address

from bot.conversation import way_back
from bot.phrases.phrases import Phrasebook
from bot.storage.store import Store
from channels.hsds.request_limit import RequestLimit

_TRIES = 5  # words that one place can try in a minute


class WordsFromBefore:
    """Tries words. Wrong, used and expired ones, and one try too many, are answered alike."""

    def __init__(self, store: Store, book: Phrasebook, keep: int) -> None:
        """keep: seconds that a conversation of the page lives without a sign of it."""
        self._store, self._book, self._keep = store, book, keep
        self.tries = RequestLimit(time.time, of_one=_TRIES)

    async def lead(self, words: str, token: str, remote: str | None) -> bool:
        """Let the page of a token go on where words lead, and return whether it does."""
        if (_is_one_place(remote) and self.tries.wait(remote)) or not await way_back.may_try(self._store):
            return False
        drawn = way_back.typed(words)
        return drawn is not None and await way_back.come_back(self._store, drawn, token, self._book, self._keep)


def _is_one_place(remote: str | None) -> bool:
    """Whether an address is that of one place: a front, a tunnel and Tor have a private one for everybody behind them."""
    try:
        return ip_address(remote or "").is_global
    except ValueError:
        return False
