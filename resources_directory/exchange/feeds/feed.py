"""A feed of any form that we know, read into drafts; any other bytes are refused with one sentence."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from resources_directory.exchange.feeds.feed_file import LARGEST
from resources_directory.exchange.feeds.json_feed import read_json
from resources_directory.exchange.feeds.options import Options
from resources_directory.exchange.feeds.package import names_in, read_package
from resources_directory.exchange.feeds.plain_text import words
from resources_directory.exchange.feeds.refusal import FeedRefused, Remark, RowRefused
from resources_directory.exchange.feeds.spreadsheet import read_csv, read_xlsx
from resources_directory.exchange.feeds.tables import RawFeed, joined
from resources_directory.exchange.fields import kinds
from resources_directory.exchange.fields.entry_draft import Drafter, EntryDraft
from resources_directory.exchange.fields.evidence import hsds_id
from resources_directory.exchange.rows.constants import completed
from resources_directory.exchange.rows.unread_fields import unread
from resources_directory.model.discontinued import Discontinued


@dataclass(frozen=True)
class Feed:
    """What was taken from a feed, and what was not."""

    drafts: tuple[EntryDraft, ...]
    refused: tuple[Remark, ...]  # whole rows
    left_out: tuple[Remark, ...]  # parts of rows that were taken


def read(content: bytes, options: Options) -> Feed:
    """Read a feed; raise FeedRefused."""
    if len(content) > LARGEST:
        raise FeedRefused(f"The file is larger than {LARGEST // 1_000_000} MB.")
    if not content.strip():
        raise FeedRefused("The file is empty.")
    return _drafted(_rows(content, options), options)


def _rows(content: bytes, options: Options) -> RawFeed:
    if content.startswith(b"PK"):
        if "xl/workbook.xml" in names_in(content):
            return RawFeed(read_xlsx(content, options.mapping), [], [])
        return _completed(joined(read_package(content)), options)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FeedRefused("This is an old Excel file: save it as XLSX or CSV.")
    start = content.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1]
    if start in (b"{", b"["):
        return _completed(read_json(content, options.mapping.encoding), options)
    return RawFeed(read_csv(content, options.mapping), [], [])


def _completed(raw: RawFeed, options: Options) -> RawFeed:
    """Return a feed of HSDS with the constants of the mapping file, and a remark on what has no field here."""
    rows = [completed(row, options.mapping) for row in raw.rows] if options.mapping.constants else raw.rows
    return raw._replace(rows=rows, left_out=[*raw.left_out, *unread(raw.rows)])


def _drafted(raw: RawFeed, options: Options) -> Feed:
    refused = raw.refused
    drafter = Drafter(options, kinds.table(), Discontinued.load())
    drafts: list[EntryDraft] = []
    for position, row in enumerate(raw.rows, 1):
        label = _label(row, position)
        try:
            drafts.append(drafter.draft(row, label))
        except RowRefused as reason:
            refused.append(Remark(label, str(reason), _hsds_id(row)))
    left_out = [*raw.left_out, *(remark for draft in drafts for remark in draft.remarks)]
    return Feed(tuple(_once(drafts, refused)), tuple(refused), tuple(left_out))


def _once(drafts: list[EntryDraft], refused: list[Remark]) -> Iterable[EntryDraft]:
    """Yield drafts with a unique id; of several rows with one id, nobody knows which is right, so all are refused."""
    ids = Counter(draft.service.hsds_id for draft in drafts)
    for draft in drafts:
        if ids[draft.service.hsds_id] == 1:
            yield draft
        else:
            rows = ids[draft.service.hsds_id]
            refused.append(Remark(draft.row, f"its id stands on {rows} rows that differ", draft.service.hsds_id))


def _hsds_id(row: dict[str, Any]) -> str:
    runs = row.get("organization")
    name = words(runs.get("name")) if isinstance(runs, dict) else None
    return hsds_id(words(row.get("id")) or "", name or words(row.get("name")))


def _label(row: dict[str, Any], position: int) -> str:
    name, key = (str(row.get(field) or "")[:60] for field in ("name", "id"))
    return f"service {key or position} ({name})" if name else f"service {key or position}"
