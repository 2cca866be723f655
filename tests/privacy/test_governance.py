"""The papers of governance are there, were read within a year, and say what the code does (P36)."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.handoff.pending_end import BLOCKED
from bot.messaging import farewell
from bot.months import KEPT
from bot.reporting import change_requests
from bot.settings import Settings
from desk.notifications import push_subscriptions
from desk.shifts import calendar_feed, handover_notes
from tests.every import every
from tests.hotline import ROOT

pytestmark = pytest.mark.privacy

FOLDER = ROOT / "docs" / "governance"
DEMANDED = ("impact_assessment", "processing_record", "retention_schedule", "legal_orders", "breach")
PAPERS = sorted(FOLDER.glob("*.md"))
CHECKED = re.compile(r"^\*Checked on (\d{4}-\d\d-\d\d)\.", re.MULTILINE)


def test_each_paper_that_the_rule_demands_is_a_file() -> None:
    assert set(DEMANDED) <= {path.stem for path in PAPERS}
    listed = set(re.findall(r"\]\((\w+)\.md\)", (FOLDER / "README.md").read_text("utf-8")))
    assert listed == {path.stem for path in PAPERS} - {"README"}


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_no_paper_is_older_than_twelve_months(path: object) -> None:
    assert path in PAPERS
    (day,) = CHECKED.findall((FOLDER / getattr(path, "name", "")).read_text("utf-8"))
    assert timedelta(-1) <= datetime.now(UTC).date() - date.fromisoformat(day) <= timedelta(365)


@every(
    ("what", "kept"),
    [
        ("a conversation on the web page", f"{Settings.keep_web // 60} minutes"),
        ("a conversation by text message or Telegram", f"{Settings.keep_phone // 3600} hours"),
        ("the id of a message", f"{Settings.keep_seen // 3600} hours"),
        ("the id of a text message", f"{KEPT // 30 // 86_400} to {KEPT // 30 // 86_400 + 1} months"),
        ("who said STOP", f"{farewell._STOPPED // (365 * 86_400)} year"),
        ("who was blocked for abuse", f"{BLOCKED // 86_400} days"),
        ("counts", f"{KEPT // 86_400} days"),
        ("what the computer has noted", f"{Settings.way_back_hours} hours"),
        ("handover notes", f"{handover_notes.KEPT // 3600} hours"),
        ("an operator's device", f"{push_subscriptions.KEPT // 86_400} days"),
        ("the address of an operator's calendar", f"{calendar_feed.KEPT // 86_400} days"),
        ("what an organisation asks", f"{change_requests.REQUEST_LASTS // 86_400} days"),
        ("a link by which an organisation", f"{change_requests.LINK_LASTS // 86_400} days"),
    ],
)
def test_the_retention_schedule_says_what_the_code_keeps(what: str, kept: str) -> None:
    page = (FOLDER / "retention_schedule").with_suffix(".md").read_text("utf-8")
    (row,) = [line for line in page.splitlines() if line.startswith(f"| {what}")]
    assert row.split("|")[2].strip().startswith(kept)


def test_what_only_the_organisation_knows_is_left_open_and_nothing_is_signed() -> None:
    texts = [(FOLDER / f"{name}.md").read_text("utf-8") for name in DEMANDED]
    assert [text[:40] for text in texts if "**[" not in text or "no lawyer has read" not in text] == []


# Settings that are off, and let data of somebody go somewhere else or be kept longer where they are on.
OPENING = (
    "WAY_BACK_HOURS", "TRANSLATE_URL", "PUSH_SERVICES", "ALARM_WEBHOOK_URL", "SMTP_HOST", "SOURCE_LOOK", "DIRECTORY_API",
    "ORGANISATION_LINKS",
)  # fmt: skip


def test_the_record_of_processing_has_everything_that_a_setting_lets_out() -> None:
    record = (FOLDER / "processing_record").with_suffix(".md").read_text("utf-8")
    calls = (ROOT / "docs" / "privacy.md").read_text("utf-8").partition("## Whom it calls")[2].partition("\n## ")[0]
    unless_set = re.findall(r"\| `(\w+)`,[^|]*off unless set", calls)
    assert {name for name in (*OPENING, *unless_set) if f"`{name}`" not in record} == set()
    assert set(unless_set) <= set(OPENING)
