"""Words that must work in every state, even with the engine down: cover, erase, stop.

Only a whole message counts: "please stop him" is not STOP.
"""

import unicodedata
from pathlib import Path
from typing import Literal

import yaml

from bot.cleaning import clean

Quick = Literal["cover", "erase", "stop"]


class QuickWords:
    """The fixed lists of data/quick_words.yml."""

    def __init__(self, lists: dict[Quick, dict[str, list[str]]]) -> None:
        self._kind: dict[str, Quick] = {}
        for kind, by_locale in lists.items():
            for words in by_locale.values():
                self._kind |= {_plain(word): kind for word in words}

    @classmethod
    def load(cls, path: Path) -> "QuickWords":
        """Read the lists."""
        return cls(yaml.safe_load(path.read_text("utf-8")))

    def find(self, text: str) -> Quick | None:
        """Tell which quick word a message is, if it is one."""
        return self._kind.get(_plain(text))


def _plain(text: str) -> str:
    # Phones add accents, capitals, a full stop, a blank or an invisible direction mark on their own. A lone dot stays
    # a dot.
    letters = unicodedata.normalize("NFKD", clean(text).casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter) and letter != "ـ")
    return " ".join(bare.split()).rstrip("!. ") or bare.strip()[:2]
