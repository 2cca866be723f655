"""Where a person's conversation is found: a channel address goes in, a lookup key comes out.

The conversation id itself is random, so a leaked copy of a transcript, the desk or
Rasa's tracker names nobody, and nothing links an erased conversation to the next one.
"""

import hmac
import secrets


def new_id() -> str:
    """Return 128 random bits: the id of a conversation or of a turn."""
    return secrets.token_hex(16)


def address_key(channel: str, address: str, pepper: bytes) -> str:
    """Return the key that finds a person's conversation on a channel while it lives."""
    return _keyed(pepper, "address", channel, address)


def message_key(channel: str, provider_id: str, pepper: bytes) -> str:
    """Return the key that recognizes a message the platform delivers twice."""
    return _keyed(pepper, "message", channel, provider_id)


def copy_key(channel: str, provider_id: str, pepper: bytes) -> str:
    """Return the key that finds the duty to delete a provider's copy of a message."""
    return _keyed(pepper, "copy", channel, provider_id)


def _keyed(pepper: bytes, *parts: str) -> str:
    # A length before each part: ("a", "bc") and ("ab", "c") must not collide. Strangers can send
    # lone surrogates, hence "surrogatepass".
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return hmac.digest(pepper, text.encode("utf-8", "surrogatepass"), "sha256").hex()[:32]
