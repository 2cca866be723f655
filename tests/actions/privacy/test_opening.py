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
    assert await stage.hears("affirm") == ["utter_begin", "utter_intro", "utter_menu"]
    for part in ("computer", "No name", "15 minutes", "life in danger", "a child being hurt", "HUMAN"):
        assert part in stage.shows()


async def test_what_was_told_first_is_answered_once_it_is_safe(stage: Stage) -> None:
    await stage.hears("disclose_document_confiscation")
    said = await stage.hears("affirm")
    assert said[0] == "utter_begin"
    assert "utter_disclose_document_confiscation" in said
    assert "utter_menu" not in said


async def test_a_story_behind_the_yes_is_answered_and_gets_no_menu(stage: Stage) -> None:
    await stage.hears("greet")
    heard = {"answer": {"yes": 0.9}, "first_in_sentence": {"affirm": 0.9, "disclose_document_confiscation": 0.8}}
    said = await stage.hears("affirm", "yes i am alone. the boss has my passport", heard=heard)
    assert "utter_disclose_document_confiscation" in said
    assert "utter_menu" not in said


async def test_an_emergency_behind_the_yes_gets_its_number(stage: Stage) -> None:
    await stage.hears("greet")
    heard = {"answer": {"yes": 0.9}, "first_in_sentence": {"affirm": 0.9, "medical_emergency": 0.7}}
    said = await stage.hears("affirm", "yes safe. my hand is crushed, it bleeds", country="AE", heard=heard)
    assert said[0] == "utter_medical"
    assert "998" in stage.shows()


async def test_an_emergency_behind_the_yes_outweighs_a_story_that_is_surer(stage: Stage) -> None:
    await stage.hears("greet")
    told = {"disclose_forced_labour": 0.95, "self_harm": 0.7}
    heard = {"answer": {"yes": 0.9}, "first_in_sentence": told}
    said = await stage.hears("affirm", "yes safe. i work day and night, i want to die", country="AE", heard=heard)
    assert said[0].startswith("utter_self_harm")


async def test_a_story_as_the_answer_is_a_yes_and_is_answered(stage: Stage) -> None:
    await stage.hears("greet")
    said = await stage.hears("disclose_debt_bondage")
    assert said[0] == "utter_begin"
    assert "utter_disclose_debt_bondage" in said
    assert stage.record.situation == "talk"


@every("label", ["disclose_debt_bondage", "find_shelter", "report_concern", "check_job_offer", "ask_police"])
async def test_who_answers_is_told_only_with_the_first_personal_question_or_the_menu(stage: Stage, label: str) -> None:
    await stage.hears("greet")
    said = await stage.hears(label, country="US")
    assert stage.record.question or "utter_intro" not in said


@every("label", ["disclose_debt_bondage", "disclose_threats", "find_hotline"])
async def test_a_story_before_the_talk_is_answered_with_a_number_or_the_question_that_it_needs(
    stage: Stage, label: str
) -> None:
    await stage.hears(label)
    said = await stage.hears("affirm")
    assert {"utter_lines", "utter_ask_where"} & set(said), said


@every("label", ["find_hotline", "disclose_debt_bondage", "find_shelter", "report_concern", "ask_police", "ask_bot"])
@every("country", ["US", "GB", "AE"])
async def test_how_to_stop_is_the_first_thing_said_in_the_talk_and_is_said_once(
    stage: Stage, label: str, country: str
) -> None:
    await stage.hears("greet")
    assert (await stage.hears(label, country=country))[0] == "utter_begin"
    assert "Close the page" in stage.shows()
    assert "utter_begin" not in await stage.hears("find_legal_aid")


async def test_help_after_a_story_is_a_yes_and_the_story_is_answered(stage: Stage) -> None:
    await stage.hears("disclose_threats")
    assert "utter_disclose_threats" in await stage.hears("help_menu")


@every("label", ["greet", "thanks", "out_of_scope"])
async def test_who_says_nothing_is_asked_once_more_and_then_what_would_help(stage: Stage, label: str) -> None:
    await stage.hears("greet")
    said = [await stage.hears(label) for _ in range(2)]
    assert said == [["utter_safe_again"], ["utter_begin", "utter_intro", "utter_menu"]]


async def test_a_story_that_is_not_understood_is_a_yes_too(stage: Stage) -> None:
    await stage.hears("greet")
    said = await stage.hears("nlu_fallback", "the man with the papers came again")
    assert said[0] == "utter_begin"
    assert "utter_safe_again" not in said
    assert len(said) > 1


