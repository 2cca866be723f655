"""Whom to call: which lines are given for a need, in which order, and how each is said."""

from pathlib import Path
from typing import Any, get_args

import pytest

from bot.phrases.phrases import SOURCE, Phrasebook
from resources_directory.display.dialing import to_dial
from resources_directory.model.directory import Directory
from resources_directory.model.hsds import Notice, ServedGroup
from resources_directory.model.line import PhoneLine
from resources_directory.ranking.audience import phrases_for
from tests.every import every
from tests.hotline import ROOT
from tests.resources_directory.small import entries

ENGLISH = Phrasebook.load(ROOT).texts[SOURCE]

POLICE = {"operated_by": "police", "before_you_call": ["line_warn_police"]}
BORDER = {"operated_by": "police", "before_you_call": ["line_warn_police", "line_warn_immigration"]}
ALWAYS = {"schedules": [{"always": True}]}
IN_TEXAS = {"service_area": {"extent_type": "region", "name": "Texas"}}
COUNTRY = """
country: IE
organizations:
  - name: House
    operated_by: ngo
    services:
      - {id: ie-house, name: House, kinds: [trafficking], phones: [{number: 1800 000 001}], %s}
"""


def line(name: str, *kinds: str, **fields: Any) -> dict[str, Any]:
    """Return a line of the whole country that somebody vouches for; `fields` are those of the model."""
    plain: dict[str, Any] = {
        "id": f"us-{name.lower()}",
        "name": name,
        "kinds": list(kinds or ("trafficking",)),
        "phones": [{"number": f"1800 555 {sum(map(ord, name)):04}"}],
        "status": "active",
        "verified": True,
    }
    return plain | fields


def of(*lines: dict[str, Any]) -> Directory:
    return Directory.of([entries(*lines)])


def names(found: list[PhoneLine]) -> list[str]:
    return [one.name for one in found]


@pytest.fixture(scope="module")
def directory() -> Directory:
    """The directory of the project."""
    return Directory.load()


def _only(folder: Path, state: str) -> list[PhoneLine]:
    (folder / "ie.yml").write_text(COUNTRY % state)
    return Directory.load(folder).lines("IE")


def test_a_verified_active_line_is_given(tmp_path: Path) -> None:
    assert [line.number for line in _only(tmp_path, "status: active, verified: true")] == ["1800 000 001"]


def test_a_line_that_is_due_for_a_check_is_still_given(tmp_path: Path) -> None:
    assert _only(tmp_path, "status: stale, verified: true")


@pytest.mark.parametrize(
    "state",
    [
        "status: active, verified: false",
        "status: proposed, verified: true",
        "status: suspended, verified: true",
        "status: closed, verified: true",
    ],
)
def test_a_line_that_nobody_vouches_for_is_not_given(tmp_path: Path, state: str) -> None:
    assert _only(tmp_path, state) == []


def test_a_dead_number_is_not_given_even_when_a_file_calls_it_verified(tmp_path: Path) -> None:
    (tmp_path / "ie.yml").write_text(
        (COUNTRY % "status: active, verified: true").replace("1800 000 001", "1850 609090")
    )

    assert Directory.load(tmp_path).lines("IE") == []


def test_who_asks_for_nothing_gets_the_line_on_trafficking_first() -> None:
    found = of(line("Ear", "crisis"), line("House"))

    assert names(found.lines("US")) == ["House"]


def test_what_fits_comes_first_and_then_the_line_that_knows_who_else_helps() -> None:
    found = of(line("Ear", "crisis"), line("House"), line("Work", "labour"))

    given = found.lines("US", ("labour", "crisis"))

    assert [(one.name, one.fits) for one in given] == [("Work", True), ("Ear", True), ("House", False)]


def test_the_line_on_trafficking_comes_first_where_that_is_the_need() -> None:
    found = of(line("Work", "labour"), line("House"))

    assert names(found.lines("US", ("trafficking", "labour"))) == ["House", "Work"]


def test_each_need_gets_a_line_before_any_gets_two() -> None:
    found = of(line("House"), line("Home"), line("Women", "domestic_violence"), line("Child", "child"))

    assert names(found.lines("US", ("domestic_violence", "child"))) == ["Women", "Child", "House"]


def test_a_line_for_two_needs_is_given_once() -> None:
    found = of(line("Both", "child", "domestic_violence"), line("House"))

    assert names(found.lines("US", ("child", "domestic_violence"), limit=10)) == ["Both", "House"]


def test_a_line_that_helps_with_two_needs_stands_where_nothing_else_does() -> None:
    found = of(line("Women", "domestic_violence", "trafficking"), line("House"), line("Child", "child"))

    given = found.lines("US", ("domestic_violence", "child"))

    assert [(one.kind, one.name) for one in given] == [
        ("domestic_violence", "Women"),
        ("child", "Child"),
        ("trafficking", "House"),
    ]


def test_no_more_lines_than_asked_for_are_given() -> None:
    assert names(of(line("House"), line("Home"), line("Ear", "crisis")).lines("US", limit=2)) == ["House", "Home"]


