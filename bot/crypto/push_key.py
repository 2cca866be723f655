"""The key that this hotline proves itself with to push services (VAPID, RFC 8292): derived from the master key, stored nowhere."""

import base64
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bot.crypto.vault import Vault

# The order of the curve P-256: a private key is a number from 1 to one less.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True)
class PushKey:
    """A pair of keys, each in base64url without padding."""

    private: str = field(repr=False)
    public: str  # an uncompressed point, as browsers take it


def push_key(vault: Vault) -> PushKey:
    """Return the pair of a master key; after a change of the master key, browsers subscribe anew."""
    number = int(vault.token("web push"), 16) % (_ORDER - 1) + 1
    key = ec.derive_private_key(number, ec.SECP256R1())
    public = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return PushKey(_text(number.to_bytes(32)), _text(public))


def _text(plain: bytes) -> str:
    return base64.urlsafe_b64encode(plain).decode().rstrip("=")
