"""Where a person's conversation is found: a channel address goes in, a look-up key comes out.

The conversation id itself is random, so a lost copy of a transcript, the desk or
Rasa's tracker names nobody, and nothing links an erased conversation to the next one.
"""

import hmac
import secrets


def new_id() -> str:
    """Make 128 random bits: the id of a conversation or of a turn."""
    return secrets.token_hex(16)


def address_key(channel: str, address: str, pepper: bytes) -> str:
    """Find the conversation of one person on one channel while it lives."""
    return _keyed(pepper, "address", channel, address)


def message_key(channel: str, provider_id: str, pepper: bytes) -> str:
    """Recognise a message that the platform delivers twice."""
    return _keyed(pepper, "message", channel, provider_id)


def copy_key(channel: str, provider_id: str, pepper: bytes) -> str:
    """Find the duty to delete a provider's copy of a message."""
    return _keyed(pepper, "copy", channel, provider_id)


def _keyed(pepper: bytes, *parts: str) -> str:
    # A length before each part: ("a", "bc") and ("ab", "c") must not meet. Lone surrogates are
    # possible in what strangers send, hence "surrogatepass".
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return hmac.digest(pepper, text.encode("utf-8", "surrogatepass"), "sha256").hex()[:32]
