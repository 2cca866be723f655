"""Safe first: the neutral opening, what an answer to it does, and that nobody is kept in front of the door."""

from tests.actions.stage import LABELS, Stage
from tests.every import every

AT_ONCE = ("immediate_danger", "self_harm", "medical_emergency", "cannot_talk_safely", "delete_my_data", "goodbye")
ASKED_US = ("ask_bot", "ask_anonymity", "change_language", "ask_cost")
OTHERS = [label for label in LABELS if label not in (*AT_ONCE, *ASKED_US, "no_files")]


@every("label", OTHERS)
async def test_any_first_message_that_is_no_crisis_gets_the_neutral_opening(stage: Stage, label: str) -> None:
    assert await stage.hears(label) == ["utter_opening"]
    assert [choice["value"] for choice in stage.record.choices] == ["affirm", "deny", "unsure"]


async def test_who_is_safe_is_told_everything_before_any_question(stage: Stage) -> None:
    await stage.hears("greet")
    assert await stage.hears("affirm") == ["utter_intro", "utter_menu"]
    for part in ("computer", "No name", "15 minutes", "life in danger", "hurt child", "HUMAN"):
        assert part in stage.shows()


async def test_what_was_told_first_is_answered_once_it_is_safe(stage: Stage) -> None:
    await stage.hears("disclose_document_confiscation")
    said = await stage.hears("affirm")
    assert said[:2] == ["utter_intro", "utter_disclose_document_confiscation"]


async def test_a_story_as_the_answer_is_a_yes_and_is_answered(stage: Stage) -> None:
    await stage.hears("greet")
    said = await stage.hears("disclose_debt_bondage")
    assert said[:2] == ["utter_intro", "utter_disclose_debt_bondage"]
    assert stage.record.situation == "talk"


async def test_help_after_a_story_is_a_yes_and_the_story_is_answered(stage: Stage) -> None:
    await stage.hears("disclose_threats")
    assert "utter_disclose_threats" in await stage.hears("help_menu")


@every("label", ["greet", "thanks", "out_of_scope"])
async def test_who_says_nothing_is_asked_once_more_and_then_what_would_help(stage: Stage, label: str) -> None:
    await stage.hears("greet")
    said = [await stage.hears(label) for _ in range(2)]
    assert said == [["utter_safe_again"], ["utter_intro", "utter_menu"]]


async def test_a_story_that_is_not_understood_is_a_yes_too(stage: Stage) -> None:
    await stage.hears("greet")
    said = await stage.hears("nlu_fallback", "the man with the papers came again")
    assert said[0] == "utter_intro"
    assert "utter_safe_again" not in said
    assert "utter_menu" not in said[:-1]


async def test_a_word_that_is_not_understood_is_asked_again(stage: Stage) -> None:
    await stage.hears("greet")
    assert await stage.hears("nlu_fallback", "hmm") == ["utter_safe_again"]


def sure(answer: str, *marks: str) -> dict[str, dict[str, float]]:
    return {"answer": {answer: 0.9}, "marks": dict.fromkeys(marks, 0.9)}


async def test_yes_in_words_that_are_in_no_list_is_heard(stage: Stage) -> None:
    await stage.hears("greet")
    assert await stage.hears("affirm", "she is at church til 8", heard=sure("yes", "free")) == [
        "utter_intro",
        "utter_menu",
    ]


async def test_yes_beside_a_watched_phone_is_none(stage: Stage) -> None:
    await stage.hears("greet")
    said = await stage.hears("affirm", "yes he is next to me", confidence=0.5, heard=sure("yes", "watched"))
    assert said == ["utter_safe_again"]


async def test_no_in_any_words_lets_the_talk_rest_but_a_guessed_no_does_not(stage: Stage) -> None:
    await stage.hears("greet")
    assert await stage.hears("deny", "mm", confidence=0.45) == ["utter_safe_again"]
    assert await stage.hears("nlu_fallback", "she is home", heard=sure("no")) == ["utter_cannot_talk"]


async def test_not_sure_hears_how_to_stop_and_what_comes_next_is_answered(stage: Stage) -> None:
    await stage.hears("greet")
    assert await stage.hears("unsure") == ["utter_cannot_talk"]
    assert (await stage.hears("find_hotline"))[0] == "utter_intro"


async def test_a_guessed_yes_opens_no_talk(stage: Stage) -> None:
    await stage.hears("disclose_threats")
    assert await stage.hears("affirm", "hm", confidence=0.48) == ["utter_safe_again"]


async def test_after_a_watched_phone_the_first_message_is_checked_and_the_next_is_answered(stage: Stage) -> None:
    await stage.hears("cannot_talk_safely")
    assert await stage.hears("disclose_threats") == ["utter_opening"]
    assert "utter_disclose_threats" in await stage.hears("disclose_threats")


