"""Services that share an id with others: some feeds give all their rows the same one."""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator

from resources_directory.exchange.feeds.plain_text import words
from resources_directory.exchange.feeds.refusal import Remark
from resources_directory.exchange.rows.raw_row import RawRow

_SPACE = uuid.UUID(
    "c4f6f5a6-0f1e-5b7e-8a55-6a0c1f1b7d42"
)  # namespace for the ids of rows that are told apart by their name
# Set on a row that is told apart by its name; no feed has it, since JSON names are put into snake case.
SHARED = "Shared-Id"


def told_apart(rows: Iterable[RawRow], remarks: list[Remark]) -> list[RawRow]:
    """Return services with one row for each id. Rows of one id with different names or organizations get ids of their own;
    of rows that also share these and differ, nobody knows which is right, so none is taken."""
    by_id: defaultdict[str, list[RawRow]] = defaultdict(list)
    for position, row in enumerate(rows):
        by_id[str(row.get("id") or f"row {position}")].append(row)
    return [row for name, group in by_id.items() for row in _of_one_id(name, different(group), len(group), remarks)]


def _of_one_id(name: str, group: list[RawRow], told: int, remarks: list[Remark]) -> Iterator[RawRow]:
    if len(group) == 1:
        yield group[0]
        return
    by_name: defaultdict[tuple[str, str], list[RawRow]] = defaultdict(list)
    for row in group:
        by_name[_names(row)].append(row)
    for names, same in by_name.items():
        if len(same) == 1:
            yield same[0] | {"id": str(uuid.uuid5(_SPACE, f"{name}|{'|'.join(names)}")), SHARED: told}
        else:
            remarks.append(Remark(f"service {name} ({names[0][:60]})", _reason(told, len(same))))


def _reason(told: int, differing: int) -> str:
    return f"its id stands on {told} rows; {differing} of these have its name too and differ, so nobody knows which is right"


def _names(row: RawRow) -> tuple[str, str]:
    runs = row.get("organization")
    organization = runs.get("name") if isinstance(runs, dict) else row.get("organization_id")
    return words(row.get("name")) or "", words(organization) or ""


def different(rows: list[RawRow]) -> list[RawRow]:
    """Return rows without those that say the same; by their text, since comparing each with each takes hours in a large feed."""
    if len(rows) == 1:
        return rows
    return list({json.dumps(row, sort_keys=True, default=str): row for row in rows}.values())
