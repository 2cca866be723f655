"""Changes that an organisation asks for: a signed link for one service, and what came by it, which changes nothing by itself.

The link carries its signature, so a made-up one costs no look at Redis. It ends after two weeks, when it is revoked, or when
another one is made for the same service. Both records are sealed: whoever can only write to Redis can neither make a link nor
ask for anything.
"""

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from bot.crypto.vault import SealBroken
from bot.storage.store import Store, key

LINK_LASTS = 14 * 86_400  # seconds
REQUEST_LASTS = 30 * 86_400
MOST_A_DAY = 5  # requests by one link
LONGEST: Mapping[str, int] = {"numbers": 200, "hours": 200, "languages": 200, "url": 300, "email": 200, "note": 1_000}
FIELDS: tuple[str, ...] = tuple(LONGEST)
_TOKEN = re.compile(r"([a-z]{2}(?:-[a-z0-9]+)+)\.([0-9a-f]{16})\.([0-9a-f]{32})")
SubmitOutcome = Literal["sent", "too_many", "too_long", "nothing"]


@dataclass(frozen=True)
class ChangeLink:
    """What the holder of a link may see and ask for."""

    service: str  # id
    title: str
    nonce: str
    until: float  # seconds since 1970
    facts: Mapping[str, str]  # by field, as they are now
    by: str  # the account that made it


@dataclass(frozen=True)
class ChangeRequest:
    """What an organisation asks for."""

    service: str
    facts: Mapping[str, str]  # as the link showed them
    wanted: Mapping[str, str]  # only the fields that differ, and a note
    ended: bool  # they say that they no longer offer it
    when: float  # seconds since 1970


async def create(store: Store, link: tuple[str, str, Mapping[str, str]], by: str, now: float) -> str:
    """Make a link and return its token; an earlier one of the service ends. `link`: id, name and facts. Raises StoreAway."""
    service, name, facts = link
    made = ChangeLink(service, name, secrets.token_hex(8), now + LINK_LASTS, dict(facts), by)
    await _set(store, "change_link", service, asdict(made), LINK_LASTS)
    return f"{service}.{made.nonce}.{_signature(store, service, made.nonce)}"


async def link_of(store: Store, service: str) -> ChangeLink | None:
    """Return the link of a service that works now. Raises StoreAway."""
    found = await _get(store, "change_link", service)
    return ChangeLink(**found) if found else None


async def find(store: Store, token: str) -> ChangeLink | None:
    """Return what a link is for; None if it is made up, over or revoked. Raises StoreAway."""
    parts = _TOKEN.fullmatch(token)
    if not parts or not hmac.compare_digest(_signature(store, parts[1], parts[2]), parts[3]):
        return None
    link = await link_of(store, parts[1])
    return link if link and link.nonce == parts[2] else None


async def revoke(store: Store, service: str) -> None:
    """End the link of a service. Raises StoreAway."""
    await store.call("DEL", key("change_link", service))


async def submit(store: Store, link: ChangeLink, typed: Mapping[str, str], now: float) -> SubmitOutcome:
    """Keep what somebody asks for, in place of what they asked before. Raises StoreAway."""
    said = {name: typed.get(name, "").replace("\r\n", "\n").strip() for name in FIELDS}
    if any(len(words) > LONGEST[name] for name, words in said.items()):
        return "too_long"
    wanted = {name: words for name, words in said.items() if words != link.facts.get(name, "")}
    ended = "ended" in typed
    if not wanted and not ended:
        return "nothing"
    if (
        await store.run("count_change_request", [key("change_request_count", link.service)], seconds=86_400)
        > MOST_A_DAY
    ):
        return "too_many"
    made = ChangeRequest(link.service, link.facts, wanted, ended, now)
    await _set(store, "change_request", link.service, asdict(made), REQUEST_LASTS)
    return "sent"


async def request_for(store: Store, service: str) -> ChangeRequest | None:
    """Return what is asked for a service. Raises StoreAway."""
    found = await _get(store, "change_request", service)
    return ChangeRequest(**found) if found else None


async def requests(store: Store) -> AsyncIterator[ChangeRequest]:
    """Yield what waits for a steward. Raises StoreAway."""
    async for service in store.ids("change_request"):
        found = await request_for(store, service)
        if found:
            yield found


def mark(asked: ChangeRequest) -> str:
    """Return a hash of all that is asked for, so a form can prove which request was looked at."""
    return hashlib.sha256(json.dumps(asdict(asked), sort_keys=True).encode()).hexdigest()[:32]


async def answered(store: Store, asked: ChangeRequest) -> bool:
    """Forget a request that was accepted or declined, and the link that it came by. Raises StoreAway.

    False: another one has taken its place. That one was not answered, and is left with its link.
    """
    names = [key("change_request", asked.service), key("change_link", asked.service)]
    while sealed := await store.call("GET", names[0]):
        found = _opened(store, "change_request", asked.service, sealed)
        if found is None or mark(ChangeRequest(**found)) != mark(asked):
            return False
        # It can be sealed anew in between, or another one come.
        if await store.run("end_change_request", names, sealed=sealed):
            return True
    return False


async def sealed_requests(store: Store) -> list[tuple[str, bytes | None]]:
    """Return the purpose and the sealed form of each request, for a change of the master key. Raises StoreAway."""
    ids = [service async for service in store.ids("change_request")]
    return [(f"change_request {service}", await store.call("GET", key("change_request", service))) for service in ids]


async def reseal(store: Store) -> None:
    """Seal anew the requests that the master key of before has sealed; links end with it. Raises StoreAway."""
    for purpose, sealed in await sealed_requests(store):
        if sealed and store.vault.is_of_before(sealed, purpose):
            plain = store.vault.desk.open(sealed, purpose)
            name = key("change_request", purpose.partition(" ")[2])
            await store.call("SET", name, store.vault.desk.seal(plain, purpose), "XX", "KEEPTTL")


async def _set(store: Store, kind: str, service: str, plain: Mapping[str, Any], lasts: int) -> None:
    sealed = store.vault.desk.seal(json.dumps(plain).encode(), f"{kind} {service}")
    await store.call("SET", key(kind, service), sealed, "EX", lasts)


async def _get(store: Store, kind: str, service: str) -> dict[str, Any] | None:
    sealed = await store.call("GET", key(kind, service))
    return _opened(store, kind, service, sealed) if sealed else None


def _opened(store: Store, kind: str, service: str, sealed: bytes) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(store.vault.desk.open(sealed, f"{kind} {service}"))
    except SealBroken:
        return None
    return found


def _signature(store: Store, service: str, nonce: str) -> str:
    return store.vault.keyed("change link", f"{service} {nonce}")[:32]
