"""How long a check counts: lines stay, shelters go."""

from datetime import date, timedelta

import pytest

from resources_directory.model.freshness import NO_END, freshness, is_due, is_served, served_until
from resources_directory.model.hsds import Service
from tests.every import every

TODAY = date(2026, 3, 1)


def _service(days_ago: int | None, kind: str = "crisis", local: bool = False, **more: object) -> Service:
    plain: dict[str, object] = {
        "id": "es-a",
        "name": "Aa",
        "kinds": (kind,),
        "phones": ({"number": "1"},),
        "status": "active",
    }
    if days_ago is not None:
        plain |= {"checked_on": str(TODAY - timedelta(days=days_ago)), "checked_by": "Steward"}
        if kind == "shelter" and "checked_by" not in more:
            plain["confirmed_by"] = "Second steward"
    if local:
        plain |= {"service_area": {"extent_type": "city", "name": "Madrid"}}
    return Service.model_validate({"verified": True} | plain | more)


@every(
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


@every("days_ago", [None, 31, 3_000])
def test_a_national_line_stays_served_and_is_due(days_ago: int | None) -> None:
    service = _service(days_ago)

    assert is_served(service, TODAY)
    assert is_due(service, TODAY)


@every(("days_ago", "served"), [(None, False), (60, True), (61, False)])
def test_a_shelter_is_served_only_while_somebody_looked(days_ago: int | None, served: bool) -> None:
    assert is_served(_service(days_ago, "shelter", local=True), TODAY) is served


def test_a_suspended_service_is_not_served_however_fresh() -> None:
    assert not is_served(_service(0, "shelter", local=True, status="suspended"), TODAY)


def test_a_closed_service_needs_no_look() -> None:
    assert not is_due(_service(None, status="closed"), TODAY)


@pytest.mark.parametrize(
    ("kind", "until"), [("shelter", TODAY + timedelta(days=60)), ("medical", TODAY + timedelta(days=180))]
)
def test_a_checked_local_service_is_served_to_a_last_day_and_not_one_longer(kind: str, until: date) -> None:
    service = _service(0, kind, local=True)

    assert served_until(service) == until
    assert [is_served(service, until + timedelta(days=more)) for more in (0, 1)] == [True, False]


def test_a_verified_national_line_has_no_last_day() -> None:
    assert served_until(_service(None)) == NO_END
    assert served_until(_service(None, verified=False)) is None


def test_a_shelter_that_one_steward_has_seen_is_not_served_before_a_second_did() -> None:
    alone = _service(0, "shelter", local=True, checked_by="Steward")

    assert served_until(alone) is None
    assert not is_served(alone, TODAY)
    assert is_served(alone.model_copy(update={"confirmed_by": "Another"}), TODAY)


@every("status", ["suspended", "closed", "proposed"])
@every("local", [True, False])
def test_what_is_out_of_service_is_never_served(status: str, local: bool) -> None:
    service = _service(0, "medical", local, status=status)

    assert served_until(service) is None
    assert not is_served(service, TODAY, unchecked=True)


def test_only_a_demonstration_shows_what_no_steward_has_seen() -> None:
    service = _service(None, "shelter", local=True)

    assert not is_served(service, TODAY)
    assert is_served(service, TODAY, unchecked=True)
    assert not is_served(_service(None, "shelter", local=True, verified=False), TODAY, unchecked=True)


def test_a_demonstration_does_not_bring_back_what_has_expired() -> None:
    assert not is_served(_service(61, "shelter", local=True), TODAY, unchecked=True)


def test_a_check_dated_in_the_future_does_not_keep_a_shelter_for_a_lifetime() -> None:
    assert not is_served(_service(-365, "shelter", local=True), TODAY)
    assert is_served(_service(-1, "shelter", local=True), TODAY)  # it is tomorrow already in New Zealand
