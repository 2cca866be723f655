"""The signs conversation about oneself: listening first, at most four questions, and nothing that closes a door."""

import pytest

from actions.hearing import listening
from actions.policy import next_steps
from bot.handoff.case_card import Case
from bot.phrases.phrase_checks import sms_text
from bot.text.text_messages import letters
from bot.understanding.indicators import catalogue
from tests.actions.stage import BOOK, Stage
from tests.every import every

QUESTIONS = ("utter_ask_cannot_quit", "utter_ask_threat_self", "utter_ask_doc_confiscation", "utter_ask_deceived_job")
ME = {"to": "me"}


def marked(stage: Stage) -> list[str]:
    return [mark["indicator"] for mark in stage.record.marks]


async def offered(talk: Stage) -> Stage:
    assert await talk.hears("step", to="me") == ["utter_offer_questions"]
    return talk


async def test_four_questions_at_most_one_at_a_time_and_then_what_fits(talk: Stage) -> None:
    await offered(talk)
    said = [
        (await talk.hears("affirm"))[0],
        *[(await talk.hears("unsure" if n == 1 else "affirm"))[0] for n in range(3)],
    ]
    assert said == list(QUESTIONS)
    assert (await talk.hears("affirm"))[0].startswith("utter_level_")
    assert len([name for name in talk.record.asked if name != "signs_offer"]) == 4


async def test_yes_and_no_are_read_by_the_question_and_not_by_the_word(talk: Stage) -> None:
    await offered(talk)
    for answer in (
        "affirm",
        "affirm",
        "deny",
        "deny",
        "deny",
    ):  # may I · can you leave: yes · hurt: no · papers: no · lie
        await talk.hears(answer)
    assert marked(talk) == ["deceived_job"]
    assert catalogue()["deceived_job"].self_present_on == "no"


async def test_cannot_leave_is_marked_on_no(talk: Stage) -> None:
    await offered(talk)
    await talk.hears("affirm")
    await talk.hears("deny")
    assert marked(talk) == ["cannot_quit"]
    assert (talk.record.marks[0]["how"], talk.record.marks[0]["when"]) == ("asked", "now")


@every("answer", ["unsure", "nlu_fallback", "out_of_scope"])
async def test_what_tells_nothing_marks_nothing_and_twice_in_a_row_ends_it(talk: Stage, answer: str) -> None:
    await offered(talk)
    await talk.hears("affirm")
    assert await talk.hears(answer) == ["utter_ask_threat_self"]
    assert await talk.hears(answer) == ["utter_enough", "utter_level_none"]
    assert marked(talk) == []
    assert "choice_human" in [choice["say"] for choice in talk.record.choices]


@pytest.mark.parametrize("answer", ["deny", "unsure"])
async def test_no_to_the_questions_closes_no_door_and_they_are_never_offered_again(talk: Stage, answer: str) -> None:
    await offered(talk)
    said = await talk.hears(answer)
    assert said[0] == "utter_refused"
    assert "choice_human" in [choice["say"] for choice in talk.record.choices]
    assert talk.record.declined == ["questions"]
    assert "utter_offer_questions" not in await talk.hears("step", to="me")


async def test_stop_ends_the_questions_at_once(talk: Stage) -> None:
    await offered(talk)
    await talk.hears("affirm")
    assert (await talk.hears("step", to="enough"))[0] == "utter_enough"
    assert talk.record.question is None


@pytest.mark.parametrize("label", ["talk_to_human", "express_distress"])
async def test_a_wish_for_a_person_and_distress_end_the_questions_for_good(talk: Stage, label: str) -> None:
    await offered(talk)
    await talk.hears("affirm")
    await talk.hears(label)
    assert talk.record.parked is None
    assert (talk.record.question or "country") == "country"


async def test_a_question_about_us_is_answered_and_ours_stays_open_without_being_put_again(talk: Stage) -> None:
    await offered(talk)
    await talk.hears("affirm")
    assert await talk.hears("ask_cost") == ["utter_ask_cost"]
    await talk.hears("deny")
    assert marked(talk) == ["cannot_quit"]


