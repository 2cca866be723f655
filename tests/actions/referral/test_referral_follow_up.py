"""After a number was given: another one, one that fits better, or that it does not work."""

import pytest

from actions.referral import directory_client
from bot.understanding import lexicon_matcher
from tests.actions.small_directory import DUBAI, HOUSTON, SmallDirectory, service
from tests.actions.stage import Stage

IN_HOUSTON = [{"entity": "country", "value": "US"}, {"entity": "place", "value": "US", "words": "houston"}]


@pytest.fixture
async def given(talk: Stage, near: SmallDirectory) -> Stage:
    """A talk in which two services near Houston were given."""
    await talk.hears("find_shelter", "in houston", IN_HOUSTON)
    return talk


async def says(stage: Stage, text: str, label: str = "nlu_fallback", confidence: float = 0.4) -> list[str]:
    """Hear words as the engine would: with the topics of the reviewed lists."""
    topics = [{"entity": "topic", "value": topic} for topic in lexicon_matcher.topics(text)]
    return await stage.hears(label, text, topics, confidence=confidence)


async def picks(stage: Stage, words: str) -> list[str]:
    """Take the choice that is shown with these words."""
    value = next(pick["value"] for pick in stage.record.choices if pick["say"] == words)
    label, *pairs = value.split()
    found = [dict(zip(("entity", "value"), pair.split("="), strict=True)) for pair in pairs]
    return await stage.hears(label, "1", found, chosen=True)


@pytest.mark.parametrize("ending", ["goodbye", "cannot_talk_safely"])
async def test_after_the_end_nobody_reads_whose_numbers_were_given(given: Stage, ending: str) -> None:
    assert "First House" in given.shows()
    await given.hears(ending)
    assert await says(given, "it does not work") != ["utter_which_wrong"]
    assert "House" not in f"{given.shows()} {given.record.choices}"


async def test_another_one_is_another_one(given: Stage, near: SmallDirectory) -> None:
    near.services.append(service("us-third-house"))
    assert await says(given, "is there another one") == ["utter_service", "utter_line", "utter_line"]
    assert "Third House" in given.shows()
    assert "First House" not in given.shows()


async def test_another_one_is_also_one_that_found_no_room_before(talk: Stage, near: SmallDirectory) -> None:
    much = {
        "notices": ("know_appointment", "know_name_asked"),
        "languages": ("es", "fr"),
        "minimum_age": 18,
        "free": True,
    }
    near.services = [service(f"us-{name}-house", genders=("female",), **much) for name in ("first", "second", "third")]
    await talk.hears("find_shelter", "in houston", IN_HOUSTON)
    told = talk.shows()
    await says(talk, "another one")
    told += talk.shows()
    assert all(name in told for name in ("First House", "Second House", "Third House"))


async def test_after_the_last_one_come_lines_of_the_country_and_then_that_this_is_all(given: Stage) -> None:
    assert await says(given, "another one") == ["utter_lines"]
    first = set(given.record.given)
    assert await says(given, "another one") == ["utter_lines"]
    assert first.isdisjoint(given.record.given)
    assert await says(given, "another one") == ["utter_all_given"]


async def test_the_choices_after_a_service_end_with_a_person(given: Stage) -> None:
    assert [pick["say"] for pick in given.record.choices] == ["choice_another", "choice_wrong", "choice_human"]


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("i am a man", "gender", "male"),
        ("is it for women", "gender", "female"),
        ("can i come with my kids", "with_children", True),
        ("im under 18", "ages", (0, 17)),
        ("without police please", "without_police", True),
        ("i have no papers", "without_papers", True),
        ("i have no money, is it free", "free", True),
        ("which is open now", "open_now", True),
    ],
)
async def test_what_must_fit_is_looked_for(
    given: Stage, near: SmallDirectory, text: str, field: str, value: object
) -> None:
    await says(given, text)
    assert getattr(near.queries[1], field) == value


async def test_who_speaks_a_language_is_looked_for(given: Stage, near: SmallDirectory) -> None:
    found = [{"entity": "language", "value": "tl"}, {"entity": "topic", "value": "referral_speaks"}]
    await given.hears("change_language", "is there one that speaks tagalog", found)
    assert near.queries[1].language == "tl"
    assert given.turn
    assert given.turn.new_locale is None


async def test_a_wish_for_another_language_is_still_one_for_the_talk(given: Stage) -> None:
    await given.hears("change_language", "can we speak tagalog", language="tl")
    assert given.turn
    assert given.turn.new_locale == "tl"


async def test_what_somebody_said_of_themselves_holds_for_a_later_need(given: Stage, near: SmallDirectory) -> None:
    await says(given, "i am a man")
    await says(given, "i need a doctor", "find_medical_care", 0.9)
    assert near.queries[-1].gender == "male"


async def test_what_was_asked_for_once_does_not_hold(given: Stage, near: SmallDirectory) -> None:
    await says(given, "which is open now")
    await says(given, "i need a doctor", "find_medical_care", 0.9)
    assert not near.queries[-1].open_now


async def test_nothing_like_that_is_said_and_the_best_without_it_is_given(given: Stage, near: SmallDirectory) -> None:
    assert (await says(given, "is it free"))[0] == "utter_service"
    assert "I have nothing that fits exactly. This fits best." in given.shows()
    assert "First House" in given.shows()


async def test_a_man_is_not_sent_to_a_house_for_women(given: Stage, near: SmallDirectory) -> None:
    near.services = [service("us-first-house", genders=("female",))]
    assert "utter_only_lines" in await says(given, "i am a man")
    assert "First House" not in given.shows()


