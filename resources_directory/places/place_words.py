"""Words that go with the name of a place in the languages that we serve: before it, after it or attached to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from resources_directory.places.spelling import folded

_WORDS = Path(__file__).parents[1] / "atlas" / "words.yml"
_COMMON = (
    Path(__file__).parents[1] / "atlas" / "common_words.txt"
)  # made by `python -m commands.data_build.common_words`
# The conversation's list: what marks a place there does so here too.
_SHARED = Path(__file__).parents[2] / "data" / "place_words.yml"


@dataclass(frozen=True)
class PlaceWords:
    """All the words, folded."""

    placing: frozenset[str]  # in any sentence, the name after one of these is a place
    leading: frozenset[str]  # these mark a place too, but are also other words
    behind: frozenset[str]
    joined: tuple[str, ...]  # like `placing`, in scripts without spaces
    cases: tuple[tuple[str, tuple[str, ...]], ...]  # case endings, and what replaces each in the base form
    city_before: frozenset[str]
    city_after: frozenset[str]
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    called: Mapping[str, int]
    called_at_home: Mapping[str, int]
    not_here: frozenset[str]  # what follows names a person, or a place where somebody is not
    words_too: frozenset[str]  # names that are also ordinary words
    names_first: frozenset[str]  # names that are hardly ever a word, though lists of words have them
    no_codes: frozenset[str]
    zip: frozenset[str]
    postcode: frozenset[str]

    @classmethod
    @cache
    def load(cls) -> "PlaceWords":
        """Read the lists, once per process."""
        ours, shared = _read(_WORDS), _read(_SHARED)
        before = [str(word) for words in shared["before"].values() for word in words]
        # They are folded in their file, and many.
        common = _COMMON.read_text("utf-8").splitlines()
        sure = {word for word in before if folded(word) == word.casefold()}
        endings = [*shared["ends"].items(), *ours["cases"].items()]
        return cls(
            placing=_set(sure),
            # Folded, "à" is "a", which is a word in many languages.
            leading=_set([*before, *ours["in"]]),
            behind=_set([*ours["after"], *(word for words in shared["after"].values() for word in words)]),
            joined=_long_first(shared["joined"]),
            cases=tuple((folded(end), tuple(map(folded, others))) for end, others in endings),
            city_before=_set(ours["city_before"]),
            city_after=_set(ours["city_after"]),
            starts=_long_first(ours["starts"]),
            ends=_long_first(ours["ends"]),
            called=_numbered(ours["called"]),
            called_at_home=_numbered(ours["called_at_home"]),
            not_here=_set([*ours["of_a_person"], *shared["not_there"]]),
            words_too=_set([*ours["words_too"], *shared["never"]]).union(common) - _set(ours["names_first"]),
            names_first=_set(ours["names_first"]),
            no_codes=_set(ours["codes_that_are_words"]),
            zip=_set(ours["zip"]),
            postcode=_set(ours["postcode"]),
        )


def _read(path: Path) -> dict[str, Any]:
    plain: dict[str, Any] = yaml.load(path.read_bytes(), Loader=yaml.CBaseLoader)  # noqa: S506 - knows strings only
    return plain


def _numbered(names: Mapping[str, str]) -> dict[str, int]:
    return {folded(name): int(id_) for name, id_ in names.items()}


def _set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(folded, words))


def _long_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(map(folded, words), key=len, reverse=True))
