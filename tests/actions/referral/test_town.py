"""Where the writer is, as a message says it: kept as the town or the country, asked about where two share a name."""

import pytest

from tests.actions.small_directory import DUBAI, HOUSTON, PARIS, PARIS_TEXAS, SmallDirectory
from tests.actions.stage import Stage
from tests.every import every


@pytest.fixture
def here(near: SmallDirectory, talk: Stage) -> Stage:
    """A talk with a gazetteer of a few towns."""
    return talk


async def test_a_town_in_the_first_wish_is_used_at_once(here: Stage) -> None:
    said = await here.hears("find_shelter", "i need a bed in houston")
    assert "utter_service" in said
    assert (here.record.place, here.record.country) == (HOUSTON.id, "US")


async def test_a_town_that_is_said_to_be_here_replaces_the_one_before(here: Stage) -> None:
    await here.hears("find_shelter", "i am in houston")
    await here.hears("provide_location", "i am in dubai")
    assert (here.record.place, here.record.country) == (DUBAI.id, "AE")


async def test_a_town_of_another_country_that_is_only_named_replaces_nothing(here: Stage) -> None:
    await here.hears("find_shelter", "i am in houston")
    await here.hears("disclose_threats", "the agent comes from dubai")
    assert (here.record.place, here.record.country) == (HOUSTON.id, "US")


async def test_a_town_in_passing_does_not_replace_the_one_that_was_said_to_be_here(here: Stage) -> None:
    await here.hears("find_shelter", "i am in houston")
    await here.hears("disclose_threats", "it was the whole night long, paris and all that noise again")
    assert here.record.place == HOUSTON.id


async def test_numbers_of_a_country_that_was_only_named_are_said_to_be_so(here: Stage) -> None:
    here.record.likely_country = "MX"
    await here.hears("find_hotline")
    assert "You wrote about Mexico" in here.shows()
    assert here.record.country is None
    await here.hears("find_hotline", "i am in dubai")
    assert "Mexico" not in here.shows()


async def test_the_town_brings_the_number_for_danger_there(here: Stage) -> None:
    await here.hears("immediate_danger", "he hits me, in dubai")
    assert "999" in here.shows()


async def test_a_town_after_danger_brings_the_number_there(here: Stage) -> None:
    await here.hears("immediate_danger")
    assert (await here.hears("nlu_fallback", "houston"))[0] == "utter_number_there"
    assert "911" in here.shows()


async def test_a_name_in_two_countries_is_asked_about_and_nothing_is_kept(here: Stage) -> None:
    await here.hears("find_shelter")
    assert await here.hears("provide_location", "paris") == ["utter_which_place"]
    assert (here.record.place, here.record.country) == (None, None)
    values = [choice["value"] for choice in here.record.choices]
    assert f"provide_location picked={PARIS.id}" in values
    assert f"provide_location picked={PARIS_TEXAS.id}" in values


@every(("picked", "country"), [(PARIS.id, "FR"), (PARIS_TEXAS.id, "US")])
async def test_the_one_that_is_chosen_is_kept(near: SmallDirectory, talk: Stage, picked: int, country: str) -> None:
    await talk.hears("find_shelter")
    await talk.hears("provide_location", "paris")
    assert await talk.hears("provide_location", "1", chosen=True, picked=str(picked))
    assert (talk.record.place, talk.record.country) == (picked, country)


async def test_a_postcode_is_read_in_the_country_of_the_phone(here: Stage) -> None:
    await here.hears("find_shelter")
    await here.hears("nlu_fallback", "77002", phone="US")
    assert here.record.country == "US"


async def test_a_place_that_the_phone_told_is_kept_for_what_is_asked_later(here: Stage) -> None:
    await here.hears("provide_location", "Houston, US", chosen=True)
    assert here.record.place == HOUSTON.id
    assert "utter_service" in await here.hears("find_shelter")


async def test_a_question_where_we_are_says_nothing_of_where_the_writer_is(here: Stage) -> None:
    await here.hears("ask_bot", "who are you people, in france?")
    assert (here.record.country, here.record.likely_country) == (None, "FR")
    await here.hears("provide_location", "houston")
    assert here.record.country == "US"


async def test_who_writes_more_than_a_place_is_not_told_that_no_place_was_found(here: Stage) -> None:
    await here.hears("find_shelter")
    said = await here.hears("nlu_fallback", "i do not want to say where that is because of him")
    assert "utter_which_town_again" not in said


async def test_who_is_in_a_country_alone_gets_its_lines(here: Stage) -> None:
    await here.hears("find_shelter")
    assert "utter_lines" in await here.hears("provide_location", "in france")
    assert (here.record.place, here.record.country) == (None, "FR")


@every("text", ["we are in dubai", "dubai"])
async def test_lines_for_the_country_are_said_where_they_are_announced(
    near: SmallDirectory, talk: Stage, text: str
) -> None:
    said = await talk.hears("find_shelter", text)
    assert "utter_only_lines" not in said or {"utter_lines", "utter_line", "utter_no_lines"} & set(said)


