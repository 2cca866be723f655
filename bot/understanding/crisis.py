"""The second net under the four crisis labels: phrases in every language that mean one of them, reviewed by people.

The reader is right more often, but nobody can say beforehand when it will be wrong; these phrases can be read. One of them
decides nothing by itself: it lowers the chance from which the reader is believed. But a short cry that is the whole message
decides: "he is raping me" can mean nothing else, whatever the reader makes of four words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.text.cleaning import clean, words
from bot.text.word_lists import PhraseList, plain_all

# Most urgent first: if two are found, the first is answered.
LABELS = ("immediate_danger", "self_harm", "medical_emergency", "cannot_talk_safely")


@dataclass(frozen=True)
class Lexicon:
    """The phrases of one language."""

    labels: Mapping[str, Sequence[str]]  # label: phrases
    cries: Mapping[str, Sequence[str]]  # label: what means it as a whole message, and nothing else
    whole: Mapping[str, Sequence[str]]  # label: what may mean it as a whole message: "I cut myself", of a cook too
    unless: Mapping[str, Sequence[str]]  # label: phrases that cancel it (figurative, past, about the law)

    @classmethod
    def of(cls, lists: Mapping[str, Any]) -> "Lexicon":
        """Parse the form of data/crisis/<locale>.yml; raises KeyError or ValueError."""
        unknown = lists["labels"].keys() - set(LABELS)
        if unknown:
            raise ValueError(f"not a crisis label: {sorted(unknown)}")
        parts = {label: lists["labels"].get(label) or {} for label in LABELS}
        for_all = lists.get("unless") or ()
        return cls(
            {label: part.get("phrases") or () for label, part in parts.items()},
            {label: part.get("cries") or () for label, part in parts.items()},
            {label: part.get("whole") or () for label, part in parts.items()},
            {label: (*for_all, *(part.get("unless") or ())) for label, part in parts.items()},
        )


class CrisisNet:
    """The phrases of all languages: people mix them, and the language of a short cry is a guess."""

    def __init__(self, lexicons: Iterable[Lexicon]) -> None:
        # One list for all, so that a text is searched once. A name is the language's index and the label.
        languages = list(enumerate(lexicons))
        self._labels = PhraseList.of(
            {f"{place} {label}": phrases for place, one in languages for label, phrases in one.labels.items()}
        )
        self._unless = PhraseList.of(
            {f"{place} {label}": phrases for place, one in languages for label, phrases in one.unless.items()}
        )

        self._cries = _labelled(one.cries for _, one in languages)
        self._whole = _labelled(one.whole for _, one in languages) | self._cries

    @classmethod
    def load(cls, folder: Path) -> "CrisisNet":
        """Return the phrases of every <locale>.yml in the folder; cached, since reading them takes a second."""
        return _read(folder)

    def find(self, text: str) -> str | None:
        """Return the most urgent label that a text means, or None. What cancels a label counts only in its own language."""
        said = words(clean(text))
        whole = self._whole.get(" ".join(said))
        found = self._labels.find(said)
        cancelled = self._unless.find(said) if found else {}
        meant = (name.partition(" ")[2] for name in found if name not in cancelled)
        return most_urgent([*meant, *([whole] if whole else [])])

    def cry(self, text: str) -> str | None:
        """Return the label that a text means by being a short cry, and nothing more."""
        return self._cries.get(" ".join(words(clean(text))))


def _labelled(lists: Iterable[Mapping[str, Sequence[str]]]) -> dict[str, str]:
    languages, found = [*lists], dict[str, str]()
    for label in reversed(LABELS):  # the most urgent last: it stays
        for one in languages:
            found |= dict.fromkeys(plain_all(map(str, one[label])), label)
    return found


@cache
def _read(folder: Path) -> CrisisNet:
    files = sorted(folder.glob("*.yml"))
    return CrisisNet(Lexicon.of(yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)) for file in files)


def most_urgent(labels: Iterable[str]) -> str | None:
    """Return the crisis label among these that is answered first, or None."""
    found = set(labels)
    return next((label for label in LABELS if label in found), None)
