"""All state that changes: one Redis, small atomic scripts, an end for every key about a person.

Nothing here knows what a sentence means; texts arrive sealed. The keys of one conversation share its id as a
hash tag. Scripts also touch the look-up, the agenda, the duties and the list of hand-overs beside them.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.driver_info import DriverInfo
from redis.exceptions import RedisError

from bot.crypto.vault import Seal, Vault

LEASE = 6_000  # milliseconds after which a silent worker's conversation is due again
# Side by side; more wait for one that is free. Without a bound, or with one that refuses, a busy hour looks like a dead Redis.
_CONNECTIONS = 64
_SCRIPTS = Path(__file__).parent / "scripts"
_FUNCTIONS = "functions.lua"  # stands in front of each script: scripts cannot call each other


@cache
def _script_texts() -> dict[str, str]:
    shared = (_SCRIPTS / _FUNCTIONS).read_text()
    files = [path for path in _SCRIPTS.glob("*.lua") if path.name != _FUNCTIONS]
    return {path.stem: f"{shared}\n{path.read_text()}" for path in files}


class StoreAway(Exception):
    """Redis does not answer. The person must be told, with a number to call."""


@dataclass(frozen=True)
class Claim:
    """A conversation that this worker holds, and the sealed head of its queue."""

    conversation: str
    token: str
    head: bytes
    waiting: int  # how many messages wait in the inbox, the head included
    told: int  # how many of those were already told that no good answer can be had now
    tries: int  # how often a living engine could not answer the head
    fields: dict[str, bytes]  # key, channel, address, locale …
    blocked: bool = False  # an abusive address: only a crisis is answered


# The name that redis-py sends with each connection: it would read the version from the disk anew for every one.
_DRIVER = DriverInfo()


class Store:
    """The calls that the rest of `bot` makes on Redis; each raises StoreAway when it is gone."""

    def __init__(self, redis: "Redis", vault: Vault, lease: int = LEASE) -> None:
        self.redis = redis
        self._lease = lease
        self.vault = vault
        self._scripts = {name: redis.register_script(text) for name, text in _script_texts().items()}

    @classmethod
    def connect(cls, url: str, vault: Vault, lease: int = LEASE) -> "Store":
        """Make a store without connecting yet. A dead Redis must be noticed within a second, not retried."""
        pool = BlockingConnectionPool.from_url(
            url,
            max_connections=_CONNECTIONS,
            timeout=2,
            socket_timeout=2,
            socket_connect_timeout=1,
            retry=Retry(NoBackoff(), 1),
            health_check_interval=15,
            driver_info=_DRIVER,
        )
        return cls(Redis.from_pool(pool), vault, lease)

    async def close(self) -> None:
        """Let the connections go."""
        await self.redis.aclose()

    async def run(self, script: str, keys: list[str], args: list[Any]) -> Any:
        """Run one of our atomic scripts."""
        try:
            return await self._scripts[script](keys=keys, args=args)
        except (RedisError, OSError) as error:
            raise StoreAway(type(error).__name__) from error

    async def call(self, command: str, *args: Any) -> Any:
        """Run one plain command."""
        try:
            return await self.redis.execute_command(command, *args)  # type: ignore[no-untyped-call]  # redis leaves it untyped
        except (RedisError, OSError) as error:
            raise StoreAway(type(error).__name__) from error

    async def find(self, pointer: str) -> str | None:
        """Give the id of the conversation behind a look-up key."""
        found = await self.call("GET", f"address:{pointer}")
        return found.decode() if found else None

    async def seal_of(self, conversation: str) -> Seal | None:
        """Give the seal of a conversation, or None once it is erased or expired."""
        wrapped = await self.call("HGET", key("conversation", conversation), "key")
        return self.vault.unwrap(conversation, wrapped) if wrapped else None

    async def whose(self, pointer: str) -> tuple[str, Seal | None] | None:
        """Give the conversation behind a look-up key with its seal, which is None once it has ended."""
        found = await self.run("find_conversation", [f"address:{pointer}"], [])
        if not found:
            return None
        conversation = found[0].decode()
        return conversation, self.vault.unwrap(conversation, found[1]) if found[1] else None

    async def touch(self, pointer: str, keep: int, fetched: str = "") -> str | None:
        """Renew the expiry of the conversation behind a look-up key, and give its id. `fetched`: the last line its page has."""
        found = await self.run("keep_page_alive", [f"address:{pointer}"], [keep, fetched])
        return found.decode() if found else None

    async def claim(self, token: str, agenda: str = "inbox_due", queue: str = "inbox") -> Claim | None:
        """Take the conversation that is due first; None when none is."""
        holder = "holder" if queue == "inbox" else "sender"
        found = await self.run("claim", [agenda], [self._lease, token, queue, holder])
        if not found:
            return None
        conversation, head, waiting, told, tries, flat, blocked = found
        names = [name.decode() for name in flat[::2]]
        fields = dict(zip(names, flat[1::2], strict=True))
        return Claim(conversation.decode(), token, head, waiting, told, tries, fields, bool(blocked))

    async def renew(self, claim: Claim, agenda: str = "inbox_due", holder: str = "holder") -> bool:
        """Keep a claim; False when another worker has it by now."""
        keys = [key(holder, claim.conversation), agenda]
        return bool(await self.run("renew_claim", keys, [claim.conversation, claim.token, self._lease]))

    @asynccontextmanager
    async def kept(self, claim: Claim, agenda: str = "inbox_due", holder: str = "holder") -> AsyncIterator[None]:
        """Keep a claim while the work goes on: the engine or a platform may take longer than the lease."""
        task = asyncio.create_task(self._keep(claim, agenda, holder))
        try:
            yield
        finally:
            task.cancel()

    async def _keep(self, claim: Claim, agenda: str, holder: str) -> None:
        while True:
            await asyncio.sleep(self._lease / 3_000)
            with suppress(StoreAway):
                await self.renew(claim, agenda, holder)

    async def forget(self, conversation: str, farewell: bytes = b"", duty: str = "", *more: Any) -> int:
        """Erase everything of a conversation; 1 when there was something to erase, -1 when `more` did not fit any more.

        `more`: seconds for which a STOP is remembered; how many messages the inbox must hold ("" for any); and a new
        conversation with what was written after the word that ended this one (intake.anew).
        """
        keys = [key("conversation", conversation), "inbox_due", "outbox_due", "farewells_due"]
        return int(await self.run("erase", keys, [conversation, farewell, 120, duty, *(more or (0, ""))]))

    async def conversations(self) -> AsyncIterator[str]:
        """Go through the ids of all living conversations."""
        async for conversation in self.ids("conversation"):
            yield conversation

    async def ids(self, kind: str) -> AsyncIterator[str]:
        """Go through the ids of all keys of a kind."""
        try:
            async for name in self.redis.scan_iter(match=f"{kind}:*", count=500):
                yield name.decode().partition("{")[2].rstrip("}")
        except (RedisError, OSError) as error:
            raise StoreAway(type(error).__name__) from error


def key(kind: str, conversation: str) -> str:
    """Name a key of a conversation."""
    return f"{kind}:{{{conversation}}}"