async def test_not_understood_explains_why_it_is_asked_and_never_puts_it_a_third_time(talk: Stage) -> None:
    await offered(talk)
    await talk.hears("affirm")
    assert await talk.hears("not_understood") == ["utter_why_ask", "utter_ask_cannot_quit"]
    assert await talk.hears("not_understood") == ["utter_ask_threat_self"]


async def test_a_crisis_in_the_middle_is_answered_first_and_the_person_can_go_on(talk: Stage) -> None:
    await offered(talk)
    await talk.hears("affirm")
    assert (await talk.hears("immediate_danger", country="MX"))[0] == "utter_danger"
    over = {"many": {"event/over": 0.9}}
    assert await talk.hears("thanks", "thanks he left", heard=over) == ["utter_event_over"]
    assert talk.record.choices[0]["value"] == "step to=go_on"
    assert await talk.hears("step", to="go_on") == ["utter_ask_cannot_quit"]
    assert talk.record.asked.count("signs_cannot_quit") == 1


async def test_a_need_in_the_middle_is_served_first_and_the_questions_wait(talk: Stage) -> None:
    await offered(talk)
    await talk.hears("affirm")
    assert (await talk.hears("find_shelter", country="MX"))[0] == "utter_find_shelter"
    assert talk.record.choices[0]["say"] == "choice_go_on"


async def test_what_was_told_is_not_asked(talk: Stage) -> None:
    await talk.hears("ask_worker_rights", understood=[{"entity": "indicator", "value": "wages_low_none"}])
    await talk.hears("deny")
    await offered(talk)
    said = [(await talk.hears("affirm"))[0] for _ in range(5)]
    assert "utter_ask_wages_low_none" not in said


async def test_who_told_a_clear_story_is_asked_nothing(talk: Stage) -> None:
    await talk.hears("disclose_document_confiscation", country="MX")
    assert await talk.hears("step", to="me") == ["utter_level_strong"]


async def test_a_child_is_never_asked_these_questions(talk: Stage) -> None:
    await talk.hears("greet", "hi im 15", understood=[{"entity": "age", "value": "15"}])
    said = await talk.hears("step", to="me")
    assert "utter_offer_questions" not in said
    assert talk.record.asked == []


async def test_an_age_told_in_the_middle_ends_them(talk: Stage) -> None:
    await offered(talk)
    await talk.hears("affirm")
    said = await talk.hears("deny", "no im 15", understood=[{"entity": "age", "value": "15"}])
    assert not set(said) & {*QUESTIONS, "utter_ask_wages_low_none", "utter_ask_debt_bondage"}


async def test_age_is_asked_only_after_a_hint_and_the_limits_come_first(talk: Stage) -> None:
    talk.record.told.append(listening.CHILD_HINT)
    said = await talk.hears("find_hotline", country="MX")
    assert said[-2:] == ["utter_minor_limits", "utter_ask_age"]
    assert "utter_disclose_minor" in await talk.hears("affirm")
    assert talk.record.minor is True


async def test_age_need_not_be_told_and_is_not_asked_again(talk: Stage) -> None:
    talk.record.told.append(listening.CHILD_HINT)
    await talk.hears("find_hotline", country="MX")
    await talk.hears("step", to="skip")
    assert talk.record.minor is None
    assert "utter_ask_age" not in await talk.hears("find_shelter")


async def test_a_wrong_answer_can_be_taken_back_and_the_level_follows(talk: Stage) -> None:
    await offered(talk)
    await talk.hears("affirm")
    await talk.hears("deny")
    assert await talk.hears("deny", "no that was wrong") == ["utter_taken_back", "utter_ask_threat_self"]
    assert marked(talk) == []


async def test_what_is_told_is_believed_once_and_each_thing_has_one_sentence(talk: Stage) -> None:
    said = await talk.hears("disclose_unpaid_wages", country="MX") + await talk.hears("disclose_threats")
    assert said[:2] == ["utter_told", "utter_disclose_unpaid_wages"]
    assert said.count("utter_told") == 1
    assert said.count("utter_disclose_threats") == 1


async def test_what_happened_to_somebody_else_is_taken_up_as_theirs(talk: Stage) -> None:
    heard = {"about": {"other": 0.9, "self": 0.05}}
    said = await talk.hears("disclose_unpaid_wages", country="MX", heard=heard)
    assert said[:2] == ["utter_told_other", "utter_disclose_unpaid_wages_other"]