async def test_a_word_that_is_not_understood_is_asked_again(stage: Stage) -> None:
    await stage.hears("greet")
    assert await stage.hears("nlu_fallback", "hmm") == ["utter_safe_again"]


def sure(answer: str, *marks: str) -> dict[str, dict[str, float]]:
    return {"answer": {answer: 0.9}, "marks": dict.fromkeys(marks, 0.9)}


async def test_yes_in_words_that_are_in_no_list_is_heard(stage: Stage) -> None:
    await stage.hears("greet")
    assert await stage.hears("affirm", "she is at church til 8", heard=sure("yes", "free")) == [
        "utter_begin",
        "utter_intro",
        "utter_menu",
    ]


async def test_yes_beside_a_watched_phone_is_none(stage: Stage) -> None:
    await stage.hears("greet")
    said = await stage.hears("affirm", "yes he is next to me", confidence=0.5, heard=sure("yes", "watched"))
    assert said == ["utter_safe_again"]


async def test_yes_for_some_minutes_on_a_watched_phone_is_a_yes(stage: Stage) -> None:
    await stage.hears("greet")
    heard = sure("yes", "watched")
    heard["many"] = {"safe/few_minutes": 0.8}
    said = await stage.hears("affirm", "yes but they take the phones at nine", confidence=0.9, heard=heard)
    assert said[0] == "utter_begin"


async def test_no_in_any_words_lets_the_talk_rest_but_a_guessed_no_does_not(stage: Stage) -> None:
    await stage.hears("greet")
    assert await stage.hears("deny", "mm", confidence=0.45) == ["utter_safe_again"]
    assert await stage.hears("nlu_fallback", "she is home", heard=sure("no")) == ["utter_cannot_talk"]


@every("label", ["affirm", "greet", "nlu_fallback"])
async def test_a_likely_no_that_tells_nothing_hears_how_to_stop_and_what_comes_next_is_answered(
    stage: Stage, label: str
) -> None:
    await stage.hears("greet")
    heard = {"answer": {"no": 0.55, "yes": 0.2}}
    assert await stage.hears(label, "my aunt sits beside me", confidence=0.45, heard=heard) == ["utter_cannot_talk"]
    assert "utter_safe_again" not in await stage.hears("find_hotline")


async def test_a_story_with_a_no_in_it_is_answered(stage: Stage) -> None:
    await stage.hears("greet")
    heard = {"answer": {"no": 0.55, "yes": 0.2}}
    assert "utter_begin" in await stage.hears("disclose_debt_bondage", heard=heard)


async def test_not_sure_hears_how_to_stop_and_what_comes_next_is_answered(stage: Stage) -> None:
    await stage.hears("greet")
    assert await stage.hears("unsure") == ["utter_cannot_talk"]
    said = await stage.hears("find_hotline")
    assert "utter_safe_again" not in said
    assert said.index("utter_intro") < said.index("utter_ask_where")


@every(("confidence", "watched"), [(0.38, 0.0), (0.48, 0.35), (0.9, 0.35)])
async def test_a_yes_that_is_hardly_likely_or_beside_a_watcher_opens_no_talk(
    stage: Stage, confidence: float, watched: float
) -> None:
    await stage.hears("disclose_threats")
    said = await stage.hears("affirm", "hm", confidence=confidence, heard={"marks": {"watched": watched}})
    assert said == ["utter_safe_again"]


async def test_a_guessed_yes_ends_no_neutral_mode(talk: Stage) -> None:
    await talk.hears("disclose_threats")
    await talk.hears("ask_bot", "who is this")
    await talk.hears("greet")
    assert set(await talk.hears("affirm", "hm", confidence=0.48)) <= {"utter_safe_again", "utter_ok"}


async def test_a_guessed_yes_after_somebody_came_opens_no_talk(talk: Stage) -> None:
    await talk.hears("disclose_threats")
    await talk.hears("cannot_talk_safely")
    await talk.hears("greet")
    assert set(await talk.hears("affirm", "hm", confidence=0.48)) <= {"utter_safe_again", "utter_ok"}


async def test_after_a_watched_phone_the_first_message_is_checked_and_the_next_is_answered(stage: Stage) -> None:
    await stage.hears("cannot_talk_safely")
    assert await stage.hears("disclose_threats") == ["utter_safe_again"]
    assert "utter_disclose_threats" in await stage.hears("disclose_threats")


