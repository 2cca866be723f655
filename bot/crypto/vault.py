"""Encryption at rest: a data key for each conversation, wrapped by the master key and by a key that only memory holds.

Erasing a conversation destroys its wrapped key: sealed bytes and the master key alone open nothing (P17). Older copies
of the wrapped key, which free blocks of a disk hold, open nothing either once their epoch is over (epochs.py).
AES-256-GCM throughout; the associated data binds each sealed piece to its conversation and its purpose, so that pieces
cannot be swapped.
"""

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.crypto import epochs
from bot.crypto.epochs import Epochs
from bot.crypto.private_files import is_open_to_others

_NONCE = 12
_KEY = 32
_TAG = 16
_STEP = 256  # bytes: "yes", "no" and a sentence are of one length
_PARTED = (
    b"\x01"  # before the key of a conversation whose seal has a shared part; those of an earlier version have none
)
# Bytes of a key that was wrapped without an epoch: by an earlier version, or a gateway with EPOCH_FOLDER=off.
_BARE = frozenset({_NONCE + _KEY + _TAG, _NONCE + len(_PARTED) + _KEY + _TAG})
# Those of keys that open with words besides are longer.
_WITHOUT_EPOCH = _BARE | {_NONCE + length + _TAG for length in _BARE}


class SealBroken(Exception):
    """Sealed bytes that do not open: another key, another purpose, or altered."""


class KeyLost(SealBroken):
    """A conversation's key whose epoch is over: the machine has started again since, or the conversation was erased."""


class BadKeyFile(Exception):
    """The master key file is missing, readable by others, or not a key."""


