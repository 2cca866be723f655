"""Corrections by a steward: which facts can change without a check, and when a shelter needs a second steward again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from resources_directory.files.checks import in_service
from resources_directory.files.plain_entry import plain
from resources_directory.model.freshness import is_shelter
from resources_directory.model.hsds import Service
from resources_directory.stewards.editing import Edit
from resources_directory.stewards.verification import Check, CheckRefused, checked, refuse_dead

# Any of these can send somebody to another door, so what two stewards saw before no longer counts.
CLAIMS = frozenset({"name", "kinds", "phones", "service_area", "locations", "before_you_call", "url", "chat", "email"})
_UNSEEN = {"checked_on": None, "checked_by": None, "confirmed_by": None}


@dataclass(frozen=True)
class Revision:
    """Who makes a correction, and whether they checked."""

    by: str
    today: date
    looked: bool  # rang it, or read its live page today
    reason: str = ""
    alone: bool = False  # what others saw before does not count


def revised(service: Service, fields: Mapping[str, Any], revision: Revision) -> Edit:
    """Return the edit for a correction: `fields` as in the file, None removes a field; raise CheckRefused."""
    if service.status == "closed":
        raise CheckRefused("%(id)s is closed: open it again before it is corrected.", id=service.id)
    if not fields and not revision.looked:
        raise CheckRefused("Nothing is different.")
    after = proved(plain(service) | dict(fields))
    if "phones" in fields and not revision.looked:
        raise CheckRefused("A number is only changed by who rang it or read its live page today: say that you did.")
    new = _is_new_claim(fields, service, after)
    if not revision.looked:
        return Edit("edited", revision.by, revision.reason, {**fields, **(_UNSEEN if new else {})})
    found = checked(after, Check(revision.by, revision.today, note=revision.reason), revision.alone or new)
    # A check clears the doubt, unless a new one was entered just now.
    doubt = {"doubt": fields["doubt"]} if fields.get("doubt") else {}
    return Edit(found.what, revision.by, revision.reason, {**fields, **found.fields, **doubt})


def proved(whole: Mapping[str, Any]) -> Service:
    """Return a service that is fit for the directory; raise CheckRefused with what is wrong with it."""
    try:
        service = Service.model_validate({name: value for name, value in whole.items() if value is not None})
    except ValidationError as error:
        raise CheckRefused(" ".join(_sentences(error))) from None
    if service.phones:
        refuse_dead(service)
    if service.status != "closed" and (wrong := next(in_service(service, service.id[:2].upper()), None)):
        raise CheckRefused(wrong)
    return service


def _is_new_claim(fields: Mapping[str, Any], before: Service, after: Service) -> bool:
    return not CLAIMS.isdisjoint(fields) and (is_shelter(before) or is_shelter(after))


def _sentences(error: ValidationError) -> Iterator[str]:
    for problem in error.errors(include_url=False):
        where = ".".join(str(step) for step in problem["loc"])
        yield f"{where}: {problem['msg']}." if where else f"{problem['msg']}."