async def test_a_guess_that_somebody_watches_closes_nothing(talk: Stage) -> None:
    assert await talk.hears("cannot_talk_safely", "mm they", possible=True, confidence=0.5) == ["utter_pause"]
    assert talk.record.situation == "talk"
    again = await talk.hears("cannot_talk_safely", "mm they", possible=True, confidence=0.5)
    assert again in (["utter_pause"], ["utter_ok"])
    assert talk.record.situation == "talk"
    assert (await talk.hears("find_hotline", country="MX"))[0] != "utter_opening"


async def test_after_neutral_mode_a_story_is_no_yes_and_a_yes_goes_on(talk: Stage) -> None:
    await talk.hears("disclose_threats")
    assert await talk.hears("ask_bot", "who is this") == ["utter_neutral"]
    assert await talk.hears("greet", "hello") == ["utter_opening"]
    said = [await talk.hears("find_shelter", "is it about a bed") for _ in range(3)]
    assert said == [["utter_safe_again"], ["utter_ok"], ["utter_ok"]]
    assert await talk.hears("affirm", "yes") == ["utter_fine"]
    assert "neutral" not in talk.record.told


async def test_who_says_that_nobody_watches_any_more_goes_on_at_once(stage: Stage) -> None:
    await stage.hears("cannot_talk_safely")
    said = await stage.hears("find_shelter", "he left, i need a bed", heard=sure("none", "free"))
    assert "utter_begin" not in said  # nothing is said of clearing where somebody was
    assert "utter_find_shelter" in said


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
    assert await stage.hears("find_hotline") == ["utter_safe_again"]
    assert "utter_disclose_threats" not in await stage.hears("affirm")


async def test_thanks_after_the_short_text_gets_one_word(stage: Stage) -> None:
    await stage.hears("greet")
    await stage.hears("deny")
    assert await stage.hears("thanks") == ["utter_ok"]


@every("label", ["ask_bot", "ask_anonymity", "ask_cost"])
async def test_who_asks_about_us_instead_of_an_answer_has_decided_to_write(stage: Stage, label: str) -> None:
    await stage.hears("greet")
    assert await stage.hears(label) == ["utter_begin", f"utter_{label}"]
    assert stage.record.situation == "talk"


async def test_a_picture_as_the_first_message_is_met_with_words_and_the_opening(stage: Stage) -> None:
    assert await stage.hears("no_files") == ["utter_no_files", "utter_opening"]


async def test_after_goodbye_the_next_message_is_asked_for_safety_again(talk: Stage) -> None:
    await talk.hears("disclose_threats")
    assert (await talk.hears("goodbye"))[0] == "utter_goodbye"
    assert await talk.hears("find_hotline") == ["utter_safe_again"]


async def test_the_country_is_never_asked_before_the_person_was_told_who_answers(stage: Stage) -> None:
    await stage.hears("self_harm")
    await stage.hears("deny")
    said = await stage.hears("find_hotline")
    assert said[0] == "utter_intro"
    assert said[1] in ("utter_ask_where", "utter_which_country_again")


async def test_a_child_hears_the_limits_before_anything_else_is_asked(talk: Stage) -> None:
    said = await talk.hears("disclose_minor")
    assert said[0] == "utter_minor_limits"
    assert said.index("utter_disclose_minor") < said.index("utter_ask_where")


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


async def test_what_was_open_before_a_long_silence_is_answered_no_more(talk: Stage) -> None:
    await talk.hears("find_shelter", heard={"many": {"find_shelter/men": 0.9}})
    assert await talk.hears("greet", returning=True) == ["utter_safe_again"]
    assert talk.record.want_heard == {}
    said = await talk.hears("affirm")
    assert not [phrase for phrase in said if phrase.startswith("utter_find")]


async def test_a_long_message_that_begins_with_no_is_no_hush(stage: Stage) -> None:
    await stage.hears("greet")
    said = await stage.hears("deny", "no it was my mistake i should have said it much earlier")
    assert said == ["utter_safe_again"]


async def test_a_likely_goodbye_is_said_goodbye_to_and_closes_nothing(talk: Stage) -> None:
    said = await talk.hears("goodbye", "k wiping it now", confidence=0.4, heard={"many": {"goodbye": 0.5}})
    assert said == ["utter_goodbye"]
    assert talk.record.situation == "talk"


