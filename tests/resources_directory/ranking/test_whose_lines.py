"""Lines for some people alone: not for others, once it is known who asks; and those who speak other languages come last."""

from resources_directory.model.directory import Directory
from tests.resources_directory.ranking.lines import line, names, of

KENYA = line("Nairobi", "consulate", "labour", nationals=["KE"])
INDIA = line("Delhi", "consulate", "labour", nationals=["IN"])
ABROAD = line("Dhaka", "labour", "consulate", world=True, nationals=["BD"])
WORK = line("Work", "labour", languages=["en"])


def asked(directory: Directory, *needs: str, **who: object) -> list[str]:
    return names(directory.lines("US", needs, **who))  # type: ignore[arg-type]


def test_a_line_for_people_of_another_country_is_not_given_once_they_have_said_theirs() -> None:
    here = of(KENYA, INDIA, WORK)
    theirs = here.lines_of_people({"KE"})

    assert asked(here, "consulate", language="en", theirs=theirs) == ["Nairobi"]
    assert asked(here, "labour", language="en", theirs=theirs) == ["Work", "Nairobi"]
    assert asked(here, "labour", language="en", theirs=here.lines_of_people({"NP"})) == ["Work"]


def test_their_own_line_for_any_country_stands_beside_those_of_this_one() -> None:
    here = of(ABROAD, INDIA, WORK)

    assert asked(here, "consulate", language="bn", theirs=here.lines_of_people({"BD"})) == ["Dhaka"]
    assert "Dhaka" in asked(here, "labour", language="bn", theirs=here.lines_of_people({"BD"}))
    assert "Dhaka" not in asked(here, "labour", language="en")


def test_their_own_line_is_nearer_than_one_for_something_else() -> None:
    here = of(line("Kids", "child"), line("Flat", "consulate", nationals=["KE"]))

    assert asked(here, "shelter", theirs=here.lines_of_people({"KE"})) == ["(Flat)"]
    assert asked(here, "shelter", language="en") == ["(Kids)"]


def test_the_line_of_a_country_whose_own_language_it_is_comes_before_one_where_a_region_speaks_it() -> None:
    here = of(INDIA, ABROAD)

    assert asked(here, "consulate", language="bn") == ["Dhaka", "Delhi"]


def test_what_was_refused_is_not_given() -> None:
    here = of(WORK, line("Pay", "labour"))

    assert asked(here, "labour", without={"us-work"}) == ["Pay"]


def test_a_line_made_for_speakers_of_another_foreign_language_is_given_only_where_nothing_else_fits() -> None:
    burmese = line("Issue", "labour", languages=["my"])

    assert asked(of(burmese, WORK), "labour", language="bn") == ["Work"]
    assert asked(of(burmese, WORK), "labour", language="my") == ["Issue", "Work"]
    assert asked(of(burmese), "labour", language="bn") == ["Issue"]


def test_the_languages_are_named_where_none_is_the_readers() -> None:
    (found,) = of(WORK).lines("US", ("labour",), language="th")
    (own,) = of(WORK).lines("US", ("labour",), language="en")

    assert "line_languages" in str(found.reply("en"))
    assert "line_languages" not in str(own.reply("en"))


def test_somebody_grown_is_sent_to_no_line_for_children() -> None:
    here = of(line("Kids", "child"))

    assert asked(here, "labour", people={"grown"}) == []
    assert asked(here, "child", people={"grown"}) == ["Kids"]
