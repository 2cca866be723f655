"""How long a check counts: lines stay, shelters go."""

from datetime import date, timedelta

import pytest

from resources_directory.freshness import freshness, is_due, is_served
from resources_directory.resource import Service

TODAY = date(2026, 3, 1)


def _service(days_ago: int | None, kind: str = "crisis", local: bool = False, **more: str) -> Service:
    plain: dict[str, object] = {
        "id": "es-a",
        "name": "Aa",
        "kinds": (kind,),
        "phones": ({"number": "1"},),
        "status": "active",
        **more,
    }
    if days_ago is not None:
        plain |= {"checked_on": str(TODAY - timedelta(days=days_ago)), "checked_by": "Steward"}
    if local:
        plain |= {"service_area": {"extent_type": "city", "name": "Madrid"}}
    return Service.model_validate({"verified": True} | plain)


@pytest.mark.parametrize(
    ("days_ago", "kind", "local", "expected"),
    [
        (None, "crisis", False, "never_checked"),
        (30, "crisis", False, "fresh"),
        (31, "crisis", False, "due"),
        (3_000, "crisis", False, "due"),
        (None, "medical", True, "never_checked"),
        (90, "medical", True, "fresh"),
        (180, "medical", True, "due"),
        (181, "medical", True, "expired"),
        (30, "shelter", True, "fresh"),
        (60, "shelter", True, "due"),
        (61, "shelter", True, "expired"),
    ],
)
def test_a_check_counts_for_its_time(days_ago: int | None, kind: str, local: bool, expected: str) -> None:
    assert freshness(_service(days_ago, kind, local), TODAY) == expected


@pytest.mark.parametrize("days_ago", [None, 31, 3_000])
def test_a_national_line_stays_served_and_is_due(days_ago: int | None) -> None:
    service = _service(days_ago)

    assert is_served(service, TODAY)
    assert is_due(service, TODAY)


@pytest.mark.parametrize(("days_ago", "served"), [(None, False), (60, True), (61, False)])
def test_a_shelter_is_served_only_while_somebody_looked(days_ago: int | None, served: bool) -> None:
    assert is_served(_service(days_ago, "shelter", local=True), TODAY) is served


def test_a_suspended_service_is_not_served_however_fresh() -> None:
    assert not is_served(_service(0, "shelter", local=True, status="suspended"), TODAY)


def test_a_closed_service_needs_no_look() -> None:
    assert not is_due(_service(None, status="closed"), TODAY)
