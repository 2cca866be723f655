"""When a service is open, by the clock on the wall there and the holidays of the country."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from resources_directory.model.opening_hours import Hours, changes_at, open_now
from tests.every import every

BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = datetime(2026, 11, 25, 12, 0, tzinfo=BERLIN)


def berlin(expression: str) -> Hours:
    """Return hours in Germany."""
    return Hours(expression, "Europe/Berlin", "DE")


@every(
    ("expression", "moment", "is_open"),
    [
        ("24/7", WEDNESDAY, True),
        ("Mo-Fr 09:00-17:00", WEDNESDAY, True),
        ("Mo-Fr 09:00-17:00", WEDNESDAY.replace(hour=17), False),
        ("Mo-Fr 09:00-17:00", datetime(2026, 11, 25, 8, 30, tzinfo=UTC), True),
        ("Fr-Sa 22:00-04:00", datetime(2026, 11, 29, 3, 0, tzinfo=BERLIN), True),  # the night from Saturday on
        ("Mo-Su 00:00-12:00, Mo-Su 12:30-23:59", WEDNESDAY.replace(hour=6), True),
        ("Mo-Fr 09:00-17:00; PH off", datetime(2026, 12, 25, 12, 0, tzinfo=BERLIN), False),
        ("Mo-Fr 09:00-17:00 unknown", WEDNESDAY, None),
        ("by appointment", WEDNESDAY, None),
        ("", WEDNESDAY, None),
    ],
)
def test_it_is_open_closed_or_not_known(expression: str, moment: datetime, is_open: bool | None) -> None:
    assert open_now(berlin(expression), moment) is is_open


@every(
    ("expression", "told"),
    [
        ("Mo-Fr 09:00-17:00", "25 17:00"),
        ("Mo-Tu 09:00-17:00", "30 09:00"),
        ("24/7", None),
        ("Mo-Su 00:00-24:00", None),
        ("Mo-Fr 12:30-17:00 unknown", None),
        ("2020 Mo-Fr 09:00-17:00", None),
        ("", None),
    ],
)
def test_the_next_change_is_told_in_its_own_time(expression: str, told: str | None) -> None:
    change = changes_at(berlin(expression), WEDNESDAY.astimezone(UTC))
    assert (change and change.strftime("%d %H:%M")) == told


def test_the_hour_that_does_not_exist_breaks_nothing() -> None:
    night = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)  # a minute before the clocks are put forward
    assert open_now(berlin("Mo-Su 02:00-03:00"), night) is False
    assert open_now(berlin("Mo-Su 03:00-04:00"), night.replace(hour=1)) is True


def test_a_country_without_known_holidays_has_hours_all_the_same() -> None:
    hours = Hours("Mo-Fr 09:00-17:00", "Europe/Belgrade", "XK")
    assert open_now(hours, WEDNESDAY) is True
