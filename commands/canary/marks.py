"""Marks of an invented person, and the search for them in every form in which a program may have written them down."""

import base64
import hashlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self
from urllib.parse import quote, quote_plus

_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprtvz" for vowel in "aeiou"]
_BLOCK = 1 << 22  # bytes of a file that are read at once


@dataclass(frozen=True)
class Marks:
    """Texts by what they stand for: "name", "number" …"""

    texts: Mapping[str, str]

    @classmethod
    def drawn(cls) -> Self:
        """Draw marks that nobody else has: unassigned as a number, reserved for documentation as addresses."""
        name = word()
        return cls({
            "sentence": word(),
            "name": name,
            "e-mail": f"{name}@{word()}.example",
            "number": f"999{secrets.randbelow(10**9):09}",
            "IP address": f"2001:db8:{secrets.token_hex(2)}:{secrets.token_hex(2)}::1",
            "browser": word(),
        })  # fmt: skip

    def __getitem__(self, name: str) -> str:
        return self.texts[name]

    def found_in(self, content: bytes) -> list[str]:
        """Return the names of the marks that stand in these bytes, in whatever form and case."""
        lowered = content.lower()
        return [name for name, written in self._forms.items() if any(form in lowered for form in written)]

    def found_in_file(self, path: Path) -> list[str]:
        """Return the names of the marks that stand in a file; none if it is gone by now."""
        found: dict[str, None] = {}
        end = b""
        try:
            with path.open("rb") as file:
                while block := file.read(_BLOCK):
                    found |= dict.fromkeys(self.found_in(end + block))
                    end = block[-self._longest :]
        except FileNotFoundError:
            pass
        return list(found)

    @cached_property
    def _forms(self) -> dict[str, set[bytes]]:
        return {name: {form.lower() for form in forms(text)} for name, text in self.texts.items()}

    @cached_property
    def _longest(self) -> int:
        return max(len(form) for written in self._forms.values() for form in written)


def forms(text: str) -> Iterator[bytes]:
    """Yield a text as programs write it: encoded, escaped, or as a plain hash, which anybody can reverse for a number (P08)."""
    plain = text.encode()
    yield from (plain, text.encode("utf-16-le"), text.encode("utf-16-be"), plain.hex().encode())
    yield from (quote(text, safe="").encode(), quote_plus(text).encode())
    yield from (_inside(plain, before) for before in range(3))
    for written in dict.fromkeys((plain, b"+" + plain)):
        for kind in ("md5", "sha1", "sha256", "blake2b"):
            digest = hashlib.new(kind, written, usedforsecurity=False)
            yield from (digest.hexdigest().encode(), digest.digest())


def _inside(plain: bytes, before: int) -> bytes:
    """Return what base64 makes of a text that stands behind so many bytes, without the letters that its neighbours change."""
    encoded = base64.b64encode(b"\0" * before + plain)
    return encoded[-(-before * 8 // 6) : len(encoded) // 4 * 4 - 4]


def word() -> str:
    """Return an invented word: nobody has ever written it."""
    return "".join(secrets.choice(_SYLLABLES) for _ in range(7))