@every("heard", [{"answer": {"yes": 0.46, "no": 0.34}}, {"answer": {"yes": 0.65}, "marks": {"watched": 0.31}}])
async def test_a_yes_that_may_as_well_be_a_no_shows_no_menu(stage: Stage, heard: dict[str, dict[str, float]]) -> None:
    await stage.hears("greet")
    assert await stage.hears("affirm", "my aunt sits here", confidence=0.73, heard=heard) == ["utter_safe_again"]


async def test_a_first_message_that_may_be_a_hush_gets_the_neutral_opening(stage: Stage) -> None:
    said = await stage.hears("cannot_talk_safely", "got this from a friend", possible=True, confidence=0.45)
    assert said == ["utter_opening"]


async def test_a_guessed_hush_without_a_sign_of_anybody_is_answered_by_the_second_reading(talk: Stage) -> None:
    heard = {"many": {"find_hotline": 0.4}, "marks": {"watched": 0.1}}
    said = await talk.hears("cannot_talk_safely", "a number", possible=True, confidence=0.45, country="US", heard=heard)
    assert "utter_lines" in said
    seen = {"many": {"find_hotline": 0.4}, "marks": {"watched": 0.6}}
    assert await talk.hears("cannot_talk_safely", "a number", possible=True, confidence=0.45, heard=seen) == [
        "utter_pause"
    ]


async def test_who_is_heard_to_say_that_the_watcher_left_goes_on_at_once(stage: Stage) -> None:
    await stage.hears("cannot_talk_safely")
    said = await stage.hears("find_shelter", "he took the lorry out, a bed", heard={"many": {"safe/watcher_gone": 0.6}})
    assert "utter_find_shelter" in said
    await stage.hears("cannot_talk_safely")
    watched = {"many": {"safe/watcher_gone": 0.6}, "marks": {"watched": 0.7}}
    assert await stage.hears("find_shelter", "a bed", heard=watched) == ["utter_safe_again"]


async def test_a_story_that_is_only_guessed_in_a_few_words_opens_nothing(stage: Stage) -> None:
    await stage.hears("greet")
    assert await stage.hears("disclose_sexual_exploitation", "hold on, the bell", confidence=0.5) == [
        "utter_safe_again"
    ]
    said = await stage.hears("disclose_sexual_exploitation", "he sells me to men in the hotel", confidence=0.9)
    assert said[0] == "utter_begin"


async def test_who_says_that_others_sit_there_reads_one_short_line_and_nothing_of_clearing(stage: Stage) -> None:
    await stage.hears("greet")
    said = await stage.hears("cannot_talk_safely", "no, they all sit here", heard={"answer": {"no": 0.95}})
    assert said == ["utter_pause"]


async def test_after_a_hush_a_yes_names_no_topic_and_says_nothing_of_clearing(talk: Stage) -> None:
    await talk.hears("disclose_threats")
    await talk.hears("cannot_talk_safely", "he comes")
    await talk.hears("greet", "hi")
    assert await talk.hears("affirm", "yes") == ["utter_go_on"]


async def test_the_first_answer_after_a_hush_stands_above_no_list_of_topics(talk: Stage) -> None:
    await talk.hears("disclose_threats", country="US")
    await talk.hears("cannot_talk_safely", "he comes")
    said = await talk.hears("find_shelter", "he left, a bed for me", heard=sure("none", "free"))
    assert "utter_lines" in said
    assert [choice["value"] for choice in talk.record.choices] in ([], ["talk_to_human"])


async def test_a_guessed_hush_in_which_nothing_else_is_heard_is_one(talk: Stage) -> None:
    heard = {"marks": {"watched": 0.1}, "many": {"find_shelter": 0.05}}
    assert await talk.hears("cannot_talk_safely", "it is nine", possible=True, confidence=0.5, heard=heard) == [
        "utter_pause"
    ]


async def test_what_was_asked_of_us_before_a_guessed_hush_is_not_answered_after_it(stage: Stage) -> None:
    await stage.hears("ask_bot", "are you the police?", heard={"many": {"ask_bot/are_you_police": 0.9}})
    await stage.hears("cannot_talk_safely", "they sit behind me", possible=True, confidence=0.8)
    said = await stage.hears("express_distress", "free now, what is this", confidence=0.3)
    assert "utter_ask_bot_are_you_police" not in said
