"""While the questions about dying are open nothing drops them, and doubt counts as the graver answer."""

import pytest

from actions.hearing.answer_words import says_alone
from tests.actions.stage import BOOK, Stage
from tests.every import every

ABOUT_OTHER = {"about": {"other": 0.9}}
MAYBE = {"self_harm": (0.3, "maybe")}
UNCLEAR = ["nlu_fallback", "not_understood", "greet", "thanks", "out_of_scope", "help_menu", "find_hotline"]


@pytest.fixture
async def asked(stage: Stage) -> Stage:
    await stage.hears("self_harm", country="US")
    return stage


@pytest.fixture
async def asked_alone(asked: Stage) -> Stage:
    await asked.hears("affirm")
    return asked


@pytest.fixture
async def invited(talk: Stage) -> Stage:
    """A talk in which thoughts of dying were possible: the writer has just read that they can tell of them."""
    assert "utter_unclear_self_harm" in await talk.hears("express_distress", country="SA", crises=MAYBE)
    return talk


@pytest.mark.parametrize("label", UNCLEAR)
async def test_an_unclear_answer_brings_the_question_once_more_and_never_a_menu(asked: Stage, label: str) -> None:
    assert await asked.hears(label) == ["utter_self_harm", "utter_self_harm_lines"]
    assert (await asked.hears(label))[0] == "utter_self_harm_stay"
    assert asked.record.question == "self_harm"
    assert (await asked.hears("affirm"))[0] == "utter_self_harm_yes"


@pytest.mark.parametrize("label", UNCLEAR)
async def test_the_question_whether_they_are_alone_stays_open_too(asked_alone: Stage, label: str) -> None:
    assert (await asked_alone.hears(label))[0] == "utter_self_harm_yes"
    assert (await asked_alone.hears(label))[0] == "utter_self_harm_stay"
    assert asked_alone.record.question == "alone"


async def test_the_wish_for_a_person_gets_a_line_that_listens_and_keeps_the_question(asked: Stage) -> None:
    assert await asked.hears("talk_to_human") == ["utter_self_harm_lines", "utter_no_person"]
    assert asked.record.question == "self_harm"


@pytest.mark.parametrize(
    "text", ["nobody", "no hay nadie", "no, ninguno", "لا أحد", "ما في حدا", "no one is here", "x"]
)
async def test_a_no_that_means_nobody_is_alone(asked_alone: Stage, text: str) -> None:
    assert (await asked_alone.hears("deny", text))[0] == "utter_self_harm_alone"


@every(
    ("locale", "text"),
    [
        ("fr", "Non, personne."),
        ("fr", "personne"),
        ("fr", "il n'y a que moi"),
        ("fr", "non juste moi"),
        ("ro", "Nu, nimeni."),
        ("ro", "doar eu"),
        ("pt", "não, só eu"),
        ("es", "no, nomás yo"),
        ("zh-Hans", "没有别人"),
        ("en", "no people here"),
        ("pt", "não tem gente aqui"),
    ],
)
async def test_nobody_else_is_heard_as_alone_in_the_language_of_the_talk(locale: str, text: str) -> None:
    stage = Stage(locale=locale)
    await stage.hears("self_harm", country="US")
    await stage.hears("affirm")
    assert (await stage.hears("deny", text))[0] == "utter_self_harm_alone"


@every("locale", BOOK.locales)
def test_the_choice_that_says_alone_is_understood_when_it_is_typed(locale: str) -> None:
    assert says_alone(BOOK.render("choice_alone", {}, locale, "sms"))


@pytest.mark.parametrize("text", ["2", "٢", "two", "someone is here", "No.", "لا", "no estoy sola"])
async def test_only_the_choice_or_a_plain_no_means_not_alone(asked_alone: Stage, text: str) -> None:
    assert (await asked_alone.hears("deny", text))[0] == "utter_self_harm_not_alone"


@pytest.mark.parametrize(
    "text", ["estoy sola en casa", "me siento solo", "im all alone here", "أنا وحدي", "لحالي بالبيت"]
)
@pytest.mark.parametrize("label", ["express_distress", "nlu_fallback", "disclose_confinement"])
async def test_the_word_alone_is_the_answer_whatever_was_understood(asked_alone: Stage, label: str, text: str) -> None:
    assert (await asked_alone.hears(label, text))[0] == "utter_self_harm_alone"


async def test_a_line_is_promised_only_where_one_is_shown(asked: Stage) -> None:
    assert await asked.hears("deny") == ["utter_self_harm_no", "utter_self_harm_lines"]
    other = Stage()
    await other.hears("self_harm")
    assert (await other.hears("deny"))[0] == "utter_self_harm_no_line"
    assert "call a line" not in other.shows()


@pytest.mark.parametrize("label", ["self_harm", "cannot_talk_safely", "insult_or_prank", "express_distress"])
async def test_an_answer_that_begins_with_no_is_a_no_whatever_was_understood(asked: Stage, label: str) -> None:
    said = await asked.hears(label, "no im not gonna do it i just feel sick", confidence=0.46)
    assert said[0] == "utter_self_harm_no"


