"""Calls that a steward has asked for: an entry that no date makes due, though a feed or its page makes one doubt it."""

from collections.abc import Iterable, Mapping

from resources_directory.files.change_log import NOTES, Change
from resources_directory.model.hsds import Service
from resources_directory.stewards.editing import Edit
from resources_directory.stewards.verification import CheckRefused


def wanted_calls(changes: Iterable[Change]) -> Mapping[str, str]:
    """Return why a call is wanted, by service, until somebody has found something out. `changes`: oldest first."""
    found: dict[str, str] = {}
    for change in changes:
        if change.what == "call_wanted":
            found[change.id] = change.reason
        elif change.what not in (*NOTES, "imported", "accepted"):
            found.pop(change.id, None)
    return found


def call_wanted(service: Service, by: str, reason: str) -> Edit:
    """Return the edit that puts a service on the call list; raise CheckRefused if nobody can be rung."""
    if service.status == "closed" or not service.phones:
        raise CheckRefused(f"{service.id} is closed, or has no number to call.")
    return Edit("call_wanted", by, reason)