async def test_a_question_for_men_and_women_tells_nothing_of_who_asks(given: Stage) -> None:
    await given.hears(
        "nlu_fallback", "men or women", [{"entity": "topic", "value": f"referral_{who}"} for who in ("men", "women")]
    )
    assert given.record.holds == []


async def test_a_closer_one_is_nearer_than_the_nearest_given(given: Stage, near: SmallDirectory) -> None:
    near.services = [service("us-far-house", kilometres=40.0)]
    await says(given, "another one")
    await says(given, "that is too far")
    assert near.queries[2].nearer_than == 40.0


async def test_another_town_is_asked_for_and_looked_in(given: Stage, near: SmallDirectory) -> None:
    assert await says(given, "i am in another town") == ["utter_which_town"]
    await given.hears("provide_location", "dubai")
    assert (near.queries[-1].country, given.record.place) == ("AE", DUBAI.id)


async def test_a_number_that_does_not_work_is_told_and_not_given_again(given: Stage, near: SmallDirectory) -> None:
    assert await says(given, "nobody answers") == ["utter_which_wrong"]
    assert [pick["arguments"]["name"] for pick in given.record.choices] == ["First House", "Second House"]
    said = await given.hears("step", "1", to="wrong_0", chosen=True)
    assert said[0] == "utter_wrong_noted"
    assert given.turn
    assert given.turn.complaints == ["us-first-house"]
    await says(given, "which is open now")
    assert "us-first-house" in near.queries[-1].without
    assert "First House" not in given.shows()


async def test_a_complaint_about_the_only_one_needs_no_question(talk: Stage, near: SmallDirectory) -> None:
    near.services = [service("us-first-house")]
    await talk.hears("find_shelter", "in houston", IN_HOUSTON)
    talk.record.given = {"us-first-house": "First House"}
    assert (await picks(talk, "choice_wrong"))[0] == "utter_wrong_noted"


async def test_a_complaint_that_names_one_is_about_that_one(given: Stage) -> None:
    await says(given, "second house is not working")
    assert given.turn
    assert given.turn.complaints == ["us-second-house"]


async def test_the_same_complaint_twice_is_told_once(given: Stage) -> None:
    await says(given, "second house is not working")
    given.record.given = {"us-second-house": "Second House"}
    await says(given, "it does not work")
    assert given.turn
    assert given.turn.complaints == []


async def test_a_national_line_that_nobody_answers_is_told_too(talk: Stage) -> None:
    await talk.hears("find_hotline", country="GB")
    assert await says(talk, "nobody answers") == ["utter_which_wrong"]
    first = next(iter(talk.record.given))
    await talk.hears("step", "1", to="wrong_0", chosen=True)
    assert talk.turn
    assert talk.turn.complaints == [first]
    assert first not in talk.record.given


async def test_what_is_suspended_is_not_looked_for(given: Stage, near: SmallDirectory) -> None:
    assert given.turn
    given.suspended = frozenset({"us-second-house"})
    await says(given, "which is open now")
    assert "us-second-house" in near.queries[-1].without


@pytest.mark.parametrize("text", ["another one", "nobody answers", "i am a man", "is it free"])
async def test_before_a_number_was_given_these_words_mean_nothing(talk: Stage, near: SmallDirectory, text: str) -> None:
    assert await says(talk, text) == ["utter_rephrase"]


@pytest.mark.parametrize("label", ["disclose_threats", "report_concern", "talk_to_human", "delete_my_data"])
async def test_a_story_or_another_wish_weighs_more_than_these_words(given: Stage, label: str) -> None:
    said = await says(given, "nobody answers me, they didnt help", label, 0.9)
    assert not {"utter_which_wrong", "utter_wrong_noted"} & set(said)


async def test_another_need_is_another_need(given: Stage, near: SmallDirectory) -> None:
    await says(given, "a free lawyer", "find_legal_aid", 0.9)
    assert near.queries[-2].kinds[0] == near.queries[-1].kinds[0] == "legal_aid"
    assert near.queries[-2].free


async def test_danger_comes_before_all_of_this(given: Stage) -> None:
    assert (await says(given, "nobody answers and he is here", "immediate_danger", 0.9))[0].startswith("utter_danger")


async def test_after_long_silence_nothing_of_before_is_offered(given: Stage) -> None:
    await given.hears("greet", returning=True)
    await given.hears("affirm", "yes")
    assert "utter_which_wrong" not in await says(given, "nobody answers")


async def test_the_place_is_kept_in_the_record_as_a_city_and_no_finer(given: Stage) -> None:
    assert (given.record.place, given.record.region) == (HOUSTON.id, "Texas")


def police(country: str) -> set[str]:
    return {one.id for one in directory_client.directory().national.get(country, ()) if one.about_police}


async def test_in_no_country_who_fears_the_police_gets_its_lines_among_others() -> None:
    wrong = []
    for country in directory_client.directory().countries:
        stage = Stage()
        stage.record.situation, stage.record.holds = "talk", ["no_police"]
        await stage.hears("find_hotline", country=country)
        given = set(stage.record.referred)
        wrong += [country] if given & police(country) and given - police(country) else []
    assert wrong == []


async def test_who_fears_the_police_gets_none_of_its_lines_when_all_others_were_given(given: Stage) -> None:
    await says(given, "without police please")
    for _ in range(5):
        await says(given, "is there another one")
    assert police("US") and police("US").isdisjoint(given.record.referred)
