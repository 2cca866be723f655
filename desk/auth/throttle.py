"""How often somebody may try to sign in: counted by account and by source, as keyed hashes that end after 15 minutes.

A stranger who has learnt the name of an operator could spend its tries to keep the operator out, and the desk silent. Hence nothing
is locked for good, a refused try makes no wait longer, and a source from which somebody signed in before has tries of its own.
"""

from ipaddress import IPv6Address, ip_address

from bot.storage.store import Store
from desk.auth.people import folded

WINDOW = 15 * 60  # seconds
MOST_BY_ACCOUNT, MOST_BY_SOURCE = 10, 20
_REMEMBERED = 30 * 86_400  # seconds that a source counts as known to an account


class Throttle:
    """The counters in the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def wait(self, name: str, source: str) -> int:
        """Count a try, and give the seconds to wait: 0 when it may go on."""
        counters = [await self._counter(name, source), self._hash("sign_in", "source", _network(source))]
        return int(await self._store.run("desk_try", counters, [WINDOW, MOST_BY_ACCOUNT, MOST_BY_SOURCE]))

    async def passed(self, name: str, source: str) -> None:
        """Somebody signed in: the account's tries are free again, and the source is known to it."""
        await self._store.call("DEL", await self._counter(name, source))
        await self._store.call("SET", self._known(name, source), "1", "EX", _REMEMBERED)

    async def _counter(self, name: str, source: str) -> str:
        known = await self._store.call("EXISTS", self._known(name, source))
        return self._hash("sign_in", "account", folded(name), _network(source) if known else "")

    def _known(self, name: str, source: str) -> str:
        return self._hash("known_source", folded(name), _network(source))

    def _hash(self, kind: str, *parts: str) -> str:
        return f"{kind}:{self._store.vault.keyed(kind, chr(0).join(parts))}"


def _network(source: str) -> str:
    """One line has one IPv4 address, but 2 to the 64th of IPv6."""
    try:
        address = ip_address(source)
    except ValueError:
        return source
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or int(address) >> 64)
