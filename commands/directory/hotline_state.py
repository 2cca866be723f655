"""The state of a running hotline that stewards need: complaints, services held back, and unmet needs.

None of it is sealed, so a steward needs the address of Redis but not the master key.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

from bot.crypto.vault import Vault
from bot.reporting import complaints, unmet_needs
from bot.reporting.unmet_needs import UnmetRow
from bot.settings import Settings
from bot.storage.store import Store
from commands.runtime.redis_server import url_of
from desk.directory.calls import call_assignments

Asked = TypeVar("Asked")


def waiting(settings: Settings) -> dict[str, int]:
    """Return the number of pending complaints by service. Raises StoreAway."""
    return _asked(settings, complaints.counts)


def looked_at(settings: Settings, service: str) -> None:
    """Mark the complaints about a service as answered. Raises StoreAway."""
    _asked(settings, lambda store: complaints.clear(store, service))


def hold(settings: Settings, service: str) -> None:
    """Make a running hotline hold a service back, whatever its directory says. Raises StoreAway."""
    _asked(settings, lambda store: complaints.suspend(store, service))


def held_back(settings: Settings) -> frozenset[str]:
    """Return the services held back because of complaints. Raises StoreAway."""
    return _asked(settings, complaints.suspended)


def not_found(settings: Settings) -> list[UnmetRow]:
    """Return the unmet needs, as far as they may be shown. Raises StoreAway."""
    return _asked(settings, unmet_needs.report)


def assigned_calls(settings: Settings) -> Mapping[str, str]:
    """Return who makes which call: desk names by number. Raises StoreAway."""
    return _asked(settings, call_assignments.assigned)


def assign_calls(settings: Settings, calls: Sequence[str], name: str) -> None:
    """Give calls to a steward. Raises StoreAway."""
    _asked(settings, lambda store: call_assignments.assign(store, calls, name))


def free_call(settings: Settings, call: str) -> None:
    """Free a call that was made. Raises StoreAway."""
    _asked(settings, lambda store: call_assignments.give_back(store, call))


def _asked(settings: Settings, question: Callable[[Store], Awaitable[Asked]]) -> Asked:
    async def ask() -> Asked:
        url = url_of(settings)
        store = Store.connect(url, Vault(secrets.token_bytes(32)))
        try:
            return await question(store)
        finally:
            await store.close()

    return asyncio.run(ask())
