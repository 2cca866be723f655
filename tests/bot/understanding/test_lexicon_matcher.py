"""What the word lists hear in a message: signs, topics and ages, in each language that has lists."""

import pytest

from bot.understanding import lexicon_matcher
from bot.understanding.indicators import catalogue
from tests.every import every


def signs(text: str) -> dict[str, str]:
    return {heard.indicator: heard.when for heard in lexicon_matcher.indicators(text)}


@every(
    ("text", "sign"),
    [
        ("My boss took my passport!", "doc_confiscation"),
        ("mi jefe me quitó el pasaporte", "doc_confiscation"),
        ("أخذوا جواز سفري", "doc_confiscation"),
        ("they dont pay me", "wages_low_none"),
        ("no me pagan", "wages_low_none"),
    ],
)
def test_signs_are_heard_in_each_language(text: str, sign: str) -> None:
    assert sign in signs(text)


def test_the_past_is_told_apart() -> None:
    assert signs("last year my boss took my passport") == {"doc_confiscation": "past"}
    assert signs("my boss took my passport") == {"doc_confiscation": "open"}


@every("text", ["is it legal to keep my passport", "i have my passport", "hello", "", "\x00\u202e"])
def test_a_question_about_the_law_and_nothing_tell_no_sign(text: str) -> None:
    assert signs(text) == {}


@every("text", ["my boss never hits me", "no me pega", "ما يضربني"])
def test_what_is_denied_is_not_heard(text: str) -> None:
    assert "physical_violence" not in signs(text)


def test_every_sign_of_the_lists_exists() -> None:
    heard = {name for names in lexicon_matcher._lists().indicators.names.values() for name in names}
    assert heard - set(catalogue().indicators) == set()
    assert len(heard) > 60


@every(
    ("text", "topic"),
    [
        ("what is organ trafficking", "form_organ"),
        ("how do i know if there is spyware on my phone", "digital_spy"),
        ("como borro este chat", "digital_clear"),
        ("is this normal", "check_self"),
    ],
)
def test_topics_are_heard(text: str, topic: str) -> None:
    assert topic in lexicon_matcher.topics(text)


@every(
    ("text", "age"),
    [("im 15", 15), ("tengo 15 años", 15), ("عمري ١٥ سنة", 15), ("i am 30", None), ("i am a minor", 17)],
)
def test_ages_are_heard(text: str, age: int | None) -> None:
    assert lexicon_matcher.age(text) == age


@every(
    ("text", "age"),
    [
        ("我15岁", 15),
        ("我十五岁", 15),
        ("15 yrs old ako", 15),
        ("15 lang ako", 15),
        ("16 anyos ako", 16),
        ("หนู15", 15),
        ("หนูสิบห้า", 15),
        ("อายุ 15 ปี", 15),
        ("я 15 лет", 15),
        ("я 16 років", 16),
    ],
)
def test_an_age_is_heard_without_blanks_in_number_words_and_behind_the_number(text: str, age: int) -> None:
    assert lexicon_matcher.age(text) == age


@every("text", ["im almost 18", "мне скоро 18", "我快18", "em sắp 18", "voy a cumplir 18", "turning 18 pa lang ako"])
def test_who_is_almost_18_is_a_child(text: str) -> None:
    assert lexicon_matcher.age(text) == 17


@every(
    "text",
    [
        "i turn 10 tricks a night",
        "they pay me not even 10 a day",
        "he gives me not even 5",
        "cumplo 12 turnos a la semana",
        "im almost 18 hours on my feet",
    ],
)
def test_a_number_of_something_else_is_no_age(text: str) -> None:
    assert lexicon_matcher.age(text) is None


@pytest.mark.parametrize(("text", "age"), [("i turn 15", 14), ("im almost 17, they took my phone", 17)])
def test_an_age_still_to_come_is_heard(text: str, age: int) -> None:
    assert lexicon_matcher.age(text) == age


@every(
    "text",
    [
        "con gái em 15 tuổi",
        "em gái em 15 tuổi",
        "ลูกสาวหนู 15 ปีค่ะ",
        "我女儿15岁",
        "anak ko 15 yrs old lang sya",
        "дочке 15 лет",
    ],
)
def test_the_age_of_a_relative_is_not_that_of_the_writer(text: str) -> None:
    assert lexicon_matcher.age(text) is None


@every(
    "text",
    [
        "lúc em 15 tuổi",
        "hồi em 15 tuổi",
        "ตอนหนูอายุ 15",
        "мне 16 было когда меня увезли",
        "мені 16 років було",
        "我15岁的时候被卖",
        "я 15 лет здесь работаю",
        "我二十八岁",
    ],
)
def test_an_age_of_the_past_and_years_of_work_are_no_age(text: str) -> None:
    assert lexicon_matcher.age(text) is None


@every(
    "text", ["I am 15 days here", "i am 25 days here and they do not let me go to school", "im 40 weeks on this ship"]
)
def test_days_and_weeks_are_no_age(text: str) -> None:
    assert lexicon_matcher.age(text) is None
    assert not lexicon_matcher.says_grown(text)


@every("text", ["i am 15 years", "I am 15", "tengo 15 años"])
def test_years_are_one(text: str) -> None:
    assert lexicon_matcher.age(text) == 15