async def test_what_was_only_guessed_is_taken_up_without_saying_that_it_is_so(talk: Stage) -> None:
    said = await talk.hears("disclose_debt_bondage", confidence=0.45, country="MX")
    assert said[0] == "utter_maybe_told_debt"
    assert "utter_disclose_debt_bondage" not in said


@every("country", ["MX", "GB", "US", "DE", None])
async def test_a_child_who_tells_hears_the_limits_and_that_they_are_not_in_trouble(
    talk: Stage, country: str | None
) -> None:
    talk.record.country = country
    said = await talk.hears("disclose_minor", "im 15")
    assert said[0] == "utter_minor_limits"
    assert "You are not in trouble" in talk.shows()


async def test_a_guess_marks_nothing(talk: Stage) -> None:
    await talk.hears("disclose_confinement", confidence=0.3)
    assert marked(talk) == []


async def test_words_of_the_lists_mark_whatever_the_label_was(talk: Stage) -> None:
    heard = [{"entity": "indicator", "value": "doc_confiscation", "when": "past", "words": "took my passport"}]
    await talk.hears("find_legal_aid", understood=heard)
    assert talk.record.marks[0] == {
        "indicator": "doc_confiscation", "when": "past", "how": "said", "quote": "took my passport", "who": "self",
    }  # fmt: skip


async def test_who_reads_the_card_of_a_talk_finds_no_number_and_no_address_that_was_written(talk: Stage) -> None:
    text = "He took my passport G1234567, call me at +52 1 55 1234-5678 or write to ana.perez@mail.example"
    await talk.hears("disclose_document_confiscation", text=text)
    case = Case.of(talk.record, id="1" * 32, channel="sms", locale="en", started="", last_heard="")
    (quote,) = [reason.quote for reason in case.reasons]
    assert quote == "He took my passport …, call me at … or write to …"
    assert not {"G1234567", "5678", "ana.perez"} & set(talk.record.dump().decode().replace('"', " ").split())


async def test_a_question_in_general_marks_nothing(talk: Stage) -> None:
    heard = [{"entity": "indicator", "value": "doc_confiscation"}]
    await talk.hears("ask_signs", understood=heard)
    assert marked(talk) == []


@every("level", ["urgent", "strong", "some", "none"])
def test_every_level_offers_a_person_and_fits_one_text_message(level: str) -> None:
    stage = Stage()
    assert next_steps.HUMAN in next_steps._BY_LEVEL[level]
    text = sms_text(BOOK, "en", f"utter_level_{level}")
    assert len(text) <= 160
    assert letters(text)[1]
    assert stage.record.marks == []


async def test_several_needs_in_one_message_are_all_answered(talk: Stage) -> None:
    said = await talk.hears("disclose_document_confiscation", also=("find_legal_aid",), country="US")
    assert said[:3] == ["utter_told", "utter_disclose_document_confiscation", "utter_lines"]
    assert "find_legal_aid" in [choice["value"] for choice in talk.record.choices]
    assert talk.record.country == "US"
    assert "utter_find_legal_aid" in await talk.hears("find_legal_aid")


async def test_after_long_silence_it_is_asked_again_whether_writing_is_safe(talk: Stage) -> None:
    await talk.hears("disclose_threats")
    assert await talk.hears("greet", returning=True) == ["utter_safe_again"]
    assert talk.record.want is None
    assert await talk.hears("affirm") == ["utter_go_on"]
    assert await talk.hears("step", to="go_on") == ["utter_which_country_again"]


async def test_what_comes_after_long_silence_is_answered_once_it_is_safe(talk: Stage) -> None:
    await talk.hears("disclose_threats", country="MX")
    assert await talk.hears("find_shelter", returning=True) == ["utter_safe_again"]
    assert (await talk.hears("affirm"))[0] == "utter_find_shelter"


async def test_silence_ends_the_questions_about_signs(talk: Stage) -> None:
    await offered(talk)
    await talk.hears("affirm")
    await talk.hears("affirm", returning=True)
    assert await talk.hears("affirm") == ["utter_fine"]


async def test_a_crisis_after_long_silence_is_answered_at_once(talk: Stage) -> None:
    assert (await talk.hears("immediate_danger", returning=True, country="MX"))[0] == "utter_danger"
