"""Words that must work in every state, even with the engine down: cover, erase, stop.

Only a whole message counts: "please stop him" is not STOP.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Literal

from bot.text.cleaning import clean
from bot.text.keyword_lists import every

Quick = Literal["cover", "erase", "stop"]
_FULL_STOPS = str.maketrans("。۔।", "...")
# The grave accent stays: "chào" is hello in Vietnamese, "chao" is bye in Spanish.
_GRAVE = "\u0300"


class QuickWords:
    """The words of all languages (data/words/)."""

    def __init__(self, lists: Mapping[Quick, Iterable[str]]) -> None:
        self._kind: dict[str, Quick] = {_plain(word): kind for kind, words in lists.items() for word in words}

    @classmethod
    def load(cls) -> "QuickWords":
        """Read the lists. If two languages differ, the gentler meaning wins: a cover word over a stop word."""
        return cls({kind: every(kind) for kind in ("stop", "erase", "cover")})

    def find(self, text: str) -> Quick | None:
        """Return which quick word a message is, or None."""
        return self._kind.get(_plain(text))


def _plain(text: str) -> str:
    # Phones add accents, capitals, a full stop, a space or an invisible direction mark on their own. A lone dot stays
    # a dot, and the zero of every keyboard is 0.
    letters = unicodedata.normalize("NFKD", clean(text).casefold().translate(_FULL_STOPS))
    bare = "".join(_digit(letter) for letter in letters if not _is_decoration(letter))
    return " ".join(bare.split()).lstrip("¡").rstrip("!. ") or bare.strip()[:2]


def _digit(letter: str) -> str:
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter


def _is_decoration(letter: str) -> bool:
    return letter == "ـ" or (unicodedata.combining(letter) != 0 and letter != _GRAVE)
