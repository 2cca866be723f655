"""What is to be checked first."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from resources_directory.files.entries_folder import ENTRIES
from resources_directory.stewards.due import due

TODAY = date(2026, 3, 1)


def row(
    name: str, kind: str = "medical", days_ago: int | None = None, local: bool = True, **more: object
) -> dict[str, object]:
    plain: dict[str, object] = {
        "id": f"es-{name}", "name": name, "kinds": [kind], "phones": [{"number": "016"}], "status": "active", "verified": True,
    }  # fmt: skip
    if days_ago is not None:
        plain |= {"checked_on": str(TODAY - timedelta(days=days_ago)), "checked_by": "Owl", "confirmed_by": "Crane"}
    if local:
        plain |= {"service_area": {"extent_type": "city", "name": "Madrid"}}
    return plain | more


ROWS = [
    row("proposed", status="proposed", verified=False),
    row("again", days_ago=100),
    row("line", "crisis", local=False),
    row("line-fresh", "crisis", days_ago=3, local=False),
    row("never"),
    row("never-shelter", "shelter"),
    row("gone", days_ago=181),
    row("soon-gone", days_ago=170),
    row("sooner-gone", days_ago=175),
    row("second", "shelter", days_ago=1, confirmed_by=None),
    row("suspended", status="suspended"),
    row("complained", days_ago=1),
    row("complained-twice", days_ago=1),
    row("fresh", days_ago=1),
    row("closed", status="closed"),
]
ORDER = [
    "complained-twice", "complained", "suspended", "second", "sooner-gone", "soon-gone", "gone", "never-shelter", "never",
    "line", "again", "proposed",
]  # fmt: skip
COMPLAINTS = {"es-complained": 1, "es-complained-twice": 2, "es-closed": 9}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    plain = {"country": "ES", "organizations": [{"name": "Org", "operated_by": "ngo", "services": ROWS}]}
    (tmp_path / "es.yml").write_text(yaml.safe_dump(plain), "utf-8")
    (tmp_path / "fr.yml").write_text("country: FR\n", "utf-8")
    return tmp_path


def test_what_hurts_most_comes_first_and_what_is_in_order_not_at_all(folder: Path) -> None:
    assert [found.service.name for found in due(TODAY, COMPLAINTS, folder)] == ORDER


def test_a_line_that_somebody_complained_about_comes_first_however_fresh(folder: Path) -> None:
    assert due(TODAY, {"es-line-fresh": 1}, folder)[0].service.id == "es-line-fresh"


def test_a_check_takes_a_service_off_the_list_until_its_time(folder: Path) -> None:
    def names(today: date) -> list[str]:
        return [found.service.name for found in due(today, {}, folder)]

    assert "fresh" not in names(TODAY + timedelta(days=89))
    assert "fresh" in names(TODAY + timedelta(days=90))


def test_one_country_can_be_asked_for(folder: Path) -> None:
    assert due(TODAY, {}, folder, "FR") == []


def test_the_words_for_the_call_hold_number_and_doubt_and_nothing_of_a_caller(folder: Path) -> None:
    (one,) = [found for found in due(TODAY, {"es-line-fresh": 3}, folder) if found.why == "complaint"]

    script = one.script()
    assert "Is 016 the right number" in script
    assert "about Org is right" in script
    assert "trafficking" not in script.lower()


def test_every_real_service_has_words_for_its_call() -> None:
    assert all("$" not in found.script() for found in due(TODAY, {}, ENTRIES))
