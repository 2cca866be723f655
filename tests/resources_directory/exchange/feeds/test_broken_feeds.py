"""Whatever bytes come in, the answer is a feed or one sentence; nothing else, and nothing is changed."""

import json
import struct
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources_directory.exchange.feeds import csv_feed, feed, feed_file, package
from resources_directory.exchange.feeds.mapping import Mapping
from resources_directory.exchange.feeds.options import Options
from resources_directory.exchange.feeds.refusal import FeedRefused
from tests.every import every
from tests.resources_directory.exchange.feed_files import TODAY, as_bytes, read, service, table, tables, zipped
from tests.resources_directory.exchange.feed_files import package as packed

SHEET = Mapping.model_validate({"columns": {"service": "a", "phones": "b"}, "country": "US"})
SERVICES = table([{"id": "1", "name": "Legal Aid"}])


def lied_about(content: bytes, size: int) -> bytes:
    """A zip whose table of contents claims another size."""
    at = content.rindex(b"PK\x01\x02") + 24
    return content[:at] + struct.pack("<I", size) + content[at + 4 :]


@every(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b" \n", "The file is empty"),
        (b"{", "The file is not readable as JSON \\(line 1\\)"),
        (b"[1, 2]", "The JSON holds no services"),
        (b"[" * 100_000, "The JSON is nested too deeply"),
        (b'{"a":' * 60 + b"1" + b"}" * 60, "The JSON is nested too deeply"),
        (b'{"contents": []}', "The JSON holds no services"),
        ("[é]".encode("latin-1"), "The encoding is not known"),
        (b"PK\x03\x04 nothing", "The zip file is broken"),
        (zipped({"readme.txt": "x"}), "The zip holds no table of services"),
        (zipped({"../services.csv": SERVICES}), "a path that leads out of it"),
        (zipped({"/services.csv": SERVICES}), "a path that leads out of it"),
        (zipped({"a\\..\\services.csv": SERVICES}), "a path that leads out of it"),
        (zipped({"a/services.csv": SERVICES, "b/services.csv": SERVICES}), "the table service twice"),
        (zipped({"services.csv": 'id,name\n"1,Legal'}), "services.csv: The file is not readable as CSV"),
        (zipped({"services.csv": "id,id\n1,2"}), "services.csv: The heading 'id' stands twice"),
        (zipped({"services.csv": "id,name\n1,Legal,Aid"}), "a comma is not quoted"),
        (zipped({"services.csv": b"id,name\n\x00"}), "holds zero bytes"),
        (zipped({"services.csv": SERVICES, "datapackage.json": "[]"}), "datapackage.json is not readable"),
        (zipped({"xl/workbook.xml": "<"}), "A spreadsheet needs a mapping file"),
        (b"\xd0\xcf\x11\xe0", "old Excel file"),
        (b"\xff\xfe{\x00", "The file is not readable as JSON"),
        (b"a,b\n1,2", "needs a mapping file"),
    ],
)
def test_garbage_is_refused_with_one_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(FeedRefused, match=sentence):
        read(content)


@pytest.mark.long
def test_a_zip_that_unpacks_to_far_more_is_refused() -> None:
    bomb = zipped({f"{number}.csv": b"0" * 30_000_000 for number in range(4)})

    assert len(bomb) < 200_000
    with pytest.raises(FeedRefused, match="unpacks to more than 100 MB"):
        read(bomb)


def test_a_zip_that_lies_about_its_sizes_is_refused() -> None:
    with pytest.raises(FeedRefused, match="The zip file is broken"):
        read(lied_about(zipped({"services.csv": SERVICES * 100}), 10))


def test_a_zip_of_very_many_files_is_refused() -> None:
    with pytest.raises(FeedRefused, match="more than 500 files"):
        read(zipped({f"{number}.csv": "" for number in range(501)}))


@pytest.mark.long
def test_a_spreadsheet_that_is_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = zipped({"xl/workbook.xml": "<", "xl/sheet.xml": b"0" * (package.LARGEST + 1)})

    with pytest.raises(FeedRefused, match="unpacks to more than"):
        read(bomb, SHEET)


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(FeedRefused, match="larger than 50 MB"):
        read(b"0" * (feed_file.LARGEST + 1))


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(FeedRefused, match="more than 200,000 rows"):
        read(b"a,b\n" + b"1,2\n" * (csv_feed.MOST_ROWS + 1), SHEET)


def test_rows_that_point_to_nothing_are_named_and_the_others_taken() -> None:
    stray = tables()["phones"][0] | {"id": "p2", "service_id": "nobody"}

    found = read(packed(phones=[*tables()["phones"], stray]))

    assert len(found.drafts) == 1
    assert [(one.row, one.reason) for one in found.refused] == [
        ("phone p2", "service_id nobody is no service of this feed")
    ]


WORDS = st.sampled_from(
    [*service(), "contents", "content", "services", "phone", "taxonomy_term", "number", "city", "x"]
)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


def answer(content: bytes, mapping: Mapping) -> str:
    """What an import of any bytes gives: `feed`, or the sentence of a refusal."""
    try:
        feed.read(content, Options(TODAY, "US", mapping=mapping))
    except FeedRefused as error:
        return str(error)
    return "feed."


def is_a_sentence(told: str) -> bool:
    return told.endswith((".", ")")) and "\n" not in told and len(told) < 300


@given(
    st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"{", b"[", b"a,b\n", b"\xff\xfe", b"\xef\xbb\xbf"])
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_a_feed_or_a_sentence(content: bytes, start: bytes) -> None:
    assert is_a_sentence(answer(start + content, SHEET))


@given(PLAIN)
@settings(max_examples=150, deadline=None)
def test_any_json_is_a_feed_or_a_sentence(plain: Any) -> None:
    assert is_a_sentence(answer(json.dumps(plain).encode(), SHEET))


@pytest.mark.long
@given(st.dictionaries(st.sampled_from(list(service())), PLAIN, max_size=8))
@settings(max_examples=150, deadline=None)
def test_a_service_with_any_fields_is_a_feed_or_a_sentence(changes: dict[str, Any]) -> None:
    assert is_a_sentence(answer(as_bytes(service(**changes)), SHEET))


@given(st.integers(0, 4_000), st.integers(0, 255))
@settings(max_examples=150, deadline=None)
def test_a_package_with_a_wrong_byte_is_a_feed_or_a_sentence(at: int, byte: int) -> None:
    content = bytearray(packed())
    content[at % len(content)] = byte

    assert is_a_sentence(answer(bytes(content), SHEET))


def test_a_zip_that_is_encrypted_is_refused() -> None:
    content = bytearray(zipped({"services.csv": SERVICES}))
    at = content.rindex(b"PK\x01\x02")
    content[at + 8] |= 1

    with pytest.raises(FeedRefused, match="encrypted"):
        read(bytes(content))
