"""What a feed's words mean here: the kinds of help, and who runs a service."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self, get_args

from resources_directory.exchange.feeds.plain_text import spaced
from resources_directory.files.entries_folder import read_yaml
from resources_directory.model.hsds import Kind, OperatedBy

TABLE = Path(__file__).parent / "kinds.yml"
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class FeedWords:
    """The table of kinds.yml, folded for comparison."""

    nots: tuple[str, ...]
    kinds: tuple[tuple[str, Kind], ...]
    operators: tuple[tuple[str, OperatedBy], ...]

    @classmethod
    def load(cls, path: Path = TABLE) -> Self:
        """Read the table."""
        table: dict[str, Any] = read_yaml(path)
        return cls(
            nots=tuple(map(spaced, table["not"])),
            kinds=tuple((spaced(word), kind) for kind, words in table["kinds"].items() for word in words),
            operators=tuple((spaced(word), who) for who, words in table["operators"].items() for word in words),
        )

    def kinds_of(self, terms: Iterable[str], name: str, own: dict[str, tuple[Kind, ...]]) -> tuple[Kind, ...]:
        """Return the kinds that the terms name, else those in the service's name; `own` is the table of one feed."""
        mine = {spaced(word): kinds for word, kinds in own.items()}
        by_terms = [kind for term in terms for kind in self._of(term, mine)]
        return tuple(dict.fromkeys(by_terms or list(self._of(name, mine))))

    def operator_of(self, *texts: str | None) -> OperatedBy | None:
        """Return who runs it, if a name says so."""
        said = " ".join(spaced(text) for text in texts if text)
        return next((who for word, who in self.operators if word in said), None)

    def _of(self, text: str, mine: dict[str, tuple[Kind, ...]]) -> Iterator[Kind]:
        said = spaced(text)
        if said in mine:
            yield from mine[said]
            return
        for word in self.nots:
            said = said.replace(word, " ")
        # The code of one of our kinds, as in our own exports.
        yield from (kind for kind in KINDS if said == spaced(kind))
        yield from (kind for word, kind in self.kinds if word in said)


@cache
def table() -> FeedWords:
    """Return the project's own table."""
    return FeedWords.load()
