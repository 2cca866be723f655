"""A line that is asked for by what it is, and one that is not for the person: said once, it holds."""

import pytest

from actions.referral.directory_client import directory
from bot.handoff.handoff_snapshot import HandoffSnapshot
from tests.actions.stage import Stage
from tests.every import every


def kinds_of(stage: Stage) -> set[str]:
    """Return what the lines that were given last help with."""
    there = directory()
    known = {line.id: line for lines in (there.world, *there.national.values()) for line in lines}
    return {kind for id in stage.record.given for kind in known[id].kinds}


async def test_who_says_where_they_are_from_gets_no_consulate_of_others(talk: Stage) -> None:
    talk.locale = "ru"
    await talk.hears("disclose_unpaid_wages", "я таджик, на стройке в Москве не платят", country="RU")
    said = await talk.hears("find_hotline", "дайте номер посольства", confidence=0.5)

    assert "utter_no_office" in said
    assert "ru-uzbek-embassy" not in talk.record.referred


async def test_the_line_of_their_own_country_comes_again_when_it_is_asked_for(talk: Stage) -> None:
    await talk.hears("disclose_document_confiscation", "we are Bangladeshi, they keep our passports", country="QA")
    for _ in range(2):
        await talk.hears("find_hotline", "number of the Bangladesh embassy", confidence=0.5)
        assert "+880" in talk.shows()


async def test_it_needs_no_country_where_it_helps_in_any(talk: Stage) -> None:
    await talk.hears("nlu_fallback", "we are Bangladeshi, give me our embassy number", confidence=0.2)

    assert "+880" in talk.shows()
    assert talk.record.question is None


async def test_where_somebody_is_from_is_not_kept(talk: Stage) -> None:
    await talk.hears("disclose_unpaid_wages", "I am Kenyan, no pay", country="SA")

    assert "KE" not in talk.record.dump().decode().replace("zz-kenya", "")
    assert "sa-kenyan-consulate" in (talk.record.theirs or [])


async def test_an_office_without_an_entry_is_said_to_be_missing_before_the_nearest(talk: Stage) -> None:
    said = await talk.hears("find_hotline", "I need the number of the labour inspection", country="PL", confidence=0.5)

    assert said.index("utter_no_office") < said.index("utter_lines")
    assert "labour inspection (Poland)" in talk.shows()


async def test_what_is_not_for_them_does_not_come_back(talk: Stage) -> None:
    refused = "pl-ckpp-legal-information"
    talk.record.country, talk.record.need, talk.record.given = "PL", "find_legal_aid", {refused: "Lawyers (CKPP)"}
    said = await talk.hears("nlu_fallback", "that one is not for me, I am not a refugee", confidence=0.2)

    assert "utter_not_that_one" in said
    for label in ("find_legal_aid", "ask_worker_rights", "find_hotline"):
        await talk.hears(label)
        assert refused not in talk.record.given


async def test_who_is_no_refugee_keeps_the_lines_that_are_for_anybody(talk: Stage) -> None:
    await talk.hears("disclose_unpaid_wages", country="AU")
    await talk.hears("nlu_fallback", "I am not a refugee", confidence=0.2)

    assert talk.record.refused == []


async def test_it_is_no_complaint_about_the_line(talk: Stage) -> None:
    await talk.hears("find_hotline", country="PL")
    await talk.hears("nlu_fallback", "that is not for me", confidence=0.2)

    assert talk.turn is not None
    assert talk.turn.complaints == []
    assert talk.record.complained == []


@every("age", ["i am 29", "im 34 years old"])
async def test_somebody_grown_gets_no_line_for_children(talk: Stage, age: str) -> None:
    await talk.hears("disclose_image_abuse", f"{age}, he has my pictures", country="KR")
    await talk.hears("find_hotline", "number please")

    assert "child" not in kinds_of(talk)


