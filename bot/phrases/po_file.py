"""What a PO file says: its phrases, and how far each has been reviewed. How people write them: docs/translators.md."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import read_po


@dataclass(frozen=True)
class Translation:
    """One entry of a PO file."""

    name: str  # "utter_x" or, for one channel, "utter_x|sms"
    english: str  # what it was translated from
    text: str
    reviewed: bool


def translations(path: Path) -> Iterator[Translation]:
    """Yield the entries in order, without obsolete ones (their English is gone). Raises PoFileError."""
    with path.open("rb") as file:
        catalog = read_po(file, abort_invalid=True)
    for entry in catalog:
        if entry.context:  # the header of the file has none
            reviewed = "\n".join(entry.auto_comments).startswith("review: reviewed")
            yield Translation(entry.context, str(entry.id), str(entry.string), reviewed)
