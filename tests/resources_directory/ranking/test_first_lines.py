"""Which line stands first where none of the country has what is most wanted, and where the police and children's lines stand."""

from typing import Any

import pytest

from resources_directory.model.needs import kinds
from tests.resources_directory.ranking.lines import line, names, of

HOUSE = line("House")
FORM = {"phones": [], "url": "https://form.example.org", "before_you_call": ["know_name_asked"]}
HOME_FORM = line("Form", "return", "documents", world=True, **FORM)
POLICE: dict[str, Any] = {"before_you_call": ["line_warn_police"]}
MIGRANTS = line("Migrants", "migrant", languages=["en", "mul"])
CHILD = line("Child", "child", "domestic_violence")


def given(need: str, *lines: dict[str, Any], language: str | None = None, people: tuple[str, ...] = ()) -> list[str]:
    return names(of(*lines).lines("US", kinds(need, young=False), language=language, people=people))


def test_a_form_that_asks_for_a_name_comes_after_the_number_of_who_can_say_who_helps() -> None:
    assert given("return_home", HOUSE, HOME_FORM) == ["(House)", "Form"]
    assert given("return_home", HOUSE, line("Home", "return", world=True)) == ["Home", "(House)"]


def test_a_page_that_asks_for_no_name_is_the_answer_itself() -> None:
    page = line("Page", "online_abuse", world=True, **FORM | {"before_you_call": []})

    assert names(of(HOUSE, page).lines("US", ("online_abuse",))) == ["Page", "(House)"]


def test_no_date_is_said_of_a_page() -> None:
    (page,) = of(HOME_FORM).lines("US", ("return",))

    assert page.reply()["arguments"]["seen"] == ""


def test_who_speaks_the_language_comes_before_who_does_not_while_nobody_has_what_is_wanted() -> None:
    house = HOUSE | {"languages": ["ro"]}

    assert given("labour", MIGRANTS, house, language="ro") == ["(House)", "Migrants"]
    both = HOUSE | {"languages": ["ro", "en"]}
    assert given("labour", MIGRANTS, both, language="uk") == ["Migrants", "(House)"]
    assert given("labour", line("Work", "labour", languages=["en"]), house, language="ro") == ["Work", "(House)"]
    assert given("labour", MIGRANTS | {"languages": []}, house, language="ro") == ["Migrants", "(House)"]


def test_who_pays_for_the_way_home_is_told_of_beside_who_helps_migrants() -> None:
    assert given("return_home", MIGRANTS, HOME_FORM) == ["Migrants", "Form"]
    assert given("return_home", line("Travel", "return"), HOME_FORM) == ["Travel"]


def test_who_wants_to_talk_is_not_sent_to_the_police_where_others_listen() -> None:
    police = line("Tips", **POLICE)

    assert given("find_counselling", line("Ear", "crisis"), police) == ["Ear"]
    assert given("find_counselling", police) == ["Tips"]


def test_a_childrens_line_that_the_police_hear_of_comes_before_a_line_for_something_else() -> None:
    lines = of(line("Childline", "child", **POLICE), line("Abroad", "migrant")).lines("US", ("child",))
    assert names(lines) == ["Childline", "(Abroad)"]


def test_a_worker_is_sent_to_who_helps_in_any_country_before_the_police() -> None:
    assert given("labour", line("Tips", **POLICE), HOME_FORM) == ["(Form)"]
    assert given("labour", line("Tips", **POLICE)) == ["(Tips)"]


@pytest.mark.parametrize(("need", "found"), [("labour", ["(Form)"]), ("trafficking", [])])
def test_so_is_a_worker_who_fears_the_police_but_nobody_who_may_be_in_danger(need: str, found: list[str]) -> None:
    directory = of(line("Tips", **POLICE), HOME_FORM)

    assert names(directory.lines("US", (need,), avoid_police=True)) == found


def test_the_one_line_for_which_there_is_room_is_one_of_the_country() -> None:
    assert names(of(MIGRANTS, HOME_FORM).lines("US", kinds("return_home", young=False), 1)) == ["Migrants"]


def test_a_line_for_children_first_comes_after_the_others() -> None:
    assert given("find_shelter", CHILD, line("Talk", "domestic_violence")) == ["Talk", "Child"]
    assert given("find_counselling", line("Kids", "child", "counselling"), line("Ear", "crisis")) == ["Ear", "Kids"]


@pytest.mark.parametrize("group", ["men", "lgbt"])
def test_it_does_not_fit_a_man_or_an_lgbt_person_nor_a_worker(group: str) -> None:
    assert given("find_shelter", CHILD, people=(group,)) == ["(Child)"]
    assert given("labour", line("Kids", "child", "legal_aid"), HOUSE) == ["(House)"]


@pytest.mark.parametrize(
    ("need", "urgent"), [("medical", True), ("child", True), ("labour", False), ("missing", False)]
)
def test_the_number_for_emergencies_comes_first_only_where_the_need_may_be_one(need: str, urgent: bool) -> None:
    assert of().floor("US", (need,)).urgent is urgent


@pytest.mark.parametrize(("need", "number"), [("medical", "912"), ("labour", None), ("missing", None)])
def test_who_fears_the_police_is_not_sent_to_them_by_a_number_for_emergencies(need: str, number: str | None) -> None:
    emergency = of().floor("US", (need,), avoid_police=True).emergency

    assert (emergency.for_need((need,)) if emergency else None) == number


@pytest.mark.parametrize(("need", "notices"), [("labour", ("line_warn_police",)), ("medical", ())])
def test_it_is_said_where_the_police_answer(need: str, notices: tuple[str, ...]) -> None:
    emergency = of().emergency("US")

    assert emergency is not None
    assert emergency.notices_for((need,)) == notices


def test_a_line_for_women_alone_does_not_stand_in_for_a_consulate() -> None:
    hers = HOUSE | {"for": ["women"]}

    assert of(hers).floor("US", ("labour",)).consulate
    assert not of(hers).floor("US", ("labour",), ("women",)).consulate
