"""`make audit ADVISORIES=FILE`: what is locked is held against invented advisories in the form of OSV."""

import json
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from commands.deploy.advisories import NoAdvisories, audit, main
from tests.every import every

NOW = datetime(2030, 3, 1, tzinfo=UTC)
LOCK = """
[[package]]
name = "lantern"
version = "1.5.0"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "lantern"
version = "2.0.0"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "paper-boat"
version = "3.1"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "ours"
version = "1.0"
source = { editable = "." }
"""


def advisory(name: str = "lantern", id: str = "PYSEC-0000-1", ecosystem: str = "PyPI", **more: Any) -> dict[str, Any]:
    about = {"affected": [{"package": {"ecosystem": ecosystem, "name": name}, **more.pop("affected", {})}]}
    return {"id": id, "modified": "2030-02-28T10:00:00Z", "summary": "It burns.", **about, **more}


def within(*events: dict[str, str], type: str = "ECOSYSTEM") -> dict[str, Any]:
    return {"affected": {"ranges": [{"type": type, "events": list(events)}]}}


def audited(
    folder: Path, *advisories: dict[str, Any], now: datetime = NOW, ignored: Sequence[str] = ()
) -> tuple[int, list[str]]:
    (folder / "uv.lock").write_text(LOCK)
    path = folder / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number, each in enumerate(advisories):
            archive.writestr(f"{number}.json", json.dumps(each))
    return audit(path, folder / "uv.lock", now, ignored)


def test_a_package_with_a_known_hole_is_named_with_its_advisory(tmp_path: Path) -> None:
    hole = advisory(aliases=["CVE-0000-1"], **within({"introduced": "0"}, {"fixed": "1.6"}))
    code, told = audited(tmp_path, hole)
    assert (code, told) == (
        1,
        [
            "lantern 1.5.0: PYSEC-0000-1 (CVE-0000-1) It burns.",
            "3 packages, 1 advisories up to 2030-02-28: 1 with a known hole.",
        ],
    )


ZERO = {"introduced": "0"}


@every(
    ("events", "hit"),
    [
        ([ZERO], ["1.5.0", "2.0.0"]),
        ([ZERO, {"fixed": "1.5.0"}], []),
        ([ZERO, {"fixed": "1.5.1"}], ["1.5.0"]),
        ([ZERO, {"last_affected": "1.5"}], ["1.5.0"]),
        ([ZERO, {"last_affected": "1.4"}], []),
        ([{"fixed": "1.10"}, {"introduced": "1.9"}], []),
        ([{"fixed": "1.10"}, {"introduced": "1.4rc1"}], ["1.5.0"]),
        ([ZERO, {"fixed": "1.2"}, {"introduced": "2.0.0rc1"}, {"fixed": "2.0.1"}], ["2.0.0"]),
        # What cannot be compared is for a person to read.
        ([ZERO, {"fixed": "the day after"}], ["1.5.0", "2.0.0"]),
    ],
)
def test_a_version_counts_where_the_range_of_the_advisory_has_it(
    tmp_path: Path, events: Sequence[dict[str, str]], hit: Sequence[str]
) -> None:
    _, told = audited(tmp_path, advisory(**within(*events)))
    assert [line.partition(":")[0] for line in told[:-1]] == [f"lantern {version}" for version in hit]


@every(
    "other",
    [
        advisory("lanterns", **within(ZERO)),
        advisory(ecosystem="npm", summary="Not PyPI.", **within(ZERO)),
        advisory("ours", **within(ZERO)),
        advisory(withdrawn="2030-01-01T00:00:00Z", **within(ZERO)),
        advisory(**within(ZERO, type="GIT")),
        advisory(affected={"versions": ["1.5"]}),
    ],
)
def test_what_concerns_another_package_or_nobody_any_more_is_passed_over(tmp_path: Path, other: dict[str, Any]) -> None:
    assert audited(tmp_path, other, advisory("lantern", affected={"versions": ["0.1"]}))[0] == 0


def test_a_hole_that_two_lists_know_is_told_once_however_they_write_the_package(tmp_path: Path) -> None:
    twice = [
        advisory("Paper.Boat", "PYSEC-0000-2", aliases=["CVE-0000-2"], affected={"versions": ["3.1"]}),
        advisory("paper_boat", "GHSA-0000-2", aliases=["CVE-0000-2"], **within(ZERO)),
    ]
    code, told = audited(tmp_path, *twice)
    assert (code, len(told), told[0]) == (1, 2, "paper-boat 3.1: PYSEC-0000-2 (CVE-0000-2) It burns.")


def test_a_hole_that_was_judged_is_passed_over_and_no_other(tmp_path: Path) -> None:
    judged = advisory(id="GHSA-0000-1", aliases=["CVE-0000-1"], **within(ZERO))
    other = advisory(id="GHSA-0000-2", aliases=["CVE-0000-2"], affected={"versions": ["2.0.0"]})
    code, told = audited(tmp_path, judged, other, ignored=["CVE-0000-1"])
    assert (code, [line.partition(" (")[0] for line in told[:-1]]) == (1, ["lantern 2.0.0: GHSA-0000-2"])
    assert audited(tmp_path, judged, ignored=["CVE-0000-1"])[0] == 0


def test_an_old_file_is_no_good_sign(tmp_path: Path) -> None:
    code, told = audited(tmp_path, advisory("lanterns"), now=datetime(2030, 5, 1, tzinfo=UTC))
    assert (code, told[-1][:56]) == (1, "That is more than 60 days ago, so nothing is known of wh")


def test_a_folder_of_yaml_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "uv.lock").write_text(LOCK)
    folder = tmp_path / "vulns" / "lantern"
    folder.mkdir(parents=True)
    (folder / "PYSEC-0000-1.yaml").write_text(yaml.safe_dump(advisory(affected={"versions": ["2.0.0"]})))
    code, told = audit(tmp_path / "vulns", tmp_path / "uv.lock", NOW)
    assert (code, told[0]) == (1, "lantern 2.0.0: PYSEC-0000-1 It burns.")


@every("raw", [b"", b"PyPI", b'{"PyPI": 1}', b"[" * 10_000 + b"PyPI", b"PK\x03\x04PyPI", b"\xff\xfe PyPI"])
def test_a_file_that_tells_nothing_is_refused_in_a_sentence(tmp_path: Path, raw: bytes) -> None:
    for name in ("all.json", "all.yaml", "all.zip"):
        (tmp_path / name).write_bytes(raw)
        with pytest.raises(NoAdvisories):
            audit(tmp_path / name, tmp_path / "uv.lock", NOW)


def test_no_file_is_no_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(tmp_path / "all.zip") == 1
    assert "Nothing was checked: docs/security.md" in capsys.readouterr().out