async def test_the_country_beside_a_question_brings_the_numbers_that_waited_for_it(here: Stage) -> None:
    await here.hears("disclose_unpaid_wages")
    heard = {"many": {"ask_anonymity/employer": 0.8}}
    said = await here.hears("ask_anonymity", "i am in dubai, will you tell my agency", heard=heard)
    assert "utter_ask_anonymity_employer" in said
    assert "utter_lines" in said


async def test_of_two_places_with_one_name_the_one_in_the_phones_country_is_meant(here: Stage) -> None:
    await here.hears("find_shelter", "i am in paris", phone="US")
    assert (here.record.place, here.record.country) == (PARIS_TEXAS.id, "US")


async def test_where_somebody_else_is_gets_the_number_of_that_country_by_its_name(talk: Stage) -> None:
    talk.record.their_country = "AE"
    for _ in range(2):
        await talk.hears("immediate_danger", "they drag her out", heard={"about": {"other": 0.9}})
        assert "United Arab Emirates" in talk.shows()
        assert "999" in talk.shows()


@every(
    ("label", "text", "theirs"),
    [
        ("immediate_danger", "they drag her out", "In United Arab Emirates, call 999"),
        ("medical_emergency", "she bleeds and bleeds", "In United Arab Emirates: call 998"),
    ],
)
async def test_beside_the_number_of_the_writer_the_one_of_the_other_country_is_given(
    talk: Stage, label: str, text: str, theirs: str
) -> None:
    talk.record.their_country = "AE"
    await talk.hears(label, text, phone="US", heard={"about": {"other": 0.9}})
    assert talk.shows().index("911") < talk.shows().index(theirs)


async def test_while_their_danger_goes_on_the_number_is_that_of_their_country(talk: Stage) -> None:
    talk.record.their_country = "AE"
    await talk.hears("immediate_danger", "they drag her out", heard={"about": {"other": 0.9}})
    await talk.hears("nlu_fallback", "the gate is open", heard={"about": {"none": 0.9}})
    assert "999 (United Arab Emirates" in talk.shows()


async def test_a_neighbour_in_danger_is_here_though_somebody_abroad_was_spoken_of_before(talk: Stage) -> None:
    talk.record.their_country = "AE"
    await talk.hears("immediate_danger", "he beats her next door", country="US", heard={"about": {"other": 0.9}})
    await talk.hears("nlu_fallback", "she screams", heard={"about": {"other": 0.9}})
    assert "911" in talk.shows()
    assert "999" not in talk.shows()


async def test_after_a_guess_that_somebody_came_no_country_of_before_is_named(talk: Stage) -> None:
    talk.record.their_country = "AE"
    await talk.hears("cannot_talk_safely", "hm", possible=True, confidence=0.7)
    await talk.hears("immediate_danger", "they beat her", heard={"about": {"other": 0.9}})
    assert "Emirates" not in talk.shows()


async def test_to_whoever_reads_after_a_stranger_no_country_of_before_is_shown(talk: Stage) -> None:
    await talk.hears("disclose_threats")
    talk.record.their_country = "AE"
    await talk.hears("ask_bot", "who is this")
    await talk.hears("immediate_danger", "they beat her", heard={"about": {"other": 0.9}})
    assert "Emirates" not in talk.shows()


async def test_the_writers_own_danger_is_not_where_somebody_else_is(talk: Stage) -> None:
    talk.record.their_country = "AE"
    said = await talk.hears("immediate_danger", "they drag me out", heard={"about": {"me": 0.9}})
    assert said == ["utter_danger_which_country"]
    assert "999" not in talk.shows()


async def test_the_country_of_a_family_is_not_where_the_writer_is(here: Stage) -> None:
    here.record.country = "US"
    await here.hears("disclose_threats", "i have two children in dubai with my mother they eat from this money")
    assert here.record.country == "US"


async def test_a_country_is_asked_for_once_while_a_story_goes_on(talk: Stage) -> None:
    assert "utter_ask_where" in await talk.hears("disclose_unpaid_wages")
    said = await talk.hears("disclose_debt_bondage", "and they say that i owe them for the bed and the food")
    assert not [phrase for phrase in said if phrase.startswith(("utter_ask_where", "utter_which_country"))]


async def test_a_country_that_is_likely_by_now_brings_the_numbers_that_waited_for_it(talk: Stage) -> None:
    await talk.hears("find_hotline")
    talk.record.likely_country = "MX"
    assert "utter_lines" in await talk.hears("deny", "no")
    assert "You wrote about Mexico" in talk.shows()


async def test_a_town_of_home_in_passing_is_not_where_the_phone_is(talk: Stage, near: SmallDirectory) -> None:
    await talk.hears("ask_cost", "what does it cost to call that dubai number from here", phone="US")
    assert talk.record.country is None
