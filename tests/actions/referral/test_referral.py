"""Numbers to call: of the country where there are some, the emergency number where there are none, never nothing."""

import re

import pytest

from actions.referral import directory_client
from bot.text.text_messages import fits
from tests.actions.small_directory import first_number
from tests.actions.stage import BOOK, DOMAIN, LABELS, Stage
from tests.every import every

COUNTRY_QUESTIONS = {"utter_ask_where", "utter_ask_where_other", "utter_which_country", "utter_which_country_again"}
SERVICES = [label for label in LABELS if label.startswith("find_")]


@every("label", SERVICES)
async def test_a_named_country_gets_lines_at_once(talk: Stage, label: str) -> None:
    assert "utter_lines" in await talk.hears(label, country="GB")
    assert first_number("GB") in talk.shows()


@every("label", SERVICES)
async def test_an_unknown_country_is_asked_for_once_and_the_wish_is_kept(talk: Stage, label: str) -> None:
    said = await talk.hears(label)
    assert said.count("utter_ask_where") == 1
    assert await talk.hears("provide_location", country="GB") == ["utter_lines"]
    assert first_number("GB") in talk.shows()


async def test_a_country_that_was_not_found_is_asked_for_once_more_and_then_left(talk: Stage) -> None:
    await talk.hears("find_hotline")
    assert await talk.hears("provide_location") == ["utter_which_country_again"]
    assert await talk.hears("nlu_fallback") == ["utter_no_country"]
    assert "112" in talk.shows()


@pytest.mark.parametrize("label", ["deny", "unsure"])
async def test_the_country_need_not_be_told(talk: Stage, label: str) -> None:
    await talk.hears("disclose_threats")
    assert (await talk.hears(label))[0] == "utter_no_country"
    assert "112" in talk.shows()
    assert len(talk.record.choices) > 1
    assert not COUNTRY_QUESTIONS & set(await talk.hears("disclose_unpaid_wages"))


@pytest.mark.parametrize(("country", "number"), [("BY", "102"), ("XX", "112")])
async def test_a_country_without_lines_is_told_so_with_a_number(talk: Stage, country: str, number: str) -> None:
    assert (await talk.hears("find_hotline", country=country))[0] == "utter_no_lines"
    assert number in talk.shows()


async def test_who_fears_the_police_is_given_no_number_of_theirs_where_there_is_no_line(talk: Stage) -> None:
    talk.record.holds = ["no_police"]
    assert "utter_no_lines" in await talk.hears("find_hotline", country="BY")
    assert "102" not in talk.shows()


async def test_a_person_is_not_promised_but_numbers_are_given(talk: Stage) -> None:
    assert (await talk.hears("talk_to_human", country="US"))[:2] == ["utter_no_person", "utter_lines"]
    assert "No person is here" in talk.shows()


@pytest.mark.parametrize("label", ["ask_immigration_rights", "check_job_offer"])
async def test_a_country_somebody_wants_to_go_to_is_not_where_they_are(talk: Stage, label: str) -> None:
    await talk.hears(label, country="CA")
    assert talk.record.country is None


async def test_two_countries_in_one_message_say_nothing_of_the_place(talk: Stage) -> None:
    entities = [{"entity": "country", "value": code} for code in ("PH", "AE")]
    await talk.hears("disclose_threats", understood=entities)
    assert talk.record.country is None


async def test_where_leaving_a_boss_is_reported_it_is_said_before_the_numbers(talk: Stage) -> None:
    await talk.hears("disclose_unpaid_wages")
    said = await talk.hears("provide_location", country="AE")
    assert said.index("utter_before_leaving") < said.index("utter_lines")


@every("locale", BOOK.locales)
@every("channel", ["web", "sms"])
async def test_in_every_language_it_is_said_however_little_room_there_is(locale: str, channel: str) -> None:
    stage = Stage(channel=channel, locale=locale)
    stage.record.situation, stage.record.told = "talk", ["intro"]
    said = await stage.hears("disclose_unpaid_wages", country="AE")
    assert "utter_before_leaving" in said
    assert "utter_lines" in said


