"""The review of an import: which of its rows nobody has looked at, and how each is accepted or declined.

An import writes unchecked entries, which are given to nobody in production. What a steward did to a row since, whatever it was,
has settled it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from resources_directory.calls.wanted_calls import call_wanted
from resources_directory.files.change_log import ATTEMPTS, NOTES, Change
from resources_directory.files.plain_entry import plain
from resources_directory.model.hsds import Service
from resources_directory.stewards.editing import Edit
from resources_directory.stewards.verification import CheckRefused, closed, suspended

ReviewAnswer = Literal["accept", "decline"]
GoneAnswer = Literal["call", "suspend", "close", "leave"]


@dataclass(frozen=True)
class ImportedRow:
    """One entry as an import left it, and nobody has looked at since."""

    id: str
    is_new: bool
    before: dict[str, Any]  # only the fields that changed, as they were before the first import that is not settled
    after: dict[str, Any]
    when: str  # UTC


@dataclass(frozen=True)
class GoneRow:
    """One entry that an import found no longer in its feed."""

    id: str
    when: str  # UTC


@dataclass(frozen=True)
class ImportBatch:
    """The rows of one source in one country."""

    source: str  # the address of the feed; empty: not told
    country: str
    rows: tuple[ImportedRow, ...]  # new ones first
    gone: tuple[GoneRow, ...] = ()


ReviewedRow = TypeVar("ReviewedRow", ImportedRow, GoneRow)


def batches(changes: Iterable[Change]) -> list[ImportBatch]:
    """Return what waits for a review, by country and source. `changes`: oldest first."""
    waiting: dict[str, tuple[str, ImportedRow]] = {}
    gone: dict[str, tuple[str, GoneRow]] = {}
    for change in changes:
        if change.what == "imported":
            known = waiting.get(change.id)
            waiting[change.id] = (change.reason, _row(change, known[1] if known else None))
            gone.pop(change.id, None)
        elif change.what == "unlisted":
            gone[change.id] = (change.reason, GoneRow(change.id, change.when))
        elif change.what not in ATTEMPTS:
            gone.pop(change.id, None)
            if change.what not in NOTES:
                waiting.pop(change.id, None)
    # Whether what is gone was new or changed before matters no more until somebody has asked about it.
    waiting = {id: row for id, row in waiting.items() if id not in gone}
    names = sorted({(id[:2].upper(), source) for id, (source, _) in (*waiting.items(), *gone.items())})
    return [
        ImportBatch(
            source,
            country,
            tuple(sorted(_of(waiting, country, source), key=lambda row: (not row.is_new, row.id))),
            tuple(sorted(_of(gone, country, source), key=lambda row: row.id)),
        )
        for country, source in names
    ]


def asked_about(row: GoneRow, answer: GoneAnswer, by: str, source: str) -> Callable[[Service], Edit]:
    """Return the decision about an entry that is no longer in its feed."""
    reason = f"No longer in the file of {source or 'its feed'}."[:1_000]

    def decide(now: Service) -> Edit:
        if answer == "leave":
            return Edit("accepted", by, f"{reason} Left as it is."[:1_000])
        return {"call": call_wanted, "suspend": suspended, "close": closed}[answer](now, by, reason)

    return decide


def _of(found: Mapping[str, tuple[str, ReviewedRow]], country: str, source: str) -> Iterator[ReviewedRow]:
    return (row for from_source, row in found.values() if (row.id[:2].upper(), from_source) == (country, source))


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
        raise CheckRefused("%(id)s can not be put back as it was: correct it by hand.", id=row.id) from None
    return {name: was.get(name) for name in row.before}
