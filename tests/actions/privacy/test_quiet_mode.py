"""Neutral mode: whoever may hold the phone reads one sentence, and a person in danger is still answered."""

import pytest

from bot.handoff.handoff_snapshot import HandoffSnapshot
from tests.actions.small_directory import SmallDirectory
from tests.actions.stage import LABELS, Stage
from tests.every import every

STILL_ANSWERED = (
    "immediate_danger",
    "self_harm",
    "medical_emergency",
    "cannot_talk_safely",
    "delete_my_data",
    "goodbye",
    "greet",
)


@pytest.fixture
async def quiet(talk: Stage) -> Stage:
    talk.record.word = "blue bird"
    await talk.hears("disclose_threats", country="US")
    assert await talk.hears("nlu_fallback", "Blue bird!") == ["utter_ok"]
    return talk


@every("label", [label for label in LABELS if label not in STILL_ANSWERED and label != "change_language"])
async def test_in_neutral_mode_every_answer_is_the_one_sentence(quiet: Stage, label: str) -> None:
    assert await quiet.hears(label, "words that tell nothing") == ["utter_neutral"]


async def test_the_word_said_again_asks_whether_it_is_safe(quiet: Stage) -> None:
    assert await quiet.hears("affirm", "blue bird") == ["utter_safe_again"]
    assert await quiet.hears("affirm") == ["utter_fine"]


async def test_a_greeting_starts_anew_and_nothing_earlier_is_repeated(quiet: Stage) -> None:
    assert await quiet.hears("greet") == ["utter_opening"]
    assert await quiet.hears("affirm") == ["utter_fine"]


async def test_self_harm_is_answered_without_the_name_of_a_service(quiet: Stage) -> None:
    assert await quiet.hears("self_harm") == ["utter_self_harm_now", "utter_self_harm_numbers"]
    assert "988" in quiet.shows()
    assert "911" in quiet.shows()
    assert "Lifeline" not in quiet.shows()
    assert quiet.record.situation == "quiet"
    assert (await quiet.hears("affirm"))[0] == "utter_self_harm_yes"


async def test_danger_is_answered_and_neutral_mode_stays(quiet: Stage) -> None:
    await quiet.hears("immediate_danger")
    assert "911" in quiet.shows()
    assert quiet.record.situation == "quiet"


async def test_another_language_gives_the_sentence_in_it(quiet: Stage) -> None:
    assert await quiet.hears("change_language", language="es") == ["utter_neutral"]


async def test_erasing_works(quiet: Stage) -> None:
    assert await quiet.hears("delete_my_data") == ["utter_deleted"]
    assert quiet.turn is not None
    assert quiet.turn.forget


@every("question", ["who is this", "Who is this?", "wrong number", "¿Quién es?", "من هذا؟"])
async def test_a_strangers_question_after_a_story_turns_it_on(talk: Stage, question: str) -> None:
    await talk.hears("disclose_threats")
    assert await talk.hears("ask_bot", question) == ["utter_neutral"]
    assert talk.record.situation == "quiet"


@every("question", ["wrong number", "whose number is this"])
async def test_who_asks_about_a_number_that_we_gave_is_no_stranger(talk: Stage, question: str) -> None:
    await talk.hears("disclose_threats", country="US")
    await talk.hears("find_shelter")
    assert talk.record.given
    assert "utter_neutral" not in await talk.hears("ask_bot", question)
    assert talk.record.situation == "talk"


async def test_the_same_question_before_any_story_is_answered_truly(stage: Stage) -> None:
    assert (await stage.hears("ask_bot", "who is this"))[0] == "utter_ask_bot"


async def test_an_insult_after_a_story_turns_it_on(talk: Stage) -> None:
    await talk.hears("disclose_debt_bondage")
    assert await talk.hears("insult_or_prank") == ["utter_neutral"]


async def test_an_insult_as_an_answer_to_the_opening_after_a_story_turns_it_on(stage: Stage) -> None:
    await stage.hears("disclose_debt_bondage")
    assert await stage.hears("insult_or_prank") == ["utter_neutral"]


