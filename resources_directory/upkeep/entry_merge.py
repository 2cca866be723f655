"""The merge of two entries of one service: a steward picks what stays, the other one is closed, and both histories stay."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from resources_directory.files.change_log import Change
from resources_directory.files.plain_entry import Paragraphs, plain
from resources_directory.model.hsds import Service
from resources_directory.stewards.corrections import Revision, revised
from resources_directory.stewards.editing import Edit
from resources_directory.stewards.verification import CheckRefused

MergePick = Literal["keep", "other", "both"]
# In the order of the page. What proves an entry stays with the entry that was proved.
MERGED = (
    "name", "kinds", "description", "phones", "schedules", "languages", "service_area", "locations", "cost", "eligibility",
    "for", "nationals", "before_you_call", "before_you_call_note", "url", "chat", "email", "sources", "evidence",
)  # fmt: skip
_LISTS = frozenset({"kinds", "languages", "for", "nationals", "before_you_call", "sources"})
_INTO = re.compile(r"Into ([a-z0-9-]+)\.")


@dataclass(frozen=True)
class MergeField:
    """A field in which two entries differ, as it stands in their files."""

    name: str
    keep: Any  # None: not there
    other: Any

    @property
    def can_be_both(self) -> bool:
        """Whether it is a list that can hold what both say."""
        return self.name in _LISTS and bool(self.keep) and bool(self.other)


def differing(keep: Service, other: Service) -> list[MergeField]:
    """Return the fields in which two entries differ."""
    one, two = plain(keep), plain(other)
    return [MergeField(name, one.get(name), two.get(name)) for name in MERGED if one.get(name) != two.get(name)]


def merge(
    keep: Service, other: Service, picks: Mapping[str, str], revision: Revision
) -> Mapping[str, Callable[[Service], Edit]]:
    """Return the edits of both entries by id; raise CheckRefused. `picks`: what stays of each field, else what `keep` has."""
    if keep.id == other.id or keep.id[:2] != other.id[:2]:
        raise CheckRefused("Name two entries of one country.")
    if "closed" in (keep.status, other.status):
        raise CheckRefused("One of the two is closed already: there is nothing to merge.")
    fields = dict(_picked(differing(keep, other), picks))

    def kept(now: Service) -> Edit:
        if not fields and not revision.looked:
            return Edit("merged", revision.by, f"Took in {other.id}. {revision.reason}".strip())
        found = revised(now, fields, revision)
        return Edit(found.what, found.who, f"Took in {other.id}. {revision.reason}".strip(), found.fields)

    def gone(_: Service) -> Edit:
        return Edit("merged", revision.by, f"Into {keep.id}. {revision.reason}".strip(), {"status": "closed"})

    kept(keep)  # whatever is refused is refused before anything is held back
    return {keep.id: kept, other.id: gone}


def merged_ids(changes: Iterable[Change]) -> Mapping[str, str]:
    """Return the ids that were merged away, each with the one that stays in the end. `changes`: oldest first."""
    into: dict[str, str] = {}
    for change in changes:
        found = _INTO.match(change.reason) if change.what == "merged" else None
        if found:
            into[change.id] = found[1]
        elif "status" in change.after:
            into.pop(change.id, None)  # it was reopened since
    return {id: _end(id, into) for id in into}


def _end(id: str, into: Mapping[str, str]) -> str:
    seen = [id]
    while (following := into.get(seen[-1])) and following not in seen:
        seen.append(following)
    return seen[-1]


def _picked(fields: Iterable[MergeField], picks: Mapping[str, str]) -> Iterable[tuple[str, Any]]:
    for field in fields:
        pick = picks.get(field.name, "keep")
        if pick not in ("keep", "other", "both") or (pick == "both" and not field.can_be_both):
            raise CheckRefused(
                "%(field)s: choose what the one has, the other, or where it is a list both.", field=field.name
            )
        if pick == "other":
            yield field.name, field.other
        elif pick == "both":
            both = list(dict.fromkeys((*field.keep, *field.other)))
            yield field.name, Paragraphs(both) if isinstance(field.keep, Paragraphs) else both