async def test_somebody_at_home_is_heard_where_a_watched_phone_was_guessed(asked_alone: Stage) -> None:
    said = await asked_alone.hears("cannot_talk_safely", "no my mom is downstairs", confidence=0.46)
    assert said[0] == "utter_self_harm_not_alone"


async def test_a_bare_ok_is_no_yes(asked: Stage) -> None:
    assert (await asked.hears("affirm", "ok"))[0] == "utter_self_harm"


async def test_a_joke_never_ends_the_question(asked: Stage) -> None:
    assert (await asked.hears("insult_or_prank", "bruh"))[0] == "utter_self_harm"
    assert asked.record.situation == "talk"


async def test_who_fears_for_another_is_not_asked_about_themselves(stage: Stage) -> None:
    await stage.hears("greet")
    await stage.hears("affirm")
    await stage.hears("report_concern", country="US")
    said = await stage.hears("self_harm", "her friend says she wants to die", heard=ABOUT_OTHER)
    assert said[0] == "utter_self_harm_other"
    assert "911" in stage.shows()
    assert "killing yourself" not in stage.shows()
    assert stage.record.question is None


@every(
    ("marks", "first"),
    [
        ({"selfharm:other:now": 0.6, "selfharm:me:now": 0.2}, "utter_self_harm_other"),
        ({"selfharm:other:now": 0.2, "selfharm:me:now": 0.6}, "utter_self_harm_now"),
    ],
)
async def test_whose_words_it_is_better_without_me_are(stage: Stage, marks: dict[str, float], first: str) -> None:
    text = "he texted sorry mum, you are better off without me, and now his phone is off"
    said = await stage.hears("self_harm", text, country="US", heard={**ABOUT_OTHER, "marks": marks})
    assert said[0] == first
    assert "911" in stage.shows()


async def test_a_farewell_in_the_words_of_another_is_theirs_though_it_says_i(stage: Stage) -> None:
    heard = {"about": {"me": 0.9}, "marks": {"selfharm:other:feared": 0.2, "selfharm:me:now": 0.1}}
    said = await stage.hears(
        "self_harm", "she sent: I am so tired, kiss the little one for me", country="US", heard=heard
    )
    assert "utter_self_harm_other_later" in said
    assert "911" in stage.shows()
    assert "killing yourself" not in stage.shows()


async def test_whoever_fears_for_another_is_not_invited_to_tell_of_their_own_dying(talk: Stage) -> None:
    heard = {"about": {"other": 0.9}, "marks": {"selfharm:other:now": 0.2}}
    said = await talk.hears("report_concern", "she left her ring on the table", country="US", heard=heard, crises=MAYBE)
    assert "utter_unclear_self_harm" not in said
    assert "911" in talk.shows()


async def test_who_has_done_something_already_hears_of_the_ambulance_and_is_asked_nothing(stage: Stage) -> None:
    said = await stage.hears("self_harm", country="AE", heard={"marks": {"selfharm:me:past": 0.8}})
    assert said[0] == "utter_self_harm_done"
    assert "998" in stage.shows()
    assert "?" not in stage.shows().splitlines()[0]


async def test_another_who_has_taken_something_gets_the_ambulance(stage: Stage) -> None:
    heard = {**ABOUT_OTHER, "marks": {"medical:other:now": 0.8}}
    assert (await stage.hears("self_harm", country="AE", heard=heard))[0] == "utter_self_harm_done_other"
    assert "998" in stage.shows()


async def test_a_feared_suicide_of_another_gets_the_emergency_number_as_well(stage: Stage) -> None:
    heard = {**ABOUT_OTHER, "marks": {"selfharm:other:feared": 0.8}}
    assert "utter_self_harm_other_later" in await stage.hears("self_harm", country="US", heard=heard)
    assert "911" in stage.shows()


@every(
    ("text", "locale"),
    [("no puedo más", "es"), ("nu mai pot", "ro"), ("нет сил", "ru"), ("não aguento mais isto", "pt")],
)
async def test_a_sentence_that_begins_with_a_negation_is_no_no(stage: Stage, text: str, locale: str) -> None:
    stage.locale = locale
    await stage.hears("self_harm")
    said = await stage.hears("express_distress", text)
    assert not any(phrase.startswith("utter_self_harm_no") for phrase in said)


@every(("text", "locale"), [("no, no pienso en eso", "es"), ("nu", "ro"), ("no im not gonna do it", "en")])
async def test_a_no_that_stands_apart_is_one(stage: Stage, text: str, locale: str) -> None:
    stage.locale = locale
    await stage.hears("self_harm")
    assert any(
        phrase.startswith("utter_self_harm_no") for phrase in await stage.hears("self_harm", text, confidence=0.4)
    )


async def test_who_wishes_for_a_number_gets_it_below_who_listens_and_the_question_is_over(talk: Stage) -> None:
    await talk.hears("self_harm", country="US")
    said = await talk.hears("find_hotline", "is there a number for my wages here in this town")
    assert (said[0], "utter_lines" in said) == ("utter_self_harm_lines", True)
    assert talk.record.question is None


