"""A need and a place: services near it, in any script, and never a question that nobody may skip."""

import sqlite3
from datetime import datetime

import pytest

from actions.privacy import quiet
from actions.referral import directory_client
from actions.referral.directory_client import Source
from resources_directory.model.search_query import FoundServices, SearchQuery, SearchReach
from tests.actions.small_directory import (
    DELHI,
    DUBAI,
    GRANADA,
    HOUSTON,
    PARIS_TEXAS,
    SmallDirectory,
    first_number,
    service,
)
from tests.actions.stage import DOMAIN, Stage
from tests.every import every

NEEDS = ["find_shelter", "find_legal_aid", "find_medical_care", "find_counselling", "find_basic_needs"]
TOWN_QUESTIONS = {"utter_which_town", "utter_which_town_again"}


def named(words: str, country: str) -> list[dict[str, str]]:
    """What the engine hears of a town in a message."""
    return [{"entity": "country", "value": country}, {"entity": "place", "value": country, "words": words}]


@pytest.mark.parametrize("label", NEEDS)
async def test_a_town_in_the_same_message_is_used_at_once(talk: Stage, near: SmallDirectory, label: str) -> None:
    said = await talk.hears(label, "i need it in houston", named("houston", "US"))
    assert said == [f"utter_{label}", "utter_service", "utter_service"]
    assert "I looked near this place: Houston, Texas." in talk.shows()
    assert "First House: 713 555 0100" in talk.shows()


@pytest.mark.parametrize(
    ("text", "words", "country", "id"),
    [("مأوى في دبي", "دبي", "AE", DUBAI.id), ("दिल्ली में वकील", "दिल्ली", "IN", DELHI.id)],
)
async def test_a_town_is_read_in_any_script(
    talk: Stage, near: SmallDirectory, text: str, words: str, country: str, id: int
) -> None:
    await talk.hears("find_shelter", text, named(words, country))
    assert talk.record.place == id


@pytest.mark.parametrize("answer", ["Houston", "houston tx", "77002"])
async def test_the_town_is_asked_for_and_its_answer_brings_services(
    talk: Stage, near: SmallDirectory, answer: str
) -> None:
    assert (await talk.hears("find_shelter"))[-1] == "utter_which_town"
    assert (await talk.hears("nlu_fallback", answer))[0] == "utter_service"


async def test_who_was_never_told_what_is_kept_is_told_before_the_town_is_asked_for(
    stage: Stage, near: SmallDirectory
) -> None:
    stage.record.situation = "talk"
    said = await stage.hears("find_shelter")
    assert said.index("utter_intro") < said.index("utter_which_town")


async def test_before_it_is_safe_no_place_is_named_and_then_it_is_used(stage: Stage, near: SmallDirectory) -> None:
    assert await stage.hears("find_shelter", "shelter in houston", named("houston", "US")) == ["utter_opening"]
    assert "ouston" not in stage.shows()
    said = await stage.hears("affirm", "yes")
    assert said[0] == "utter_begin"
    assert "utter_service" in said
    assert "Houston" in stage.shows()


async def test_a_later_need_uses_the_town_without_asking_again(talk: Stage, near: SmallDirectory) -> None:
    await talk.hears("find_shelter", "in houston", named("houston", "US"))
    said = await talk.hears("find_legal_aid")
    assert not TOWN_QUESTIONS & set(said)
    assert near.queries[-1].place == HOUSTON
    assert "I looked near" not in talk.shows()


async def test_a_place_that_is_not_found_is_asked_for_once_more_and_then_left(
    talk: Stage, near: SmallDirectory
) -> None:
    said = await talk.hears("find_shelter")
    said += await talk.hears("nlu_fallback", "xyz")
    said += await talk.hears("nlu_fallback", "xyzzy")
    assert [phrase for phrase in said if phrase in TOWN_QUESTIONS] == ["utter_which_town", "utter_which_town_again"]
    assert said[-1] == "utter_no_country"
    assert "112" in talk.shows()


@pytest.mark.parametrize("label", ["deny", "unsure"])
async def test_the_town_need_not_be_told(talk: Stage, near: SmallDirectory, label: str) -> None:
    await talk.hears("find_shelter")
    assert await talk.hears(label) == ["utter_no_country"]
    assert "112" in talk.shows()
    assert not TOWN_QUESTIONS & set(await talk.hears("thanks"))


