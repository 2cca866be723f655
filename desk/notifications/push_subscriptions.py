"""The devices on which somebody at the desk wants to be notified: sealed for their account, gone after thirty days or a sign-out.

A subscription is an address at the push service of a browser's maker. We post only to services that the settings name:
whoever signs in must not make this server call addresses of their choice.
"""

import base64
import json
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from bot.crypto.vault import SealBroken
from bot.storage.store import Store, key

KEPT = 30 * 86_400  # seconds after the last subscription of an account
_MOST = 5  # devices of one account
_LONGEST = 1_000  # letters of an address
_PLAIN = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/[!-~]*")
_VISIBLE = 45  # seconds; a page that somebody looks at says so every twenty


class NoSubscription(ValueError):
    """What a browser sent is no subscription, or one at a service that the settings do not name."""


@dataclass(frozen=True)
class PushSubscription:
    """One browser's address at its push service, and its keys (RFC 8291)."""

    endpoint: str
    p256dh: str
    auth: str
    generation: int  # of the account's sessions: ends with them


class PushSubscriptions:
    """The subscriptions in the store. `services`: hosts of push services, or an origin on this machine."""

    def __init__(self, store: Store, services: Sequence[str]) -> None:
        self._store, self._services = store, services

    async def add(self, account: str, subscription: PushSubscription) -> None:
        """Save a subscription; raises NoSubscription. Of too many, the others go."""
        self.check(subscription)
        field = self._field(subscription.endpoint)
        sealed = self._store.vault.desk.seal_words(asdict(subscription), _purpose(account, field))
        about = {"field": field, "sealed": sealed, "most": _MOST, "seconds": KEPT}
        await self._store.run("add_push", [key("push", account)], **about)

    def check(self, subscription: PushSubscription) -> None:
        """Raise NoSubscription unless it is one, at a service that the settings name."""
        if not self.serves(subscription.endpoint) or not _has_keys(subscription):
            raise NoSubscription

    async def of(self, account: str) -> list[PushSubscription]:
        """Return the subscriptions of an account, without those sealed with another master key."""
        found = await self._store.call("HGETALL", key("push", account))
        pairs = found.items() if isinstance(found, dict) else zip(found[::2], found[1::2], strict=True)
        opened = []
        for field, sealed in pairs:
            with suppress(SealBroken):
                plain = self._store.vault.desk.open(sealed, _purpose(account, field.decode()))
                opened.append(PushSubscription(**json.loads(plain)))
        return opened

    async def remove(self, account: str, endpoint: str) -> None:
        """Remove one subscription."""
        await self._store.call("HDEL", key("push", account), self._field(endpoint))

    def serves(self, endpoint: str) -> bool:
        """Whether an address is at one of the services."""
        # Whatever two readers of an address could take for different hosts is none.
        if len(endpoint) > _LONGEST or not _PLAIN.fullmatch(endpoint):
            return False
        try:
            parts = urlsplit(endpoint)
            host, origin = parts.hostname or "", f"{parts.scheme}://{parts.netloc}"
            secure = parts.scheme == "https" and parts.netloc.lower() in (host, f"{host}:443")  # nor 0443
        except ValueError:
            return False
        return any(
            origin == one
            if "://" in one
            else secure and (host == one or (one.startswith("*.") and host.endswith(one.removeprefix("*"))))
            for one in self._services
        )

    def _field(self, endpoint: str) -> str:
        return self._store.vault.keyed("push", endpoint)


async def remove_all(store: Store, account: str) -> None:
    """Remove all subscriptions of an account: it has signed out, or was disabled."""
    await store.call("DEL", key("push", account))


async def note_visible(store: Store, account: str, visible: bool) -> None:
    """Note that somebody looks at a page of the desk, or has turned away from one."""
    if visible:
        await store.call("SET", key("desk_visible", account), "1", "EX", _VISIBLE)
    else:
        await store.call("DEL", key("desk_visible", account))


async def is_visible(store: Store, account: str) -> bool:
    """Whether somebody looks at a page of the desk right now."""
    return bool(await store.call("EXISTS", key("desk_visible", account)))


def _has_keys(subscription: PushSubscription) -> bool:
    return len(_decoded(subscription.p256dh)) == 65 and len(_decoded(subscription.auth)) == 16


def _decoded(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""


def _purpose(account: str, field: str) -> str:
    return f"push {account} {field}"
