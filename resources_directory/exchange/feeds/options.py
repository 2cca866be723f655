"""What whoever imports a feed says about it, since the feed itself can not be trusted to."""

from dataclasses import dataclass, field
from datetime import date

from resources_directory.exchange.feeds.mapping import Mapping


@dataclass(frozen=True)
class Options:
    """The choices of one import."""

    today: date
    country: str | None = None  # of rows that name none
    source: str | None = None  # the address of the feed, for the entry's sources
    keep_addresses: bool = False  # never of a place that is hidden
    mapping: Mapping = field(default_factory=Mapping)
