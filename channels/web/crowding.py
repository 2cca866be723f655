"""How much of what comes in at the page comes from one place: somebody who floods us takes up no room that others need.

Where somebody writes from is stored nowhere and logged nowhere (P02). Here the last few hundred senders are told apart, in
memory, by a hash under a key that dies with this process. A front that hides its visitors makes all of them one place.
"""

import hmac
import secrets
from collections import deque
from ipaddress import IPv6Address, ip_address

_RECENT = 256  # messages
_CROWDS = _RECENT // 4  # of them from one place: more than any person sends
# Conversations that may be due, for each engine, where a message opens another one: from a place that sends few of all messages;
# from one that sends most of them; and where nobody can be told from anybody else.
_ROOM, _CROWDED_ROOM, _ROOM_OF_ALL = 192, 8, 48
_HOME = 8  # bytes of an IPv6 address that are one household


class Crowding:
    """The last messages at the page, by where they came from."""

    def __init__(self, engines: int) -> None:
        self._engines = engines
        self._key = secrets.token_bytes(16)
        self._recent: deque[bytes] = deque(maxlen=_RECENT)

    def room(self, remote: str | None) -> int:
        """Note a message, and return how many conversations may be due if it opens another one."""
        place = self._place(remote)
        self._recent.append(place)
        if len(set(self._recent)) == 1:
            return self._engines * _ROOM_OF_ALL
        return self._engines * (_CROWDED_ROOM if self._recent.count(place) > _CROWDS else _ROOM)

    def _place(self, remote: str | None) -> bytes:
        return hmac.digest(self._key, household(remote or ""), "sha256")[:8]


def household(remote: str) -> bytes:
    """Return what tells one place from another in an address: all of IPv4, of IPv6 the network of a household."""
    try:
        address = ip_address(remote)
    except ValueError:
        return remote.encode()
    return address.packed[:_HOME] if isinstance(address, IPv6Address) else address.packed