async def test_an_insult_without_a_story_gets_a_short_answer_twice(talk: Stage) -> None:
    said = [await talk.hears("insult_or_prank") for _ in range(3)]
    assert said == [["utter_insult"], ["utter_insult"], ["utter_neutral"]]


async def test_who_asks_whether_this_is_a_robot_gets_a_true_answer_and_is_not_shut_out(stage: Stage) -> None:
    stage.record.situation = "talk"
    await stage.hears("disclose_unpaid_wages")
    assert "utter_ask_bot" in await stage.hears("ask_bot", "are you a robot")
    assert stage.record.situation == "talk"


@every(
    "question",
    [
        "who are you??? answer me",
        "Who were you writing to",
        "what did she say to you",
        "I'm her husband, what is going on",
        "¿Quién eres?",
        "con quien hablabas anoche",
        "que te dijo mi mujer",
        "soy su jefe y quiero saber",
        "انت مين",
        "مين أنت",
        "من هذي",
        "مين كنتي تكلمين",
        "مع مين تحكي يا بنت",
        "شو قالت لك",
        "أنا زوجها وبدي أعرف",
    ],
)
@every("label", ["nlu_fallback", "report_concern", "greet"])
async def test_whoever_holds_the_phone_and_asks_after_a_story_reads_one_sentence(
    talk: Stage, label: str, question: str
) -> None:
    await talk.hears("disclose_threats")
    assert await talk.hears(label, question) == ["utter_neutral"]


async def test_who_is_heard_to_have_found_this_is_a_stranger_where_something_was_told(talk: Stage) -> None:
    found = {"many": {"safe/stranger": 0.6}}
    text = "so it is you she sits up with at night, my wife"
    assert await talk.hears("ask_bot", text, heard=found) == ["utter_ask_bot"]
    await talk.hears("disclose_unpaid_wages")
    assert await talk.hears("ask_bot", text, heard=found) == ["utter_neutral"]
    assert await talk.hears("find_shelter", "and where does she want to go", heard={}) == ["utter_neutral"]


async def test_who_is_hardly_heard_to_have_found_this_is_none(talk: Stage) -> None:
    await talk.hears("disclose_unpaid_wages")
    assert await talk.hears("ask_bot", "who reads this", heard={"many": {"safe/stranger": 0.3}}) == ["utter_ask_bot"]


async def test_who_asks_who_we_are_and_speaks_of_somebody_else_after_an_own_story_is_a_stranger(talk: Stage) -> None:
    await talk.hears("disclose_unpaid_wages")
    assert await talk.hears("ask_bot", "how do you know her", heard={"about": {"other": 0.9}}) == ["utter_neutral"]


async def test_who_worries_about_somebody_else_may_ask_who_we_are(talk: Stage) -> None:
    await talk.hears("report_concern", heard={"about": {"other": 0.9}})
    assert await talk.hears("ask_bot", "and you can really do something", heard={"about": {"other": 0.9}}) == [
        "utter_ask_bot"
    ]


async def test_a_crisis_that_begins_like_a_strangers_question_is_answered(talk: Stage) -> None:
    await talk.hears("disclose_threats", country="US")
    assert (await talk.hears("immediate_danger", "who are you, he has a knife"))[0] == "utter_danger"


async def test_a_story_that_begins_with_what_is_this_is_no_strangers_question(talk: Stage) -> None:
    await talk.hears("disclose_debt_bondage")
    said = await talk.hears("disclose_debt_bondage", "what is this debt he says i owe")
    assert "utter_told_more" in said
    assert talk.record.situation == "talk"


async def test_where_somebody_has_perhaps_come_the_next_answer_is_one_bubble_without_choices(talk: Stage) -> None:
    await talk.hears("disclose_threats", country="US")
    assert await talk.hears("cannot_talk_safely", "mm they", possible=True, confidence=0.5) == ["utter_pause"]
    assert await talk.hears("find_shelter") == ["utter_call"]
    assert "988" not in talk.shows()
    assert talk.shows().startswith("You can call 1")
    assert not talk.said[0].get("choices")


