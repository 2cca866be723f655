"""The last looks at source pages, in a file beside the compiled directory: what was found of each page of each entry, and when."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from resources_directory.files import durable_writes
from resources_directory.files.entries_folder import BadEntry
from resources_directory.upkeep.source_pages import SourceState

_LARGEST = 20_000_000  # bytes; a look has about 200
LookedAt = Mapping[tuple[str, str], "SourceLook"]  # by id and address


@dataclass(frozen=True)
class SourceLook:
    """What one page said of one entry."""

    service: str  # id
    url: str
    state: SourceState
    on: str  # the day, in UTC: 2026-03-01


_LOOKS = TypeAdapter(tuple[SourceLook, ...])


def file_beside(compiled: Path) -> Path:
    """Return the file of the looks. `compiled`: the directory that the hotline answers from."""
    return compiled.with_name("source_looks.json")


def read_looks(file: Path) -> LookedAt:
    """Return the looks; empty before the first. Raise BadEntry or OSError."""
    if not file.exists():
        return {}
    if file.stat().st_size > _LARGEST:
        raise BadEntry(f"{file.name} is too large: delete it, and look again.")
    try:
        found = _LOOKS.validate_json(file.read_bytes())
    except ValidationError:
        raise BadEntry(f"{file.name} cannot be read: delete it, and look again.") from None
    return {(one.service, one.url): one for one in found}


def keep_looks(file: Path, looks: Iterable[SourceLook], there: Iterable[tuple[str, str]]) -> None:
    """Write looks over those of before; raise BadEntry or OSError.

    `there`: id and address of each page that an entry rests on now; what is known of others goes.
    """
    known = {**read_looks(file), **{(one.service, one.url): one for one in looks}}
    kept = [asdict(known[page]) for page in sorted(set(there)) if page in known]
    draft = file.with_name(f".{file.name}.new")
    durable_writes.write(draft, json.dumps(kept, ensure_ascii=False, indent=0))
    draft.replace(file)
    durable_writes.sync_folder(file.parent)
