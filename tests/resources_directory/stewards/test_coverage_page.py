"""The page that shows which country has a line for which need."""

from datetime import date

from resources_directory.model.hsds import CountryEntries
from resources_directory.stewards.coverage_page import coverage_page

TODAY = date(2026, 11, 28)


def country(code: str, *kinds: str, **fields: object) -> CountryEntries:
    service = {
        "id": f"{code.lower()}-line", "name": "Line", "kinds": kinds, "phones": [{"number": "116 000"}], "status": "active",
        "verified": True,
    }  # fmt: skip
    return CountryEntries.model_validate(
        {
            "country": code,
            "emergency": [{"number": "112", "reaches": ["all"], "status": "active", "verified": True}],
            "organizations": [{"name": "Org", "operated_by": "ngo", "services": [service | fields]}],
        }
    )


def test_a_country_is_a_row_and_a_need_that_somebody_answers_is_a_column() -> None:
    page = coverage_page([country("NO", "labour"), country("EE", "child")], TODAY)

    assert "| country | emergency | labour | child | local |" in page
    assert "| Estonia | 112 |  | 1 |  |\n| Norway | 112 | 1 |  |  |" in page


def test_lines_that_tell_the_police_stand_in_brackets() -> None:
    page = coverage_page([country("NO", "labour", before_you_call=["line_warn_police"])], TODAY)

    assert "| Norway | 112 | (1) |  |" in page


def test_a_line_for_any_country_stands_at_the_end_and_is_no_country() -> None:
    page = coverage_page([country("NO", "labour"), country("ZZ", "seafarers")], TODAY)

    assert "**Countries:** 1." in page
    assert "- Line: 116 000 (seafarers)" in page


def test_who_helps_first_in_a_country_with_many_cases_is_named_and_what_is_empty_is_counted() -> None:
    page = coverage_page([country("NP", "labour", "shelter"), country("NO", "medical")], TODAY)

    assert "## 1 countries with most cases" in page
    assert "Empty cells: 3 of 5." in page
    assert "| Nepal |  | Line |  | Line |  |" in page


def test_whom_lines_say_they_are_for_is_counted() -> None:
    page = coverage_page([country("NO", "labour", **{"for": ["men", "lgbt"]})], TODAY)

    assert "women none, men 1," in page
