"""Questions about a line that has been given: what it costs, who runs it, what to say there, who else can call."""

import pytest

from tests.actions.stage import Stage
from tests.every import every


@pytest.fixture
async def given(talk: Stage) -> Stage:
    """A talk in which a line of Great Britain has just been given."""
    return await _after(talk, "GB", "gb-acas-helpline")


async def _after(talk: Stage, country: str, *ids: str) -> Stage:
    talk.record.country = country
    talk.record.give(dict.fromkeys(ids, "a name"))
    talk.record.said = [{"say": "utter_lines", "arguments": {}}]
    return talk


COSTS = [
    ("GB", "gb-acas-helpline", "as much as any other call", "free to call"),
    ("GB", "gb-modern-slavery-exploitation-helpline", "free to call inside United Kingdom", "any other call"),
    ("AU", "au-fair-work-infoline", "costs money", "free to call"),
    ("DE", "de-telefonseelsorge", "free to call inside Germany", "any other call"),
]


@every(("country", "line", "shown", "hidden"), COSTS)
async def test_the_kind_of_number_tells_what_a_call_costs(
    talk: Stage, country: str, line: str, shown: str, hidden: str
) -> None:
    await _after(talk, country, line)
    assert await talk.hears("ask_cost", "does the call cost anything?") == ["utter_follow_service"]
    assert shown in talk.shows()
    assert hidden not in talk.shows()


async def test_a_free_interpreter_makes_no_call_free(given: Stage) -> None:
    await given.hears("nlu_fallback", "which languages do they speak there when i call?")
    assert "That is free" not in given.shows()


async def test_who_asks_if_a_line_is_the_police_is_told_of_that_line_and_not_of_us(given: Stage) -> None:
    said = await given.hears("ask_bot", "who are they, is it the police?", confidence=0.9)
    assert said == ["utter_follow_service", "utter_others_pass_on"]
    assert "government office" in given.shows()
    assert "Acas" in given.shows()


async def test_a_line_of_an_organisation_is_said_to_be_neither_police_nor_state(talk: Stage) -> None:
    await _after(talk, "GB", "gb-modern-slavery-exploitation-helpline")
    await talk.hears("ask_bot", "is that the police?", confidence=0.9)
    assert "Run by: Unseen UK" in talk.shows()
    assert "not the police and not a government office" in talk.shows()


async def test_who_asks_if_we_are_the_police_is_not_told_of_a_line(given: Stage) -> None:
    said = await given.hears("ask_bot", "are you the police?", confidence=0.9)
    assert "utter_follow_service" not in said


async def test_whom_a_call_is_told_to_comes_with_its_trace_on_the_phone(given: Stage) -> None:
    heard = {"many": {"ask_anonymity/employer": 0.9}}
    said = await given.hears("ask_anonymity", "if i call them, does my boss find out?", heard=heard)
    assert said[-2:] == ["utter_others_pass_on", "utter_call_leaves_trace"]


SAY = [
    ("en", "ok and what do i say?", "utter_say_this"),
    ("ro", "si ce le spun", "utter_say_this"),
    ("pt", "falo o que la", "utter_say_this"),
    ("hi", "to pehle kya bolun", "utter_say_this"),
    ("vi", "gọi rồi biết nói gì", "utter_say_this"),
    ("th", "แล้วจะเริ่มพูดยังไง", "utter_say_this"),
    ("zh-Hans", "那要说啥", "utter_say_this"),
    ("pt", "e ela fala o que", "utter_say_for_them"),
    ("zh-Hans", "那他怎么说", "utter_say_for_them"),
    ("fr", "et elle leur dit quoi", "utter_say_for_them"),
    ("en", "can my sister call instead of me", "utter_find_call_for_them"),
    ("uk", "а сестра може подзвонити", "utter_find_call_for_them"),
    ("fa", "دوستم میتونه زنگ بزنه", "utter_find_call_for_them"),
    ("ar", "ممكن اختي تتصل بدالي", "utter_find_call_for_them"),
    ("tl", "pwede bang iba na lang tumawag", "utter_find_call_for_them"),
]


@every(("locale", "text", "phrase"), SAY)
async def test_how_to_call_is_asked_in_few_words_right_after_a_number(
    given: Stage, locale: str, text: str, phrase: str
) -> None:
    given.locale = locale
    assert (await given.hears("nlu_fallback", text))[0] == phrase
    assert "0300 123 1100" in given.shows()


@every(
    "text",
    [
        "what do i say to my brother when he comes back from the factory tonight and sees me like this",
        "what can i say to him?",
    ],
)
async def test_what_to_say_to_somebody_else_is_not_asked_of_a_line(given: Stage, text: str) -> None:
    assert "utter_say_this" not in await given.hears("nlu_fallback", text)


async def test_who_else_can_call_may_be_asked_before_a_number_was_given(talk: Stage) -> None:
    talk.record.country = "GB"
    said = await talk.hears("ask_anonymity", "can my friend call for me from town?", confidence=0.8)
    assert said[:2] == ["utter_find_call_for_them", "utter_say_for_them"]
    assert "utter_lines" in said


async def test_writing_in_place_of_a_call_that_others_hear_is_no_disability(given: Stage) -> None:
    heard = {"many": {"find_hotline/disability": 0.7}}
    said = await given.hears("find_hotline", "i cant phone, they hear me. whatsapp?", confidence=0.4, heard=heard)
    assert said[0] == "utter_find_in_writing"
    assert "utter_find_disability" not in said


async def test_who_is_not_paid_asks_nothing_of_the_cost_of_a_call(given: Stage) -> None:
    text = "they do not pay me, is there a number to call?"
    said = await given.hears("disclose_unpaid_wages", text, heard={"many": {"find_hotline": 0.6}})
    assert "any other call" not in given.shows()
    assert "utter_find_free" not in said


async def test_who_calls_about_somebody_else_gets_words_of_a_witness(talk: Stage) -> None:
    await talk.hears("find_hotline", country="US")
    talk.record.about = "other"
    said = await talk.hears("nlu_fallback", "what do i say to them?", confidence=0.3, heard={"about": {"other": 0.6}})
    assert "utter_say_as_witness" in said
    assert "utter_say_this" not in said
