"""Which line a question is about: by number, a part of it, name, what it is for, its place in the list."""

import pytest

from tests.actions.small_directory import SmallDirectory, service
from tests.actions.stage import Stage
from tests.every import every


@pytest.fixture
async def given(talk: Stage) -> Stage:
    """A talk in which three lines of Great Britain were given, and then another one."""
    talk.record.country = "GB"
    talk.record.give(
        {
            "gb-acas-helpline": "Acas (rights at work)",
            "gb-childline": "Childline",
            "gb-modern-slavery-exploitation-helpline": "Modern Slavery & Exploitation Helpline",
        }
    )
    talk.record.give({"gb-victim-support": "Victim Support"})
    return talk


NAMED = [
    ("does acas speak polish?", "0300 123 1100"),
    ("the 0300 number, do they speak polish?", "0300 123 1100"),
    ("the 08000 one you gave before, do they speak polish?", "08000 121 700"),
    ("0300 123 1100, not 0808 16 89 111: do they speak polish when i call?", "0300 123 1100"),
    ("do they speak polish at the number for kids?", "0800 1111"),
    ("that wage number, do they speak polish?", "0300 123 1100"),
    ("the Slavery Exploitation helpline, do they speak polish?", "08000 121 700"),
    ("do they speak polish there when i call?", "0808 16 89 111"),
]


@every(("text", "number"), NAMED)
async def test_a_question_is_about_the_line_that_it_names_though_others_were_given_since(
    given: Stage, text: str, number: str
) -> None:
    said = await given.hears("nlu_fallback", text)
    assert {"utter_follow_service", "utter_line"} & set(said)
    assert number in given.shows()


async def test_the_second_of_a_list_is_meant_by_its_place(talk: Stage) -> None:
    talk.record.country = "GB"
    talk.record.give({"gb-childline": "Childline", "gb-victim-support": "Victim Support"})
    await talk.hears("nlu_fallback", "is the second number free to call?")
    assert "0808 16 89 111" in talk.shows()


async def test_a_number_of_another_country_is_answered_by_its_own_entry(talk: Stage) -> None:
    talk.record.country = "MM"
    talk.record.give({"bd-probash-bondhu": "Probash Bondhu", "th-issara-burmese": "Issara (Burmese)"})
    await talk.hears("nlu_fallback", "the issara line, is the call free?")
    assert "free to call inside Thailand" in talk.shows()


async def test_a_service_near_a_town_can_be_asked_about(talk: Stage, near: SmallDirectory) -> None:
    near.services = [service("us-first-house", number="(713) 555-0100", free=True)]
    talk.record.country = "US"
    talk.record.give({"us-first-house": "First House"})
    talk.record.give({"us-988-suicide-crisis-lifeline": "988"})
    said = await talk.hears("nlu_fallback", "the 713 number, is the call free?")
    assert said == ["utter_follow_service"]
    assert "The help is free." in talk.shows()
    assert "as much as any other call" in talk.shows()


async def test_after_a_hush_no_line_of_before_is_named_by_a_part_of_it(given: Stage) -> None:
    await given.hears("cannot_talk_safely")
    await given.hears("nlu_fallback", "the 0300 number, do they speak polish?")
    assert "Acas" not in given.shows()


@every("text", ["0", "00", "+", "1" * 200, "((((0800", "the number 08000 121 700 0800 1111 0300", "٠٨", "\u202e0800"])
async def test_garbage_for_a_number_is_answered_like_any_message(given: Stage, text: str) -> None:
    assert await given.hears("nlu_fallback", text)


async def test_112_is_answered_by_the_number_of_a_country_that_has_another(talk: Stage) -> None:
    talk.record.country = "US"
    await talk.hears("ask_cost", "is 112 free?")
    assert "911" in talk.shows()
    assert "112" not in talk.shows()
