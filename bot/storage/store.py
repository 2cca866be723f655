"""All state that changes: one Redis, small atomic scripts, an end for every key about a person.

Nothing here knows what a sentence means; texts arrive sealed. The keys of one conversation share its id as a
hash tag. Scripts also touch the look-up, the lists of what is due and the list of handoffs beside them.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import msgpack
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.driver_info import DriverInfo
from redis.exceptions import RedisError

from bot import logs
from bot.crypto.identity import address_key
from bot.crypto.vault import KeyLost, Seal, SealBroken, Vault

LEASE = 6_000  # milliseconds after which a silent worker's conversation is due again
ANY_LENGTH = 1 << 30
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
class Queue:
    """One of the two queues of each conversation, and what belongs to it."""

    name: str
    due: str  # the list of conversations whose queue is due, and when
    holder: str  # the kind of key that says who works on it
    first: tuple[str, ...] = ()  # the list of those in which something must not wait; they stand on the other one too


INBOX = Queue("inbox", "inbox_due", "holder", ("urgent_due",))
OUTBOX = Queue("outbox", "outbox_due", "sender")


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
    marks: Sequence[bytes] = ()  # of messages in the inbox that must not wait, sealed


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
        """Return a store that is not connected yet. A dead Redis must be noticed within a second, not retried."""
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
        """Close the connections."""
        await self.redis.aclose()

    async def run(self, script: str, keys: Sequence[str] = (), **given: Any) -> Any:
        """Run one of our atomic scripts, which reads what it is given by name.

        `given`: text, bytes, whole numbers, booleans, None, and lists and dicts of these.
        """
        try:
            return await self._scripts[script](keys=keys, args=[_packed(given)])
        except (RedisError, OSError) as error:
            raise StoreAway(type(error).__name__) from error

    async def run_named(self, script: str, keys: Sequence[str] = (), **given: Any) -> Any:
        """Run a script that packs what it returns: a dict of fields by name, or a list of these. Text in it is bytes.

        A field that Lua has as nil is missing; without any it returns an empty list, which is what an empty table is there.
        """
        return msgpack.unpackb(await self.run(script, keys, **given), raw=True, object_hook=_named)

    async def load_scripts(self) -> None:
        """Give Redis every script that it does not have. Raises StoreAway."""
        scripts = list(self._scripts.values())
        known = await self.call("SCRIPT EXISTS", *(script.sha for script in scripts))
        for script, is_known in zip(scripts, known, strict=True):
            if not is_known:
                await self.call("SCRIPT LOAD", script.script)

    async def call(self, command: str, *args: Any) -> Any:
        """Run one plain command."""
        try:
            return await self.redis.execute_command(command, *args)  # type: ignore[no-untyped-call]  # redis leaves it untyped
        except (RedisError, OSError) as error:
            raise StoreAway(type(error).__name__) from error

    async def pointer(self, channel: str, address: str) -> str:
        """Return the look-up key of an address. What stands under that of the master key of before is moved to it."""
        pointer = address_key(channel, address, self.vault.pepper)
        if self.vault.before:
            former = address_key(channel, address, self.vault.before.pepper)
            await self.run("move_pointer", [f"address:{former}"], former=former, pointer=pointer)
        return pointer

    async def find(self, pointer: str) -> str | None:
        """Return the id of the conversation behind a look-up key."""
        found = await self.call("GET", f"address:{pointer}")
        return found.decode() if found else None

    async def seal_of(self, conversation: str) -> Seal | None:
        """Return the seal of a conversation, or None once it is erased, expired, or lost with what was in memory."""
        wrapped = await self.call("HGET", key("conversation", conversation), "key")
        with suppress(SealBroken):
            return self.vault.unwrap(conversation, wrapped) if wrapped else None
        return None

    async def find_with_seal(self, pointer: str) -> tuple[str, Seal | None] | None:
        """Return the conversation behind a look-up key with its seal, which is None once it has ended.

        One that was lost with what was in memory is as good as a store that is away, until it is erased (key_renewal.py). One that
        nothing here opens at all has ended: whoever writes is answered, as somebody new.
        """
        found = await self.run("find_conversation", [f"address:{pointer}"])
        if not found:
            return None
        conversation = found[0].decode()
        try:
            return conversation, self.vault.unwrap(conversation, found[1]) if found[1] else None
        except SealBroken as error:
            if self.vault.epochs and isinstance(error, KeyLost):
                raise StoreAway("key_lost") from None
            logs.event("conversation_unreadable", 30)
            await self.call("DEL", key("conversation", conversation))
            return conversation, None

    async def touch(self, pointer: str, keep: int, fetched: str = "") -> str | None:
        """Renew the expiry of the conversation behind a look-up key, and return its id. `fetched`: the last line its page has."""
        found = await self.run("keep_page_alive", [f"address:{pointer}"], keep_seconds=keep, fetched=fetched)
        return found.decode() if found else None

    async def claim(
        self, token: str, queue: Queue = INBOX, *, longest: int = ANY_LENGTH, only_first: bool = False
    ) -> Claim | None:
        """Take the conversation that is due first; None when none is.

        `longest`: bytes of a sealed message that is taken where it can wait. `only_first`: take only what must not wait.
        """
        lists = [*queue.first, queue.due]
        about = {"queue": queue.name, "holder": queue.holder, "lists": lists, "longest": longest}
        looked_at = queue.first if only_first else lists
        found = await self.run_named("claim", looked_at, lease=self._lease, token=token, **about)
        return Claim(**found | {"conversation": found["conversation"].decode(), "token": token}) if found else None

    async def renew(self, claim: Claim, queue: Queue = INBOX) -> bool:
        """Keep a claim; False when another worker has it by now."""
        keys = [key(queue.holder, claim.conversation), *queue.first, queue.due]
        return bool(await self.run("renew_claim", keys, id=claim.conversation, token=claim.token, lease=self._lease))

    @asynccontextmanager
    async def kept(self, claim: Claim, queue: Queue = INBOX) -> AsyncIterator[None]:
        """Keep a claim while the work goes on: the engine or a platform may take longer than the lease."""
        task = asyncio.create_task(self._keep(claim, queue))
        try:
            yield
        finally:
            task.cancel()

    async def _keep(self, claim: Claim, queue: Queue) -> None:
        while True:
            await asyncio.sleep(self._lease / 3_000)
            with suppress(StoreAway):
                await self.renew(claim, queue)

    async def conversations(self) -> AsyncIterator[str]:
        """Yield the ids of all living conversations."""
        async for conversation in self.ids("conversation"):
            yield conversation

    async def ids(self, kind: str) -> AsyncIterator[str]:
        """Yield the ids of all keys of a kind."""
        try:
            async for name in self.redis.scan_iter(match=f"{kind}:*", count=500):
                yield name.decode().partition("{")[2].rstrip("}")
        except (RedisError, OSError) as error:
            raise StoreAway(type(error).__name__) from error


def key(kind: str, conversation: str) -> str:
    """Return the name of a conversation's key."""
    return f"{kind}:{{{conversation}}}"


def _named(fields: dict[bytes, Any]) -> dict[str, Any]:
    return {name.decode(): value for name, value in fields.items()}


def _packed(given: dict[str, Any]) -> bytes:
    # Redis' MessagePack is older than the type for bytes: it reads them as text, which is bytes in Lua.
    packed: bytes = msgpack.packb(given, use_bin_type=False)
    return packed
