"""The agreed word: asked for, refused kindly where it could be mixed up or give something away, and never repeated."""

import pytest

from tests.actions.stage import BOOK, Stage

ASKED_AGAIN = {"utter_word_empty", "utter_word_long", "utter_word_number", "utter_word_used", "utter_word_topic"}


@pytest.fixture
async def asked(talk: Stage) -> Stage:
    """A talk in which a word was asked for."""
    assert await talk.hears("step", to="word") == ["utter_word_offer"]
    return talk


async def test_a_wish_for_a_word_in_own_words_is_understood(talk: Stage) -> None:
    assert await talk.hears("help_menu", "can we have a code word", topic="agreed_word") == ["utter_word_offer"]


@pytest.mark.parametrize("word", ["lemon", "Blue bird", "limón", "نجمة زرقاء", "my red shoes", "зонтик", "किताब घर"])
async def test_a_word_is_kept_and_never_said_back(asked: Stage, word: str) -> None:
    assert await asked.hears("nlu_fallback", word) == ["utter_word_kept"]
    assert asked.record.word
    assert asked.record.question is None
    assert word.casefold() not in asked.shows().casefold()


async def test_the_word_means_silence_however_it_is_typed_and_ends_by_itself(asked: Stage) -> None:
    await asked.hears("nlu_fallback", "Limón")
    assert await asked.hears("nlu_fallback", "  limon!!") == ["utter_ok"]
    assert await asked.hears("find_shelter") == ["utter_neutral"]
    assert await asked.hears("nlu_fallback", "LIMON") == ["utter_safe_again"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "utter_word_empty"),
        ("...", "utter_word_empty"),
        ("🍋", "utter_word_empty"),
        ("7", "utter_word_number"),
        ("٤٢", "utter_word_number"),
        ("a long walk by the sea", "utter_word_long"),
        ("donaudampfschifffahrtsgesellschaft", "utter_word_long"),
        ("HELP", "utter_word_topic"),
        ("police", "utter_word_topic"),
        ("my boss", "utter_word_topic"),
        ("peligro", "utter_word_topic"),
        ("الشرطة", "utter_word_topic"),
        ("yes", "utter_word_used"),
        ("sí", "utter_word_used"),
        ("نعم", "utter_word_used"),
        ("STOP", "utter_word_used"),
        ("human", "utter_word_used"),
        ("bye", "utter_word_used"),
        ("two", "utter_word_used"),
        ("dos", "utter_word_used"),
        ("skip", "utter_word_used"),
        ("a number to call", "utter_word_long"),
        ("number", "utter_word_used"),
        ("hello", "utter_word_used"),
        ("gracias", "utter_word_used"),
        ("who is this", "utter_word_used"),
        ("مرحبا", "utter_word_used"),
    ],
)
async def test_a_word_that_could_be_mixed_up_or_tell_too_much_is_refused_with_the_reason(
    asked: Stage, text: str, reason: str
) -> None:
    assert await asked.hears("nlu_fallback", text) == [reason]
    assert asked.record.word is None
    assert asked.record.question == "word"


async def test_the_name_of_a_country_is_needed_for_something_else(asked: Stage) -> None:
    assert await asked.hears("provide_location", "Peru", country="PE") == ["utter_word_used"]


async def test_it_is_asked_again_at_most_twice(asked: Stage) -> None:
    said = [await asked.hears("nlu_fallback", "7") for _ in range(3)]
    assert said == [["utter_word_number"], ["utter_word_number"], ["utter_word_later"]]
    assert asked.record.question is None
    assert await asked.hears("nlu_fallback", "lemon") != ["utter_word_kept"]


@pytest.mark.parametrize("label", ["deny", "unsure"])
async def test_nobody_needs_a_word(asked: Stage, label: str) -> None:
    assert await asked.hears(label, "I don't want one") == ["utter_word_skip"]
    assert asked.record.question is None


async def test_skip_is_among_the_choices(asked: Stage) -> None:
    assert "step to=skip" in [choice["value"] for choice in asked.record.choices]
    assert await asked.hears("step", "1", to="skip") == ["utter_word_skip"]


@pytest.mark.parametrize("label", ["immediate_danger", "self_harm", "medical_emergency", "cannot_talk_safely"])
async def test_a_crisis_is_never_taken_for_the_word(asked: Stage, label: str) -> None:
    asked.record.country = "US"
    said = await asked.hears(label, "he is here")
    said += await asked.hears("nlu_fallback", "he left")
    assert ASKED_AGAIN.isdisjoint(said)
    assert asked.record.word is None


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("talk_to_human", "human please"),
        ("disclose_threats", "he said he will hurt me"),
        ("express_distress", "scared"),
        ("ask_police", "can the police come"),
        ("goodbye", "good night"),
        ("nlu_fallback", "why a word?"),
    ],
)
async def test_what_is_told_or_asked_instead_is_answered_and_the_next_message_is_no_word(
    asked: Stage, label: str, text: str
) -> None:
    said = await asked.hears(label, text)
    assert ASKED_AGAIN.isdisjoint(said)
    assert "utter_word_kept" not in said
    assert asked.record.question != "word"
    assert asked.record.word is None


async def test_a_word_can_be_changed_and_holds_until_then(asked: Stage) -> None:
    await asked.hears("nlu_fallback", "lemon")
    assert await asked.hears("step", to="word") == ["utter_word_there"]
    assert "lemon" not in asked.shows().casefold()
    assert await asked.hears("step", to="word_new") == ["utter_word_offer"]
    assert asked.record.word == "lemon"
    assert await asked.hears("nlu_fallback", "apple") == ["utter_word_kept"]
    assert asked.record.word == "apple"


async def test_a_word_can_be_ended(asked: Stage) -> None:
    await asked.hears("nlu_fallback", "lemon")
    await asked.hears("step", to="word")
    assert await asked.hears("step", to="word_forget") == ["utter_word_forgotten"]
    assert asked.record.word is None
    assert await asked.hears("nlu_fallback", "lemon") != ["utter_ok"]


async def test_in_neutral_mode_no_word_is_asked_for(asked: Stage) -> None:
    await asked.hears("nlu_fallback", "lemon")
    await asked.hears("nlu_fallback", "lemon")
    assert await asked.hears("step", to="word") == ["utter_neutral"]


def test_no_phrase_about_the_word_has_a_place_for_it() -> None:
    texts = {name: text for name, text in BOOK.texts["en"].items() if name.startswith("utter_word_")}
    assert [name for name, text in texts.items() if "{" in text] == []
