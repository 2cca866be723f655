"""Words that must work in every state, even with the engine down: cover, erase, stop.

Only a whole message counts, of such words and small ones beside them in one language: "ok bye, take care" is a good-bye,
"please stop him" is no STOP.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

from bot.text.cleaning import clean
from bot.text.keyword_lists import own_words
from bot.text.marked_phrases import spelled, spellings
from bot.text.whole_messages import WholeMessages, has_blanks

Quick = Literal["cover", "erase", "stop"]  # if two are meant, the gentler one wins: it comes first
_KINDS: tuple[Quick, ...] = get_args(Quick)
_FEW_WORDS, _FEW_LETTERS = 3, 12  # of a good-bye; letters, without vowel signs, where no blanks part words
_FULL_STOPS = str.maketrans("。۔।", "...")
_CARRIERS = "carriers"  # of `any`: what carriers take for STOP, and nobody means by it elsewhere
_GRAVE = "\u0300"  # "à" as a sign is no "a"


class QuickWords:
    """The words of all languages (data/words/)."""

    def __init__(self, lists: Sequence[Mapping[str, Any]]) -> None:
        """Take the lists of each language, and of none."""
        self._signs: dict[str, Quick] = {}  # words of no language, and what counts as a whole message only
        self._carriers = frozenset(_plain(word) for language in lists for word in language.get(_CARRIERS) or ())
        said: dict[tuple[Quick, int], tuple[list[str], list[str]]] = {}
        for kind in _KINDS:
            for place, language in enumerate(lists):
                listed = language.get(kind) or {}
                if isinstance(listed, Mapping):
                    self._signs = {**{_plain(str(word)): kind for word in listed.get("whole") or ()}, **self._signs}
                    telling, beside = (list(spellings(listed.get(part) or ())) for part in ("words", "beside"))
                    said[kind, place] = telling, beside
                else:
                    self._signs = {**{_plain(word): kind for word in listed}, **self._signs}
        self._said = WholeMessages(said)

    @classmethod
    def load(cls) -> "QuickWords":
        """Read the lists."""
        return cls(list(own_words().values()))

    def find(self, text: str, *, by_sms: bool = True) -> Quick | None:
        """Return which quick word a message is, or None."""
        sign = _plain(text)
        if by_sms and sign in self._carriers:
            return "stop"
        if sign in self._signs:
            return self._signs[sign]
        said = spelled(text)
        found = [kind for kind, _ in self._said.find(said)]
        return next((kind for kind in found if kind != "cover" or _is_short(said)), None)


def _is_short(said: str) -> bool:
    """Tell whether a good-bye is said in haste: a longer one is answered with how to come back, and nothing is erased."""
    letters = [letter for letter in said if unicodedata.category(letter).startswith("L")]
    return said.count(" ") < _FEW_WORDS and (has_blanks(said) or len(letters) <= _FEW_LETTERS)


def _plain(text: str) -> str:
    # Phones add capitals, a full stop, a space or an invisible direction mark on their own. A lone dot stays
    # a dot, and the zero of every keyboard is 0.
    letters = unicodedata.normalize("NFKD", clean(text).casefold().translate(_FULL_STOPS))
    bare = "".join(_digit(letter) for letter in letters if not _is_decoration(letter))
    return " ".join(bare.split()).lstrip("¡").rstrip("!. ") or bare.strip()[:2]


def _digit(letter: str) -> str:
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter


def _is_decoration(letter: str) -> bool:
    return letter == "ـ" or (unicodedata.combining(letter) != 0 and letter != _GRAVE)
