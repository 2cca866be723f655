"""What the steward's commands ask of a running hotline: complaints, and what was not found.

None of it is sealed, so a steward needs the address of Redis and not the master key.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.crypto.vault import Vault
from bot.reporting import complaints, unmet_needs
from bot.reporting.unmet_needs import UnmetRow
from bot.settings import Settings
from bot.storage.store import Store
from commands.runtime.redis_server import OwnRedis

Answer = TypeVar("Answer")


def waiting(settings: Settings) -> dict[str, int]:
    """Give the complaints that wait, by service; raises StoreAway."""
    return _asked(settings, complaints.counts)


def looked_at(settings: Settings, service: str) -> None:
    """Note that the complaints about a service are answered; raises StoreAway."""
    _asked(settings, lambda store: complaints.looked_at(store, service))


def hold(settings: Settings, service: str) -> None:
    """Let a running hotline not give a service, whatever its directory says; raises StoreAway."""
    _asked(settings, lambda store: complaints.hold(store, service))


def held_back(settings: Settings) -> frozenset[str]:
    """Give the services that are not given since a complaint; raises StoreAway."""
    return _asked(settings, complaints.suspended)


def not_found(settings: Settings) -> list[UnmetRow]:
    """Give what was asked for and not found, as far as it may be shown; raises StoreAway."""
    return _asked(settings, unmet_needs.report)


def _asked(settings: Settings, question: Callable[[Store], Awaitable[Answer]]) -> Answer:
    async def ask() -> Answer:
        url = settings.redis_url or OwnRedis(settings.var / "redis").url
        store = Store.connect(url, Vault(secrets.token_bytes(32)))
        try:
            return await question(store)
        finally:
            await store.close()

    return asyncio.run(ask())