async def test_a_guess_that_somebody_watches_closes_nothing(talk: Stage) -> None:
    assert await talk.hears("cannot_talk_safely", "mm they", possible=True, confidence=0.5) == ["utter_cannot_talk"]
    assert talk.record.situation == "talk"
    assert await talk.hears("cannot_talk_safely", "mm they", possible=True, confidence=0.5) == ["utter_ok"]
    assert (await talk.hears("find_hotline", country="MX"))[0] != "utter_opening"


async def test_after_neutral_mode_a_story_is_no_yes_and_a_yes_goes_on(talk: Stage) -> None:
    await talk.hears("disclose_threats")
    assert await talk.hears("ask_bot", "who is this") == ["utter_neutral"]
    assert await talk.hears("greet", "hello") == ["utter_opening"]
    said = [await talk.hears("find_shelter", "is it about a bed") for _ in range(3)]
    assert said == [["utter_safe_again"], ["utter_ok"], ["utter_ok"]]
    assert await talk.hears("affirm", "yes") == ["utter_menu"]
    assert "neutral" not in talk.record.told


async def test_who_says_that_nobody_watches_any_more_goes_on_at_once(stage: Stage) -> None:
    await stage.hears("cannot_talk_safely")
    said = await stage.hears("find_shelter", "he left, i need a bed", heard=sure("none", "free"))
    assert said[:2] == ["utter_intro", "utter_find_shelter"]


async def test_nobody_is_sent_away_on_a_guess(talk: Stage) -> None:
    assert "utter_goodbye" not in await talk.hears("goodbye", "what do i do now", confidence=0.48)


async def test_while_two_languages_are_likely_either_can_be_chosen(stage: Stage) -> None:
    await stage.hears("greet", unsure=("fr", "en"))
    shown = [choice.get("arguments", {}).get("name") for choice in stage.record.choices]
    assert shown == [None, None, None, "Français", "English", None]
    await stage.hears("change_language", unsure=("fr", "en"), language="fr")
    assert len(stage.record.choices) == 3


async def test_who_is_not_safe_gets_the_short_text_and_is_asked_again_later(stage: Stage) -> None:
    await stage.hears("disclose_threats")
    assert await stage.hears("deny") == ["utter_cannot_talk"]
    assert await stage.hears("find_hotline") == ["utter_opening"]
    assert "utter_disclose_threats" not in await stage.hears("affirm")


async def test_thanks_after_the_short_text_gets_one_word(stage: Stage) -> None:
    await stage.hears("greet")
    await stage.hears("deny")
    assert await stage.hears("thanks") == ["utter_ok"]


@every("label", ["ask_bot", "ask_anonymity", "ask_cost"])
async def test_questions_about_us_are_answered_at_once_and_the_door_stays_open(stage: Stage, label: str) -> None:
    await stage.hears("greet")
    assert await stage.hears(label) == [f"utter_{label}", "utter_safe_again"]
    assert "utter_menu" in await stage.hears("affirm")


async def test_a_picture_as_the_first_message_is_met_with_words_and_the_opening(stage: Stage) -> None:
    assert await stage.hears("no_files") == ["utter_no_files", "utter_opening"]


async def test_after_goodbye_the_next_message_is_asked_for_safety_again(talk: Stage) -> None:
    await talk.hears("disclose_threats")
    assert await talk.hears("goodbye") == ["utter_goodbye"]
    assert await talk.hears("find_hotline") == ["utter_opening"]


async def test_the_country_is_never_asked_before_the_person_was_told_who_answers(stage: Stage) -> None:
    await stage.hears("self_harm")
    await stage.hears("deny")
    assert await stage.hears("find_hotline") == ["utter_intro", "utter_which_country"]


async def test_a_child_hears_the_limits_before_anything_else_is_asked(talk: Stage) -> None:
    said = await talk.hears("disclose_minor")
    assert said == ["utter_minor_limits", "utter_disclose_minor", "utter_which_country"]


async def test_another_language_asks_the_open_question_again(stage: Stage) -> None:
    await stage.hears("greet")
    assert await stage.hears("change_language") == ["utter_choose_language"]
    assert await stage.hears("change_language", language="ar") == ["utter_opening"]
    assert stage.turn is not None
    assert stage.turn.new_locale == "ar"
    assert "utter_menu" in await stage.hears("affirm")


async def test_another_language_in_the_talk_says_again_who_answers_and_what_was_said_last(talk: Stage) -> None:
    said = await talk.hears("find_shelter")
    assert await talk.hears("change_language") == ["utter_choose_language"]
    assert await talk.hears("change_language", language="es") == ["utter_intro", *said]


async def test_a_language_that_we_do_not_have_is_not_promised(talk: Stage) -> None:
    assert await talk.hears("change_language", language="fi") == ["utter_language_missing"]
    assert talk.turn is not None
    assert talk.turn.new_locale is None
