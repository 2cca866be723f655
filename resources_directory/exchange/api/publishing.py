"""The choice of what the read API gives to anybody: what a person could be given in production, and no more of it.

An entry has to be in the compiled directory that the hotline answers from, be within its check today, and be held back by
nobody. Nothing that no steward has checked is given, not even in a demonstration.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from resources_directory.exchange.export.export_services import ExportEntry, chosen
from resources_directory.exchange.ids import exported_id
from resources_directory.model.hsds import CountryEntries, Service
from resources_directory.search.database import Opened


def compiled_ids(opened: Opened) -> frozenset[str]:
    """Return the ids of all services in the compiled directory: lines that are given, and local services that may be."""
    directory = opened.directory
    lines = (*directory.world, *(line for lines in directory.national.values() for line in lines))
    local = opened.connection.execute("SELECT DISTINCT id FROM service")
    return frozenset((*(line.id for line in lines), *(id_ for (id_,) in local)))


def published(
    entries: Iterable[CountryEntries], compiled: Container[str], today: date, held_back: Container[str]
) -> Iterator[ExportEntry]:
    """Yield what may be published, without the fields that only stewards read."""
    for entry in chosen(entries, today):
        id_ = entry.service.id
        if id_ in compiled and id_ not in held_back:
            yield replace(entry, service=_for_others(entry.service))


def moved(entries: Iterable[CountryEntries], merged: Mapping[str, str]) -> Mapping[str, str]:
    """Return the UUIDs of services that were merged away, each with that of the one that stays. `merged`: by our ids."""
    rows = (one for country in entries for organization in country.organizations for one in organization.services)
    uuids = {service.id: exported_id(service) for service in rows if merged}
    return {uuids[old]: uuids[new] for old, new in merged.items() if old in uuids and new in uuids}


def _for_others(service: Service) -> Service:
    # Nobody is told these in a conversation either: they are a source's words, or hours that are not certain.
    told = service.eligibility.model_copy(update={"description": None})
    certain = tuple(schedule for schedule in service.schedules if schedule.hours_note is None)
    return service.model_copy(update={"eligibility": told, "schedules": certain})