def test_an_ear_comes_before_an_investigator() -> None:
    found = of(line("Police", **POLICE, **ALWAYS), line("Office", before_you_call=["line_warn_state"]), line("House"))

    assert names(found.lines("US")) == ["House", "Office", "Police"]
    assert names(found.lines("US", limit=1)) == ["House"]


def test_who_takes_callers_comes_before_who_takes_only_those_whom_others_send() -> None:
    found = of(line("Programme", before_you_call=["know_by_referral"], **ALWAYS), line("Way"))

    assert names(found.lines("US")) == ["Way", "Programme"]


def test_a_line_for_the_whole_country_comes_before_one_for_a_region() -> None:
    found = of(line("Texan", **IN_TEXAS, **ALWAYS), line("House"))

    assert [one.region for one in found.lines("US")] == [None, "Texas"]


@pytest.mark.parametrize(("limit", "given"), [(3, ["House", "Ear", "Border"]), (2, ["House", "Ear"])])
def test_who_enforces_immigration_law_comes_after_all_others(limit: int, given: list[str]) -> None:
    found = of(line("Border", **BORDER, **ALWAYS), line("Ear", "crisis"), line("House"))

    assert names(found.lines("US", limit=limit)) == given


def test_a_second_line_for_the_need_comes_before_who_enforces_immigration_law() -> None:
    found = of(line("Border", **BORDER), line("House"), line("Home"), line("Ear", "crisis"))

    assert names(found.lines("US", limit=10)) == ["House", "Home", "Ear", "Border"]


def test_no_more_lines_are_put_before_it_than_an_answer_holds() -> None:
    found = of(line("Border", **BORDER), line("House"), line("Home"), line("Hut"), line("Child", "child"))

    assert names(found.lines("US", limit=10)) == ["House", "Home", "Hut", "Border"]


def test_who_enforces_immigration_law_is_given_where_there_is_nobody_else() -> None:
    assert names(of(line("Border", **BORDER)).lines("US")) == ["Border"]


def test_a_worker_is_not_sent_to_lines_for_women_children_or_a_crisis() -> None:
    found = of(line("Women", "domestic_violence"), line("Child", "child"), line("Ear", "crisis"))

    assert found.lines("US", ("labour", "migrant")) == []


def test_a_line_for_women_alone_fills_no_answer_for_a_worker() -> None:
    found = of(line("Her", "migrant", eligibility={"genders": ["female"]}))

    assert found.lines("US", ("labour",)) == []
    assert names(found.lines("US", ("labour",), people=("women",))) == ["Her"]


def test_a_line_for_women_is_not_given_to_a_man() -> None:
    found = of(line("Her", eligibility={"genders": ["female"]}), line("House"))

    assert names(found.lines("US", people=("men",))) == ["House"]


def test_one_number_in_two_rows_is_given_once() -> None:
    twins = [{"number": "1-800 555 0100", "e164": "+18005550100"}]
    found = of(line("House", phones=twins), line("Home", phones=[{"number": "1 (800) 555-0100"}]), line("Hut"))

    assert names(found.lines("US")) == ["House", "Hut"]


def test_the_line_in_the_language_of_the_caller_comes_first() -> None:
    found = of(line("House", languages=["de"]), line("Haus", languages=["de", "mul"]), line("Dom", languages=["bg"]))

    assert names(found.lines("US", language="bg-BG")) == ["Dom", "Haus"]
    # A line for speakers of another foreign language only comes where nothing else fits.
    assert names(of(line("House", languages=["de"])).lines("US", language="bg-BG")) == ["House"]


def test_a_caller_gets_the_number_on_which_their_language_is_spoken() -> None:
    phones = [{"number": "988"}, {"number": "1800 555 0199", "languages": ["ro"]}]
    found = of(line("House", phones=phones))

    assert [one.number for one in found.lines("US", language="ro")] == ["1800 555 0199"]
    assert [one.number for one in found.lines("US")] == ["988"]


def test_the_consulate_of_another_country_is_not_given_to_who_did_not_ask_for_one() -> None:
    found = of(line("Delhi", "labour", "consulate", languages=["hi"]), line("Work", "labour"))

    assert names(found.lines("US", ("labour",), language="hi")) == ["Delhi", "Work"]
    assert names(found.lines("US", ("labour",), language="ro")) == ["Work"]
    assert names(found.lines("US", ("labour",))) == ["Work", "Delhi"]


def test_who_is_afraid_of_the_police_gets_no_line_of_theirs() -> None:
    assert of(line("Police", **POLICE)).lines("US", avoid_police=True) == []


def test_a_line_for_professionals_is_given_to_nobody() -> None:
    assert of(line("Office", **{"for": ["professionals"]})).lines("US") == []


def test_a_line_for_domestic_workers_comes_first_for_them_and_last_for_others() -> None:
    found = of(line("Maids", "labour", **{"for": ["domestic_workers"]}), line("Work", "labour"))

    assert names(found.lines("US", ("labour",))) == ["Work", "Maids"]
    assert names(found.lines("US", ("labour",), people=("domestic_workers",))) == ["Maids", "Work"]


