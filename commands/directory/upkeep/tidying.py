"""`quietline directory changes`, `duplicates` and `merge`: the bodies of the commands. Each refusal is one sentence."""

from dataclasses import dataclass

from commands.directory.adoption.adopt import entries_of
from commands.directory.renewal import renew
from commands.directory.steward import StewardSession
from commands.directory.steward_input import refused_or, steward_name
from resources_directory.files import change_log
from resources_directory.files.entries_folder import read_folder
from resources_directory.model.hsds import Service
from resources_directory.stewards.corrections import Revision
from resources_directory.stewards.editing import UnknownService, change_together, find
from resources_directory.stewards.verification import CheckRefused
from resources_directory.upkeep.duplicates import duplicates_of
from resources_directory.upkeep.entry_merge import MERGED, merge
from resources_directory.upkeep.recent_changes import recent


@dataclass(frozen=True)
class MergeChoice:
    """Which entries become one, and what stays of them."""

    keep: str
    other: str
    by: str
    take: str = ""  # names of fields, separated by commas
    both: str = ""
    looked: bool = False
    note: str = ""

    def picks(self) -> dict[str, str]:
        """Return what stays of each field that was named; raise CheckRefused."""
        named = {name.strip(): "other" for name in self.take.split(",") if name.strip()}
        named |= {name.strip(): "both" for name in self.both.split(",") if name.strip()}
        if unknown := next((name for name in named if name not in MERGED), None):
            raise CheckRefused(f"There is no field {unknown!r} to merge: {', '.join(MERGED)}.")
        return named


def changes(desk: StewardSession, days: int, country: str) -> int:
    """Print what changed lately, newest first."""

    def body() -> None:
        if country:
            entries_of(desk, country)
        for group in recent(change_log.read(desk.folder), desk.now, days, country.upper()):
            one = group.last
            what = f"{group.count} entries of {one.id[:2].upper()}" if group.count > 1 else one.id
            fields = f" ({', '.join(one.after)})" if one.after and group.count == 1 else ""
            print(f"{one.when}  {what}: {one.what} by {one.who}{f': {one.reason}' if one.reason else ''}{fields}")

    return refused_or(body)


def duplicates(desk: StewardSession, country: str) -> int:
    """Print the pairs that may be one service."""

    def body() -> None:
        countries = [entries_of(desk, country)] if country else list(read_folder(desk.folder))
        pairs = [pair for one in countries for pair in duplicates_of(one)]
        for pair in pairs:
            why = "the same number" if pair.why == "number" else "the same name and town"
            hint = " (a line of the whole country and a place)" if pair.line_and_place else ""
            print(f"{pair.one.id} and {pair.other.id}: {why}{hint}")
        print(f"{len(pairs)} pairs.")

    return refused_or(body)


def merge_entries(desk: StewardSession, choice: MergeChoice) -> int:
    """Merge two entries, both or neither."""

    def body() -> None:
        keep, other = _service(desk, choice.keep), _service(desk, choice.other)
        revision = Revision(steward_name(choice.by), desk.today, choice.looked, choice.note)
        edits = merge(keep, other, choice.picks(), revision)
        for after, _ in change_together(edits, desk.folder, desk.now):
            renew(desk.settings, desk.folder, after, dangerous=after.id == other.id)
        print(f"{other.id} is closed, and {keep.id} stays.")

    return refused_or(body)


def _service(desk: StewardSession, id: str) -> Service:
    found = find(entries_of(desk, id[:2]), id) if id[2:3] == "-" else None
    if found is None:
        raise UnknownService(f"There is no service with the id {id!r}.")
    return found