async def test_after_that_answer_the_talk_goes_on_in_full(talk: Stage) -> None:
    await talk.hears("cannot_talk_safely", "mm they", possible=True, confidence=0.5)
    await talk.hears("find_shelter", country="US")
    assert (await talk.hears("find_legal_aid"))[0] != "utter_opening"
    assert talk.record.situation == "talk"


@every("label", ["ask_bot", "ask_what_is_trafficking"])
async def test_who_asks_what_this_is_after_somebody_has_perhaps_come_is_a_stranger(talk: Stage, label: str) -> None:
    await talk.hears("disclose_threats")
    await talk.hears("cannot_talk_safely", "mm they", possible=True, confidence=0.5)
    assert await talk.hears(label, "what is this thing") == ["utter_neutral"]
    assert talk.record.situation == "quiet"


async def test_a_small_word_after_somebody_has_perhaps_come_shows_nothing_of_before(talk: Stage) -> None:
    await talk.hears("disclose_threats", country="US")
    await talk.hears("cannot_talk_safely", "mm they", possible=True, confidence=0.5)
    assert await talk.hears("nlu_fallback", "hm", confidence=0.2) == ["utter_safe_again"]


async def test_neutral_mode_keeps_nothing_of_where_the_stranger_is(near: SmallDirectory, quiet: Stage) -> None:
    before = (quiet.record.country, quiet.record.place)
    assert await quiet.hears("provide_location", "we are in dubai") == ["utter_neutral"]
    assert (quiet.record.country, quiet.record.place) == before


async def test_danger_in_neutral_mode_gets_the_number_of_the_place_that_it_names(
    near: SmallDirectory, talk: Stage
) -> None:
    await talk.hears("disclose_threats")
    assert await talk.hears("ask_bot", "who is this") == ["utter_neutral"]
    await talk.hears("immediate_danger", "he has a knife i am in dubai")
    assert "999" in talk.shows()
    assert talk.record.situation == "quiet"


async def test_who_asks_after_hours_whether_we_are_still_there_is_no_stranger(talk: Stage) -> None:
    await talk.hears("disclose_threats")
    heard = {"many": {"talk/are_you_there": 0.4}}
    said = await talk.hears("ask_bot", "are you still there", returning=True, confidence=0.45, heard=heard)
    assert said == ["utter_safe_again"]


async def test_beside_a_guess_that_somebody_comes_a_possible_emergency_has_its_number(talk: Stage) -> None:
    crises = {"cannot_talk_safely": (0.7, "maybe"), "medical_emergency": (0.3, "maybe")}
    said = await talk.hears("cannot_talk_safely", "hang on he dropped", country="US", confidence=0.7, crises=crises)
    assert said == ["utter_call", "utter_pause"]


async def test_a_longer_message_after_a_guessed_hush_is_answered(talk: Stage) -> None:
    await talk.hears("disclose_threats", country="US")
    await talk.hears("cannot_talk_safely", "mm they", possible=True, confidence=0.5)
    text = "the cleaner let us out by the back and we stand at the bus stop"
    assert await talk.hears("nlu_fallback", text, confidence=0.2) != ["utter_safe_again"]


async def test_in_an_emergency_a_guessed_hush_makes_nobody_a_stranger(talk: Stage) -> None:
    await talk.hears("medical_emergency", country="US")
    await talk.hears("cannot_talk_safely", "hm", possible=True, confidence=0.7)
    assert "utter_neutral" not in await talk.hears("ask_bot", "what will they do there")


async def test_in_a_crisis_too_nobody_is_told_what_it_is_about_after_a_guess_that_somebody_came(talk: Stage) -> None:
    await talk.hears("immediate_danger", country="US")
    await talk.hears("cannot_talk_safely", "hm", possible=True, confidence=0.7)
    assert await talk.hears("ask_what_is_trafficking", "what is this thing") == ["utter_neutral"]


