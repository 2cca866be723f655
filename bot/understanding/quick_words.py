"""Words that must work in every state, even with the engine down: cover, erase, stop.

Only a whole message counts, of such words and small ones beside them in one language: "ok bye, take care" is a good-bye,
"please stop him" is no STOP.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, get_args

from bot.text.cleaning import clean, words
from bot.text.keyword_lists import own_words
from bot.text.whole_messages import WholeMessages, has_blanks

Quick = Literal["cover", "erase", "stop"]  # if two are meant, the gentler one wins: it comes first
_KINDS: tuple[Quick, ...] = get_args(Quick)
_FEW_WORDS, _FEW_LETTERS = 3, 8  # of a good-bye; letters where no blanks part words
_FULL_STOPS = str.maketrans("。۔।", "...")
# The grave accent stays: "chào" is hello in Vietnamese, "chao" is bye in Spanish. As a letter it is not folded away.
_GRAVE, _GRAVE_LETTER = "\u0300", "ˋ"


class QuickWords:
    """The words of all languages (data/words/)."""

    def __init__(self, lists: Sequence[Mapping[str, Any]]) -> None:
        """Take the lists of each language, and of none."""
        self._signs: dict[str, Quick] = {}  # words of no language: a whole message, marks included
        said: dict[tuple[Quick, int], tuple[list[str], list[str]]] = {}
        for kind in _KINDS:
            for place, language in enumerate(lists):
                listed = language.get(kind) or {}
                if isinstance(listed, Mapping):
                    telling, beside = (list(_forms(listed.get(part) or ())) for part in ("words", "beside"))
                    said[kind, place] = telling, beside
                else:
                    self._signs = {**{_plain(word): kind for word in listed}, **self._signs}
        self._said = WholeMessages(said)

    @classmethod
    def load(cls) -> "QuickWords":
        """Read the lists."""
        return cls(list(own_words().values()))

    def find(self, text: str) -> Quick | None:
        """Return which quick word a message is, or None."""
        if sign := self._signs.get(_plain(text)):
            return sign
        said = words(_with_graves(text))
        found = [kind for kind, _ in self._said.find(" ".join(said))]
        return next((kind for kind in found if kind != "cover" or _is_short(said)), None)


def _is_short(said: list[str]) -> bool:
    """Tell whether a good-bye is said in haste: a longer one is answered with how to come back, and nothing is erased."""
    joined = "".join(said)
    return len(said) <= _FEW_WORDS and (has_blanks(joined) or len(joined) <= _FEW_LETTERS)


def _forms(phrases: Iterable[str]) -> Iterator[str]:
    """Yield each phrase as it is compared, also without its graves, which many leave out: "à bientôt", "a bientot"."""
    for phrase in phrases:
        yield " ".join(words(_with_graves(phrase)))
        yield " ".join(words(clean(phrase)))


def _with_graves(text: str) -> str:
    return unicodedata.normalize("NFD", clean(text)).replace(_GRAVE, _GRAVE_LETTER)


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