async def test_a_wish_for_a_number_that_is_hardly_heard_does_not_end_the_question(talk: Stage) -> None:
    await talk.hears("self_harm", country="US")
    await talk.hears("find_hotline", "i just lie here and cry all day long", confidence=0.22)
    assert talk.record.question == "self_harm"


async def test_the_question_is_not_put_again_to_who_tells_more(talk: Stage) -> None:
    await talk.hears("self_harm", country="US")
    said = await talk.hears("nlu_fallback", "my brother used to bring me here when we were small")
    assert "utter_self_harm" not in said
    assert "utter_self_harm_stay" in said


async def test_who_thinks_of_dying_is_not_left_on_a_guess_that_somebody_comes(talk: Stage) -> None:
    await talk.hears("self_harm", country="US")
    said = await talk.hears("cannot_talk_safely", "ok i lie on my bed now", possible=True, confidence=0.7)
    assert "utter_pause" not in said


@every("answer", ["yes, it comes, I told nobody", "yes"])
async def test_a_yes_to_the_invitation_to_tell_of_dying_is_answered_as_one(invited: Stage, answer: str) -> None:
    said = await invited.hears("affirm", answer)
    assert said[0] == "utter_self_harm_now"
    assert "999" in invited.shows()


async def test_who_wants_somebody_to_talk_to_right_after_the_invitation_is_asked_plainly(invited: Stage) -> None:
    said = await invited.hears("find_counselling", "i never told anybody. is there someone to talk to", confidence=0.9)
    assert said[0] == "utter_self_harm_now"
    assert "999" in invited.shows()


async def test_a_yes_to_something_else_is_no_wish_to_die(invited: Stage) -> None:
    said = await invited.hears("disclose_document_confiscation", "yes my boss keeps my passport", confidence=0.9)
    assert not any(phrase.startswith("utter_self_harm") for phrase in said)


async def test_what_is_said_two_messages_after_that_invitation_is_no_answer_to_it(invited: Stage) -> None:
    await invited.hears("ask_cost", "what does it cost")
    assert not any(phrase.startswith("utter_self_harm") for phrase in await invited.hears("affirm", "yes"))


async def test_an_answer_that_speaks_of_the_emergency_number_says_it(talk: Stage) -> None:
    await talk.hears("disclose_threats", "they shout at me every day", country="MX")
    heard = {"many": {"event/worse": 0.9, "disclose_threats": 0.9}}
    said = await talk.hears("disclose_threats", "today it was even more", heard=heard)
    assert any("event_worse" in phrase for phrase in said)
    assert "911" in talk.shows()


async def test_a_thought_that_comes_back_after_hours_gets_the_bare_number_and_is_asked_for_again(talk: Stage) -> None:
    await talk.hears("self_harm", country="US")
    said = await talk.hears("nlu_fallback", "the same thought comes back again", returning=True)
    assert said == ["utter_call", "utter_safe_again"]
    assert "911" in talk.shows()
    assert await talk.hears("affirm", "1") == ["utter_unread"]  # nothing of before is named to whoever reads


async def test_after_a_hush_nothing_tells_that_dying_was_spoken_of(talk: Stage) -> None:
    await talk.hears("self_harm", country="US")
    await talk.hears("cannot_talk_safely", "he is here")
    assert await talk.hears("nlu_fallback", "what is this thing you write") == ["utter_safe_again"]
    assert not {"utter_unclear_self_harm", "utter_call"} & set(await talk.hears("affirm", "1"))


async def test_a_yes_behind_a_word_about_the_police_answers_the_question(talk: Stage) -> None:
    await talk.hears("self_harm", country="US")
    said = await talk.hears("nlu_fallback", "911 is police, they will catch me. yes i do think of it", confidence=0.3)
    assert said[0] == "utter_self_harm_yes"


async def test_who_could_die_of_shame_for_somebody_else_is_spoken_to_themselves(talk: Stage) -> None:
    talk.record.about = "other"
    heard = {
        "about": {"me": 0.67, "other": 0.23},
        "marks": {"selfharm:me:feared": 0.02, "selfharm:other:now": 0.001},
    }
    said = await talk.hears(
        "express_distress",
        "i sent him there, i could die of shame",
        confidence=0.6,
        heard=heard,
        crises=MAYBE,
        country="US",
    )
    assert "utter_unclear_self_harm" in said


async def test_who_fears_the_police_is_not_sent_to_them_with_thoughts_of_dying(talk: Stage) -> None:
    talk.record.holds = ["no_police"]
    await talk.hears("self_harm", country="SA")
    assert "997" in talk.shows()
    assert "999" not in talk.shows()


async def test_who_is_threatened_with_pictures_gets_no_line_on_suicide(talk: Stage) -> None:
    await talk.hears("disclose_image_abuse", country="US")
    assert "988" not in talk.shows()


async def test_a_sure_no_is_a_no_whatever_begins_with_yes_behind_it(talk: Stage) -> None:
    await talk.hears("self_harm", country="US")
    said = await talk.hears("deny", "i am not thinking of that. yes i am sure", confidence=0.9)
    assert said[0] == "utter_self_harm_no"
