"""Passwords of the desk: argon2id, long enough, and none that is among the first guesses.

The parameters are the second choice of RFC 9106 (64 MiB, 3 passes, 4 lanes), for machines that cannot spare 2 GiB for one
sign-in: a quarter of a second here, and no bargain for a graphics card. Stored hashes are also sealed with the master key,
so a stolen Redis alone gives nothing to guess at.
"""

import asyncio
import unicodedata
from collections.abc import Iterable

from argon2 import Parameters, PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from desk.web.refusals import Refused

SHORTEST, LONGEST = 12, 128
_HARD_ENOUGH = 3  # of zxcvbn's 4: a hundred million guesses do not find it
_AT_ONCE = 2  # hashes at a time: each takes 64 MiB, and conversations need the machine too


class Passwords:
    """Hashes and verifies passwords in threads, off the event loop that answers people."""

    def __init__(self, parameters: Parameters = RFC_9106_LOW_MEMORY) -> None:
        self._hasher = PasswordHasher.from_parameters(parameters)
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def hashed(self, password: str, known: Iterable[str] = ()) -> str:
        """Return the hash to store; raises Refused. `known`: words that belong to the account, such as its name."""
        _refuse_weak(_folded(password), known)
        async with self._turns:
            return await asyncio.to_thread(self._hasher.hash, _folded(password))

    async def match(self, kept: str, password: str) -> bool:
        """Whether this is the password behind a hash."""
        if len(password) > LONGEST:
            return False
        async with self._turns:
            return await asyncio.to_thread(self._matches, kept, _folded(password))

    def _matches(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False


def _refuse_weak(password: str, known: Iterable[str]) -> None:
    from zxcvbn import zxcvbn  # its word lists take a moment to load

    if len(password) < SHORTEST:
        raise Refused("too_short")
    if len(password) > LONGEST:
        raise Refused("too_long")
    words = [form for word in known for form in (word, word.replace(" ", ""))]
    judged = zxcvbn(password, [*words, "quietline", "hotline"], max_length=LONGEST)
    if judged["score"] < _HARD_ENOUGH:
        raise Refused("too_common")


def _folded(password: str) -> str:
    # One keyboard sends é as one code point, another as two (NIST SP 800-63B). A lone surrogate has no bytes to hash.
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode()
