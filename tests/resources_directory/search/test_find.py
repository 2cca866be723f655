"""What is found for a query, as the one who is sent there would notice it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from resources_directory.model.search_query import FoundServices
from tests.resources_directory.small import HOUSTON, NOW, compiled, entries, query, service

Find = Callable[..., FoundServices]


@pytest.fixture
def find(tmp_path: Path) -> Find:
    """Look in a directory of these services: `find(services, query)`."""

    def look(services: list[dict[str, Any]], asked: Any = None, now: Any = NOW) -> FoundServices:
        return compiled(tmp_path / "directory.sqlite", entries(*services)).find(asked or query(), now)

    return look


def names(found: FoundServices) -> list[str]:
    """Return the names, best first."""
    return [referral.name for referral in found.services]


def test_the_nearest_comes_first_and_its_distance_is_told(find: Find) -> None:
    found = find([service("Far", "Galveston"), service("Here")])
    assert names(found) == ["Here", "Far"]
    assert [round(referral.kilometres or 0) for referral in found.services] == [0, 75]
    assert found.reach == "near"


def test_what_is_in_town_is_called_so(find: Find) -> None:
    assert find([service("Here")]).reach == "place"


def test_when_nothing_is_near_the_region_is_searched(find: Find) -> None:
    found = find([service("Dallas Law", "Dallas")])
    assert names(found) == ["Dallas Law"]
    assert found.reach == "region"


def test_a_region_alone_is_enough(find: Find) -> None:
    found = find([service("Dallas Law", "Dallas")], query(place=None, region="TX"))
    assert names(found) == ["Dallas Law"]
    assert found.services[0].kilometres is None


def test_where_nothing_fits_there_is_no_service_and_the_floor_is_the_country(find: Find) -> None:
    line = service("National Line", locations=[], service_area={"extent_type": "country"}, kinds=["trafficking"])
    found = find([line, service("Clinic", kinds=["medical"])])
    assert names(found) == []
    assert found.reach is None
    assert [one.name for one in found.lines] == ["National Line"]


def test_at_the_same_distance_who_is_open_now_comes_first_then_who_speaks_the_language(find: Find) -> None:
    shut = service("Shut", schedules=[{"opening_hours": "Mo-Fr 13:00-17:00"}], languages=["tl"])
    unknown = service("Unknown", languages=["en"])
    speaks = service("Speaks", languages=["tl"])
    open_ = service("Open", schedules=[{"always": True}])
    assert names(find([shut, unknown, speaks], query(locale="tl"))) == ["Speaks", "Unknown", "Shut"]
    assert names(find([shut, speaks, open_], query(locale="tl"))) == ["Open", "Speaks", "Shut"]


def test_of_equals_the_one_checked_last_comes_first(find: Find) -> None:
    old, new = service("Old", checked_on="2026-10-01"), service("New", checked_on="2026-11-20")
    assert names(find([old, new])) == ["New", "Old"]


def test_hours_are_those_of_the_clock_on_the_wall_there(find: Find) -> None:
    found = find([service("Nine To Five", schedules=[{"opening_hours": "Mo-Fr 09:00-17:00"}])])
    assert found.services[0].open_now is True
    closes = found.services[0].changes_at
    assert closes is not None
    assert closes.strftime("%A %H:%M") == "Wednesday 17:00"


def test_unsure_hours_are_not_known(find: Find) -> None:
    found = find([service("Maybe", schedules=[{"hours_note": "office hours"}])])
    assert found.services[0].open_now is None
    assert found.services[0].opening_hours is None


def test_open_now_gives_only_what_is_known_to_be_open(find: Find) -> None:
    shut = service("Shut", schedules=[{"opening_hours": "Mo-Fr 13:00-17:00"}])
    open_ = service("Open", "Pasadena", schedules=[{"opening_hours": "Mo-Fr 08:00-17:00"}])
    assert names(find([shut, service("Unknown"), open_], query(open_now=True))) == ["Open"]


@pytest.mark.parametrize(
    ("refusing", "asked"),
    [
        ({"eligibility": {"genders": ["female"]}}, {"gender": "male"}),
        ({"eligibility": {"minimum_age": 18}}, {"ages": (0, 17)}),
        ({"eligibility": {"maximum_age": 25}}, {"ages": (26, 26)}),
        ({"eligibility": {"with_children": False}}, {"with_children": True}),
        ({"eligibility": {"without_papers": False}}, {"without_papers": True}),
        ({"before_you_call": ["know_by_police"]}, {"without_police": True}),
        ({"before_you_call": ["line_warn_police"]}, {"without_police": True}),
        ({"cost": "paid"}, {"free": True}),
        ({"languages": ["en"]}, {"language": "tl"}),
    ],
)
def test_nobody_is_sent_to_who_refuses_them(find: Find, refusing: dict[str, Any], asked: dict[str, Any]) -> None:
    services = [service("Refuses", **refusing), service("Takes", languages=["tl", "en"])]
    assert names(find(services, query(**asked))) == ["Takes"]
    assert set(names(find(services))) == {"Refuses", "Takes"}


@pytest.mark.parametrize("age", [18, 25])
def test_the_ages_at_the_ends_are_let_in(find: Find, age: int) -> None:
    ages = {"minimum_age": 18, "maximum_age": 25}
    assert names(find([service("Young", eligibility=ages)], query(ages=(age, age)))) == ["Young"]


def test_what_is_not_stated_shuts_nobody_out(find: Find) -> None:
    asked = query(
        gender="other", ages=(80, 80), with_children=True, without_papers=True, without_police=True, free=True
    )
    assert names(find([service("Says Nothing")], asked)) == ["Says Nothing"]


def test_an_interpreter_counts_as_any_language_and_comes_after_a_speaker(find: Find) -> None:
    services = [
        service("Many", languages=["mul"]),
        service("Speaks", languages=["fil"]),
        service("English", languages=["en"]),
    ]
    assert names(find(services, query(language="tl"))) == ["Speaks", "Many"]


def test_who_belongs_to_the_police_comes_after_the_others(find: Find) -> None:
    police = service(
        "Police Desk", operated_by="police", before_you_call=["line_warn_police"], schedules=[{"always": True}]
    )
    assert names(find([police, service("Law Clinic")])) == ["Law Clinic", "Police Desk"]


def test_what_was_given_before_is_not_given_again(find: Find) -> None:
    assert names(find([service("One"), service("Two")], query(without=frozenset({"us-one"})))) == ["Two"]


def test_closer_leaves_out_what_is_as_far(find: Find) -> None:
    services = [service("Near", "Pasadena"), service("Far", "Galveston")]
    assert names(find(services, query(nearer_than=50.0))) == ["Near"]


def test_another_country_is_not_next_door(find: Find) -> None:
    assert names(find([service("Here")], replace(query(), country="MX"))) == []


def test_one_service_is_given_once_for_several_needs_and_places(find: Find) -> None:
    both = service("Both", kinds=["legal_aid", "shelter"], confirmed_by="second")
    both["locations"] = [
        *both["locations"],
        {**both["locations"][0], "city": "Galveston", "latitude": 29.3, "longitude": -94.8},
    ]
    found = find([both], query(kinds=("shelter", "legal_aid")))
    assert names(found) == ["Both"]
    assert found.services[0].city == "Houston"


def test_the_need_comes_before_what_is_close_to_it(find: Find) -> None:
    services = [service("Lawyer"), service("Shelter", kinds=["shelter"], confirmed_by="second")]
    assert names(find(services, query(kinds=("shelter", "legal_aid")))) == ["Shelter", "Lawyer"]


@pytest.mark.parametrize(("kinds", "days"), [(["shelter"], 60), (["legal_aid"], 180)])
def test_a_check_runs_out_and_the_row_is_gone(find: Find, kinds: list[str], days: int) -> None:
    checked = date.fromisoformat("2026-11-01")
    row = service("House", kinds=kinds, confirmed_by="second")
    last = NOW.replace(month=11, day=1) + timedelta(days=days)
    assert str(checked + timedelta(days=days)) == str(last.date())
    assert names(find([row], query(kinds=tuple(kinds)), last)) == ["House"]
    assert names(find([row], query(kinds=tuple(kinds)), last + timedelta(days=1))) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "suspended"},
        {"status": "closed"},
        {"status": "proposed"},
        {"kinds": ["shelter"]},  # seen by one steward only
        {"checked_on": None, "checked_by": None},
    ],
)
def test_what_nobody_can_rely_on_is_never_given(find: Find, fields: dict[str, Any]) -> None:
    asked = query(kinds=("legal_aid", "shelter"))
    assert names(find([service("Unsure", **fields)], asked)) == []


def test_only_a_demonstration_gives_what_no_steward_has_seen_and_says_so(find: Find) -> None:
    unchecked = service("Unchecked", checked_on=None, checked_by=None)
    unread = service("Unread", checked_on=None, checked_by=None, verified=False)
    found = find([unchecked, unread], query(unchecked=True))
    assert names(found) == ["Unchecked"]
    assert found.services[0].checked_on is None


def test_a_hidden_place_is_found_by_its_city(find: Find) -> None:
    hidden = {"location_type": "virtual", "city": "Houston", "confidential": True}
    found = find([service("Hidden", locations=[hidden])])
    assert names(found) == ["Hidden"]
    assert found.services[0].city == "Houston"


def test_across_the_date_line_is_near(tmp_path: Path) -> None:
    at = {"location_type": "physical", "city": "Taveuni", "latitude": -16.9, "longitude": -179.95}
    row = service("Over There", id="fj-over-there", locations=[at])
    finder = compiled(tmp_path / "directory.sqlite", entries(row, country="FJ"))
    here = replace(HOUSTON, country="FJ", region="02", latitude=-16.9, longitude=179.9)
    found = finder.find(query(country="FJ", place=here), NOW)
    assert names(found) == ["Over There"]


def test_a_check_dated_in_the_future_counts_for_nothing(find: Find) -> None:
    ahead = (NOW + timedelta(days=2)).date()
    assert names(find([service("Ahead", checked_on=str(ahead))])) == []
    assert names(find([service("Ahead", checked_on=str(ahead))], now=NOW + timedelta(days=1))) == ["Ahead"]


def test_a_child_of_unknown_age_is_sent_where_some_children_may_go(find: Find) -> None:
    services = [
        service("Little Ones", eligibility={"maximum_age": 12}),
        service("Teens", eligibility={"minimum_age": 13, "maximum_age": 17}),
        service("Adults", eligibility={"minimum_age": 18}),
    ]
    assert set(names(find(services, query(ages=(0, 17))))) == {"Little Ones", "Teens"}
    assert names(find(services, query(ages=(18, 120)))) == ["Adults"]


def test_a_bed_a_journey_away_is_not_hidden_by_offices_in_town(find: Find) -> None:
    offices = [service(f"Office {number}", kinds=["trafficking"]) for number in range(3)]
    bed = service("Bed", "Galveston", kinds=["shelter"], confirmed_by="second")
    found = find([*offices, bed], query(kinds=("shelter", "trafficking")))
    assert names(found)[0] == "Bed"
    assert len(names(found)) == 3


def test_who_has_a_service_in_reach_is_not_sent_to_another_city_for_a_second_one(find: Find) -> None:
    assert names(find([service("Here"), service("Dallas Law", "Dallas")])) == ["Here"]


def test_a_dead_number_is_given_in_no_field(find: Find) -> None:
    dead = {"number": "1-800-273-8255", "type": "text"}
    found = find([service("Alive", phones=[{"number": "713-555-0100"}, dead])])
    assert (found.services[0].number, found.services[0].sms) == ("713-555-0100", None)
    assert names(find([service("Dead", phones=[{**dead, "type": "voice"}, {"number": "713-555-0100"}])])) == []


def test_a_number_that_can_only_be_written_to_says_so(find: Find) -> None:
    found = find([service("Writes", phones=[{"number": "713-555-0100", "type": "whatsapp"}])])
    assert names(found) == ["Writes (WhatsApp)"]


def test_a_stale_row_that_nobody_checked_is_not_shown_in_a_demonstration(find: Find) -> None:
    stale = service("Stale", status="stale", checked_on=None, checked_by=None)
    assert names(find([stale], query(unchecked=True))) == []


def test_the_number_of_a_service_is_not_given_again_as_a_line(tmp_path: Path) -> None:
    lawyer = service("Lamp Law")
    line = service("Lamp Line", locations=[], service_area={})
    other = service("Night Line", locations=[], service_area={}, phones=[{"number": "713-555-0199"}])

    found = compiled(tmp_path / "d.sqlite", entries(lawyer, line, other)).find(query(), NOW)

    assert ([one.name for one in found.services], [one.name for one in found.lines]) == (["Lamp Law"], ["Night Line"])


def test_a_reader_gets_the_number_on_which_their_language_is_spoken(tmp_path: Path) -> None:
    phones = [{"number": "713-555-0100"}, {"number": "713-555-0123", "languages": ["es"]}]
    finder = compiled(tmp_path / "d.sqlite", entries(service("Lamp Law", phones=phones)))

    assert [one.number for one in finder.find(query(locale="es-MX"), NOW).services] == ["713-555-0123"]
    assert [one.number for one in finder.find(query(), NOW).services] == ["713-555-0100"]


def _for(group: str) -> dict[str, Any]:
    # The name of the field is a word of Python.
    return {"for": [group]}


def test_a_service_for_professionals_is_not_found(tmp_path: Path) -> None:
    finder = compiled(tmp_path / "d.sqlite", entries(service("Advice", **_for("professionals"))))

    assert finder.find(query(), NOW).services == ()


def test_a_service_for_women_refuses_a_man(tmp_path: Path) -> None:
    finder = compiled(tmp_path / "d.sqlite", entries(service("Hers", **_for("women"))))

    assert finder.find(query(gender="male"), NOW).services == ()
    assert [one.people for one in finder.find(query(), NOW).services] == [("women",)]
