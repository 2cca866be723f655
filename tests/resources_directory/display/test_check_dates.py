"""When something was checked, in words."""

from resources_directory.display.check_dates import month_named
from tests.every import every


@every(
    ("locale", "said"),
    [
        ("en", "December 2025"),
        ("fa", "دسامبر ۲۰۲۵"),
        ("bn", "ডিসেম্বর ২০২৫"),
        ("ru", "декабрь 2025"),
        ("uk", "грудень 2025"),
        ("tl", "Disyembre 2025"),
        ("zh-Hans", "2025年12月"),
        ("xx", "December 2025"),
    ],
)
def test_a_month_is_named_in_the_language_and_digits_of_the_reader(locale: str, said: str) -> None:
    assert month_named("2025-12-19", locale) == said
    assert month_named("2025-12", locale) == said


def test_a_year_alone_stays_a_year() -> None:
    assert month_named("2025", "en") == "2025"
    assert month_named("2025", "fa") == "۲۰۲۵"