async def test_where_the_country_is_known_no_town_is_asked_for_and_its_lines_are_given(
    talk: Stage, near: SmallDirectory
) -> None:
    await talk.hears("provide_location", "i am in united kingdom")
    said = await talk.hears("find_shelter")
    assert not TOWN_QUESTIONS & set(said)
    assert first_number("GB") in talk.shows()


@pytest.mark.parametrize("text", ["united states", "usa"])
async def test_the_country_alone_gives_its_lines_and_offers_to_name_a_town(
    talk: Stage, near: SmallDirectory, text: str
) -> None:
    await talk.hears("find_shelter")
    assert await talk.hears("provide_location", text, country="US") == ["utter_lines"]
    assert "step to=town" in [pick["value"] for pick in talk.record.choices]
    assert await talk.hears("step", "1", to="town", chosen=True) == ["utter_which_town"]
    assert "utter_service" in await talk.hears("provide_location", "houston")


async def test_a_need_with_only_a_country_gets_lines_at_once(talk: Stage, near: SmallDirectory) -> None:
    assert await talk.hears("find_shelter", "shelter in united kingdom") == ["utter_find_shelter", "utter_lines"]


async def test_a_name_of_two_towns_is_asked_about_and_the_choice_is_taken(talk: Stage, near: SmallDirectory) -> None:
    said = await talk.hears("find_shelter", "shelter in paris", named("paris", "FR"))
    assert said[-1] == "utter_which_place"
    assert [pick["arguments"]["name"] for pick in talk.record.choices[:2]] == ["Paris, FR", "Paris, Texas"]
    label, pair = talk.record.choices[1]["value"].split()
    entity, value = pair.split("=")
    await talk.hears(label, "2", [{"entity": entity, "value": value}], chosen=True)
    assert (talk.record.place, talk.record.country) == (PARIS_TEXAS.id, "US")


async def test_the_country_beside_a_shared_name_says_which_is_meant(talk: Stage, near: SmallDirectory) -> None:
    said = await talk.hears("find_shelter", "shelter in paris, france", named("paris", "FR"))
    assert "utter_which_place" not in said
    assert talk.record.country == "FR"


async def test_a_country_behind_the_town_says_which_is_meant(talk: Stage, near: SmallDirectory) -> None:
    await talk.hears("find_shelter")
    await talk.hears("provide_location", "paris usa", country="US")
    assert talk.record.place == PARIS_TEXAS.id


async def test_a_place_that_the_phone_sends_is_taken_as_the_town(talk: Stage, near: SmallDirectory) -> None:
    await talk.hears("find_shelter")
    assert (await talk.hears("provide_location", "Houston, US", country="US", chosen=True))[0] == "utter_service"


async def test_a_place_that_the_phone_sends_is_known_by_its_number_and_not_by_its_name(
    talk: Stage, near: SmallDirectory
) -> None:
    await talk.hears("find_shelter")
    sent = [{"entity": "country", "value": "US"}, {"entity": "picked", "value": str(PARIS_TEXAS.id)}]
    await talk.hears("provide_location", "Paris, US", sent, chosen=True)
    assert talk.record.place == PARIS_TEXAS.id


async def test_a_place_that_the_phone_sends_for_a_hotline_is_known_for_a_later_need(
    talk: Stage, near: SmallDirectory
) -> None:
    await talk.hears("find_hotline")
    await talk.hears("provide_location", "Houston, US", country="US", chosen=True)
    assert "utter_service" in await talk.hears("find_shelter")


async def test_a_region_alone_is_looked_in(talk: Stage, near: SmallDirectory) -> None:
    await talk.hears("find_shelter")
    assert (await talk.hears("provide_location", "texas"))[0] == "utter_service"
    assert (near.queries[-1].country, near.queries[-1].region, near.queries[-1].place) == ("US", "Texas", None)


async def test_a_story_beside_the_question_is_answered_as_a_story(talk: Stage, near: SmallDirectory) -> None:
    await talk.hears("find_shelter")
    assert "utter_disclose_threats" in await talk.hears("disclose_threats", "he says he will kill me")


async def test_a_question_about_us_leaves_the_town_open(talk: Stage, near: SmallDirectory) -> None:
    await talk.hears("find_shelter")
    assert await talk.hears("ask_bot") == ["utter_ask_bot"]
    assert (await talk.hears("provide_location", "houston"))[0] == "utter_service"


async def test_another_country_than_that_of_the_town_forgets_the_town(talk: Stage, near: SmallDirectory) -> None:
    await talk.hears("find_shelter", "in houston", named("houston", "US"))
    await talk.hears("provide_location", "im in mexico now", country="MX")
    assert talk.record.place is None


