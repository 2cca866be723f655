"""The last step of an import: each country file's new text is verified against the plan before a single byte is written."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from resources_directory.exchange.changes import journal
from resources_directory.exchange.changes.journal import Imported, RecordImport
from resources_directory.exchange.changes.plan import New, Plan
from resources_directory.exchange.feeds.refusal import FeedRefused
from resources_directory.files.country_text import CountryText, empty
from resources_directory.files.entries_folder import PlainLoader, file_of
from resources_directory.files.plain_entry import plain_fields
from resources_directory.model.hsds import CountryEntries, Organization, Service


def apply(plan: Plan, folder: Path, record: RecordImport) -> None:
    """Write a plan atomically; raise FeedRefused or BadEntry. The caller has held the lock since before the plan was made."""
    texts = {file_of(country): _text(country, plan, folder) for country in plan.countries}
    if texts:
        journal.write(folder, texts, list(_changes(plan)), record)


def _text(country: str, plan: Plan, folder: Path) -> str:
    path = folder / file_of(country)
    before = path.read_bytes().decode() if path.exists() else empty(country)
    entries = _parsed(path.name, before)
    expected = _by_id(entries.organizations)
    changed = CountryText(before)
    for change in (one for one in plan.changed if one.country == country):
        fields = change.fields | change.proof
        changed.change(change.old.id, plain_fields(fields, Service))
        expected[change.old.id] = change.old.model_copy(update=fields)
    for organization in _organizations(entries, (one for one in plan.new if one.draft.country == country)):
        changed.add_organization(organization)
        expected |= _by_id([organization])
    text = changed.text()
    if _by_id(_parsed(path.name, text).organizations) != expected:
        raise FeedRefused(f"{path.name} can not be changed by a command as it is written; nothing was changed.")
    return text


def _organizations(entries: CountryEntries, new: Iterable[New]) -> Iterator[Organization]:
    """Yield new services under their organization; an existing organization of that name keeps its operator."""
    grouped: defaultdict[str, list[New]] = defaultdict(list)
    for one in new:
        grouped[one.draft.organization].append(one)
    there = {organization.name: organization for organization in entries.organizations}
    for name, group in grouped.items():
        draft = group[0].draft
        operated_by = there[name].operated_by if name in there else draft.operated_by
        services = tuple(_announced(one.service, operated_by) for one in group)
        yield Organization(name=name, operated_by=operated_by, description=draft.description, services=services)


def _announced(service: Service, operated_by: str) -> Service:
    """Add the police warning if the directory knows that it is the police and the feed did not say so."""
    if operated_by != "police" or "line_warn_police" in service.before_you_call:
        return service
    return service.model_copy(update={"before_you_call": ("line_warn_police", *service.before_you_call)})


def _parsed(name: str, text: str) -> CountryEntries:
    try:
        plain = yaml.load(text, PlainLoader)  # noqa: S506 - a safe loader with fewer guesses
        return CountryEntries.model_validate(plain)
    except (yaml.YAMLError, ValidationError):
        raise FeedRefused(f"{name} is not in order: run `quietline directory check` first.") from None


def _by_id(organizations: Iterable[Organization]) -> dict[str, Service]:
    return {service.id: service for organization in organizations for service in organization.services}


def _changes(plan: Plan) -> Iterator[Imported]:
    for new in plan.new:
        yield Imported(new.service.id, {}, new.service.model_dump(mode="json", exclude_defaults=True))
    for change in plan.changed:
        fields: dict[str, Any] = change.fields | change.proof
        old = change.old.model_dump(mode="json", include=set(fields))
        yield Imported(
            change.old.id, old, change.old.model_copy(update=fields).model_dump(mode="json", include=set(fields))
        )