class Seal:
    """A cipher with one key and one scope (a conversation id)."""

    def __init__(self, key: bytes, scope: str, before: "Seal | None" = None, shared: "Seal | None" = None) -> None:
        """`before`: opens what this one does not, while the master key is being changed. `shared`: see there."""
        self._key, self._scope, self._before = key, scope, before
        self._cipher = AESGCM(key)
        # What engines may open as well: what was said, and what they keep of it. Never an address, nor what waits.
        self.shared = shared or self

    @classmethod
    def lent(cls, text: str, scope: str) -> "Seal":
        """Return the seal that `lend` wrote down; raises SealBroken if that is none."""
        try:
            return cls(base64.b64decode(text, validate=True), scope)
        except ValueError:
            raise SealBroken("lent") from None

    def lend(self) -> str:
        """Return the key in base64, for the engine, which can unwrap none: it opens what it is asked about, and nothing else."""
        return as_text(self.shared._key)

    def seal(self, plaintext: bytes, purpose: str) -> bytes:
        """Return nonce and ciphertext, 28 bytes longer than the plaintext."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, plaintext, self._bound(purpose))

    def open(self, sealed: bytes, purpose: str) -> bytes:
        """Return the plaintext; raises SealBroken."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], self._bound(purpose))
        except (InvalidTag, ValueError) as error:
            if self._before:
                return self._before.open(sealed, purpose)
            raise SealBroken(purpose) from error

    def seal_words(self, plain: Any, purpose: str) -> bytes:
        """Return JSON values sealed like this, with blanks behind them: the length says little of what somebody wrote."""
        words = json.dumps(plain, ensure_ascii=False).encode("utf-8", "replace")
        return self.seal(words.ljust(-(-len(words) // _STEP) * _STEP), purpose)

    def _bound(self, purpose: str) -> bytes:
        return f"{self._scope}|{purpose}".encode()


class Vault:
    """The master key (32 bytes) and what is derived from it."""

    def __init__(self, master_key: bytes, present: Epochs | None = None, before: bytes | None = None) -> None:
        """`present`: what wraps the keys of conversations beside the master key; None for what never opens one.

        `before`: the master key of before, while it is being changed: what it has sealed still opens, and nothing new is sealed
        with it.
        """
        if len(master_key) != _KEY:
            raise BadKeyFile("The master key must be 32 bytes.")
        self._master = master_key
        self.before: Vault | None = Vault(before, present) if before and before != master_key else None
        self.epochs = present
        # Each use has its own key, so that none can stand in for another.
        self._wrapping = self._derive("wrap")
        self.pepper = self._derive("address")
        self.duties: Seal = Seal(self._derive("duties"), "duty", self.before.duties if self.before else None)
        self.desk: Seal = Seal(self._derive("desk"), "desk", self.before.desk if self.before else None)

    def new_key(self, conversation: str) -> tuple[bytes, Seal]:
        """Return a new data key: its wrapped form to store, and its seal."""
        key = _PARTED + secrets.token_bytes(_KEY)
        return self._wrap(conversation, key), _seal(key, conversation)

    def unwrap(self, conversation: str, wrapped: bytes) -> Seal:
        """Return a conversation's seal from its wrapped key; raises SealBroken, and KeyLost if its epoch is over."""
        return _seal(self._unwrapped(conversation, wrapped), conversation)

    def wrapped_anew(self, conversation: str, wrapped: bytes) -> bytes | None:
        """Return the same data key wrapped with this master key and the newest epoch; None if it is already.

        Raises SealBroken, KeyLost.
        """
        is_newest = not self.epochs or self._epoch(wrapped) == self.epochs.newest()[0]
        if is_newest and (not self.before or self._opened(conversation, wrapped)):
            return None
        return self._wrap(conversation, self._unwrapped(conversation, wrapped))

    def closed_by(self, conversation: str, wrapped: bytes, words: str) -> bytes:
        """Return a data key wrapped so that it opens with these words only, besides all else; raises SealBroken, KeyLost."""
        nonce, key = os.urandom(_NONCE), self._unwrapped(conversation, wrapped)
        inner = nonce + _cipher_of(words, conversation).encrypt(nonce, key, conversation.encode())
        return self._wrap(conversation, inner)

    def opened_by(self, conversation: str, wrapped: bytes, words: str) -> tuple[bytes, Seal]:
        """Return a data key that opens without words again, wrapped, and its seal; raises SealBroken, KeyLost."""
        inner = self._unwrapped(conversation, wrapped)
        try:
            key = _cipher_of(words, conversation).decrypt(inner[:_NONCE], inner[_NONCE:], conversation.encode())
        except (InvalidTag, ValueError) as error:
            raise SealBroken("words") from error
        return self._wrap(conversation, key), _seal(key, conversation)

    def _wrap(self, conversation: str, key: bytes) -> bytes:
        id_, of_epoch = self.epochs.newest() if self.epochs else (b"", b"")
        nonce = os.urandom(_NONCE)
        return id_ + nonce + self._wrapping_key(of_epoch).encrypt(nonce, key, conversation.encode())

    def _unwrapped(self, conversation: str, wrapped: bytes) -> bytes:
        key = self._opened(conversation, wrapped)
        if key is None and self.before:
            key = self.before._opened(conversation, wrapped)
        if key is None:
            raise SealBroken("key")
        return key

    def _opened(self, conversation: str, wrapped: bytes) -> bytes | None:
        id_ = self._epoch(wrapped)
        of_epoch = self.epochs.key(id_) if self.epochs and id_ else b""
        if of_epoch is None or (id_ and not self.epochs):
            raise KeyLost("epoch")
        nonce, sealed = wrapped[len(id_) :][:_NONCE], wrapped[len(id_) + _NONCE :]
        try:
            return self._wrapping_key(of_epoch).decrypt(nonce, sealed, conversation.encode())
        except (InvalidTag, ValueError):
            return None

    def _epoch(self, wrapped: bytes) -> bytes:
        return wrapped[: epochs.ID] if len(wrapped) - epochs.ID in _WITHOUT_EPOCH else b""

    def _wrapping_key(self, of_epoch: bytes) -> AESGCM:
        return AESGCM(hmac.digest(self._wrapping, of_epoch, "sha256") if of_epoch else self._wrapping)

    def is_of_before(self, sealed: bytes, purpose: str) -> bool:
        """Whether a seal of the master key of before, and not that of now, opens what the desk or a duty keeps."""
        return self.before is not None and any(
            _opens(seal, sealed, purpose) for seal in (self.before.desk, self.before.duties)
        )

    def for_engine(self) -> bytes:
        """Return the master key of the engines, which opens nothing: what is derived from it only shows that they are ours."""
        return self._derive("engine")

    def token(self, purpose: str) -> str:
        """Return a bearer token that both of our processes derive, so it is never passed around."""
        return self._derive(f"token {purpose}").hex()

    def keyed(self, purpose: str, text: str) -> str:
        """Return a keyed hash, which recognizes a text but does not reveal it."""
        return keyed_by(self.hashing_key(purpose), text)

    def hashing_key(self, purpose: str) -> bytes:
        """Return the key of the keyed hashes for a purpose, to keep it where the master key is changed."""
        return self._derive(f"keyed {purpose}")

    def _derive(self, purpose: str) -> bytes:
        return hmac.digest(self._master, b"quietline " + purpose.encode(), "sha256")


def _opens(seal: Seal, sealed: bytes, purpose: str) -> bool:
    try:
        seal.open(sealed, purpose)
    except SealBroken:
        return False
    return True


def _seal(key: bytes, conversation: str) -> Seal:
    if len(key) == _KEY:
        return Seal(key, conversation)
    if len(key) != len(_PARTED) + _KEY:
        raise SealBroken("words")  # it opens with words only
    return Seal(key[1:], conversation, shared=Seal(hmac.digest(key[1:], b"shared", "sha256"), conversation))


def _cipher_of(words: str, conversation: str) -> AESGCM:
    # Slow, so that whoever has all keys as well cannot try every four words: a twentieth of a second each.
    return AESGCM(hashlib.scrypt(words.encode(), salt=conversation.encode(), n=1 << 14, r=8, p=1, dklen=_KEY))


def keyed_by(key: bytes, text: str) -> str:
    """Return a keyed hash in hex."""
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256").hex()


@dataclass(frozen=True)
class KeyFile:
    """A kind of key file, as it is told of."""

    what: str
    setting: str
    command: str  # makes one


MASTER = KeyFile("master key", "HOTLINE_KEY_FILE", "quietline key")
BEFORE = KeyFile("master key of before", "HOTLINE_OLD_KEY_FILE", "quietline key")
OF_ENGINES = KeyFile("engines' key", "ENGINE_KEY_FILE", "quietline key --engine")


def read_key_file(path: Path, kind: KeyFile = MASTER) -> bytes:
    """Read a key: 32 bytes in base64, in a file that nobody else can read. Raises BadKeyFile."""
    try:
        loose, text = is_open_to_others(path), path.read_bytes()
    except OSError:
        raise BadKeyFile(f"The file of the {kind.what} ({kind.setting}) cannot be read.") from None
    if loose:
        raise BadKeyFile(f"The file of the {kind.what} is open to others: chmod 600 it.")
    try:
        key = base64.b64decode(text, validate=False)
    except binascii.Error:
        key = b""
    if len(key) != _KEY:
        do = f"{kind.command} > FILE makes one."
        raise BadKeyFile(f"The file of the {kind.what} must hold 32 bytes in base64: {do}")
    return key


def as_text(key: bytes) -> str:
    """Return a key as its file holds it."""
    return base64.b64encode(key).decode()


def make_key_file(path: Path) -> None:
    """Write a new master key, unless the file exists: a key is never overwritten."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as file:
        file.write(base64.b64encode(secrets.token_bytes(_KEY)) + b"\n")
