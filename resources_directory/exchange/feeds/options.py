"""What the person importing a feed states about it, since the feed itself cannot be trusted to."""

from dataclasses import dataclass, field
from datetime import date

from resources_directory.exchange.feeds.mapping import Mapping


@dataclass(frozen=True)
class Options:
    """The options of one import."""

    today: date
    country: str | None = None  # for rows that name none
    source: str | None = None  # URL of the feed, for the entry's sources
    keep_addresses: bool = False  # never for a hidden place
    mapping: Mapping = field(default_factory=Mapping)
