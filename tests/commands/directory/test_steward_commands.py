"""`quietline directory due`, `checked` and the rest, as a steward types them."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from typer.testing import CliRunner

from bot.crypto.vault import Vault
from bot.reporting import unmet_needs
from bot.reporting.complaints import LEAST, complain, counts, suspended
from bot.settings import Settings
from bot.storage.store import Store
from commands.directory.coverage_table import show
from commands.directory.steward import StewardSession, checked, close, history, list_due, suspend
from quietline import app
from resources_directory.files.change_log import FILE
from resources_directory.files.entries_folder import read_file
from resources_directory.model.hsds import Service
from resources_directory.stewards.verification import Check
from tests.hotline import MASTER

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
SPAIN = """\
country: ES
organizations:
  - name: Org
    operated_by: ngo
    services:
      - id: es-shelter
        name: Shelter
        kinds: [shelter]
        phones:
          - number: '914 11 32 32'
        service_area: {extent_type: city, name: Madrid}
        status: active
        verified: true
        sources: [https://example.org]
        doubt: Same number as another.
      - id: es-line
        name: Line
        kinds: [trafficking]
        languages: [es]
        phones:
          - number: '016'
        status: active
        verified: true
        sources: [https://example.org]
"""
Run = Callable[..., int]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "entries"
    folder.mkdir()
    (folder / "es.yml").write_text(SPAIN, "utf-8")
    return folder


@pytest.fixture
def alone(folder: Path, tmp_path: Path) -> StewardSession:
    """A steward on a machine where no hotline runs."""
    return StewardSession(Settings.from_env({"QUIETLINE_VAR": str(tmp_path / "var")}), folder, NOW)


@pytest.fixture
def desk(folder: Path, settings: Settings) -> StewardSession:
    """A steward beside a running hotline."""
    return StewardSession(settings, folder, NOW)


def check(desk: StewardSession, by: str = "Blue Heron", **facts: str) -> Check:
    return Check(by, desk.today, **facts)


def service(desk: StewardSession, at: int = 0) -> Service:
    return read_file(desk.folder / "es.yml").organizations[0].services[at]


def test_a_check_is_said_back_with_the_day_to_which_the_service_is_given(
    alone: StewardSession, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checked(alone, "es-shelter", check(alone, second="Owl")) == 0

    printed = capsys.readouterr().out
    assert printed == "es-shelter was checked on 2026-03-01 by Blue Heron. It is given until 2026-04-30.\n"


def test_a_shelter_is_given_after_the_second_steward_and_not_before(
    alone: StewardSession, capsys: pytest.CaptureFixture[str]
) -> None:
    checked(alone, "es-shelter", check(alone))
    assert "not given yet: a second steward has to look too." in capsys.readouterr().out

    checked(alone, "es-shelter", check(alone, "Owl"))
    assert "It is given until 2026-04-30." in capsys.readouterr().out


def test_a_suspended_service_is_given_to_nobody_and_its_history_says_why(
    alone: StewardSession, capsys: pytest.CaptureFixture[str]
) -> None:
    assert suspend(alone, "es-line", "Blue Heron", "Rings out.") == 0
    assert checked(alone, "es-line", check(alone, languages="es,en", note="Rang again.")) == 0
    capsys.readouterr()

    assert history(alone, "es-line") == 0
    assert capsys.readouterr().out.splitlines() == [
        "2026-03-01T09:30:00Z  suspended by Blue Heron: Rings out.",
        "    status: active -> suspended",
        "    doubt: None -> Rings out.",
        "2026-03-01T09:30:00Z  activated by Blue Heron: Rang again.",
        "    status: suspended -> active",
        "    checked_on: None -> 2026-03-01",
        "    checked_by: None -> Blue Heron",
        '    languages: ["es"] -> ["es", "en"]',
        "    doubt: Rings out. -> None",
    ]


def test_a_closed_service_is_off_the_list(alone: StewardSession, capsys: pytest.CaptureFixture[str]) -> None:
    assert close(alone, "es-line", "Blue Heron", "The organization has ended.") == 0
    capsys.readouterr()

    list_due(alone, None, 9, as_json=True)
    assert [row["id"] for row in json.loads(capsys.readouterr().out)] == ["es-shelter"]


REFUSED: list[tuple[Run, tuple[object, ...], str]] = [
    (checked, ("es-nobody", Check("Blue Heron", NOW.date())), "There is no service with the id 'es-nobody'."),
    (checked, ("es-line", Check("Blue Heron", NOW.date(), on="2027-01-01")),
     "2027-01-01 lies in the future: give the day on which you looked."),
    (checked, ("es-line", Check("Blue Heron", NOW.date(), hours="often")),
     "'often' can not be read as opening hours; write them like Mo-Fr 09:00-17:00, or 24/7."),
    (checked, ("es-line", Check("Blue Heron", NOW.date(), languages="xx-spanish")),
     "'xx-spanish' is no language; give names or codes like Spanish, en, or mul for many."),
    (checked, ("es-line", Check(" ", NOW.date())), "Give your name on the desk, of 2 to 60 letters."),
    (checked, ("es-line", Check("Blue Heron", NOW.date(), second="x" * 90)), "Give your name on the desk, of 2 to 60 letters."),
    (suspend, ("es-line", "Blue Heron", " "), "Give a reason, and in it nothing that a person wrote."),
    (close, ("es-nobody", "Blue Heron", "Gone."), "There is no service with the id 'es-nobody'."),
    (history, ("es-nobody",), "There is no service with the id 'es-nobody'."),
    (list_due, ("narnia", 5), "The directory has no country 'narnia'; give its two-letter code."),
]  # fmt: skip


@pytest.mark.parametrize(("command", "arguments", "sentence"), REFUSED)
def test_a_slip_is_said_in_one_sentence_and_changes_nothing(
    alone: StewardSession,
    capsys: pytest.CaptureFixture[str],
    command: Run,
    arguments: tuple[object, ...],
    sentence: str,
) -> None:
    assert command(alone, *arguments) == 1

    assert capsys.readouterr().err == f"{sentence}\n"
    assert (alone.folder / "es.yml").read_text("utf-8") == SPAIN
    assert not (alone.folder / FILE).exists()


def test_what_is_due_is_told_with_number_doubt_and_words_for_the_call(
    alone: StewardSession, capsys: pytest.CaptureFixture[str]
) -> None:
    assert list_due(alone, "es", 1) == 0

    printed = capsys.readouterr()
    assert "1. es-shelter\n" in printed.out
    assert "Number: 914 11 32 32\n" in printed.out
    assert "Doubt:  Same number as another.\n" in printed.out
    assert "Is 914 11 32 32 the right number" in printed.out
    assert "1 of 2 services to check." in printed.out
    assert printed.err.startswith("The complaints of the hotline could not be reached")


Asked = TypeVar("Asked")


def in_redis(settings: Settings, what: Callable[[Store], Awaitable[Asked]]) -> Asked:
    async def ask() -> Asked:
        store = Store.connect(settings.redis_url, Vault(MASTER))
        try:
            return await what(store)
        finally:
            await store.close()

    return asyncio.run(ask())


async def complained(store: Store) -> None:
    """Two conversations have complained about the shelter."""
    for _ in range(LEAST):
        await complain(store, "es-shelter", time.time())


def test_a_complaint_comes_first(desk: StewardSession, capsys: pytest.CaptureFixture[str]) -> None:
    in_redis(desk.settings, lambda store: complain(store, "es-line", time.time()))

    assert list_due(desk, None, 9, as_json=True) == 0
    first = json.loads(capsys.readouterr().out)[0]
    assert (first["id"], first["why"], first["complaints"]) == ("es-line", "complaint", 1)


def test_a_check_answers_the_complaints_so_that_the_service_is_given_again(desk: StewardSession) -> None:
    in_redis(desk.settings, complained)
    assert in_redis(desk.settings, suspended) == {"es-shelter"}

    checked(desk, "es-shelter", check(desk, second="Owl"))
    assert (in_redis(desk.settings, suspended), in_redis(desk.settings, counts)) == (frozenset(), {})


def test_a_refused_check_answers_no_complaint(desk: StewardSession) -> None:
    in_redis(desk.settings, complained)

    checked(desk, "es-shelter", check(desk, hours="often"))
    assert in_redis(desk.settings, suspended) == {"es-shelter"}


def test_a_steward_without_the_hotline_is_told_what_stays(
    alone: StewardSession, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checked(alone, "es-line", check(alone)) == 0

    assert "If somebody complained about es-line, it is held back" in capsys.readouterr().err
    assert service(alone, 1).checked_by == "Blue Heron"


def test_coverage_names_gaps_services_lines_and_what_was_not_found(
    desk: StewardSession, capsys: pytest.CaptureFixture[str]
) -> None:
    wish = {"need": "find_shelter", "country": "ES", "region": "29", "locale": "es"}
    two_months_ago = time.time() - 61 * 86_400
    in_redis(desk.settings, lambda store: unmet_needs.count(store, [wish] * 11, two_months_ago))

    assert show(desk, as_json=True) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["gaps"] == {"ES": ["shelter", "legal_aid", "medical", "counselling", "labour", "migrant"]}
    assert found["local"] == []
    assert found["national"] == [
        {"country": "ES", "region": "", "need": "trafficking", "services": 1, "languages": {"es": 1}}
    ]
    assert found["not_found"][-1]["count"] == 11


def test_coverage_follows_a_check_and_its_end(alone: StewardSession, capsys: pytest.CaptureFixture[str]) -> None:
    checked(alone, "es-shelter", check(alone, second="Owl", languages="es,ro"))
    capsys.readouterr()

    show(alone, as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert "shelter" not in found["gaps"]["ES"]
    assert found["local"] == [
        {"country": "ES", "region": "Madrid", "need": "shelter", "services": 1, "languages": {"es": 1, "ro": 1}}
    ]
    show(replace(alone, now=NOW + timedelta(days=61)), as_json=True)
    assert "shelter" in json.loads(capsys.readouterr().out)["gaps"]["ES"]


def test_coverage_leaves_out_what_a_complaint_holds_back(
    desk: StewardSession, capsys: pytest.CaptureFixture[str]
) -> None:
    checked(desk, "es-shelter", check(desk, second="Owl"))
    in_redis(desk.settings, complained)
    capsys.readouterr()

    show(desk, as_json=True)
    assert json.loads(capsys.readouterr().out)["local"] == []


def test_coverage_is_shown_as_tables(alone: StewardSession, capsys: pytest.CaptureFixture[str]) -> None:
    assert show(alone) == 0

    printed = capsys.readouterr().out
    assert printed.index("Gaps") < printed.index("Local services") < printed.index("National lines")


def test_the_commands_are_there(folder: Path) -> None:
    found = CliRunner().invoke(app, ["directory", "--help"])
    assert all(name in found.output for name in ("due", "checked", "suspend", "close", "history", "coverage"))


def test_the_command_line_ends_with_one_and_a_sentence() -> None:
    found = CliRunner().invoke(app, ["directory", "checked", "es-nobody", "--by", "Blue Heron"])
    assert (found.exit_code, found.stderr) == (1, "There is no service with the id 'es-nobody'.\n")
