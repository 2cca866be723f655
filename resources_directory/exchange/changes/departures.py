"""Entries that a feed has no longer, though it brought them: noted in the history, for a steward to ask about.

An import takes none of them away: a feed can be cut off, and an office can outlive the list that it stood on.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from resources_directory.exchange.feeds.feed import Feed
from resources_directory.exchange.ids import exported_id
from resources_directory.files.change_log import Change
from resources_directory.model.hsds import CountryEntries, Service


@dataclass(frozen=True)
class Departures:
    """What a feed has no longer, and what it has again; ids of ours."""

    left: tuple[Service, ...]  # all that it brought before and has no longer
    noted: frozenset[str]  # those of them of which the history says so already
    back: tuple[str, ...]

    @property
    def new(self) -> Iterator[str]:
        """The ids that are to be noted."""
        return (service.id for service in self.left if service.id not in self.noted)


def departures(feed: Feed, entries: Sequence[CountryEntries], log: Iterable[Change], source: str) -> Departures:
    """Compare a feed with what came from the same source before. `log`: oldest first; `source`: empty if it was not named.

    Where it was not named, only organizations that the feed still has are compared: it may be another feed.
    """
    brought: set[str] = set()
    noted: set[str] = set()
    for change in log:
        if change.reason == source and change.what == "imported":
            brought.add(change.id)
        if change.reason == source and change.what == "unlisted":
            noted.add(change.id)
        elif change.what in ("imported", "listed"):
            noted.discard(change.id)
    there = _There(feed, source)
    rows = [(name, one) for name, one in _services(entries) if one.id in brought and one.status != "closed"]
    return Departures(
        tuple(one for name, one in rows if not there.has(name, one)),
        frozenset(noted),
        tuple(one.id for name, one in rows if one.id in noted and there.has(name, one)),
    )


class _There:
    """What stands in a feed, taken or refused."""

    def __init__(self, feed: Feed, source: str) -> None:
        self._ids = {draft.service.hsds_id for draft in feed.drafts} | {remark.hsds_id for remark in feed.refused}
        self._refused = " ".join(remark.row for remark in feed.refused)
        self._organizations = None if source else {draft.organization for draft in feed.drafts}

    def has(self, organization: str, service: Service) -> bool:
        """Whether a service stands in the feed, or nobody can tell."""
        if self._organizations is not None and organization not in self._organizations:
            return True
        # A refused row without an id of its own is told by its name.
        return exported_id(service) in self._ids or f"({service.name[:60]})" in self._refused


def _services(entries: Iterable[CountryEntries]) -> Iterator[tuple[str, Service]]:
    for country in entries:
        for organization in country.organizations:
            for service in organization.services:
                yield organization.name, service
