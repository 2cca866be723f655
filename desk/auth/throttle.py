"""How often somebody may try to sign in: counted per account and per source, as keyed hashes that expire after 15 minutes.

A stranger who knows an operator's name could use up the account's attempts to keep the operator out and the desk silent. So
nothing is locked for good, a refused attempt extends no wait, and a source that has signed in before has attempts of its own.
Without a source (a tunnel, an onion service) attempts are counted by account alone: one address for all of its users would let
a stranger shut out everybody at once.
"""

from ipaddress import IPv6Address, ip_address

from bot.storage.store import Store
from desk.auth.people import folded

WINDOW = 15 * 60  # seconds
MOST_BY_ACCOUNT, MOST_BY_SOURCE = 10, 20
_REMEMBERED = 30 * 86_400  # seconds for which a source counts as known to an account


class Throttle:
    """The counters in the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def wait(self, name: str, source: str) -> int:
        """Count an attempt, and return the seconds to wait: 0 if it may go on."""
        counters, free = [await self._counter(name, source)], [MOST_BY_ACCOUNT]
        if source:
            counters.append(self._hash("sign_in", "source", _network(source)))
            free.append(MOST_BY_SOURCE)
        return int(await self._store.run("count_sign_in", counters, seconds=WINDOW, free=free))

    async def passed(self, name: str, source: str) -> None:
        """Reset the account's attempts after a sign-in, and remember the source as known to it."""
        await self._store.call("DEL", await self._counter(name, source))
        if source:
            await self._store.call("SET", self._known(name, source), "1", "EX", _REMEMBERED)

    async def _counter(self, name: str, source: str) -> str:
        known = source and await self._store.call("EXISTS", self._known(name, source))
        return self._hash("sign_in", "account", folded(name), _network(source) if known else "")

    def _known(self, name: str, source: str) -> str:
        return self._hash("known_source", folded(name), _network(source))

    def _hash(self, kind: str, *parts: str) -> str:
        return f"{kind}:{self._store.vault.keyed(kind, chr(0).join(parts))}"


def _network(source: str) -> str:
    """Return what counts as one source: a line has one IPv4 address, but 2 to the 64th of IPv6."""
    try:
        address = ip_address(source)
    except ValueError:
        return source
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or int(address) >> 64)
