"""The second net under the four crisis labels: phrases that mean one of them, reviewed by people, in every language.

The classifier is right more often, but nobody can say beforehand when it is wrong; these phrases can be read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.cleaning import clean, words
from bot.word_lists import plain, runs

# Most urgent first: where two are found, the one further left is answered.
LABELS = ("immediate_danger", "self_harm", "medical_emergency", "cannot_talk_safely")


@dataclass(frozen=True)
class Lexicon:
    """The phrases of one language."""

    labels: Mapping[str, str]  # folded phrase: label
    unless: Mapping[str, frozenset[str]]  # label: folded phrases that cancel it (figurative, past, about the law)
    longest: int  # words of the longest phrase

    @classmethod
    def of(cls, lists: Mapping[str, Any]) -> "Lexicon":
        """Read the form of data/crisis/<locale>.yml; raises KeyError or ValueError."""
        unknown = lists["labels"].keys() - set(LABELS)
        if unknown:
            raise ValueError(f"not a crisis label: {sorted(unknown)}")
        parts = {label: lists["labels"].get(label) or {} for label in LABELS}
        # Written from the least to the most urgent, so that a phrase under two labels keeps the urgent one.
        labels = {plain(phrase): label for label in reversed(LABELS) for phrase in parts[label].get("phrases") or ()}
        for_all = lists.get("unless") or ()
        unless = {
            label: frozenset(plain(phrase) for phrase in (*for_all, *(part.get("unless") or ())))
            for label, part in parts.items()
        }
        longest = max((len(phrase.split()) for phrase in {*labels}.union(*unless.values())), default=0)
        return cls(labels, unless, longest)

    def find(self, said: list[str]) -> set[str]:
        """Give the labels that these words mean."""
        here = {run for _, run in runs(said, self.longest)}
        found = {self.labels[run] for run in here if run in self.labels}
        return {label for label in found if self.unless[label].isdisjoint(here)}


class CrisisNet:
    """The phrases of all languages: people mix them, and the language of a short cry is a guess."""

    def __init__(self, lexicons: Iterable[Lexicon]) -> None:
        self._lexicons = list(lexicons)

    @classmethod
    def load(cls, folder: Path) -> "CrisisNet":
        """Read every <locale>.yml of the folder."""
        files = sorted(folder.glob("*.yml"))
        return cls(Lexicon.of(yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)) for file in files)

    def find(self, text: str) -> str | None:
        """Give the most urgent label that a text means, or None."""
        said = words(clean(text))
        found = set().union(*(lexicon.find(said) for lexicon in self._lexicons))
        return most_urgent(found)


def most_urgent(labels: Iterable[str]) -> str | None:
    """Give the crisis label among these that is answered first, or None."""
    found = set(labels)
    return next((label for label in LABELS if label in found), None)