@every(
    ("for_whom", "said"),
    [
        ({"for": ["domestic_workers"]}, ["line_for_domestic_workers"]),
        ({"eligibility": {"genders": ["female"], "minimum_age": 18}}, ["line_for_women", "line_from_age"]),
        ({"eligibility": {"genders": ["female", "male"], "maximum_age": 25}}, ["line_to_age"]),
    ],
)
def test_for_whom_a_line_is_stands_before_its_warnings(for_whom: dict[str, Any], said: list[str]) -> None:
    (one,) = of(line("Police", **POLICE, **for_whom)).lines("US")

    assert [told["say"] for told in one.reply()["arguments"]["warning"]] == [*said, "line_warn_police"]


@every("group", get_args(ServedGroup))
def test_every_group_that_is_said_has_a_phrase(group: Any) -> None:
    assert set(phrases_for([group])) <= set(ENGLISH)


def test_room_for_another_line_is_made_in_a_list_of_police_lines() -> None:
    found = of(line("Police", **POLICE), line("Women", "domestic_violence"))

    assert names(found.lines("US", limit=1)) == ["Women"]
    assert names(found.lines("US", limit=2)) == ["Women", "Police"]


def test_wherever_there_is_a_line_one_is_given(directory: Directory) -> None:
    assert [country for country, lines in directory.national.items() if lines and not directory.lines(country)] == []


def test_wherever_there_is_another_line_the_police_are_not_the_only_one(directory: Directory) -> None:
    calm = [country for country, lines in directory.national.items() if any(not one.about_police for one in lines)]

    assert [country for country in calm if all(one.about_police for one in directory.lines(country))] == []


@every("notice", get_args(Notice))
def test_all_that_must_be_known_before_a_call_is_said(notice: str) -> None:
    (one,) = of(line("House", before_you_call=[notice])).lines("US")

    assert one.reply()["arguments"]["warning"] == [{"say": notice, "arguments": {}}]


def test_a_line_that_takes_texts_says_where_and_what_to_text() -> None:
    phones = [{"number": "988"}, {"number": "233733", "type": "text", "word": "HELP"}]
    (one,) = of(line("House", phones=phones)).lines("US")

    assert (one.number, one.sms, one.sms_word) == ("988", "233733", "HELP")


def test_doubtful_hours_are_not_told() -> None:
    (one,) = of(line("House", schedules=[{"hours_note": "24/7 in 2019"}])).lines("US")

    assert one.always_open is None


def test_a_line_is_said_with_its_hours_its_date_and_its_warning() -> None:
    (one,) = of(line("Police", **POLICE, **ALWAYS, last_seen="2025-12-16", phones=[{"number": "988"}])).lines("US")

    assert one.reply(caller="US") == {
        "say": "line_national",
        "arguments": {
            "name": "Police",
            "number": "988",
            "call": "988",
            "chat": "",
            "open": {"say": "line_open_always", "arguments": {}},
            "seen": {"say": "line_seen", "arguments": {"date": "December 2025"}},
            "warning": [{"say": "line_warn_police", "arguments": {}}],
        },
    }


def test_what_is_not_known_of_a_line_is_left_out_or_called_unknown() -> None:
    (one,) = of(line("House", phones=[{"number": "988"}])).lines("US")

    assert one.reply(caller="US") == {
        "say": "line_national",
        "arguments": {
            "name": "House",
            "number": "988",
            "call": "988",
            "chat": "",
            "open": "",
            "seen": {"say": "line_seen_unknown", "arguments": {}},
            "warning": [],
        },
    }


def test_a_line_of_a_region_says_which() -> None:
    (one,) = of(line("House", **IN_TEXAS)).lines("US")

    assert one.reply()["arguments"]["name"] == "House (Texas)"


CODE, CITY = {"number": "988"}, {"number": "212 555 0123", "e164": "+12125550123"}


@pytest.mark.parametrize(
    ("phone", "caller", "dialled"),
    [
        (CODE, "US", "988"),
        (CODE, "FR", ""),  # there the same digits ring somebody else, or nobody
        (CODE, None, ""),
        (CITY, "US", "212 555 0123"),
        (CITY, "FR", "+12125550123"),
        (CITY, None, "+12125550123"),
    ],
)
def test_a_call_rings_who_is_shown_wherever_the_caller_is_or_there_is_nothing_to_press(
    phone: dict[str, str], caller: str | None, dialled: str
) -> None:
    (one,) = of(line("House", phones=[phone])).lines("US")
    assert one.reply(caller=caller)["arguments"]["call"] == dialled
    assert one.short(caller)["arguments"]["call"] == dialled


def test_a_free_number_that_does_not_ring_from_abroad_can_be_called_at_home_alone() -> None:
    told = {at: to_dial("1800 11 4000", "+911800114000", "IN", at) for at in ("IN", "NP", None)}
    assert told == {"IN": "1800 11 4000", "NP": "", None: ""}
