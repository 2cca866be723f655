"""All examples, with what each says, split into a part to learn from and a part held back.

Whether an example is held back depends on its text alone, so every run and every head has the same split.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from commands.examples.example_lines import ExampleLine, read
from commands.examples.label_examples import examples as label_examples
from commands.learning.targets import Targets

_EXAMPLES = ("data/nlu", "data/examples")
_HELD_BACK = 24  # one in so many, about


@dataclass(frozen=True)
class Corpus:
    """Examples with their languages, and what is to be learned from them."""

    examples: Sequence[ExampleLine]
    locales: Sequence[str]
    targets: Targets


def load(root: Path, left_out: Iterable[str] = ()) -> tuple[Corpus, Corpus]:
    """Return what is learned from, and what is held back, without the languages that are left out; raises BadExample."""
    found = [(each, locale, True) for locale, some in read(root / "data" / "examples").items() for each in some]
    found += [(ExampleLine((one.label,), "none", one.text), one.locale, False) for one in label_examples(root)]
    wanted = [row for row in found if row[1] not in frozenset(left_out)]
    kept = [row for row in wanted if not is_held_back(row[0].text)]
    held = [row for row in wanted if is_held_back(row[0].text)]
    return _corpus(kept), _corpus(held)


def is_held_back(text: str) -> bool:
    """Whether a text is held back, wherever it stands."""
    return hashlib.sha256(text.casefold().encode("utf-8", "surrogatepass")).digest()[0] % _HELD_BACK == 0


def examples_hash(root: Path) -> str:
    """Return a hash of all examples: numbers that carry another one are out of date."""
    digest = hashlib.sha256()
    for folder in _EXAMPLES:
        for file in sorted((root / folder).rglob("*")):
            if file.is_file():
                digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _corpus(rows: Sequence[tuple[ExampleLine, str, bool]]) -> Corpus:
    examples = [example for example, _, _ in rows]
    return Corpus(examples, [locale for _, locale, _ in rows], Targets.of(examples, [whole for *_, whole in rows]))
