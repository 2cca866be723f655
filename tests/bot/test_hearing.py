"""What the word lists hear in a message: signs, topics and ages, in each language that has lists."""

import pytest

from bot import hearing
from bot.indicators import catalogue


def signs(text: str) -> dict[str, str]:
    return {heard.indicator: heard.when for heard in hearing.indicators(text)}


@pytest.mark.parametrize(
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


@pytest.mark.parametrize("text", ["is it legal to keep my passport", "i have my passport", "hello", "", "\x00\u202e"])
def test_a_question_about_the_law_and_nothing_tell_no_sign(text: str) -> None:
    assert signs(text) == {}


@pytest.mark.parametrize("text", ["my boss never hits me", "no me pega", "ما يضربني"])
def test_what_is_denied_is_not_heard(text: str) -> None:
    assert "physical_violence" not in signs(text)


def test_every_sign_of_the_lists_exists() -> None:
    heard = {name for names in hearing._lists().indicators.names.values() for name in names}
    assert heard - set(catalogue().indicators) == set()
    assert len(heard) > 60


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("what is organ trafficking", "form_organ"),
        ("how do i know if there is spyware on my phone", "digital_spy"),
        ("como borro este chat", "digital_clear"),
        ("is this normal", "check_self"),
    ],
)
def test_topics_are_heard(text: str, topic: str) -> None:
    assert topic in hearing.topics(text)


@pytest.mark.parametrize(
    ("text", "age"),
    [("im 15", 15), ("tengo 15 años", 15), ("عمري ١٥ سنة", 15), ("i am 30", None), ("i am a minor", 17)],
)
def test_ages_are_heard(text: str, age: int | None) -> None:
    assert hearing.age(text) == age
