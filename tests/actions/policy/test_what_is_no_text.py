"""Pictures, places, changed messages, and the words that carriers and messengers have for themselves."""

from tests.actions.stage import BOOK, Stage


async def test_a_picture_is_met_with_one_kind_line_and_the_open_question_stays(stage: Stage) -> None:
    assert await stage.hears("no_files") == ["utter_no_files", "utter_opening"]
    assert await stage.hears("no_files") == ["utter_no_files", "utter_safe_again"]


async def test_a_changed_message_is_not_read_and_that_is_said(talk: Stage) -> None:
    assert await talk.hears("no_files", to="edit") == ["utter_no_edits"]


async def test_help_as_a_text_message_says_what_this_is_before_the_opening(stage: Stage) -> None:
    stage.channel = "sms"
    assert await stage.hears("step", to="text_help") == ["utter_text_help", "utter_opening"]
    assert stage.record.question == "safe"
    text = stage.shows().casefold()
    assert not any(topic in text for topic in ("traffick", "exploit", "police", "hotline", "rescue"))


async def test_help_in_the_talk_offers_to_go_on_or_a_person(talk: Stage) -> None:
    assert await talk.hears("step", to="text_help") == ["utter_text_help"]
    assert [choice["say"] for choice in talk.record.choices] == ["choice_go_on", "choice_human"]


async def test_help_in_neutral_mode_says_nothing_more(stage: Stage) -> None:
    stage.record.situation = "quiet"
    assert await stage.hears("step", to="text_help") == ["utter_neutral"]


def test_words_that_a_text_for_carriers_tells_people_to_write_work() -> None:
    assert "BYE" in BOOK.texts["en"]["utter_text_help"]