async def test_a_line_for_children_that_came_before_the_age_is_taken_back(talk: Stage) -> None:
    talk.record.need, talk.record.given = "disclose_image_abuse", {"kr-1388-youth-line": "1388 Youth line"}
    said = await talk.hears("nlu_fallback", "i am 31", country="KR", confidence=0.2)

    assert said[0] == "utter_not_that_one"
    assert "1388" not in talk.shows()


async def test_a_threat_at_work_gets_no_line_for_violence_at_home(talk: Stage) -> None:
    for label in ("disclose_unpaid_wages", "disclose_threats", "disclose_document_confiscation", "find_hotline"):
        await talk.hears(label, country="AU")
        assert "domestic_violence" not in kinds_of(talk)


async def test_the_number_for_pay_comes_again_instead_of_one_that_fits_less(talk: Stage) -> None:
    await talk.hears("disclose_unpaid_wages", country="AU")
    await talk.hears("disclose_threats")
    await talk.hears("find_hotline", "which number is for wages?")

    assert "au-fair-work-infoline" in talk.record.given


async def test_a_line_in_a_language_is_found_whatever_it_is_for(talk: Stage) -> None:
    talk.locale = "th"
    await talk.hears("disclose_image_abuse", "มีคนขู่จะปล่อยรูปหนูค่ะ", country="KR")
    await talk.hears("nlu_fallback", "มีเบอร์ที่พูดภาษาไทยไหมคะ", confidence=0.2)

    assert "kr-danuri-1577-1366-migrant-women" in talk.record.given


async def test_where_no_line_is_known_to_speak_it_that_is_said_and_how_to_ask_for_it(talk: Stage) -> None:
    await talk.hears("disclose_unpaid_wages", country="JO")
    found = [{"entity": "language", "value": "am"}]
    said = await talk.hears("nlu_fallback", "a number where they speak Amharic, i need it", found, confidence=0.2)

    assert "utter_none_speaks" in said
    assert "Amharic, interpreter" in talk.shows()


async def test_a_line_that_speaks_other_languages_alone_names_them(stage: Stage) -> None:
    stage.locale = "th"
    await stage.hears("greet")
    await stage.hears("affirm")
    await stage.hears("disclose_forced_labour", country="KR")

    assert "ภาษา: เกาหลี" in stage.shows()


async def test_the_first_number_is_said_again(talk: Stage) -> None:
    await talk.hears("disclose_unpaid_wages", country="IT")
    first = next(iter(talk.record.given))
    talk.record.given, talk.record.referred = {}, [*talk.record.referred, "it-arci-numero-verde"]
    await talk.hears("nlu_fallback", "what was the first number again", confidence=0.2)

    assert first in talk.record.given


async def test_beside_the_number_of_bought_police_stands_one_that_is_not_theirs(talk: Stage) -> None:
    said = await talk.hears("immediate_danger", "he comes with a knife, the boss pays the police", country="IT")

    assert "utter_danger" in said
    assert "utter_danger_not_police" in said
    assert "800 290 290" in talk.shows()


async def test_lines_of_another_country_are_not_said_to_be_of_the_one_that_was_named(talk: Stage) -> None:
    talk.record.likely_country = "MM"
    said = await talk.hears("find_hotline", "we are Bangladeshi, our embassy number please", confidence=0.5)

    assert "Myanmar" not in talk.shows().replace("(Myanmar", "")
    assert "This number is in Bangladesh." in talk.shows()
    assert "utter_lines" in said


@pytest.mark.parametrize("label", ["delete_my_data", "goodbye", "talk_to_human"])
async def test_another_wish_is_not_taken_for_one_about_a_line(talk: Stage, label: str) -> None:
    await talk.hears("find_hotline", country="PL")
    given = dict(talk.record.given)
    await talk.hears(label, "not this one, give me the number")

    assert talk.record.refused == []
    assert given


