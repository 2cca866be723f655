"""What was only guessed ends no talk, takes no word away, and makes no story of a question."""

import pytest

from tests.actions.stage import Stage


async def test_a_guess_erases_nothing(talk: Stage) -> None:
    assert await talk.hears("delete_my_data", "asdf qwer", confidence=0.4) == ["utter_digital_clear"]
    assert talk.turn is not None
    assert not talk.turn.forget
    assert await talk.hears("delete_my_data", confidence=0.6) == ["utter_deleted"]
    assert talk.turn.forget


@pytest.mark.parametrize(("confidence", "said"), [(0.4, "utter_word_kept"), (0.8, "utter_word_used")])
async def test_a_word_that_may_be_a_place_can_be_agreed_on(talk: Stage, confidence: float, said: str) -> None:
    await talk.hears("step", "1", to="word_new")
    assert await talk.hears("provide_location", "purple", confidence=confidence) == [said]


async def test_a_question_about_a_form_is_no_story(talk: Stage) -> None:
    said = await talk.hears("disclose_organ_removal", "what is organ trafficking?", topic="form_organ")
    assert said[0] == "utter_form_organ"
    assert talk.record.marks == []


async def test_how_to_clear_a_phone_is_answered_where_a_watched_phone_was_guessed(talk: Stage) -> None:
    text = "how do i delete this chat"
    assert await talk.hears("cannot_talk_safely", text, topic="digital_clear", confidence=0.65) == [
        "utter_digital_clear"
    ]


@pytest.mark.long
async def test_places_times_and_sums_are_kept_as_they_were_said(talk: Stage) -> None:
    found = [
        {"entity": "place", "value": "AE", "words": "Dubai"},
        {"entity": "span", "value": "90", "words": "3 months"},
        {"entity": "money", "value": "400 dollar", "words": "400 dollars"},
    ]
    await talk.hears("disclose_unpaid_wages", "in Dubai, 3 months, they owe 400 dollars", found)
    assert talk.record.named == {"place": ["Dubai"], "span": ["3 months"], "money": ["400 dollars"]}


async def test_a_long_yes_in_a_story_is_answered_by_what_it_tells(talk: Stage) -> None:
    await talk.hears("disclose_unpaid_wages", country="US")
    text = "yes and he has all our papers in the drawer of his desk since april"
    said = await talk.hears("affirm", text, confidence=0.6, heard={"many": {"disclose_document_confiscation": 0.4}})
    assert "utter_affirm" not in said
    assert [phrase for phrase in said if "document" in phrase]


async def test_in_their_own_story_nobody_is_taken_for_a_bystander_on_a_guess(talk: Stage) -> None:
    talk.record.about = "self"
    heard = {"about": {"self": 0.5, "other": 0.4}}
    said = await talk.hears("report_concern", "but she is not a bad person", confidence=0.4, heard=heard)
    assert not {"utter_about_them", "utter_concern_danger"} & set(said)
    assert talk.record.about == "self"


async def test_a_sure_worry_is_heard_in_their_own_story_too(talk: Stage) -> None:
    talk.record.about = "self"
    said = await talk.hears("report_concern", "and there is a girl of ten here", confidence=0.9)
    assert "utter_about_them" in said


async def test_in_a_story_a_guessed_offer_is_no_offer(talk: Stage) -> None:
    await talk.hears("disclose_unpaid_wages")
    said = await talk.hears("check_job_offer", confidence=0.5, heard={"many": {"disclose_threats": 0.7}})
    assert "utter_disclose_threats" in said
    assert "utter_about_job" not in said


async def test_a_sure_offer_is_checked_also_in_a_story(talk: Stage) -> None:
    await talk.hears("disclose_unpaid_wages")
    said = await talk.hears("check_job_offer", confidence=0.8)
    assert "utter_about_job" in said