@every(("band", "said"), [("maybe", ["utter_pause"]), ("sure", ["utter_call", "utter_pause"])])
async def test_while_somebody_may_come_a_number_is_shown_only_for_a_sure_danger(
    talk: Stage, band: str, said: list[str]
) -> None:
    crises = {"cannot_talk_safely": (0.7, "maybe"), "immediate_danger": (0.15, band)}
    heard = {"marks": {"watched": 0.95}}
    assert await talk.hears("cannot_talk_safely", "hm", confidence=0.7, crises=crises, heard=heard) == said


async def test_after_a_guess_that_somebody_came_the_number_is_the_one_bubble(talk: Stage) -> None:
    await talk.hears("cannot_talk_safely", "hm", possible=True, confidence=0.7)
    crises = {"cannot_talk_safely": (0.7, "maybe"), "immediate_danger": (0.3, "sure")}
    heard = {"marks": {"watched": 0.95}}
    said = await talk.hears("cannot_talk_safely", "not now", confidence=0.7, crises=crises, heard=heard)
    assert said == ["utter_call"]


@every("label", ["immediate_danger", "medical_emergency", "self_harm"])
async def test_a_first_message_of_a_crisis_with_somebody_at_the_door_shows_the_bare_number(
    stage: Stage, label: str
) -> None:
    crises = {"cannot_talk_safely": (0.5, "maybe"), label: (0.4, "sure")}
    heard = {"marks": {"watched": 0.8}}
    text = "he is at the door wait"
    said = await stage.hears("cannot_talk_safely", text, phone="US", confidence=0.5, crises=crises, heard=heard)
    assert said == ["utter_call", "utter_pause"]


async def test_beside_a_sure_hush_a_danger_that_is_only_possible_shows_no_number(talk: Stage) -> None:
    crises = {"cannot_talk_safely": (0.9, "sure"), "immediate_danger": (0.3, "maybe")}
    assert await talk.hears("cannot_talk_safely", "hm", confidence=0.9, crises=crises) == ["utter_pause"]


async def test_news_of_a_call_after_a_hush_is_no_yes(talk: Stage) -> None:
    await talk.hears("immediate_danger", country="US")
    await talk.hears("cannot_talk_safely")
    await talk.hears("immediate_danger", "i called 911", topic="help_called", confidence=0.6)
    said = await talk.hears("immediate_danger", "i called 911", topic="help_called", confidence=0.6)
    assert "utter_begin" not in said


async def test_a_sure_ambulance_beside_a_hush_with_no_sign_of_anybody_is_answered(stage: Stage) -> None:
    crises = {"cannot_talk_safely": (0.5, "maybe"), "medical_emergency": (0.4, "sure")}
    said = await stage.hears("cannot_talk_safely", "she bleeds so much", phone="US", confidence=0.5, crises=crises)
    assert "911" in stage.shows()
    assert "utter_opening" not in said


async def test_who_may_say_that_he_left_and_asks_how_to_clear_hears_how(talk: Stage) -> None:
    await talk.hears("disclose_threats")
    await talk.hears("cannot_talk_safely", "he is back", possible=True, confidence=0.85)
    heard = {"many": {"digital/clear_chat": 0.65}, "marks": {"watched": 0.7}}
    text = "ok he went downstairs. how do i delete this"
    said = await talk.hears(
        "cannot_talk_safely", text, topic="watcher_gone", possible=True, confidence=0.9, heard=heard
    )
    assert said == ["utter_how_clear_chat"]  # whether he left is not sure: nothing else is said


async def test_how_to_clear_is_said_in_the_one_bubble_after_a_guess_too(talk: Stage) -> None:
    await talk.hears("disclose_threats")
    await talk.hears("cannot_talk_safely", "he is back", possible=True, confidence=0.85)
    heard = {"many": {"digital/clear_chat": 0.65}, "marks": {"watched": 0.7}}
    said = await talk.hears("cannot_talk_safely", "how delete", possible=True, confidence=0.9, heard=heard)
    assert said == ["utter_how_clear_chat"]


