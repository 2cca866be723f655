"""The organisation's own numbers: first in its own country, named with it where no country is known, and nowhere else."""

from datetime import UTC, datetime

import pytest

from actions.referral import directory_client
from actions.referral.directory_client import Source
from bot.organisation import Organisation, OwnNumber, SettingChange
from tests.actions.small_directory import first_number
from tests.actions.stage import BOOK, Stage
from tests.every import every

OWN = "+44 20 7946 0018"
RUNG = datetime(2026, 11, 27, 12, tzinfo=UTC).timestamp()
HAVEN = Organisation(
    name="Haven",
    home_country="GB",
    own_numbers=(OwnNumber(number="+442079460018", hours="24/7"),),
    text_contact="+44 20 7946 0099",
    changes={"own_numbers": SettingChange(by="a" * 32, when=RUNG)},
)


@pytest.fixture
def at_haven(talk: Stage) -> Stage:
    talk.organisation = HAVEN
    return talk


async def test_in_its_own_country_its_number_stands_before_the_national_lines(at_haven: Stage) -> None:
    assert "utter_lines" in await at_haven.hears("find_hotline", country="GB")
    told = at_haven.shows()
    assert f"Haven: {OWN}. Open day and night. Checked: November 2026." in told
    assert told.index(OWN) < told.index(first_number("GB"))


async def test_in_another_country_it_is_not_given(at_haven: Stage) -> None:
    await at_haven.hears("find_hotline", country="US")
    assert OWN not in at_haven.shows()


async def test_two_text_messages_hold_its_number_and_a_national_one(at_haven: Stage) -> None:
    at_haven.channel = "sms"
    second = OwnNumber(number="+442079460019")
    at_haven.organisation = HAVEN.model_copy(update={"own_numbers": (*HAVEN.own_numbers, second)})
    said = await at_haven.hears("find_hotline", country="GB")
    assert said.count("utter_lines") + said.count("utter_line") == 2
    assert OWN in at_haven.shows() and first_number("GB") in at_haven.shows()


@pytest.mark.parametrize("locale", ["en", "ar", "th", "tl", "zh-Hans"])
async def test_where_no_country_is_known_it_goes_with_the_name_of_its_country(at_haven: Stage, locale: str) -> None:
    at_haven.locale = locale
    await at_haven.hears("find_hotline")
    await at_haven.hears("provide_location")
    assert await at_haven.hears("deny") == ["utter_no_country"]
    told = at_haven.shows()
    named = {"ar": "المملكة المتحدة", "th": "สหราชอาณาจักร", "zh-Hans": "英国"}
    assert "112" in told
    assert f"Haven ({named.get(locale, 'United Kingdom')})" in told
    assert OWN in told
    assert at_haven.record.country is None


async def test_without_numbers_of_its_own_a_national_line_of_its_country_is_given_with_the_name(talk: Stage) -> None:
    talk.organisation = Organisation(home_country="GB")
    await talk.hears("find_hotline")
    await talk.hears("deny")
    assert f"(United Kingdom): {first_number('GB')}" in talk.shows()


async def test_where_nothing_is_set_nobody_hears_of_a_country(talk: Stage) -> None:
    await talk.hears("find_hotline")
    await talk.hears("deny")
    assert talk.shows("web").splitlines()[:2] == [
        "That is fine. You do not have to say it.",
        "In danger now: call 112. It works on most mobile phones.",
    ]


async def test_who_is_not_understood_is_given_it_too(at_haven: Stage) -> None:
    for _ in range(3):
        said = await at_haven.hears("not_understood")
    assert said == ["utter_floor"]
    assert "Haven (United Kingdom)" in at_haven.shows()


async def test_who_worries_about_somebody_and_names_no_country_is_given_it_too(at_haven: Stage) -> None:
    await at_haven.hears("report_missing_person")
    assert at_haven.record.question == "country"
    await at_haven.hears("unsure")
    assert "Haven (United Kingdom)" in at_haven.shows()


@every(
    ("hours", "moment", "said"),
    [
        ("Mo-Fr 09:00-17:00", datetime(2026, 11, 27, 12, tzinfo=UTC), "Open now. Closes: Friday 5:00"),
        ("Mo-Fr 09:00-17:00", datetime(2026, 11, 27, 20, tzinfo=UTC), "Closed now. Opens: Monday 9:00"),
        ("", datetime(2026, 11, 27, 20, tzinfo=UTC), f"{OWN}. Checked"),
    ],
)
async def test_its_hours_go_by_the_clocks_of_the_organisation(
    talk: Stage, hours: str, moment: datetime, said: str
) -> None:
    directory_client.use(Source(None, now=lambda: moment))
    number = OwnNumber(number="+442079460018", hours=hours)
    talk.organisation = HAVEN.model_copy(update={"own_numbers": (number,), "time_zone": "Europe/London"})
    await talk.hears("find_hotline", country="GB")
    assert said in talk.shows()


async def test_one_that_did_not_work_is_given_no_more_and_somebody_hears_of_it(at_haven: Stage) -> None:
    await at_haven.hears("find_hotline", country="GB")
    own = next(iter(at_haven.record.given))
    assert (own, at_haven.record.given[own]) == ("gb-own-number-1", "Haven")
    await at_haven.hears("deny", "Haven does not work", understood=[{"entity": "topic", "value": "referral_wrong"}])
    assert at_haven.turn and at_haven.turn.complaints == [own]
    assert OWN not in at_haven.shows()


async def test_help_by_text_message_says_whom_to_ask_in_the_same_message(at_haven: Stage) -> None:
    at_haven.channel = "sms"
    assert await at_haven.hears("step", to="text_help") == ["utter_line"]
    assert at_haven.shows() == f"{BOOK.render('utter_text_help', {}, 'en', 'sms')}\n+44 20 7946 0099"
    assert at_haven.said[0]["choices"] == BOOK.about["utter_text_help"]["choices"]


@pytest.mark.parametrize("locale", ["ar", "fa", "ur"])
async def test_no_gap_in_a_text_message_from_right_to_left_lets_digits_change_places(
    at_haven: Stage, locale: str
) -> None:
    at_haven.channel, at_haven.locale = "sms", locale
    await at_haven.hears("find_hotline", country="GB")
    assert "+442079460018" in at_haven.shows()
    await at_haven.hears("step", to="text_help")
    assert at_haven.shows().endswith("\n+442079460099")


async def test_help_before_the_talk_is_followed_by_the_opening(stage: Stage) -> None:
    stage.channel, stage.organisation = "sms", HAVEN
    assert await stage.hears("step", to="text_help") == ["utter_line", "utter_opening"]
    assert "+44 20 7946 0099" in stage.shows()


async def test_help_in_neutral_mode_names_nobody(stage: Stage) -> None:
    stage.channel, stage.organisation, stage.record.situation = "sms", HAVEN, "quiet"
    assert await stage.hears("step", to="text_help") == ["utter_neutral"]
