"""The review of an import: which of its rows nobody has looked at, and how each is accepted or declined.

An import writes unchecked entries, which are given to nobody in production. What a steward did to a row since, whatever it was,
has settled it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from resources_directory.files.change_log import ATTEMPTS, Change
from resources_directory.files.plain_entry import plain
from resources_directory.model.hsds import Service
from resources_directory.stewards.editing import Edit
from resources_directory.stewards.verification import CheckRefused

ReviewAnswer = Literal["accept", "decline"]


@dataclass(frozen=True)
class ImportedRow:
    """One entry as an import left it, and nobody has looked at since."""

    id: str
    is_new: bool
    before: dict[str, Any]  # only the fields that changed, as they were before the first import that is not settled
    after: dict[str, Any]
    when: str  # UTC


@dataclass(frozen=True)
class ImportBatch:
    """The rows of one source in one country."""

    source: str  # the address of the feed; empty: not told
    country: str
    rows: tuple[ImportedRow, ...]  # new ones first


def batches(changes: Iterable[Change]) -> list[ImportBatch]:
    """Return what waits for a review, by country and source. `changes`: oldest first."""
    waiting: dict[str, tuple[str, ImportedRow]] = {}
    for change in changes:
        if change.what == "imported":
            known = waiting.get(change.id)
            waiting[change.id] = (change.reason, _row(change, known[1] if known else None))
        elif change.what not in ATTEMPTS:
            waiting.pop(change.id, None)
    found: dict[tuple[str, str], list[ImportedRow]] = {}
    for source, row in waiting.values():
        found.setdefault((row.id[:2].upper(), source), []).append(row)
    return [
        ImportBatch(source, country, tuple(sorted(rows, key=lambda row: (not row.is_new, row.id))))
        for (country, source), rows in sorted(found.items())
    ]


def reviewed(row: ImportedRow, answer: ReviewAnswer, by: str) -> Callable[[Service], Edit]:
    """Return the decision about a row: declining closes what is new, and restores what was changed."""

    def decide(now: Service) -> Edit:
        if answer == "accept":
            return Edit("accepted", by)
        if row.is_new:
            return Edit("closed", by, "The import was declined.", {"status": "closed"})
        return Edit("edited", by, "The import was declined.", _restored(row, now))

    return decide


def _row(change: Change, known: ImportedRow | None) -> ImportedRow:
    if known is None:
        return ImportedRow(change.id, not change.before, change.before, change.after, change.when)
    return ImportedRow(change.id, known.is_new, change.before | known.before, known.after | change.after, change.when)


def _restored(row: ImportedRow, now: Service) -> dict[str, Any]:
    """Return the fields as they were, in the form of a file; raise CheckRefused."""
    whole = now.model_dump(mode="json") | row.before
    try:
        was = plain(Service.model_validate(whole))
    except ValueError:
        raise CheckRefused(f"{row.id} can not be put back as it was: correct it by hand.") from None
    return {name: was.get(name) for name in row.before}
