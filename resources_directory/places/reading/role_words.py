"""What the words around a place say of it in one language: that the writer is there, was, will be, or that somebody else is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import regex
import yaml

from resources_directory.places.spelling import folded

FOLDER = Path(__file__).parents[3] / "data" / "place_roles"
# More of what people call places, where a language calls many otherwise than GeoNames does.
NAMES = Path(__file__).parents[3] / "data" / "place_names"
# The words of a language that are names of places too, counted: `python -m commands.data_build.everyday_words`.
COUNTED = "everyday_words.txt"
_ATLAS = Path(__file__).parents[2] / "atlas"
_PLACING = ("in", "from", "to", "of", "around", "region", "institution", "name")
_SAYING = ("here", "there", "moved", "was", "past", "span", "done", "will", "offer", "other")
_KINDS = (*_PLACING, *_SAYING, "not", "but", "correction", "me", "with")
_MOST_ENDING = 4  # letters behind the stem of a word for people of a country


# By their last letter: endings, and what stands in the place of each in the name itself.
Endings = Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]


@dataclass(frozen=True)
class RoleWords:
    """The lists of one language, folded."""

    cues: Mapping[str, frozenset[str]]  # a word or a few: which lists it is in
    behind: bool  # the language puts "in" and the verb behind the place
    verbs_behind: bool  # only the verb follows the place
    spaces: bool
    latin: bool  # it is written in Latin letters
    ordinary: frozenset[str]  # names of places that are words or given names
    everyday: frozenset[str]  # so common that without a capital these are always the word
    counted: frozenset[str]  # names that people who write this language mostly write as a word
    marked: frozenset[str]  # words of all lists that have marks, as they are written
    people: frozenset[str]  # words for people and things of a country, which are no place: "Indians"
    stems: tuple[str, ...]  # beginnings of such words
    endings: Endings  # of a case
    attached: Endings  # these say "in" themselves
    genitives: tuple[str, ...]  # but for these of them, which say "of"
    region_nouns: Mapping[str, str]  # "области": "область"
    adjectives: Mapping[str, tuple[tuple[str, str], ...]]  # of such a noun: their endings, and those in the name
    starts: tuple[str, ...]  # "in" and the like, attached to the front of a name
    called_marked: frozenset[str]  # the same names with their accents, which Vietnamese needs
    called: Mapping[str, tuple[str, str]]  # what people call a place: its name, folded, and its country

    @cached_property
    def sizes_from(self) -> dict[str, tuple[int, ...]]:
        """Return how long the cues are that begin with a word or letter, longest first."""
        return self._sizes(0)

    @cached_property
    def sizes_to(self) -> dict[str, tuple[int, ...]]:
        """Return how long the cues are that end with a word or letter, longest first."""
        return self._sizes(-1)

    def _sizes(self, end: int) -> dict[str, tuple[int, ...]]:
        sizes: dict[str, set[int]] = {}
        for cue in self.cues:
            for parts in (cue.split(),) if self.spaces else (cue.split(), list(cue)):
                sizes.setdefault(parts[end], set()).add(len(parts))
        return {part: tuple(sorted(lengths, reverse=True)) for part, lengths in sizes.items()}

    def of_people(self, word: str) -> bool:
        """Whether a word means people or things of a country: "Indians", "colombiana"."""
        if word in self.people:
            return True
        stem = next((stem for stem in self.stems if word.startswith(stem)), None)
        return stem is not None and 0 < len(word) - len(stem) <= _MOST_ENDING

    @cached_property
    def attaches(self) -> bool:
        """Whether the language attaches anything to a name."""
        return bool(self.endings or self.attached or self.starts)

    @cached_property
    def starting(self) -> frozenset[str]:
        """Return the first two letters of what is in `called`."""
        return frozenset(name[:2] for name in self.called)

    @classmethod
    @cache
    def load(cls, locale: str) -> "RoleWords":
        """Read the lists of a language, those of English where we have none."""
        path = FOLDER / f"{locale}.yml"
        plain = _read(path if path.exists() else FOLDER / "en.yml")
        # English words for people are written in every language; without its marks a Vietnamese country is one of them.
        english = [] if locale == "vi" else _read(FOLDER / "en.yml")["people"]
        called = _all_called(plain, NAMES / path.name)
        people = [*plain.get("people", ()), *english]
        regions = plain.get("region_forms", {})
        return cls(
            cues=_cues(plain),
            behind=plain.get("behind") == "true",
            verbs_behind=plain.get("verbs_behind") == "true",
            spaces=plain.get("spaces", "true") == "true",
            latin=plain.get("latin") == "true",
            ordinary=_set([*plain.get("ordinary", ()), *plain.get("everyday", ())]),
            everyday=_set(plain.get("everyday", ())),
            counted=_counted(locale),
            marked=_marked(plain),
            people=_set(people),
            stems=tuple(folded(word[:-1]) for word in people if word.endswith("-")),
            endings=_endings(plain.get("endings", {})),
            attached=_endings(plain.get("attached", {})),
            genitives=tuple(map(folded, plain.get("genitives", ()))),
            region_nouns={folded(form): folded(noun) for noun, of in regions.items() for form in (noun, *of["nouns"])},
            adjectives={
                folded(noun): tuple((folded(end), folded(name)) for end, name in of["adjectives"].items())
                for noun, of in regions.items()
            },
            starts=tuple(sorted(_set(plain.get("starts", ())), key=len, reverse=True)),
            called_marked=frozenset(name.casefold() for names in called for name in names),
            called={folded(said): place for names in called for said, place in names.items()},
        )


def _cues(plain: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for kind in _KINDS:
        kinds = {"around", kind} if kind == "region" else {kind}
        for cue in _as_read(plain.get(kind, ())):
            for form in (cue, *(f"{start}{cue}" for start in plain.get("joins", ()) if kind in _SAYING)):
                found[form] = found.get(form, frozenset()) | kinds
    return found


def _counted(locale: str) -> frozenset[str]:
    path = _ATLAS / COUNTED
    lines = path.read_text("utf-8").splitlines() if path.exists() else ()
    return frozenset(
        name for line in lines for name in line.partition("\t")[2].split("|") if line.startswith(f"{locale}\t")
    )


def _marked(plain: Mapping[str, Any]) -> frozenset[str]:
    lists = (plain.get(kind, ()) for kind in (*_KINDS, "ordinary", "everyday"))
    words = (word.casefold() for words in lists for entry in words for word in entry.split())
    return frozenset(word for word in words if not word.isascii())


def _as_read(cues: Iterable[str]) -> Iterable[str]:
    """Return cues as the words of a message are: an apostrophe parts two words, and many leave it out: "jecris"."""
    return dict.fromkeys(
        filter(None, (form for cue in cues for form in (folded(regex.sub("['’]", " ", cue)), folded(cue))))
    )


def _endings(plain: Mapping[str, Iterable[str]]) -> Endings:
    found: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    for end, others in sorted(plain.items(), key=lambda pair: -len(pair[0])):
        found[folded(end)[-1]] = (*found.get(folded(end)[-1], ()), (folded(end), tuple(map(folded, others))))
    return found


def _all_called(plain: Mapping[str, Any], path: Path) -> list[dict[str, tuple[str, str]]]:
    """Return what places are called, from both files: by what is said, the name that GeoNames knows and its country."""
    files = [_read(path) if path.exists() else {}, plain]
    countries = [names for file in files for names in file.get("called", {}).items()]
    return [{said: (folded(name), country) for said, name in names.items()} for country, names in countries]


def _set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(folded, words))


def _read(path: Path) -> dict[str, Any]:
    plain: dict[str, Any] = yaml.load(path.read_bytes(), Loader=yaml.CBaseLoader)  # noqa: S506 - knows strings only
    return plain
