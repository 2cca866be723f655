"""New services in a country file, under their organization: atomic, and never without a line in the change log."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from babel import Locale
from pydantic import ValidationError

from resources_directory.exchange.ids import new_id
from resources_directory.files import change_log, durable_writes
from resources_directory.files.change_log import Change
from resources_directory.files.country_text import CountryText, empty
from resources_directory.files.entries_folder import ENTRIES, BadEntry, file_of, read_file
from resources_directory.files.folder_lock import locked
from resources_directory.files.plain_entry import plain
from resources_directory.model.hsds import CountryEntries, OperatedBy, Organization, Service
from resources_directory.stewards.corrections import proved
from resources_directory.stewards.verification import CheckRefused


@dataclass(frozen=True)
class NewService:
    """A service that a steward has found."""

    country: str  # ISO 3166-1 alpha-2
    organization: str
    operated_by: OperatedBy
    fields: dict[str, Any]  # as in the file, without an id
    by: str
    reason: str = ""


def add(new: NewService, folder: Path = ENTRIES, now: datetime | None = None) -> Service:
    """Add a service; return it with its id. Raise CheckRefused or BadEntry, in which case nothing has changed."""
    with locked(folder):
        path = folder / file_of(new.country)
        there = read_file(path) if path.is_file() else CountryEntries(country=new.country)
        organization = _organization(new, there)
        (service,) = organization.services
        with TemporaryDirectory(prefix=".draft-", dir=folder) as drafts:
            draft = Path(drafts) / path.name
            text = CountryText(path.read_bytes().decode() if path.is_file() else empty(new.country))
            text.add_organization(organization)
            durable_writes.write(draft, text.text())
            _prove(draft, there, service)
            if path.is_file():
                shutil.copymode(path, draft)
            change_log.append(_noted(new, service, now or datetime.now(UTC)), folder)
            draft.replace(path)
        durable_writes.sync_folder(folder)
    return service


def read_country(typed: str) -> str:
    """Parse the code of a country; raise CheckRefused."""
    code = typed.strip().upper()
    if not re.fullmatch("[A-Z]{2}", code) or code not in Locale("en").territories:
        raise CheckRefused("%(typed)s is no two-letter code of a country.", typed=repr(typed))
    return code


def same_number(service: Service, there: CountryEntries) -> Iterator[Service]:
    """Yield the country's services that share a number with this one: it may be the same service."""
    numbers = {phone.number for phone in service.phones}
    for organization in there.organizations:
        for other in organization.services:
            if other.status != "closed" and numbers & {phone.number for phone in other.phones}:
                yield other


def _organization(new: NewService, there: CountryEntries) -> Organization:
    taken = {service.id for organization in there.organizations for service in organization.services}
    known = next((one for one in there.organizations if one.name == new.organization), None)
    unnamed = proved({"id": f"{new.country.lower()}-new", **new.fields})
    if twin := next(same_number(unnamed, there), None):
        raise CheckRefused(
            "The number stands at %(id)s (%(name)s) already: correct that one.", id=twin.id, name=twin.name
        )
    id_ = new_id(new.country, unnamed, None, taken)
    if id_ in taken or id_ == f"{new.country.lower()}-":
        raise CheckRefused("Give it a name that no other service there has, with some Latin letters.")
    service = unnamed.model_copy(update={"id": id_})
    try:
        operated_by = known.operated_by if known else new.operated_by
        return Organization(name=new.organization, operated_by=operated_by, services=(service,))
    except ValidationError as error:
        raise CheckRefused(" ".join(f"{problem['msg']}." for problem in error.errors())) from None


def _prove(draft: Path, before: CountryEntries, service: Service) -> None:
    """Raise BadEntry unless the draft adds this one service and changes nothing else."""
    after = read_file(draft)
    were = {one.id: one for organization in before.organizations for one in organization.services}
    are = {one.id: one for organization in after.organizations for one in organization.services}
    if are != {**were, service.id: service} or after.emergency != before.emergency:
        raise BadEntry(f"{draft.name}: nothing can be added to it as it is written; change the file by hand.")


def _noted(new: NewService, service: Service, now: datetime) -> Change:
    when = f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return Change(id=service.id, what="added", who=new.by, when=when, reason=new.reason, after=plain(service))