async def test_reviewed_words_of_an_emergency_beside_a_guessed_hush_get_the_number(talk: Stage) -> None:
    crises = {"cannot_talk_safely": (0.4, "maybe"), "medical_emergency": (0.05, "maybe")}
    text = "wait she is unconscious"
    assert "utter_call" in await talk.hears("cannot_talk_safely", text, country="US", confidence=0.7, crises=crises)


async def test_who_says_that_the_watcher_has_gone_is_no_stranger(talk: Stage) -> None:
    await talk.hears("disclose_threats")
    await talk.hears("cannot_talk_safely", "he comes")
    said = await talk.hears("ask_bot", "ok he left. so what are you", heard={"marks": {"free": 0.9}})
    assert "utter_neutral" not in said
    assert talk.record.situation != "quiet"


async def test_who_asks_whether_what_was_told_is_a_crime_is_no_stranger(talk: Stage) -> None:
    await talk.hears("disclose_threats")
    await talk.hears("cannot_talk_safely", "he comes")
    heard = {"many": {"ask_what_is_trafficking/is_it_normal": 0.6}}
    said = await talk.hears("ask_what_is_trafficking", "can a boss do that, is that legal", heard=heard)
    assert "utter_neutral" not in said


async def test_where_nothing_was_told_before_a_hush_a_question_makes_nobody_a_stranger(stage: Stage) -> None:
    await stage.hears("greet")
    await stage.hears("cannot_talk_safely", "not now, people here")
    assert await stage.hears("ask_bot", "what is this here") != ["utter_neutral"]
    assert stage.record.situation != "quiet"


async def test_who_asks_who_this_is_after_a_wish_and_a_hush_is_a_stranger(talk: Stage) -> None:
    await talk.hears("find_shelter", country="US")
    await talk.hears("cannot_talk_safely", "he comes")
    assert await talk.hears("ask_bot", "who is this?") == ["utter_neutral"]


async def test_the_yes_after_a_hush_offers_a_word_and_no_list_of_topics(stage: Stage) -> None:
    await stage.hears("greet")
    await stage.hears("cannot_talk_safely", "not now")
    await stage.hears("greet", "hi")
    assert await stage.hears("affirm", "yes") == ["utter_menu_watched"]
    assert [choice["value"] for choice in stage.record.choices] == ["step to=word"]


async def test_who_cannot_read_our_language_is_no_stranger(talk: Stage) -> None:
    await talk.hears("disclose_debt_bondage")
    said = await talk.hears("change_language", "wetin be this? abeg write english", confidence=0.8)
    assert "utter_neutral" not in said
    assert talk.record.situation == "talk"


async def test_the_word_for_a_person_works_and_says_truly_that_nobody_is_there(quiet: Stage) -> None:
    assert await quiet.hears("talk_to_human", "HUMAN") == ["utter_neutral_nobody"]
    assert quiet.record.situation == "quiet"


async def test_the_word_for_a_person_brings_one_and_names_no_topic(quiet: Stage) -> None:
    quiet.desk = HandoffSnapshot(open=True)
    assert await quiet.hears("talk_to_human", "HUMAN") == ["utter_neutral_person"]
    assert quiet.turn is not None
    assert quiet.turn.ask_person
    assert quiet.record.situation == "quiet"


async def test_a_sentence_about_a_person_is_no_such_word(quiet: Stage) -> None:
    quiet.desk = HandoffSnapshot(open=True)
    assert await quiet.hears("talk_to_human", "who is the person you wrote to") == ["utter_neutral"]
    assert quiet.turn is not None
    assert not quiet.turn.ask_person


async def test_a_sentence_without_spaces_is_no_such_word(quiet: Stage) -> None:
    quiet.desk, quiet.locale = HandoffSnapshot(open=True), "th"
    await quiet.hears("talk_to_human", "คุณเป็นใครคนที่คุยกับแฟนฉัน")
    assert quiet.turn is not None
    assert not quiet.turn.ask_person
