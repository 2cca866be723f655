"""A steward's word while the directory can not be compiled: what is dangerous is not given, and what holds is said."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.reporting import complaints
from bot.reporting.complaints import suspended
from bot.settings import Settings
from commands.directory.steward import StewardSession, checked, close, suspend
from resources_directory.search.finder import Finder
from resources_directory.stewards.verification import Check
from tests.commands.directory.test_steward_commands import in_redis
from tests.resources_directory.small import NOW, query, rebuilt, with_places

US = """\
country: US
organizations:
  - name: Org
    operated_by: ngo
    services:
      - id: us-lawyer
        name: Lawyer
        kinds: [legal_aid]
        phones:
          - number: '713-526-2100'
        service_area: {extent_type: city, name: Houston}
        locations:
          - {location_type: physical, city: Houston, latitude: 29.76, longitude: -95.36}
        status: active
        verified: true
        checked_on: '2026-11-01'
        checked_by: Owl
      - id: us-line
        name: Line
        kinds: [trafficking]
        phones:
          - number: '911'
        status: active
        verified: true
        sources: [https://example.org]
"""
OLD = "but the compiled directory is old: zz.yml, line 2: not readable as YAML"
AGAIN = "Mend that, then say this again.\n"


@pytest.fixture
def desk(tmp_path: Path, settings: Settings) -> StewardSession:
    """A steward beside a running hotline; in another country's file somebody has made a slip."""
    folder = tmp_path / "entries"
    folder.mkdir()
    (folder / "us.yml").write_text(US, "utf-8")
    desk = StewardSession(settings, folder, NOW)
    rebuilt(settings.directory_file)
    with_places(settings.var)
    assert suspend(desk, "us-lawyer", "Heron", "Try.") == checked(desk, "us-lawyer", Check("Heron", desk.today)) == 0
    (folder / "zz.yml").write_text("country: [")
    return desk


def given(desk: StewardSession) -> list[str]:
    """What a person in Houston gets who looks for a lawyer."""
    without = in_redis(desk.settings, suspended)
    return [one.number for one in Finder(desk.settings.directory_file).find(query(without=without), NOW).services]


def mended(desk: StewardSession) -> StewardSession:
    (desk.folder / "zz.yml").unlink()
    return desk


@pytest.mark.parametrize(("take_out", "what"), [(suspend, "suspended"), (close, "closed")])
def test_a_slip_in_another_file_keeps_no_service_in_the_answers(
    desk: StewardSession,
    capsys: pytest.CaptureFixture[str],
    take_out: Callable[[StewardSession, str, str, str], int],
    what: str,
) -> None:
    assert given(desk) == ["713-526-2100"]
    capsys.readouterr()

    assert take_out(desk, "us-lawyer", "Heron", "Rings out.") == 1
    printed = capsys.readouterr()
    assert (printed.out, given(desk)) == ("", [])
    assert printed.err.startswith(f"us-lawyer is {what} in its file, {OLD}")
    assert printed.err.endswith(f"A running hotline holds it back, for 180 days. {AGAIN}")

    assert take_out(mended(desk), "us-lawyer", "Heron", "Rings out.") == 0
    assert capsys.readouterr().out == f"us-lawyer is {what}: it is not given to anybody.\n"
    assert (given(desk), in_redis(desk.settings, suspended)) == ([], frozenset())


def test_an_old_number_is_not_given_when_the_new_one_can_not_be_compiled(
    desk: StewardSession, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checked(desk, "us-lawyer", Check("Heron", desk.today, number="713-526-2101")) == 1
    assert given(desk) == []
    assert f"us-lawyer is checked in its file, {OLD}" in capsys.readouterr().err

    assert checked(mended(desk), "us-lawyer", Check("Heron", desk.today)) == 0
    assert given(desk) == ["713-526-2101"]


def test_a_check_that_changes_no_number_leaves_the_service_in_the_answers_and_the_complaints_open(
    desk: StewardSession, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checked(desk, "us-lawyer", Check("Heron", desk.today, languages="es")) == 1
    assert given(desk) == ["713-526-2100"]
    assert capsys.readouterr().err.endswith(
        f"A running hotline still answers by what stood there before, and no complaint was answered. {AGAIN}"
    )

    in_redis(desk.settings, lambda store: complaints.suspend(store, "us-lawyer"))
    checked(desk, "us-lawyer", Check("Heron", desk.today, languages="es"))
    assert given(desk) == []


def test_a_steward_is_told_when_nothing_can_be_held_back(
    desk: StewardSession, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = replace(desk, settings=replace(desk.settings, redis_url="redis://127.0.0.1:1"))

    assert suspend(alone, "us-lawyer", "Heron", "Rings out.") == 1
    assert "STILL GIVES it as it was: it could not be reached" in capsys.readouterr().err


def test_a_steward_is_told_that_a_national_line_is_still_given(
    desk: StewardSession, capsys: pytest.CaptureFixture[str]
) -> None:
    assert suspend(desk, "us-line", "Heron", "Rings out.") == 1
    assert "STILL GIVES it as it was: a national line can not be held back" in capsys.readouterr().err


def test_a_service_whose_own_file_is_broken_is_held_back(
    desk: StewardSession, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = f"{US}  - name: ["
    (desk.folder / "us.yml").write_text(broken, "utf-8")

    assert suspend(desk, "us-lawyer", "Heron", "Rings out.") == 1
    assert (given(desk), (desk.folder / "us.yml").read_text("utf-8")) == ([], broken)
    said = capsys.readouterr().err
    assert said.startswith("us.yml, line 27: not readable as YAML")
    assert "\nus-lawyer was not changed in its file. A running hotline holds it back" in said