async def test_the_same_line_is_not_pressed_on_somebody_twice(talk: Stage) -> None:
    await talk.hears("disclose_threats", country="US")
    before = set(talk.record.given)
    await talk.hears("disclose_unpaid_wages")
    assert talk.record.given
    assert before.isdisjoint(talk.record.given)


@pytest.mark.timeout(400)  # it takes forty seconds of an idle core
@pytest.mark.long
@every("locale", BOOK.locales)
@every("label", ["find_hotline", "find_legal_aid", "disclose_minor", "self_harm", "immediate_danger"])
async def test_every_message_about_every_country_fits_a_text_message(label: str, locale: str) -> None:
    too_long = []
    for country in directory_client.directory().countries:
        stage = Stage(channel="sms", locale=locale)
        stage.record.situation = "talk"
        await stage.hears(label, country=country)
        for message in list(stage.said):
            stage.said = [message]
            if not fits(stage.shows()):
                too_long.append((country, message["response"], len(stage.shows())))
    assert too_long == []


@every("locale", BOOK.locales)
def test_questions_with_their_choices_fit_a_text_message(locale: str) -> None:
    too_long = []
    for name, variants in DOMAIN["responses"].items():
        choices = (variants[0].get("metadata") or {}).get("choices") or []
        lines = [f"{number} {BOOK.render(c['say'], {}, locale, 'sms')}" for number, c in enumerate(choices, 1)]
        text = "\n".join([BOOK.render(name, {}, locale, "sms"), *lines])
        if choices and not fits(text):
            too_long.append((name, len(text)))
    assert too_long == []


async def test_the_country_is_asked_for_twice_at_most_in_one_talk(talk: Stage) -> None:
    said = []
    for label in (
        "disclose_threats",
        "deny",
        "find_hotline",
        "thanks",
        "find_shelter",
        "provide_location",
        "ask_police",
    ):
        said += await talk.hears(label)
    assert len([phrase for phrase in said if phrase in COUNTRY_QUESTIONS]) == 2
    assert "utter_without_country" in said


async def test_danger_asks_for_the_country_also_after_that(talk: Stage) -> None:
    await talk.hears("find_hotline")
    await talk.hears("provide_location")
    assert await talk.hears("immediate_danger") == ["utter_danger_which_country"]
    assert (await talk.hears("immediate_danger"))[0] == "utter_danger_112"
    assert (await talk.hears("provide_location", country="MX"))[0] == "utter_number_there"


@every("small", ["thanks", "greet", "deny", "out_of_scope"])
@every("label", ["provide_location", "nlu_fallback", "greet"])
async def test_a_country_after_small_talk_brings_the_numbers_that_were_wanted(
    talk: Stage, small: str, label: str
) -> None:
    await talk.hears("find_shelter")
    await talk.hears(small)
    assert "utter_lines" in await talk.hears(label, country="GB")
    assert first_number("GB") in talk.shows()


async def test_of_somebody_else_it_is_asked_where_that_person_is(talk: Stage) -> None:
    await talk.hears("report_missing_person", heard={"about": {"other": 0.9}})
    assert "Which country is the person in?" in talk.shows()


@every("label", [*SERVICES, "disclose_threats", "disclose_unpaid_wages", "report_missing_person"])
async def test_an_answer_with_numbers_is_short_and_ends_with_a_person(talk: Stage, label: str) -> None:
    names = await talk.hears(label, country="GB")
    assert len(talk.said) <= 3
    assert len(talk.shows().replace("\n", "")) <= 500
    assert {"utter_lines", "utter_line"} & set(names)
    assert talk.record.choices[-1]["value"] in ("talk_to_human", "step to=enough")


async def test_the_same_numbers_are_never_said_a_third_time(talk: Stage) -> None:
    shown = []
    for _ in range(4):
        await talk.hears("find_hotline", country="GB")
        shown.append(first_number("GB") in talk.shows())
        assert talk.said
    assert shown == [True, True, False, False]


