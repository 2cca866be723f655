"""What changed lately: newest first, and an import of many rows in one line."""

from resources_directory.files.change_log import Change
from resources_directory.upkeep.recent_changes import recent
from tests.resources_directory.small import NOW


def change(id: str, when: str, what: str = "checked", reason: str = "") -> Change:
    return Change.model_validate({"id": id, "what": what, "who": "Blue Heron", "when": when, "reason": reason})


def test_a_week_is_seven_days_and_the_newest_is_first() -> None:
    log = [
        change("es-a", "2026-11-18T14:59:00Z"),
        change("es-b", "2026-11-19T00:00:00Z"),
        change("es-c", "2026-11-25T00:00:00Z"),
    ]
    assert [group.last.id for group in recent(log, NOW, 7)] == ["es-c", "es-b"]


def test_an_import_of_many_rows_is_one_line_for_each_country() -> None:
    rows = [
        change(f"{country}-{n}", f"2026-11-25T00:00:0{n}Z", "imported", "feed")
        for country in ("es", "it")
        for n in range(9)
    ]
    assert [(group.last.id[:2], group.count) for group in recent(rows, NOW, 7)] == [("es", 9), ("it", 9)]
    assert len(recent(rows[:3], NOW, 7)) == 3


def test_one_country_can_be_asked_for() -> None:
    log = [change("es-a", "2026-11-25T00:00:00Z"), change("it-a", "2026-11-25T00:00:00Z")]
    assert [group.last.id for group in recent(log, NOW, 7, "IT")] == ["it-a"]
