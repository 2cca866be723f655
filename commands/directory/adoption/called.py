"""`quietline directory called`: what came of a call, for every entry that the number belongs to."""

import sys
from functools import partial
from typing import get_args

from bot.storage.store import StoreAway
from commands.directory import hotline_state
from commands.directory.adoption.adopt import entries_of, facts_of
from commands.directory.renewal import renew
from commands.directory.steward import StewardSession
from commands.directory.steward_input import given_reason, refused_or, steward_name
from resources_directory.calls.call_attempts import AttemptOutcome, note_attempt
from resources_directory.calls.call_list import StewardCall, call_about
from resources_directory.calls.call_outcomes import chosen, confirmed_by_call
from resources_directory.files import change_log
from resources_directory.model.freshness import lacks_second_steward
from resources_directory.stewards.editing import Edit, UnknownService, change_together
from resources_directory.stewards.verification import Check, CheckRefused, closed
from resources_directory.upkeep.entry_merge import merged_ids

CALL_OUTCOMES: tuple[str, ...] = ("confirmed", "no_answer", "left_message", "gone")


def called(desk: StewardSession, service: str, outcome: str, by: str, note: str = "", only: bool = False) -> int:
    """Note a call; return 0, or 1 if it was refused. `only`: for this entry alone, not for all with the number."""

    def body() -> None:
        word = outcome.replace("-", "_")
        if word not in CALL_OUTCOMES:
            raise CheckRefused(f"There is no outcome {outcome!r}: {', '.join(CALL_OUTCOMES)}.")
        call = _call(desk, service)
        ids = [service] if only else [row.service.id for row in call.rows]
        if word in get_args(AttemptOutcome):
            note_attempt(ids, Edit(word, steward_name(by), note), desk.folder, desk.now)  # type: ignore[arg-type]  # see above
            print(f"{', '.join(ids)}: {word.replace('_', ' ')}. It comes back on the list later.")
        else:
            _change(desk, call, ids, (word, steward_name(by), note))
        _free(desk, call)

    return refused_or(body)


def _call(desk: StewardSession, service: str) -> StewardCall:
    found = call_about(entries_of(desk, service[:2]), service, facts_of(desk)) if service[2:3] == "-" else None
    if found is None and (stays := merged_ids(change_log.read(desk.folder)).get(service)):
        raise UnknownService(f"{service} was merged into {stays}: enter the call there.")
    if found is None:
        raise UnknownService(f"There is no service with a number to call and the id {service!r}.")
    return found


def _change(desk: StewardSession, call: StewardCall, ids: list[str], said: tuple[str, str, str]) -> None:
    """Write what was found out into all rows, or into none. `said`: outcome, name, note."""
    outcome, by, note = said
    if outcome == "gone":
        reason = given_reason(note)
        decisions = {id: partial(closed, by=by, reason=reason) for id in ids}
    else:
        check = Check(by, desk.today, note=note)
        decisions = {
            row.service.id: partial(confirmed_by_call, check=check, was_first=row.is_second_look_after(by))
            for row in chosen(call, ids)
        }
    for after, _ in change_together(decisions, desk.folder, desk.now):
        renew(desk.settings, desk.folder, after, dangerous=outcome == "gone")
        waits = ", and not given yet: a second steward has to look too" if lacks_second_steward(after) else ""
        print(f"{after.id} is closed." if outcome == "gone" else f"{after.id} is checked{waits}.")


def _free(desk: StewardSession, call: StewardCall) -> None:
    try:
        hotline_state.free_call(desk.settings, call.key)
    except StoreAway:
        print("Who this call is assigned to could not be changed: the hotline does not answer.", file=sys.stderr)