@every(
    ("label", "text"),
    [
        ("disclose_threats", "my boss wants to sell me to another country next week and i am scared"),
        ("nlu_fallback", "my boss wants to sell me to another country next week and i am scared"),
        ("nlu_fallback", "the guards only speak arabic, they lock the door every night"),
        ("nlu_fallback", "it is not for me, it is for my friend"),
        ("express_distress", "it is not for me"),
    ],
)
async def test_words_of_a_story_refuse_no_line(talk: Stage, label: str, text: str) -> None:
    await talk.hears("disclose_unpaid_wages", country="AU")
    said = await talk.hears(label, text, confidence=0.3)

    assert "utter_not_that_one" not in said
    assert talk.record.refused == []


async def test_where_no_line_is_named_the_last_alone_is_refused(talk: Stage) -> None:
    await talk.hears("disclose_unpaid_wages", country="AU")
    given = list(talk.record.given)
    await talk.hears("nlu_fallback", "they only speak english", confidence=0.2)

    assert talk.record.refused == given[-1:]


async def test_a_boss_of_another_people_takes_no_embassy_from_the_writer(talk: Stage) -> None:
    await talk.hears("disclose_unpaid_wages", "my boss is not Indian", country="AE")
    await talk.hears("nlu_fallback", "i am not Indian", confidence=0.2)
    assert talk.record.refused == []

    talk.record.refused = ["sa-kenyan-consulate"]
    await talk.hears("nlu_fallback", "we are Kenyan", confidence=0.2)
    assert talk.record.refused == []


async def test_after_a_hush_neither_a_number_nor_a_country_of_before_is_said(talk: Stage) -> None:
    await talk.hears("disclose_unpaid_wages", "I am Kenyan, no pay", country="SA")
    assert talk.record.theirs
    await talk.hears("cannot_talk_safely")
    assert talk.record.theirs is None
    await talk.hears("affirm")
    said = await talk.hears("nlu_fallback", "what was the first number again", confidence=0.2)

    assert "utter_follow_service" not in said
    assert "Kenya" not in talk.shows()


async def test_a_question_about_the_first_number_is_answered_by_its_facts(talk: Stage) -> None:
    await talk.hears("disclose_unpaid_wages", country="AU")
    await talk.hears("nlu_fallback", "is the first number open at night?", confidence=0.2)

    assert "open now" in talk.shows()


async def test_who_fears_the_police_in_danger_gets_a_person_too_and_no_office(talk: Stage) -> None:
    talk.desk = HandoffSnapshot(open=True)
    for country in ("IT", "AU", "PL", "KR"):
        talk.record.told, talk.record.given = [], {}
        said = await talk.hears("immediate_danger", "he comes with a knife, the boss pays the police", country=country)
        assert talk.turn is not None
        assert talk.turn.ask_person
        assert talk.record.given or "utter_danger_not_police" not in said
        assert all(
            "labour" not in name.casefold() and "fair work" not in name.casefold()
            for name in talk.record.given.values()
        )


@every(
    ("locale", "text"),
    [
        ("en", "pls rescue us from this place"),
        ("es", "quien nos puede sacar de aqui"),
        ("ru", "кто может нас вытащить"),
        ("zh-Hans", "手机要交了，谁能救我出去"),
    ],
)
async def test_who_asks_to_be_got_out_gets_who_can_do_it_and_no_food_near_by(
    talk: Stage, locale: str, text: str
) -> None:
    talk.locale = locale
    said = await talk.hears("find_basic_needs", text, confidence=0.7, country="US")
    assert "utter_find_basic_needs" not in said
    assert "utter_lines" in said


async def test_who_asks_to_be_rescued_in_danger_keeps_the_number(talk: Stage) -> None:
    await talk.hears("immediate_danger", country="US")
    await talk.hears("nlu_fallback", "pls rescue us", confidence=0.3)
    assert "911" in talk.shows()


async def test_a_question_about_dying_stays_open_to_such_words(talk: Stage) -> None:
    await talk.hears("self_harm", country="US")
    await talk.hears("nlu_fallback", "please someone rescue me from this life", confidence=0.3)
    assert talk.record.question == "self_harm"
