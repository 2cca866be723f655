"""Encryption at rest: a data key for each conversation, wrapped by one master key.

Erasing a conversation destroys its wrapped key: sealed bytes and the master key alone open nothing (P17). An
older copy of the wrapped key, which free blocks of a disk may hold, still opens them. AES-256-GCM throughout;
the associated data binds each sealed piece to its conversation and its purpose, so that pieces cannot be swapped.
"""

import base64
import binascii
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.crypto.private_files import is_open_to_others

_NONCE = 12
_KEY = 32


class SealBroken(Exception):
    """Sealed bytes that do not open: another key, another purpose, or altered."""


class BadKeyFile(Exception):
    """The master key file is missing, readable by others, or not a key."""


class Seal:
    """A cipher with one key and one scope (a conversation id)."""

    def __init__(self, key: bytes, scope: str) -> None:
        self._cipher = AESGCM(key)
        self._scope = scope

    def seal(self, plaintext: bytes, purpose: str) -> bytes:
        """Return nonce and ciphertext, 28 bytes longer than the plaintext."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, plaintext, self._bound(purpose))

    def open(self, sealed: bytes, purpose: str) -> bytes:
        """Return the plaintext; raises SealBroken."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], self._bound(purpose))
        except (InvalidTag, ValueError) as error:
            raise SealBroken(purpose) from error

    def _bound(self, purpose: str) -> bytes:
        return f"{self._scope}|{purpose}".encode()


class Vault:
    """The master key (32 bytes) and what is derived from it."""

    def __init__(self, master_key: bytes) -> None:
        if len(master_key) != _KEY:
            raise BadKeyFile("The master key must be 32 bytes.")
        self._master = master_key
        # Each use has its own key, so that none can stand in for another.
        self._wrapping = AESGCM(self._derive("wrap"))
        self.pepper = self._derive("address")
        self.duties = Seal(self._derive("duties"), "duty")
        self.desk = Seal(self._derive("desk"), "desk")

    def new_key(self, conversation: str) -> tuple[bytes, Seal]:
        """Return a new data key: its wrapped form to store, and its seal."""
        key, nonce = secrets.token_bytes(_KEY), os.urandom(_NONCE)
        return nonce + self._wrapping.encrypt(nonce, key, conversation.encode()), Seal(key, conversation)

    def unwrap(self, conversation: str, wrapped: bytes) -> Seal:
        """Return a conversation's seal from its wrapped key; raises SealBroken."""
        try:
            key = self._wrapping.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], conversation.encode())
        except (InvalidTag, ValueError) as error:
            raise SealBroken("key") from error
        return Seal(key, conversation)

    def token(self, purpose: str) -> str:
        """Return a bearer token that both of our processes derive, so it is never passed around."""
        return self._derive(f"token {purpose}").hex()

    def keyed(self, purpose: str, text: str) -> str:
        """Return a keyed hash, which recognizes a text but does not reveal it."""
        return hmac.digest(self._derive(f"keyed {purpose}"), text.encode("utf-8", "surrogatepass"), "sha256").hex()

    def _derive(self, purpose: str) -> bytes:
        return hmac.digest(self._master, b"quietline " + purpose.encode(), "sha256")


def read_key_file(path: Path) -> bytes:
    """Read the master key: 32 bytes in base64, in a file that nobody else can read. Raises BadKeyFile."""
    try:
        loose, text = is_open_to_others(path), path.read_bytes()
    except OSError:
        raise BadKeyFile("The file of the master key (HOTLINE_KEY_FILE) cannot be read.") from None
    if loose:
        raise BadKeyFile("The file of the master key is open to others: chmod 600 it.")
    try:
        key = base64.b64decode(text, validate=False)
    except binascii.Error:
        key = b""
    if len(key) != _KEY:
        raise BadKeyFile("The file of the master key must hold 32 bytes in base64: quietline key > FILE makes one.")
    return key


def make_key_file(path: Path) -> None:
    """Write a new master key, unless the file exists: a key is never overwritten."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as file:
        file.write(base64.b64encode(secrets.token_bytes(_KEY)) + b"\n")
