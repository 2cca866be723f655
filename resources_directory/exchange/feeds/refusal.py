"""How an import says no: `FeedRefused` to a whole feed, `RowRefused` to one row, and a `Remark` to say what and why."""

from dataclasses import dataclass


class FeedRefused(ValueError):
    """A feed that cannot be imported or an export that cannot be made, as one sentence. Nothing has changed."""


class RowRefused(ValueError):
    """One row that cannot become an entry; the others can."""


@dataclass(frozen=True)
class Remark:
    """Something in the feed that was not imported, and the reason."""

    row: str  # as a steward finds it in the feed: table and id, or line
    reason: str
    hsds_id: str | None = None  # of the service, if the row is one
