"""How an import says no: `Refused` to a whole feed, `RowRefused` to one row, and a `Remark` that tells a steward which and why."""

from dataclasses import dataclass


class FeedRefused(ValueError):
    """A feed or an export that is not to be had, as one sentence. Nothing has changed."""


class RowRefused(ValueError):
    """One row that can not become an entry; the others can."""


@dataclass(frozen=True)
class Remark:
    """Something of the feed that was not taken, and the reason."""

    row: str  # as a steward finds it in the feed: table and id, or line
    reason: str
    hsds_id: str | None = None  # of the service, where the row is one