@pytest.mark.parametrize("country", ["US", "BY"])
async def test_a_person_asked_for_again_gets_the_lines_and_then_only_that_we_stay(talk: Stage, country: str) -> None:
    runs = [await talk.hears("talk_to_human", country=country) for _ in range(3)]
    assert runs[0][0] == "utter_no_person"
    lines = {"US": ["utter_lines"], "BY": ["utter_no_lines", "utter_floor_consulate"]}[country]
    assert runs[1] == [*lines, "utter_stay"]
    assert runs[2] == ["utter_stay_again"]


async def test_a_story_that_goes_on_brings_no_lines_that_fit_it_less(talk: Stage) -> None:
    await talk.hears("find_hotline", country="GB")
    for label in ("disclose_sexual_exploitation", "disclose_forced_marriage"):
        await talk.hears(label)
        assert not {"LGBT", "Childline", "Missing"} & set(re.findall(r"\w+", talk.shows()))


async def test_a_family_gets_who_helps_its_people_abroad_and_no_line_next_door(talk: Stage) -> None:
    talk.record.their_country, talk.record.about = "LA", "other"
    said = await talk.hears("find_shelter", "who gets him out of there", country="BD", heard={"about": {"other": 0.9}})
    assert "utter_find_shelter" not in said
    assert "+880" in talk.shows()


async def test_a_page_is_nothing_to_call(talk: Stage) -> None:
    said = await talk.hears("find_legal_aid", country="OM")
    assert "utter_pages" in said
    assert "You can call" not in talk.shows()


async def test_two_questions_with_one_answer_get_it_once(talk: Stage) -> None:
    await talk.hears("find_legal_aid", country="OM")
    heard = {"many": {"find_hotline/what_they_ask": 0.6, "find_hotline/need_id": 0.5}}
    await talk.hears("find_hotline", "do i have to say my name, what do they ask", heard=heard)
    assert talk.shows().count("They ask who you are") == 1


async def test_who_worries_about_somebody_abroad_still_gets_help_of_their_own(talk: Stage) -> None:
    talk.record.their_country, talk.record.about = "LA", "other"
    said = await talk.hears("find_shelter", "i need a shelter for me", country="GB", heard={"about": {"me": 0.95}})
    assert "utter_find_shelter" in said


async def test_a_parent_with_a_child_gets_no_line_for_children(talk: Stage) -> None:
    talk.record.holds = ["children"]
    await talk.hears("disclose_confinement", country="RU")
    assert "8 800 2000 122" not in talk.shows()


async def test_what_does_not_fit_does_not_come_once_a_number_was_given(talk: Stage) -> None:
    talk.record.referred = ["jo-philippine-migrant-workers-office"]
    await talk.hears("disclose_threats", "he says he puts me in jail", country="JO")
    assert "110" not in talk.shows()


async def test_a_worry_about_a_child_gets_who_protects_children_and_no_office_for_wages(talk: Stage) -> None:
    talk.locale, talk.record.about, talk.record.minor = "fr", "other", True
    await talk.hears("disclose_unpaid_wages", "elle travaille là", country="FR", heard={"about": {"other": 0.95}})
    assert "119" in talk.shows()
    assert "116 000" not in talk.shows()


async def test_a_child_gets_a_line_though_another_was_given_before(talk: Stage) -> None:
    talk.locale = "bn"
    await talk.hears("disclose_document_confiscation", country="TH")
    before = list(talk.record.referred)
    await talk.hears("disclose_minor", "আমার বয়স ১৫")
    assert before
    assert set(talk.record.referred) - set(before)


async def test_a_story_where_no_line_is_known_gets_the_emergency_number_once(talk: Stage) -> None:
    assert "utter_no_lines" in await talk.hears("disclose_document_confiscation", country="ML")
    assert "17" in talk.shows()
    assert "utter_no_lines" not in await talk.hears("disclose_unpaid_wages")
