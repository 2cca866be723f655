"""What a call found out, as edits: one call confirms every service that the number is right for."""

from collections.abc import Sequence

from resources_directory.calls.call_list import CallRow, StewardCall
from resources_directory.model.hsds import Service
from resources_directory.stewards.editing import Edit
from resources_directory.stewards.verification import Check, CheckRefused, checked


def chosen(call: StewardCall, ids: Sequence[str]) -> list[CallRow]:
    """Return the rows of a call that were asked about; raise CheckRefused."""
    there = {row.service.id: row for row in call.rows}
    unknown = [id for id in ids if id not in there]
    if unknown:
        raise CheckRefused("%(id)s no longer has this number: see what the call is about now.", id=unknown[0])
    if not ids:
        raise CheckRefused("Tick at least one of the entries.")
    return [there[id] for id in ids]


def confirmed_by_call(before: Service, check: Check, was_first: bool, alone: bool = False) -> Edit:
    """Return the edit for an entry that a call has confirmed; raise CheckRefused.

    `was_first`: whoever called, under whatever name, is the one who has checked this shelter already.
    `alone`: earlier checks do not count, for nobody knows any more who made them.
    """
    if was_first:
        raise CheckRefused(
            "You have checked %(name)s already, and it is a shelter: a second steward has to, who is somebody else.",
            name=before.name,
        )
    return checked(before, check, alone)