@pytest.mark.parametrize("text", ["houston", "im in houston now"])
async def test_a_town_named_after_services_were_given_is_looked_in(
    talk: Stage, near: SmallDirectory, text: str
) -> None:
    await talk.hears("find_shelter", "in dubai", named("dubai", "AE"))
    assert "utter_service" in await talk.hears("provide_location", text, named("houston", "US"))
    assert near.queries[-1].place == HOUSTON


async def test_the_same_need_again_gets_others(talk: Stage, near: SmallDirectory) -> None:
    near.services.append(service("us-third-house"))
    near.services.append(service("us-fourth-house"))
    await talk.hears("find_shelter", "in houston", named("houston", "US"))
    await talk.hears("find_shelter", "i need a shelter")
    assert "Fourth House" in talk.shows()
    assert "First House" not in talk.shows()


async def test_nothing_near_gives_lines_of_the_country_and_is_counted(talk: Stage, near: SmallDirectory) -> None:
    said = await talk.hears("find_shelter", "shelter in dubai", named("dubai", "AE"))
    assert said[-2:] == ["utter_only_lines", "utter_lines"]
    assert first_number("AE") in talk.shows()
    assert talk.turn
    assert talk.turn.unmet == [{"need": "find_shelter", "country": "AE", "region": "Dubai", "locale": "en"}]


async def test_where_leaving_a_boss_is_reported_it_is_said_also_where_nothing_is_near(
    talk: Stage, near: SmallDirectory
) -> None:
    assert "utter_before_leaving" in await talk.hears("find_shelter", "shelter in dubai", named("dubai", "AE"))


@pytest.mark.parametrize(
    ("reach", "kilometres", "words"),
    [
        ("near", 61.6, "The nearest is about 62 km away."),
        ("region", 300.0, "The nearest is about 300 km away."),
        ("region", None, "in the same region"),
        ("country", None, "works in the whole country"),
    ],
)
async def test_it_is_said_how_far_the_search_had_to_go(
    talk: Stage, near: SmallDirectory, reach: SearchReach, kilometres: float | None, words: str
) -> None:
    near.services, near.reach = [service("us-far-house", kilometres=kilometres)], reach
    await talk.hears("find_shelter", "in houston", named("houston", "US"))
    assert words in talk.shows()


async def test_one_in_town_beside_others_far_away_is_not_said_to_be_far(talk: Stage, near: SmallDirectory) -> None:
    near.services = [service("us-near-house"), service("us-far-house", kilometres=363.0)]
    near.reach = "region"
    await talk.hears("find_shelter", "in houston", named("houston", "US"))
    assert "I have nothing" not in talk.shows()


async def test_a_name_of_two_towns_as_the_answer_is_asked_about_too(talk: Stage, near: SmallDirectory) -> None:
    await talk.hears("find_shelter")
    assert await talk.hears("nlu_fallback", "paris", named("paris", "FR")) == ["utter_which_place"]
    assert talk.record.country is None


async def test_a_state_with_the_name_of_a_country_is_asked_about(talk: Stage, near: SmallDirectory) -> None:
    await talk.hears("find_shelter")
    assert await talk.hears("provide_location", "georgia", country="GE") == ["utter_which_place"]
    assert [pick["arguments"]["name"] for pick in talk.record.choices[:2]] == ["Georgia, Texas", "Georgia"]
    await talk.hears("provide_location", "2", [{"entity": "picked", "value": "GE."}], chosen=True)
    assert (talk.record.country, talk.record.region) == ("GE", None)


@pytest.mark.parametrize("country", [None, "DE"])
async def test_a_town_with_the_name_of_a_country_is_asked_about(
    talk: Stage, near: SmallDirectory, country: str | None
) -> None:
    talk.record.country = country
    await talk.hears("find_shelter", "a shelter")
    talk.record.question = "town"
    assert await talk.hears("provide_location", "granada", country="GD") == ["utter_which_place"]
    assert [pick["arguments"]["name"] for pick in talk.record.choices[:2]] == ["Granada, ES", "Grenada"]
    assert talk.record.country == country


async def test_a_town_with_the_name_of_a_country_is_taken_in_the_country_that_is_known(
    talk: Stage, near: SmallDirectory
) -> None:
    talk.record.country, talk.record.question, talk.record.want = "ES", "town", "find_shelter"
    await talk.hears("provide_location", "granada", country="GD")
    assert (talk.record.country, talk.record.place) == ("ES", GRANADA.id)


