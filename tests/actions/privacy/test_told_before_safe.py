"""What was written before it is known to be safe: not lost where it was not understood, and no surer than it was heard."""

from tests.actions.stage import Stage


async def test_what_was_written_first_and_not_understood_is_said_to_be_so(stage: Stage) -> None:
    await stage.hears("nlu_fallback", "it is about the thing with the boat people", confidence=0.2)
    assert "utter_unread" in await stage.hears("affirm", "1")
    assert stage.record.situation == "talk"


async def test_a_short_first_word_needs_no_such_sentence(stage: Stage) -> None:
    await stage.hears("nlu_fallback", "asdf", confidence=0.2)
    assert "utter_unread" not in await stage.hears("affirm", "1")


async def test_a_story_that_was_guessed_before_the_yes_is_not_affirmed(stage: Stage) -> None:
    heard = {"many": {"disclose_organ_removal": 0.51}}
    await stage.hears("disclose_organ_removal", "he put huroob on me", confidence=0.51, heard=heard)
    said = await stage.hears("affirm", "1")
    assert "utter_disclose_organ_removal" not in said
    assert "utter_told_more" in said


async def test_a_sign_that_words_name_is_affirmed_though_the_label_was_guessed(stage: Stage) -> None:
    sign = [{"entity": "indicator", "value": "doc_confiscation"}]
    heard = {"many": {"disclose_document_confiscation": 0.4}}
    await stage.hears("disclose_document_confiscation", "he has my passport", sign, confidence=0.4, heard=heard)
    assert "utter_disclose_document_confiscation" in await stage.hears("affirm", "1")


async def test_what_was_not_understood_is_not_spoken_of_again_much_later(stage: Stage) -> None:
    await stage.hears("nlu_fallback", "it is about the thing with the boat people", confidence=0.2)
    await stage.hears("disclose_document_confiscation", "he keeps my passport", country="US")
    await stage.hears("greet", "hello", returning=True)
    assert "utter_unread" not in await stage.hears("affirm", "1")
