"""The country behind a phone's prefix: its numbers are given as what they are, an assumption, and it is kept nowhere."""

import re

from bot.text.text_messages import fits
from tests.actions.small_directory import SmallDirectory, first_number
from tests.actions.stage import BOOK, Stage
from tests.every import every

ASSUMED = "Your number is from United States"


async def test_danger_gives_the_number_of_the_phone_with_its_country_and_the_one_for_anywhere_else(
    stage: Stage,
) -> None:
    await stage.hears("immediate_danger", phone="US")
    told = stage.shows()
    assert told.index("United States") < told.index("911") < told.index("112")


async def test_whoever_else_is_in_danger_the_number_comes_with_not_to_go_in(stage: Stage) -> None:
    await stage.hears("immediate_danger", phone="US", heard={"about": {"other": 0.9}})
    assert "911" in stage.shows()
    assert "Don't go in" in stage.shows()


async def test_it_is_kept_nowhere(stage: Stage) -> None:
    await stage.hears("immediate_danger", phone="US")
    await stage.hears("find_hotline", phone="US")
    assert stage.record.country is None
    assert '"US"' not in stage.record.dump().decode()


async def test_the_country_that_is_stated_wins(stage: Stage) -> None:
    await stage.hears("immediate_danger", phone="US", country="GB")
    assert "999" in stage.shows()
    assert "911" not in stage.shows()


async def test_a_country_that_is_stated_after_danger_brings_its_number(stage: Stage) -> None:
    await stage.hears("immediate_danger", phone="US")
    assert (await stage.hears("provide_location", phone="US", country="GB"))[0] == "utter_number_there"
    assert "999" in stage.shows()


async def test_an_ambulance_as_well(stage: Stage) -> None:
    await stage.hears("medical_emergency", phone="AE")
    told = stage.shows()
    assert told.index("United Arab Emirates") < told.index("998") < told.index("112")


async def test_a_number_that_is_owed_comes_also_after_small_talk(stage: Stage) -> None:
    await stage.hears("immediate_danger")
    await stage.hears("greet")
    assert "112" in stage.shows()
    assert (await stage.hears("provide_location", country="GB"))[0] == "utter_number_there"
    assert "999" in stage.shows()


async def test_nobody_is_asked_for_a_country_that_the_phone_tells(talk: Stage) -> None:
    for label in ("find_hotline", "disclose_unpaid_wages", "report_missing_person"):
        assert "Which country" not in f"{await talk.hears(label, phone='US')} {talk.shows()}"


async def test_numbers_of_the_phone_stand_behind_the_country_that_they_are_of(talk: Stage) -> None:
    await talk.hears("find_hotline", phone="US")
    told = talk.shows()
    assert told.index(ASSUMED) < told.index("Tell me if you are somewhere else") < told.index(first_number("US"))


async def test_that_it_is_assumed_is_said_once(talk: Stage) -> None:
    await talk.hears("find_hotline", phone="US")
    await talk.hears("find_legal_aid", phone="US")
    assert ASSUMED not in talk.shows()


async def test_of_a_country_that_was_stated_nothing_is_assumed(talk: Stage) -> None:
    await talk.hears("find_hotline", country="GB", phone="US")
    assert first_number("GB") in talk.shows()
    assert "Your number is from" not in talk.shows()


async def test_who_is_elsewhere_and_says_so_gets_the_numbers_there(talk: Stage) -> None:
    await talk.hears("find_legal_aid", phone="US")
    await talk.hears("provide_location", country="GB", phone="US")
    assert "utter_lines" in [message["response"] for message in talk.said]
    assert talk.record.country == "GB"


async def test_a_need_with_a_phone_gets_lines_at_once_and_a_town_may_be_named(
    talk: Stage, near: SmallDirectory
) -> None:
    assert "utter_lines" in await talk.hears("find_shelter", "a shelter", phone="US")
    assert "step to=town" in [pick["value"] for pick in talk.record.choices]


async def test_before_it_is_safe_no_country_is_named(stage: Stage) -> None:
    await stage.hears("find_shelter", phone="US")
    assert "United States" not in stage.shows()


@every("locale", BOOK.locales)
async def test_what_is_assumed_fits_a_text_message_with_a_line(locale: str) -> None:
    too_long = []
    for country in ("AE", "GB", "SA", "US", "MX", "TH"):
        stage = Stage(channel="sms", locale=locale)
        stage.record.situation = "talk"
        await stage.hears("find_hotline", phone=country)
        assert {"utter_lines", "utter_line"} & {message["response"] for message in stage.said}
        for message in list(stage.said):
            stage.said = [message]
            if not fits(stage.shows()):
                too_long.append((country, message["response"], len(stage.shows())))
    assert too_long == []


async def test_a_short_number_is_called_by_a_press_only_where_the_country_was_stated(talk: Stage) -> None:
    await talk.hears("find_hotline", phone="IN")
    assert "14416" in talk.shows()
    assert _dialled(talk) == {""}  # the phone may be elsewhere, where the same digits ring somebody else
    await talk.hears("find_hotline", phone="IN", country="IN")
    assert _dialled(talk) == {first_number("IN")}


def _dialled(stage: Stage) -> set[str]:
    """Return what a press on each line dials."""
    return set(re.findall(r"'call': '([^']*)'", str(stage.said)))