@pytest.mark.parametrize("question", ["town", None])
async def test_a_place_in_another_country_that_is_only_named_is_not_taken_without_asking(
    talk: Stage, near: SmallDirectory, question: str | None
) -> None:
    talk.record.country, talk.record.question, talk.record.need = "GB", question, "find_shelter"
    said = await talk.hears("provide_location", "east london please help me", named("east london", "ZA"))
    assert said == ["utter_which_place"]
    assert [pick["arguments"]["name"] for pick in talk.record.choices[:2]] == ["East London, ZA", "United Kingdom"]
    assert (talk.record.country, talk.record.place) == ("GB", None)
    await talk.hears("provide_location", "2", [{"entity": "picked", "value": "GB."}], chosen=True)
    assert (talk.record.country, talk.record.question) == ("GB", None)


async def test_a_story_in_a_town_at_home_does_not_change_the_country(talk: Stage, near: SmallDirectory) -> None:
    talk.record.country = "US"
    text = "i live in paris and he beats me"
    await talk.hears("disclose_threats", text, named("paris", "FR"))
    assert talk.record.country == "US"


async def test_beside_one_service_lines_of_the_country_are_given(talk: Stage, near: SmallDirectory) -> None:
    near.services = [service("us-only-house")]
    said = await talk.hears("find_shelter", "in houston", named("houston", "US"))
    assert said[-3:] == ["utter_service", "utter_line", "utter_line"]
    assert "Only House" in talk.shows()
    assert first_number("US") in talk.shows()


async def test_a_text_message_brings_two_at_most(near: SmallDirectory) -> None:
    stage = Stage(channel="sms")
    stage.record.situation, stage.record.told = "talk", ["intro"]
    near.services.append(service("us-third-house"))
    said = await stage.hears("find_shelter", "in houston", named("houston", "US"))
    assert said.count("utter_service") == 2


async def test_a_child_is_looked_for_as_one(talk: Stage, near: SmallDirectory) -> None:
    talk.record.minor = True
    await talk.hears("find_shelter", "in houston", named("houston", "US"))
    assert near.queries[-1].ages == (0, 17)
    assert "youth" in near.queries[-1].kinds


async def test_nothing_is_assumed_of_who_said_nothing(talk: Stage, near: SmallDirectory) -> None:
    await talk.hears("find_shelter", "in houston", named("houston", "US"))
    query = near.queries[-1]
    assert (query.gender, query.ages, query.language) == (None, None, None)
    assert not any((query.with_children, query.without_police, query.without_papers, query.free, query.open_now))


@pytest.mark.parametrize("sign", ["threat_authorities", "vuln_status"])
async def test_who_was_threatened_with_the_police_is_not_sent_there(
    talk: Stage, near: SmallDirectory, sign: str
) -> None:
    near.services = [service("us-police-house", notices=("know_by_police",)), service("us-calm-house")]
    await talk.hears("disclose_threats", "they call immigration", indicator=sign)
    await talk.hears("find_shelter", "in houston", named("houston", "US"))
    assert "Police House" not in talk.shows()
    assert "Calm House" in talk.shows()


async def test_a_stranger_who_asked_is_not_offered_what_was_given_before(talk: Stage, near: SmallDirectory) -> None:
    await talk.hears("disclose_threats")
    await talk.hears("find_shelter", "in houston", named("houston", "US"))
    await talk.hears("nlu_fallback", "who is this?")
    assert quiet.STRANGER in talk.record.told
    assert (talk.record.place, talk.record.given) == (None, {})


@every("label", NEEDS)
async def test_where_nothing_is_compiled_the_country_is_asked_for(talk: Stage, label: str) -> None:
    directory_client.use(Source(None))
    assert (await talk.hears(label))[-1] == "utter_ask_where"


class BrokenDirectory(SmallDirectory):
    """A file that can not be read any more."""

    def find(self, query: SearchQuery, now: datetime) -> FoundServices:
        """Fail as SQLite does."""
        raise sqlite3.DatabaseError("malformed")


async def test_a_broken_file_still_leaves_the_lines_of_the_country(talk: Stage) -> None:
    directory_client.use(Source(BrokenDirectory()))
    said = await talk.hears("find_shelter", "in houston", named("houston", "US"))
    assert "utter_lines" in said


def test_the_question_for_the_town_can_be_skipped() -> None:
    for phrase in TOWN_QUESTIONS:
        assert DOMAIN["responses"][phrase][0]["metadata"]["choices"][0]["say"] == "choice_skip"
