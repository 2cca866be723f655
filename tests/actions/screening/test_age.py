"""Where "are you under 18?" was asked, "not yet" is a child's answer: the record says so, and no child is questioned."""

import pytest

from actions.hearing import listening
from tests.actions.stage import Stage
from tests.every import every

SCREENING = ("utter_offer_questions", "utter_ask_cannot_quit", "utter_ask_threat_self")


@pytest.fixture
async def asked(talk: Stage) -> Stage:
    """A person is asked for their age."""
    talk.record.told.append(listening.CHILD_HINT)
    await talk.hears("find_hotline", country="MX")
    assert talk.record.question == "age"
    return talk


@pytest.mark.parametrize(
    ("locale", "label", "text"),
    [
        ("en", "deny", "no, 16"),
        ("zh-Hans", "deny", "没有"),
        ("vi", "deny", "chưa ạ"),
        ("tl", "deny", "wala pa po"),
        ("ru", "deny", "нет 17"),
        ("uk", "deny", "ще ні"),
        ("th", "deny", "ไม่ ยังไม่ถึง"),
        ("ar", "deny", "لسه"),
        ("es", None, "17"),
        ("hi", "nlu_fallback", "१६"),
        ("fr", "out_of_scope", "bientôt"),
    ],
)
async def test_a_child_gets_the_text_for_a_child_and_no_question(
    asked: Stage, locale: str, label: str | None, text: str
) -> None:
    asked.locale = locale
    said = await asked.hears(label, text)
    assert "utter_disclose_minor" in said
    assert asked.record.minor is True
    assert not set(await asked.hears("step", to="me")) & set(SCREENING)


@pytest.mark.parametrize(
    ("label", "text", "minor"),
    [
        ("deny", "no", False),
        ("deny", "no, 25", False),
        ("affirm", "yes i am 20", False),
        ("affirm", "yes 20", True),
        ("affirm", "yes", True),
    ],
)
async def test_an_adult_is_told_by_a_no_or_an_age(asked: Stage, label: str, text: str, minor: bool) -> None:
    said = await asked.hears(label, text)
    assert asked.record.minor is minor
    assert ("utter_disclose_minor" in said) is minor


async def test_a_choice_is_what_its_button_says(asked: Stage) -> None:
    await asked.hears("deny", "2", chosen=True)
    assert asked.record.minor is False


async def test_an_age_is_kept_where_a_wish_comes_with_it(asked: Stage) -> None:
    await asked.hears("talk_to_human", "17, can i talk to a person")
    assert asked.record.minor is True


@every("label", ["report_missing_person", "report_concern"])
async def test_the_age_of_somebody_else_is_never_asked_for(talk: Stage, label: str) -> None:
    talk.record.told.append(listening.CHILD_HINT)
    said = [phrase for _ in range(3) for phrase in await talk.hears(label, country="GB")]
    assert "utter_ask_age" not in said


@every("label", ["report_missing_person", "report_concern"])
async def test_a_child_in_the_words_about_somebody_else_is_kept_and_is_not_the_writer(talk: Stage, label: str) -> None:
    said = await talk.hears(label, "my daughter is 14", country="GB")
    assert talk.record.minor is True
    assert (talk.record.about, "utter_minor_limits" in said) == ("other", False)
    assert any(number in talk.shows() for number in ("0800 1111", "116 000"))


@every("country", ["MX", "GB", "DE", "US"])
@every("label", ["find_hotline", "disclose_unpaid_wages"])
async def test_no_child_is_asked_for_the_age_before_the_limits_were_told(talk: Stage, label: str, country: str) -> None:
    talk.record.told.append(listening.CHILD_HINT)
    said = await talk.hears(label, country=country) + await talk.hears("thanks")
    assert said.count("utter_ask_age") == 1
    assert "utter_minor_limits" in said[: said.index("utter_ask_age")]


@every("country", ["MX", "GB", "DE", "US"])
async def test_where_the_age_finds_no_room_no_answers_to_it_are_shown(talk: Stage, country: str) -> None:
    talk.record.told.append(listening.CHILD_HINT)
    said = await talk.hears("find_hotline", country=country)
    assert ("affirm" in [choice["value"] for choice in talk.record.choices]) is ("utter_ask_age" in said)


async def test_a_guess_that_the_writer_is_a_child_gives_way_to_a_number_over_seventeen(talk: Stage) -> None:
    said = await talk.hears("disclose_minor", "i got my card at 18 last spring, which office then", confidence=0.4)
    assert "utter_minor_limits" not in said
    assert talk.record.minor is not True


async def test_an_age_over_seventeen_that_was_said_outranks_a_guess(talk: Stage) -> None:
    await talk.hears("find_hotline", "i am 34", age="34")
    assert talk.record.minor is False
    assert "utter_minor_limits" not in await talk.hears("disclose_minor", "we are like kids to him", confidence=0.4)
